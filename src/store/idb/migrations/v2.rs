//! Version 2: discussions and files.

use indexed_db_futures::Build as _;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;

/// Makes the stores.
pub(super) fn run(db: &Database) -> Result<(), Error> {
    for name in ["posts", "files"] {
        db.create_object_store(name).build()?;
    }
    Ok(())
}
