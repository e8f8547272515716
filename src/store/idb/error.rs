//! What the browser's errors mean for the store.

use indexed_db_futures::error::{Error, OpenDbError};
use web_sys::DomException;

use crate::store::port::StoreError;

/// An error of a transaction or a request.
pub(super) fn of(error: Error) -> StoreError {
    match error {
        Error::DomException(error) => of_dom(&error.into()),
        // The library's own words would bring the printing of floating point numbers along.
        _ => StoreError::Failed("the browser's answer was not understood".to_owned()),
    }
}

/// An exception, told by its name.
pub(super) fn of_dom(error: &DomException) -> StoreError {
    let name = error.name();
    match name.as_str() {
        "QuotaExceededError" => StoreError::Full,
        "VersionError" => StoreError::Newer,
        "SecurityError" => StoreError::Unavailable(error.message()),
        // A disk that is really full says so in the message alone.
        _ if error.message().contains("NO_SPACE") => StoreError::Full,
        _ => StoreError::Failed(name + ": " + &error.message()),
    }
}

/// An error of opening: a browser that refuses says so in several ways. Firefox answers
/// `InvalidStateError` in private windows.
pub(super) fn of_open(error: OpenDbError) -> StoreError {
    match error {
        OpenDbError::Base(error) if is_invalid_state(&error) => {
            StoreError::Unavailable("InvalidStateError".to_owned())
        }
        OpenDbError::Base(error) => of(error),
        _ => StoreError::Unavailable("there is no IndexedDB".to_owned()),
    }
}

/// Whether the connection was closed before the call, which has done nothing then.
pub(super) fn is_invalid_state(error: &Error) -> bool {
    use indexed_db_futures::error::DomException;
    matches!(
        error,
        Error::DomException(DomException::InvalidStateError(_))
    )
}

/// Whether a row to insert was there already.
pub(super) fn is_constraint(error: &Error) -> bool {
    use indexed_db_futures::error::DomException;
    matches!(error, Error::DomException(DomException::ConstraintError(_)))
}
