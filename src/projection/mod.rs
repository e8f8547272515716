//! A text as sheets for a room: what of it stands on which sheet, at a size that the last row reads.
//!
//! Everything is measured in `em`, the size of the type, which is at least a twentieth of the height of
//! the picture. A text is broken at the ends of paragraphs, then of sentences, then of clauses, and no
//! paragraph leaves a single line behind or carries one over. What is too large for a sheet is split,
//! never made smaller: of a table the head is repeated, and a table that is too wide is told row by row.

mod deck;
mod fill;
mod hints;
mod items;
mod lines;
mod room;
mod table;

pub use deck::{
    Body, Place, Slide, Source, activities, deck, is_shown, leads_back, next_activity, starts,
    uncovered,
};
pub use fill::sheets;
pub use hints::Hints;
pub use items::{Item, Sheet, Shown, TableSheet};
pub use room::Room;

#[cfg(test)]
mod tests;
