//! The words of highlights, notes and search (`public/words/notes.*.txt`).

use super::fetched::fetched;

fetched! {
    /// The words of one language.
    NotesWords, "notes":
    notes, search,
}
