//! The words of highlights, notes and search (`public/words/notes.*.txt`).

use super::fetched::fetched;

fetched! {
    /// The words of one language.
    NotesWords, "notes":
    notes, search, card, mark_as, yellow, green, blue, pink, too_long, removed, undo, close,
    sentence_back, sentence_on, sentence_more, write_note, change_note, remove, note, save_note,
    later, note_kept, noted, none_here, lost, marked, by_sentence, all_notes, notes_intro,
    notes_none, as_markdown, print, show, all_kinds, answers, made, to_place,
}
