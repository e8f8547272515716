//! Version 4: files of courses on the device.

use indexed_db_futures::Build as _;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;

/// Makes the store.
pub(super) fn run(db: &Database) -> Result<(), Error> {
    db.create_object_store("content").build()?;
    Ok(())
}
