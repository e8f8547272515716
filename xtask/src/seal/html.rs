//! Just enough of HTML's tokenizer to see a page's tags as a browser does.

use anyhow::{Context, Result};

/// A start tag.
#[derive(Debug, PartialEq)]
pub struct Tag<'a> {
    /// The element's name in lower case.
    pub name: String,
    /// Attribute names in lower case, with their values (empty where there is none).
    pub attributes: Vec<(String, &'a str)>,
    /// What stands between the tags of a `script` or `style`.
    pub text: Option<&'a str>,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| *value)
    }
}

/// All start tags of a page, comments and the text of scripts left out.
///
/// # Errors
/// When a tag, a comment, or an element that only its end tag can close is left open.
pub fn tags(html: &str) -> Result<Vec<Tag<'_>>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            let end = comment.find("-->").context("a comment is left open")?;
            rest = &comment[end + 3..];
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (tag, after) = start_tag(rest)?;
            rest = after;
            tags.push(tag);
        }
    }
    Ok(tags)
}

/// Reads a tag from its name on; returns what follows it and its raw text.
fn start_tag(html: &str) -> Result<(Tag<'_>, &str)> {
    let name_end = html
        .find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')
        .context("a tag is left open")?;
    let name = html[..name_end].to_ascii_lowercase();
    let (attributes, mut rest) =
        attributes(&html[name_end..]).with_context(|| format!("the tag <{name}> is left open"))?;
    let mut text = None;
    if ["script", "style", "textarea", "title"].contains(&name.as_str()) {
        let end =
            end_of_raw_text(rest, &name).with_context(|| format!("<{name}> has no end tag"))?;
        text = Some(&rest[..end]);
        rest = &rest[end..];
    }
    let tag = Tag {
        name,
        attributes,
        text,
    };
    Ok((tag, rest))
}

type Attributes<'a> = Vec<(String, &'a str)>;

/// Reads attributes up to the tag's end; returns what follows it.
fn attributes(html: &str) -> Option<(Attributes<'_>, &str)> {
    let mut found = Vec::new();
    let mut rest = html;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return Some((found, after));
        }
        // A `=` that begins a name belongs to it.
        let stop = |c: char| c.is_ascii_whitespace() || ['/', '>', '='].contains(&c);
        let first = rest.chars().next()?.len_utf8();
        let end = first + rest[first..].find(stop)?;
        let name = rest[..end].to_ascii_lowercase();
        let after = rest[end..].trim_start();
        if let Some(value) = after.strip_prefix('=') {
            let (value, after) = attribute_value(value.trim_start())?;
            found.push((name, value));
            rest = after;
        } else {
            found.push((name, ""));
            rest = after;
        }
    }
}

fn attribute_value(html: &str) -> Option<(&str, &str)> {
    for quote in ['"', '\''] {
        if let Some(inside) = html.strip_prefix(quote) {
            return inside.split_once(quote);
        }
    }
    let end = html.find(|c: char| c.is_ascii_whitespace() || c == '>')?;
    Some(html.split_at(end))
}

fn end_of_raw_text(html: &str, name: &str) -> Option<usize> {
    html.match_indices("</").map(|(at, _)| at).find(|at| {
        html[at + 2..]
            .get(..name.len())
            .is_some_and(|end| end.eq_ignore_ascii_case(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_in_every_notation() {
        let tags = tags("<A href='x>y' data-n=1 hidden/><br>").unwrap();
        assert_eq!(tags[0].name, "a");
        assert_eq!(tags[0].attribute("href"), Some("x>y"));
        assert_eq!(tags[0].attribute("data-n"), Some("1"));
        assert_eq!(tags[0].attribute("hidden"), Some(""));
        assert_eq!(tags[1].name, "br");
    }

    #[test]
    fn the_text_of_scripts_is_not_markup() {
        let tags = tags("<script>if (1</2) '<p>'</SCRIPT ><p>1 < 2</p>").unwrap();
        assert_eq!(tags[0].text, Some("if (1</2) '<p>'"));
        assert_eq!(tags[1].name, "p");
        assert_eq!(tags.len(), 2);
    }

    #[test]
    fn what_is_left_open_is_an_error() {
        for html in ["<script>x", "<!-- x", "<p class='", "<p class", "<p"] {
            assert!(tags(html).is_err(), "{html}");
        }
    }
}
