//! How the database came to its present shape, one step per version.
//!
//! A step makes or removes object stores and nothing else: rows carry their own version (`v`)
//! and are read by what understands it, so an upgrade takes the same short time for one row
//! and for a hundred thousand. A released step is never edited; the next version is a new
//! module at the end of [`ALL`].

mod v1;
mod v2;
mod v3;
mod v4;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::Error;

/// One step, run inside the browser's upgrade transaction: an error takes the whole upgrade
/// back and leaves the database as it was.
pub type Migration = fn(&Database) -> Result<(), Error>;

/// Every step in order; the version of the database is their number.
pub const ALL: &[Migration] = &[v1::run, v2::run, v3::run, v4::run];
