//! The words of highlights, notes and search (`public/words/notes.*.txt`).

use super::fetched::fetched;
pub use super::fetched::fill;

fetched! {
    /// The words of one language.
    NotesWords, "notes":
    notes, search, search_label, search_what, search_count, search_best, search_and, search_reading,
    search_none, search_none_way, search_to_outline, search_more, search_missing,
    search_missing_way, search_to_device, search_again, search_kind_step, search_kind_reading,
    search_kind_caption, search_kind_note, search_kind_work, search_kind_post,
}
