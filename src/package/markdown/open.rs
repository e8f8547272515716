//! What is open while lines are read.

use super::Block;
use super::cursor::Cursor;
use super::html::Ends;
use super::starts::{self, Fence, Marker};
use super::table::Table;

/// A block of blocks that isn't finished.
pub(super) struct Container {
    pub kind: Kind,
    /// Finished blocks; of a list, those of its last item.
    pub blocks: Vec<Block>,
}

pub(super) enum Kind {
    Document,
    Quote,
    List {
        marker: Marker,
        /// Items before the last one.
        items: Vec<Vec<Block>>,
    },
}

/// A block without blocks that isn't finished. `first` is the number of its first line.
pub(super) enum Leaf {
    None,
    Text {
        first: usize,
        content: String,
    },
    Code {
        fence: Fence,
        content: String,
    },
    Html {
        first: usize,
        ends: Ends,
        content: String,
    },
    Table(Table),
}

impl Container {
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            blocks: Vec::new(),
        }
    }

    /// Whether the line goes on in this container; then `cursor` is behind what says so.
    pub fn goes_on(&mut self, cursor: &mut Cursor<'_>, is_empty: bool) -> bool {
        match &mut self.kind {
            Kind::Document => true,
            Kind::Quote => {
                let goes_on =
                    cursor.indent() < starts::TEXT_INDENT && cursor.text().starts_with('>');
                if goes_on {
                    cursor.advance(1);
                    cursor.skip(1);
                }
                goes_on
            }
            Kind::List { marker, .. } => {
                let is_blank = cursor.is_blank();
                if is_blank && is_empty {
                    // An item without a first line has none below a blank line either.
                    marker.indent = usize::MAX;
                }
                let goes_on = is_blank || cursor.indent() >= marker.indent;
                if goes_on {
                    cursor.skip(marker.indent);
                }
                goes_on
            }
        }
    }

    pub fn into_block(self) -> Block {
        match self.kind {
            Kind::Document | Kind::Quote => Block::Quote(self.blocks),
            Kind::List { marker, mut items } => {
                items.push(self.blocks);
                let start = marker.number;
                Block::List { start, items }
            }
        }
    }
}
