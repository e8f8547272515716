//! One file per screen.

mod activity;
mod assignment;
pub mod backend;
pub mod class;
mod deck;
pub mod device;
mod discussion;
mod exam;
mod home;
mod newer;
mod not_found;
mod notes;
mod outline;
mod people;
mod rare;
mod reading;
mod records;
mod reflection;
pub mod score;
mod search;
mod step;
mod unreadable;

pub use assignment::attached;
pub use deck::deck;
pub use device::{alone, device, first_course};
pub use home::home;
pub use newer::newer;
pub use not_found::not_found;
pub use notes::{notes, over as highlights};
pub use outline::outline;
pub use people::{Ask, locked, people, rescue, watch_lock};
pub use records::records;
pub use search::search;
pub use step::step;
