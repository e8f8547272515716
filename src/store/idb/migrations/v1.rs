//! Version 1: seven object stores with keys kept outside the rows.

use indexed_db_futures::Build as _;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;

/// The names as they were in this version, whatever the tables are called today.
const STORES: [&str; 7] = [
    "profiles",
    "log",
    "ids",
    "drafts",
    "running",
    "snapshots",
    "places",
];

/// Makes the stores.
pub(super) fn run(db: &Database) -> Result<(), Error> {
    for name in STORES {
        db.create_object_store(name).build()?;
    }
    Ok(())
}
