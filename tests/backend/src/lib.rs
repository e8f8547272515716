//! The reference backend of the contract `zhixing-plain/1`, which is published as
//! `public/openapi.yaml`: what a school's server has to do, in axum over one `SQLite` database.
//!
//! It shows the contract and serves the tests. A school that runs it as it is puts it behind a
//! proxy that speaks TLS and slows down whoever guesses passwords.

mod about;
mod answer;
mod attachments;
mod auth;
mod cors;
mod demo;
mod enrol;
mod records;
mod sight;
mod store;
mod uploads;
mod verdict;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::get;

pub use demo::{DEMO_CLASS, demo};
pub use enrol::{Class, Course, Enrolment, Person, Role};
pub use store::{Store, StoreError};

/// The contract's name, as `GET /about` tells it.
pub const CONTRACT: &str = "zhixing-plain/1";
/// Most bytes of the body of `POST /records`.
pub const MAX_RECORDS_BYTES: usize = 2_000_000;
/// Most records of one `POST /records`, and of one page.
pub const MAX_RECORDS: usize = 100;
/// Most bytes of an attachment.
pub const MAX_ATTACHMENT_BYTES: usize = 20_000_000;
/// Most levels of objects and arrays in a record. Readers of JSON give up at about 128, and a page
/// puts three around a record: one that nobody could read would end every pull of its class.
pub const MAX_RECORD_DEPTH: usize = 64;

/// The backend over `store`; every answer carries the headers of CORS, and every error is JSON.
pub fn router(store: Store) -> Router {
    let records = get(records::page)
        .post(records::take)
        .layer(DefaultBodyLimit::max(MAX_RECORDS_BYTES));
    let attachments = get(attachments::read)
        .put(uploads::write)
        .layer(DefaultBodyLimit::max(MAX_ATTACHMENT_BYTES));
    Router::new()
        .route("/about", get(about::about))
        .route("/me", get(about::me))
        .route("/roster", get(about::roster))
        .route("/courses", get(about::courses))
        .route("/records", records)
        .route("/records/{id}", get(records::one))
        .route("/attachments/{sha256}", attachments)
        .fallback(answer::nowhere)
        .method_not_allowed_fallback(answer::not_allowed)
        .layer(from_fn(cors::around))
        .with_state(store)
}
