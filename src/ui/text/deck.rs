//! The words of projection (`public/words/deck.*.txt`).

use super::fetched::fetched;

fetched! {
    /// The words of one language.
    DeckWords, "deck":
    loading, failed, again, no_topic, begin_said, keys_said, end_said, question, group, time_up,
    covered, black_said, list, close_list, controls, back, forward, black, pause, whole_screen,
    leave, shown_for, heard, hear, hear_add, hear_back, sign_in, sign_in_which, sign_in_how,
    sign_in_how_here, sign_in_begin, sign_in_note, spotlight, enlarge,
}
