//! One file per screen.

mod home;
mod not_found;
mod outline;
mod pending;
mod reading;
mod records;
mod step;

pub use home::home;
pub use not_found::not_found;
pub use outline::outline;
pub use records::records;
pub use step::step;
