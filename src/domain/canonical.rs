//! RFC 8785 (JSON Canonicalization Scheme) for records.
//!
//! Records hold whole numbers and ASCII member names only: fractions are scaled (milliseconds,
//! thousandths of points). That is part of the record format; it spares every reader the
//! number formatting of RFC 8785 section 3.2.2.3 and the name sorting by UTF-16 of 3.2.3.

use serde_json::Value;

/// The largest whole number that every JSON reader keeps exactly (I-JSON, RFC 7493).
pub const MAX_WHOLE: u64 = (1 << 53) - 1;

/// Why a value has no canonical form in a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotCanonical {
    /// A number with a fraction or exponent, or beyond [`MAX_WHOLE`].
    Number,
    /// A member name with characters beyond ASCII.
    Name,
}

/// The canonical text of `value`.
///
/// # Errors
/// [`NotCanonical`] for what a record does not hold.
pub fn canonical(value: &Value) -> Result<String, NotCanonical> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

fn write(value: &Value, out: &mut String) -> Result<(), NotCanonical> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(number, out)?,
        Value::String(text) => write_text(text, out),
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            // The map is sorted by bytes, which for ASCII is the order of the RFC.
            for (at, (name, member)) in members.iter().enumerate() {
                if !name.is_ascii() {
                    return Err(NotCanonical::Name);
                }
                if at > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(member, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn write_number(number: &serde_json::Number, out: &mut String) -> Result<(), NotCanonical> {
    let (sign, size) = match (number.as_u64(), number.as_i64()) {
        (Some(size), _) => ("", size),
        (None, Some(negative)) => ("-", negative.unsigned_abs()),
        (None, None) => return Err(NotCanonical::Number),
    };
    if size > MAX_WHOLE {
        return Err(NotCanonical::Number);
    }
    out.push_str(sign);
    out.push_str(&size.to_string());
    Ok(())
}

/// RFC 8785 section 3.2.2.2: only what must be escaped is.
fn write_text(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for each in text.chars() {
        match each {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '\0'..='\u{1f}' => {
                let code = each as usize;
                out.push_str("\\u00");
                out.push(char::from(HEX[code >> 4]));
                out.push(char::from(HEX[code & 15]));
            }
            _ => out.push(each),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn any_value() -> impl Strategy<Value = Value> {
        let whole = -(1i64 << 53) + 1..(1i64 << 53);
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            whole.prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                proptest::collection::btree_map("[ -~]{0,6}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_is_what_another_implementation_writes(value in any_value()) {
            let other = serde_json_canonicalizer::to_string(&value).unwrap();
            prop_assert_eq!(canonical(&value), Ok(other));
        }
    }

    #[test]
    fn what_a_record_does_not_hold_is_refused() {
        for value in [
            json!(1.5),
            json!([1e300]),
            json!(MAX_WHOLE + 1),
            json!(i64::MIN),
        ] {
            assert_eq!(canonical(&value), Err(NotCanonical::Number), "{value}");
        }
        assert_eq!(canonical(&json!({"名": 1})), Err(NotCanonical::Name));
    }
}
