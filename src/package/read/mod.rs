//! Reading JSON into the types of a format, with every problem told by file and field.

mod access;
mod context;
mod error;
mod json;
mod node;

pub use context::{Collected, Context, FILE_USES, FileUse, Mention, TEXT};
pub use json::{Json, Number, parse};

use node::{At, Node, Segment};
use serde::Deserialize;

/// Reads a value of the format. `None` exactly when the context has collected a problem that
/// stopped the reading; problems of single list items are collected while the rest is read.
pub fn read<'j, T: Deserialize<'j>>(json: &'j Json, context: &Context) -> Option<T> {
    let at = At {
        parent: None,
        step: Segment::Root,
    };
    let node = Node {
        json,
        at: &at,
        context,
        tagged: false,
    };
    T::deserialize(node).map_err(|error| node.place(error)).ok()
}
