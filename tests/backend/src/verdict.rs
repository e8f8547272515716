//! Which records are taken, and how they are kept.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::{Value, json};
use zhixing::domain::hash::Hash;
use zhixing::domain::ids::RecordId;
use zhixing::domain::record::{Audience, LOCAL_HOME_PAGE, Record};

use crate::MAX_RECORD_DEPTH;
use crate::answer::both;
use crate::auth::Asker;
use crate::enrol::Role;
use crate::sight::ABOUT_A_LEARNER;

/// Why a record is not taken: words in Chinese and English.
type Why = (&'static str, &'static str);

/// Takes `item`, whose id is `id`, or refuses it: `{"id", "status", "why"?}`.
pub fn verdict(
    database: &Transaction<'_>,
    asker: &Asker,
    id: &RecordId,
    item: &Value,
) -> rusqlite::Result<Value> {
    let why = match read(asker, item) {
        Ok(record) => keep(database, asker, &record, &item["body"])?,
        Err(why) => Some(why),
    };
    Ok(match why {
        None => json!({"id": id.as_str(), "status": "accepted"}),
        Some((chinese, english)) => json!({"id": id.as_str(), "status": "refused",
            "why": both(chinese, english)}),
    })
}

/// The record, if the asker may send it.
fn read(asker: &Asker, item: &Value) -> Result<Record, Why> {
    if !fits(item, MAX_RECORD_DEPTH) {
        return Err(("嵌套太深", "nested too deeply"));
    }
    let record = Record::parse(&item.to_string()).map_err(|_| ("不是记录", "not a record"))?;
    let envelope = record.envelope();
    if envelope.audience == Audience::Private {
        return Err(("私人记录不收", "private records are not taken"));
    }
    let actor = &envelope.actor;
    let own = actor.home_page == asker.class && actor.name == asker.name;
    if !own && actor.home_page != LOCAL_HOME_PAGE {
        return Err(("是别人的记录", "it is another person's record"));
    }
    Ok(record)
}

/// Whether a value has `levels` of objects and arrays at most.
fn fits(value: &Value, levels: usize) -> bool {
    let Some(below) = levels.checked_sub(1) else {
        return !value.is_array() && !value.is_object();
    };
    match value {
        Value::Array(items) => items.iter().all(|item| fits(item, below)),
        Value::Object(members) => members.values().all(|member| fits(member, below)),
        _ => true,
    }
}

/// Keeps a record, once.
fn keep(
    database: &Transaction<'_>,
    asker: &Asker,
    record: &Record,
    body: &Value,
) -> rusqlite::Result<Option<Why>> {
    let envelope = record.envelope();
    let id = envelope.id.as_str();
    let registration = envelope.registration.as_str();
    let known: Option<String> = database
        .query_row("SELECT text FROM records WHERE id = ?1", [id], |row| {
            row.get(0)
        })
        .optional()?;
    if known
        .as_ref()
        .is_some_and(|known| known != record.canonical())
    {
        return Ok(Some((
            "这个编号下已有另一条记录",
            "another record stands under this id",
        )));
    }
    if known.is_none() {
        database.execute(
            "INSERT INTO records (place, id, kind, audience, registration, account, text)
             VALUES ((SELECT ifnull(max(place), 0) + 1 FROM records), ?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                id,
                envelope.kind,
                envelope.audience.word(),
                registration,
                asker.name,
                record.canonical()
            ],
        )?;
        mention(database, id, body)?;
    }
    // Whoever has the whole record may see it: one that a tutor handed in from a file is also its
    // learner's own.
    database.execute(
        "INSERT OR IGNORE INTO sent (record, account) VALUES (?1, ?2)",
        [id, &asker.name],
    )?;
    if envelope.kind == "enrolled" && asker.role == Role::Learner {
        belong(database, registration, asker)?;
    }
    Ok(None)
}

/// Notes which attachments a record may mean: every digest in its body.
fn mention(database: &Transaction<'_>, id: &str, body: &Value) -> rusqlite::Result<()> {
    match body {
        Value::String(text) if Hash::parse(text).is_some() => {
            let mut noted = database
                .prepare_cached("INSERT OR IGNORE INTO mentions (hash, record) VALUES (?1, ?2)")?;
            noted.execute([text.as_str(), id])?;
            Ok(())
        }
        Value::Array(items) => items
            .iter()
            .try_for_each(|item| mention(database, id, item)),
        Value::Object(members) => members
            .values()
            .try_for_each(|member| mention(database, id, member)),
        _ => Ok(()),
    }
}

/// Gives a registration to the first learner who sent its `enrolled` record. What tutors made about
/// it before arrives anew: the learner may have asked for later records already.
fn belong(database: &Transaction<'_>, registration: &str, asker: &Asker) -> rusqlite::Result<()> {
    let added = database.execute(
        "INSERT OR IGNORE INTO registrations (registration, account) VALUES (?1, ?2)",
        [registration, &asker.name],
    )?;
    if added == 0 {
        return Ok(());
    }
    let mut early = database.prepare(&format!(
        "SELECT r.id FROM records r JOIN people s ON s.name = r.account
         WHERE r.registration = ?1 AND r.kind IN {ABOUT_A_LEARNER} AND s.role = 'tutor'
         ORDER BY r.place"
    ))?;
    let early = early.query_map([registration], |row| row.get(0))?;
    let early: Vec<String> = early.collect::<Result<_, _>>()?;
    for id in early {
        database.execute(
            "UPDATE records SET place = (SELECT max(place) + 1 FROM records) WHERE id = ?1",
            [id],
        )?;
    }
    Ok(())
}
