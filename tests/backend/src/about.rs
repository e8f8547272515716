//! What the backend tells of itself, of who asks, of the class and of courses.

use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use zhixing::domain::time::Moment;

use crate::CONTRACT;
use crate::answer::{Fault, answer};
use crate::auth::Asker;
use crate::enrol::Role;
use crate::store::Store;

/// `GET /about`: the contract, whether audiences are enforced, and the backend's clock.
pub async fn about() -> Response {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |now| i64::try_from(now.as_millis()).unwrap_or(i64::MAX));
    let about = json!({
        "contract": CONTRACT,
        "name": "知行参考后端 / Zhixing reference backend",
        "audiences": true,
        "clock": Moment(now).to_rfc3339(),
    });
    answer(StatusCode::OK, &about)
}

/// `GET /me`: whose credentials they are.
pub async fn me(asker: Asker) -> Response {
    let me = json!({
        "account": asker.account(),
        "name": asker.title,
        "role": asker.role.word(),
        "class": asker.class,
    });
    answer(StatusCode::OK, &me)
}

/// `GET /roster`: the asker's class, its members and its partner classes.
pub async fn roster(State(store): State<Store>, asker: Asker) -> Result<Response, Fault> {
    let class = asker.class;
    let roster = store.run(move |database| {
        let (title, path) = database.query_row(
            "SELECT title, path FROM classes WHERE iri = ?1",
            [&class],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
        )?;
        let path: Value = serde_json::from_str(&path).unwrap_or_default();
        let mut people = database
            .prepare("SELECT name, title, role, key FROM people WHERE class = ?1 ORDER BY name")?;
        let people = people.query_map([&class], |row| {
            let mut person = json!({
                "id": row.get::<_, String>(0)?,
                "name": row.get::<_, String>(1)?,
                "role": row.get::<_, Role>(2)?.word(),
            });
            if let Some(key) = row.get::<_, Option<String>>(3)? {
                person["key"] = key.into();
            }
            Ok(person)
        })?;
        let people: Vec<Value> = people.collect::<Result<_, _>>()?;
        let mut partners = database.prepare(
            "SELECT iri, title FROM partners JOIN classes ON iri = partner
             WHERE class = ?1 ORDER BY iri",
        )?;
        let partners = partners.query_map([&class], |row| {
            Ok(json!({"class": row.get::<_, String>(0)?, "title": row.get::<_, String>(1)?}))
        })?;
        let partners: Vec<Value> = partners.collect::<Result<_, _>>()?;
        Ok(
            json!({"class": class, "title": title, "path": path, "people": people,
            "partners": partners}),
        )
    });
    Ok(answer(StatusCode::OK, &roster.await?))
}

/// `GET /courses`: the courses that the backend points to.
pub async fn courses(State(store): State<Store>, _: Asker) -> Result<Response, Fault> {
    let courses = store.run(|database| {
        let mut all =
            database.prepare("SELECT id, version, title, url FROM courses ORDER BY id")?;
        let all = all.query_map([], |row| {
            Ok(json!({
                "id": row.get::<_, String>(0)?,
                "version": row.get::<_, String>(1)?,
                "title": row.get::<_, String>(2)?,
                "url": row.get::<_, String>(3)?,
            }))
        })?;
        Ok(all.collect::<Result<Vec<Value>, _>>()?)
    });
    Ok(answer(StatusCode::OK, &json!({"courses": courses.await?})))
}
