//! One file per screen.

mod home;
mod not_found;
mod outline;
mod pending;
mod reading;
mod records;
mod step;

pub use home::Home;
pub use not_found::NotFound;
pub use outline::Outline;
pub use records::Records;
pub use step::StepScreen;
