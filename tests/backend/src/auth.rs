//! Who asks: HTTP Basic (RFC 7617) against the people that are enrolled.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rusqlite::OptionalExtension;
use serde_json::{Value, json};
use zhixing::domain::hash::Hash;

use crate::answer::Fault;
use crate::enrol::Role;
use crate::store::{Store, StoreError, beside};

/// The person whose credentials came with a request.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Roster id.
    pub name: String,
    /// Name as people write it.
    pub title: String,
    /// What the person is in the class.
    pub role: Role,
    /// IRI of the class.
    pub class: String,
}

impl Asker {
    /// The account, as records name their actors.
    pub fn account(&self) -> Value {
        account(&self.class, &self.name)
    }
}

/// An account, as records name their actors.
pub fn account(class: &str, name: &str) -> Value {
    json!({"homePage": class, "name": name})
}

impl FromRequestParts<Store> for Asker {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, store: &Store) -> Result<Self, Fault> {
        let (name, password) = credentials(&parts.headers).ok_or_else(sign_in)?;
        let store = store.clone();
        beside(move || signed_in(&store, name, &password)?.ok_or_else(sign_in)).await
    }
}

fn sign_in() -> Fault {
    Fault::new(
        StatusCode::UNAUTHORIZED,
        "请登录：账号或密码不对",
        "sign in: the account or the password is wrong",
    )
}

/// Name and password of the one `Authorization` header.
fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(one), None) = (all.next(), all.next()) else {
        return None;
    };
    let (scheme, code) = one.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let plain = BASE64_STANDARD.decode(code.trim()).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    let (name, password) = plain.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

fn signed_in(store: &Store, name: String, password: &str) -> Result<Option<Asker>, Fault> {
    let found = store.within(|database| {
        let row = database.query_row(
            "SELECT class, title, role, password FROM people WHERE name = ?1",
            [&name],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get::<_, String>(3)?,
                ))
            },
        );
        row.optional().map_err(Fault::from)
    })?;
    let Some((class, title, role, stored)) = found else {
        // As slow as a wrong password: how long it takes tells nobody who is enrolled.
        store.prove(Hash::of(b""), || hashed(password).is_err());
        return Ok(None);
    };
    let digest = Hash::of(format!("{stored}\n{password}").as_bytes());
    let right = store.is_proven(digest) || store.prove(digest, || is_password(password, &stored));
    Ok(right.then_some(Asker {
        name,
        title,
        role,
        class,
    }))
}

/// A password as it is stored: Argon2id with a salt of its own, as a PHC string.
///
/// # Errors
/// [`StoreError::Password`].
pub fn hashed(password: &str) -> Result<String, StoreError> {
    let made = Argon2::default().hash_password(password.as_bytes());
    let made: PasswordHash = made.map_err(|_| StoreError::Password)?;
    Ok(made.to_string())
}

fn is_password(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|stored| {
        let argon = Argon2::default();
        argon.verify_password(password.as_bytes(), &stored).is_ok()
    })
}
