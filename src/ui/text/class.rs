//! The words of the screens of the class (`public/words/class.*.txt`).

use super::fetched::fetched;

fetched! {
    /// The words of one language.
    ClassWords, "class":
    class_title,
}
