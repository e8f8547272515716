//! The beginning of a long text, to be shown while the rest is read.

/// A text of fewer bytes is read at once.
const LONG: usize = 12_000;
/// The beginning has at least so many bytes: more than a screen of text.
const FIRST: usize = 4_000;

/// The beginning of a long text, up to the end of a paragraph; `None` where the text is short. What it reads
/// as is what the whole begins with, but perhaps for its last block.
#[must_use]
pub fn head(text: &str) -> Option<&str> {
    if text.len() < LONG {
        return None;
    }
    let from = (FIRST..LONG).find(|at| text.is_char_boundary(*at))?;
    let end = from + text.get(from..)?.find("\n\n")?;
    (end < text.len() / 2).then(|| text.get(..end))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::markdown::read;

    #[test]
    fn a_long_text_begins_as_its_head_does_and_a_short_one_has_none() {
        let long = "# 一\n\n第一段说的是早读。\n\n- 甲\n- 乙\n\n".repeat(400);
        let head = head(&long).unwrap();
        let (first, whole) = (read("x.md", head), read("x.md", &long));
        let known = first.blocks.len() - 1;
        assert!(known > 10);
        assert_eq!(first.blocks[..known], whole.blocks[..known]);
        assert_eq!(super::head("短。\n\n完。"), None);
        assert_eq!(super::head(&"没有段落".repeat(5_000)), None);
        assert_eq!(super::head(&format!("{}\n\n完", "长".repeat(9_000))), None);
    }
}
