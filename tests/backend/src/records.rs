//! Records: taken in, given out.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use rusqlite::{OptionalExtension, ToSql, Transaction};
use serde_json::Value;
use zhixing::domain::fields::Fields;
use zhixing::domain::ids::RecordId;

use crate::answer::{Fault, answer, text};
use crate::auth::{Asker, account};
use crate::sight::{asks, is_tutor, seen};
use crate::store::Store;
use crate::verdict::verdict;
use crate::{MAX_RECORDS, MAX_RECORDS_BYTES};

/// A page ends when its records exceed so many bytes together, however many were asked for.
const PAGE_BYTES: usize = 4_000_000;

/// `POST /records`: an array of records, and a verdict on each.
pub async fn take(
    State(store): State<Store>,
    asker: Asker,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Fault> {
    let sent = headers.get(header::CONTENT_TYPE);
    let sent = sent.and_then(|sent| sent.to_str().ok()).unwrap_or_default();
    let sent = sent.split(';').next().unwrap_or_default().trim();
    if !sent.eq_ignore_ascii_case("application/json") {
        return Err(Fault::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "只收 application/json",
            "only application/json is taken",
        ));
    }
    let body = body.map_err(|rejection| Fault::of_body(&rejection, MAX_RECORDS_BYTES))?;
    let items = read(&body)?;
    let verdicts = store.run(move |database| {
        let verdicts = items
            .iter()
            .map(|(id, item)| verdict(database, &asker, id, item));
        Ok(verdicts.collect::<Result<Vec<Value>, _>>()?)
    });
    Ok(answer(StatusCode::OK, &verdicts.await?.into()))
}

/// The items of a body, each with its id.
fn read(body: &[u8]) -> Result<Vec<(RecordId, Value)>, Fault> {
    let Ok(Value::Array(items)) = serde_json::from_slice(body) else {
        return Err(Fault::unreadable("不是 JSON 数组", "not a JSON array"));
    };
    if items.len() > MAX_RECORDS {
        return Err(Fault::unreadable(
            &format!("一次最多 {MAX_RECORDS} 条记录"),
            &format!("{MAX_RECORDS} records at most"),
        ));
    }
    let with_id = items.into_iter().enumerate().map(|(at, item)| {
        let id = Fields(&item).id("id");
        id.map(|id| (id, item)).ok_or_else(|| {
            Fault::unreadable(
                &format!("第 {} 项没有可读的编号", at + 1),
                &format!("item {} has no readable id", at + 1),
            )
        })
    });
    with_id.collect()
}

/// What a page is asked for with.
struct PageQuery {
    class: String,
    /// Records of later places are wanted.
    since: i64,
    limit: usize,
}

/// `GET /records`: a page of what the asker sees of what members of a class sent.
pub async fn page(
    State(store): State<Store>,
    asker: Asker,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Response, Fault> {
    let query = query.map_err(|_| Fault::unreadable("查询读不懂", "the query is unreadable"))?;
    let wanted = page_query(&query)?;
    let page = store.run(move |database| write_page(database, &asker, &wanted));
    Ok(text(StatusCode::OK, page.await?))
}

fn page_query(query: &[(String, String)]) -> Result<PageQuery, Fault> {
    let one = |name: &str| {
        let mut all = query.iter().filter(|(known, _)| known == name);
        match (all.next(), all.next()) {
            (Some(_), Some(_)) => Err(Fault::unreadable(
                &format!("{name} 出现了两次"),
                &format!("{name} is there twice"),
            )),
            (one, _) => Ok(one.map(|(_, value)| value.as_str())),
        }
    };
    let class = one("class")?.filter(|class| !class.is_empty());
    let class = class.ok_or_else(|| Fault::unreadable("缺少 class", "class is missing"))?;
    let limit = match one("limit")? {
        None => Some(MAX_RECORDS),
        Some(limit) if limit.bytes().all(|digit| digit.is_ascii_digit()) => limit
            .parse()
            .ok()
            .filter(|limit| (1..=MAX_RECORDS).contains(limit)),
        Some(_) => None,
    };
    let limit = limit.ok_or_else(|| {
        Fault::unreadable("limit 应为 1 到 100", "limit is a number from 1 to 100")
    })?;
    Ok(PageQuery {
        class: class.to_owned(),
        since: one("since")?
            .and_then(|since| since.parse().ok())
            .unwrap_or(0),
        limit,
    })
}

/// The page's JSON. Records stand in it as they are kept, byte for byte.
fn write_page(
    database: &Transaction<'_>,
    asker: &Asker,
    page: &PageQuery,
) -> Result<String, Fault> {
    // A cursor of another database, or of a later state of this one, begins anew: clients know what
    // they have by its id.
    let last: i64 = database.query_row("SELECT ifnull(max(place), 0) FROM records", [], |row| {
        row.get(0)
    })?;
    let mut next = page.since;
    if !(0..=last).contains(&next) {
        next = 0;
    }
    let mut found = database.prepare_cached(&format!(
        "SELECT r.place, r.text, s.class, s.name FROM records r JOIN people s ON s.name = r.account
         WHERE r.place > :since AND s.class = :of AND {} ORDER BY r.place",
        seen()
    ))?;
    let tutor = is_tutor(asker);
    let since = next;
    let mut values: Vec<(&str, &dyn ToSql)> = vec![(":since", &since), (":of", &page.class)];
    values.extend(asks(asker, &tutor));
    let mut rows = found.query(values.as_slice())?;
    let (mut items, mut bytes, mut more) = (Vec::new(), 0, false);
    while let Some(row) = rows.next()? {
        if items.len() == page.limit || bytes > PAGE_BYTES {
            more = true;
            break;
        }
        let record: String = row.get(1)?;
        let account = account(&row.get::<_, String>(2)?, &row.get::<_, String>(3)?);
        bytes += record.len();
        items.push(format!(r#"{{"record":{record},"account":{account}}}"#));
        next = row.get(0)?;
    }
    let items = items.join(",");
    Ok(format!(
        r#"{{"records":[{items}],"next":"{next}","more":{more}}}"#
    ))
}

/// `GET /records/{id}`: one record, byte for byte.
pub async fn one(
    State(store): State<Store>,
    asker: Asker,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Fault> {
    let id = id.ok().and_then(|Path(id)| RecordId::parse(&id));
    let id = id.ok_or_else(Fault::absent)?;
    let record = store.run(move |database| {
        let tutor = is_tutor(&asker);
        let id = id.as_str();
        let mut values: Vec<(&str, &dyn ToSql)> = vec![(":id", &id)];
        values.extend(asks(&asker, &tutor));
        let found = database.query_row(
            &format!(
                "SELECT r.text FROM records r JOIN people s ON s.name = r.account
                 WHERE r.id = :id AND {}",
                seen()
            ),
            values.as_slice(),
            |row| row.get::<_, String>(0),
        );
        found.optional()?.ok_or_else(Fault::absent)
    });
    Ok(text(StatusCode::OK, record.await?))
}
