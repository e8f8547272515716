//! The words of highlights, notes and search (`public/words/notes.*.txt`).

use super::fetched::fetched;
pub use super::fetched::fill;

fetched! {
    /// The words of one language.
    NotesWords, "notes":
    notes, search, card, mark_as, yellow, green, blue, pink, too_long, removed, undo, close,
    sentence_back, sentence_on, sentence_more, write_note, change_note, remove, note, save_note,
    later, note_kept, noted, none_here, lost, marked, by_sentence, find, find_on, find_back,
    find_at, find_none, find_elsewhere, print_all, all_notes, notes_intro, notes_none, as_markdown,
    print, show, all_kinds, answers, made, to_place, search_label, search_what, search_count,
    search_best, search_and, search_reading, search_none, search_none_way, search_to_outline,
    search_more, search_missing, search_missing_way, search_to_device, search_again,
    search_kind_module, search_kind_topic, search_kind_step, search_kind_reading,
    search_kind_caption, search_kind_note, search_kind_work, search_kind_post,
}
