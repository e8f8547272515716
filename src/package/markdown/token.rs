//! What a text consists of.

/// A part of the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: usize,
    pub to: usize,
}

/// What the text consists of. Every [`Token::Open`] has its [`Token::Close`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// This part of it, as it is.
    Text(Span),
    /// A character that is written otherwise, or a mark that marks nothing.
    Char(char),
    /// The end of a line of the source.
    Soft,
    /// The end of a line that the author wants.
    Break,
    /// The inside of a code span.
    Code(Span),
    /// An HTML tag or comment.
    Html(Span),
    /// The address between `<` and `>`.
    Address(Span),
    Open(Style),
    Close,
    /// The second of two marks.
    Gone,
}

/// What content is made into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Emphasis,
    Strong,
    /// A link to this part of the text, not yet unescaped, that begins at `at`.
    Link {
        target: Span,
        at: usize,
    },
    /// Likewise a picture.
    Image {
        target: Span,
        at: usize,
    },
}
