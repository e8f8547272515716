//! Keys and rows as the database holds them.
//!
//! A key is an array of texts and numbers. A row is an object of three members: `profile`,
//! the first part of its key; `v`, the version of this shape; and `json`, the text of the row,
//! or `bytes`, or `blob`: the bytes of a course's file, which the browser keeps on the disk and reads
//! only where they are wanted.

use indexed_db_futures::KeyRange;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Blob;

use crate::store::port::{Key, KeyPart, Range, StoreError};

/// Version of the shape of a row.
const ROW_VERSION: u32 = 1;

/// A key range of the database.
pub(super) type Keys = KeyRange<JsValue>;

/// A key for the database.
pub(super) fn key(key: &Key) -> JsValue {
    array(key).into()
}

/// A row of text for the database.
pub(super) fn row(key: &Key, json: &str) -> Result<JsValue, StoreError> {
    shaped(key, "json", &json.into())
}

/// The same of a text that is the browser's already.
pub(super) fn row_of(key: &Key, json: &JsValue) -> Result<JsValue, StoreError> {
    shaped(key, "json", json)
}

/// A row of bytes for the database.
pub(super) fn row_of_bytes(key: &Key, bytes: &[u8]) -> Result<JsValue, StoreError> {
    shaped(key, "bytes", &Uint8Array::from(bytes))
}

/// A row of bytes that are not read into memory as a whole.
pub(super) fn row_of_blob(key: &Key, blob: &Blob) -> Result<JsValue, StoreError> {
    shaped(key, "blob", blob)
}

/// The bytes of a row that was made so.
pub(super) fn blob(row: &JsValue) -> Result<Blob, StoreError> {
    let blob = Reflect::get(row, &"blob".into()).map_err(|_| unreadable())?;
    blob.dyn_into().map_err(|_| unreadable())
}

fn shaped(key: &Key, name: &str, content: &JsValue) -> Result<JsValue, StoreError> {
    let row = Object::new();
    let profile = key.0.first().map_or(JsValue::NULL, part);
    for (name, value) in [
        ("profile", &profile),
        ("v", &ROW_VERSION.into()),
        (name, content),
    ] {
        Reflect::set(&row, &name.into(), value).map_err(|_| unreadable())?;
    }
    Ok(row.into())
}

/// The text of a row of the database; that of a row of another shape is empty, which no row is that the
/// app wrote: so it counts as damaged, and hinders nothing else.
pub(super) fn text(row: &JsValue) -> String {
    let json = Reflect::get(row, &"json".into());
    json.ok()
        .and_then(|json| json.as_string())
        .unwrap_or_default()
}

/// The bytes of a row of the database, if it is one of bytes.
pub(super) fn bytes(row: &JsValue) -> Option<Vec<u8>> {
    let bytes = Reflect::get(row, &"bytes".into()).ok()?;
    Some(bytes.dyn_into::<Uint8Array>().ok()?.to_vec())
}

/// A key of the database that is known to begin with `prefix`.
pub(super) fn key_after(prefix: &Key, key: &JsValue) -> Result<Key, StoreError> {
    let parts = key.dyn_ref::<Array>().ok_or_else(unreadable)?;
    let mut key = prefix.clone();
    for at in prefix.0.len()..parts.length() as usize {
        key.0.push(read_part(
            &parts.get(u32::try_from(at).unwrap_or(u32::MAX)),
        )?);
    }
    Ok(key)
}

/// Every key that begins with `prefix`: an array sorts after all texts and numbers.
pub(super) fn beginning_with(prefix: &Key) -> Keys {
    bounds(array(prefix), prefix, &Array::new().into())
}

/// Every key of a range, whatever its limit: an empty text sorts after all numbers.
pub(super) fn within(range: &Range) -> Keys {
    if range.from.is_none() && range.before.is_none() {
        return beginning_with(&range.prefix);
    }
    let end = match range.before {
        Some(before) => part(&KeyPart::Number(before)),
        None => JsValue::from_str(""),
    };
    let lower = array(&range.prefix.clone().number(range.from.unwrap_or(0)));
    bounds(lower, &range.prefix, &end)
}

/// The same keys from `lowest` on.
pub(super) fn starting_at(keys: Keys, lowest: JsValue) -> Keys {
    match keys {
        KeyRange::Bound(_, _, upper, open) => KeyRange::Bound(lowest, false, upper, open),
        other => other,
    }
}

/// Keys from `lower` up to, and without, `prefix` followed by `end`.
fn bounds(lower: Array, prefix: &Key, end: &JsValue) -> Keys {
    let upper = array(prefix);
    upper.push(end);
    KeyRange::Bound(lower.into(), false, upper.into(), true)
}

fn array(key: &Key) -> Array {
    key.0.iter().map(part).collect()
}

#[allow(
    clippy::cast_precision_loss,
    reason = "the port promises numbers below 2^53, which f64 holds exactly"
)]
fn part(part: &KeyPart) -> JsValue {
    match part {
        KeyPart::Number(number) => JsValue::from_f64(*number as f64),
        KeyPart::Text(text) => JsValue::from_str(text),
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only whole numbers from 0 to 2^53 were ever written"
)]
fn read_part(part: &JsValue) -> Result<KeyPart, StoreError> {
    match part.as_f64() {
        Some(number) => Ok(KeyPart::Number(number as u64)),
        None => part.as_string().map(KeyPart::Text).ok_or_else(unreadable),
    }
}

fn unreadable() -> StoreError {
    StoreError::Failed("a row of another shape".to_owned())
}
