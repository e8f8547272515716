//! Opening: course and store side by side, then the profile, its log and what was left running.

use std::sync::Arc;

use futures_channel::mpsc::unbounded;
use leptos::prelude::*;
use serde_json::Value;

use super::keeper::{Inbox, Keeper};
use super::store::PageStore;
use super::{Counter, LogFacts, Saving, Study, Texts, Transfer, Trouble, content, fetch};
use crate::domain::body::{Body, Enrolled};
use crate::domain::course::{Course, MeterRules};
use crate::domain::draft::Drafts;
use crate::domain::fold::{Fold, RuleBook};
use crate::domain::ids::{InstallationId, ProfileKey, RecordId, RegistrationId, SessionId, Slug};
use crate::domain::record::{Actor, Author, LOCAL_HOME_PAGE};
use crate::domain::sorted::Sorted;
use crate::package;
use crate::store::log::{Log, LogError};
use crate::store::port::{Durability, Key, Range, Store as _, StoreError, Table, Write};
use crate::store::rows::{self, DefaultProfileRow, PlaceRow, ProfileRow};
use crate::ui::browser;

/// The folder of the courses and their list.
pub const COURSES: &str = "courses/";

/// The setting that names the open course by its folder; the first of the list when absent.
pub const OPEN_COURSE: &str = "zhixing-course";

/// Opens everything that studying needs: what the screens share, and the keeper that is yet to
/// begin.
pub async fn boot() -> Result<(Study, Keeper, Inbox), Trouble> {
    let chosen = browser::setting(OPEN_COURSE);
    // What stands in the store is asked for there first; gone, the others are as good.
    let (course, store) = if let Some(id) = chosen.as_deref().and_then(content::imported_id) {
        let store = PageStore::open().await.map_err(Trouble::Store)?;
        let course = match content::imported(&store, id).await {
            Some(source) => opened(content::folder(id), source),
            None => open_course().await,
        };
        (course, Ok(store))
    } else {
        futures_util::join!(open_course(), PageStore::open())
    };
    let OpenCourse {
        base,
        source,
        course,
    } = course?;
    let store = store.map_err(Trouble::Store)?;
    let volatile = store.volatile();
    let profile = open_profile(&store).await.map_err(Trouble::Store)?;
    if profile.lock.is_some()
        && browser::kept(UNLOCKED).as_deref() != Some(profile.profile.as_str())
    {
        // Nothing of what is locked is read, let alone shown.
        return Err(Trouble::Locked(Box::new(profile)));
    }
    let mut rules = RuleBook::default();
    // Without a rule of its own a course counts by the default: so the snapshot of the fold stays
    // good from one course to the next.
    if course.meter != MeterRules::default() {
        rules.0.insert(course.id.clone(), course.meter);
    }
    let author = Author {
        actor: Actor {
            home_page: LOCAL_HOME_PAGE.to_owned(),
            name: profile.profile.to_string(),
        },
        installation: profile.installation,
    };
    let log = Log::open(store, profile.profile, author, rules).await;
    let mut log = log.map_err(stuck)?;
    let registration = enrol(&mut log, &course).await.map_err(stuck)?;
    let (places, drafts) = remembered(&log, &registration)
        .await
        .map_err(Trouble::Store)?;
    let (intents, inbox) = unbounded();
    let for_others = intents.clone();
    let study = Study {
        course,
        source: source.into(),
        base: base.into(),
        own: StoredValue::new(vec![registration.clone()]),
        registration,
        name: profile.name.into(),
        locks: profile.lock.is_some(),
        lock_minutes: profile.lock.map_or(0, |lock| lock.minutes),
        person: log.author().actor.person().into(),
        profile: log.profile().clone(),
        store: StoredValue::new_local(log.store().clone()),
        volatile,
        progress: RwSignal::new(Arc::default()),
        whole: RwSignal::new(None),
        live: RwSignal::new(None),
        now: StoredValue::new(None),
        saving: RwSignal::new(Saving::Saved),
        facts: RwSignal::new(LogFacts::default()),
        transfer: RwSignal::new(Transfer::Idle),
        places: StoredValue::new(places),
        texts: Texts::new(),
        drafts: StoredValue::new(drafts),
        drafted: Trigger::new(),
        kept: StoredValue::new(Sorted::default()),
        tab: SessionId::from_random(browser::random()),
        counter: Counter::join(move |intent| {
            let _ = for_others.unbounded_send(intent);
        }),
        intents,
    };
    let mut keeper = Keeper::new(log, study.clone());
    keeper.recover().await.map_err(stuck)?;
    Ok((study, keeper, inbox))
}

fn stuck(error: LogError) -> Trouble {
    match error {
        LogError::Store(error) => Trouble::Store(error),
        other => Trouble::Store(StoreError::Failed(other.to_string())),
    }
}

/// A course and where it came from.
struct OpenCourse {
    base: String,
    source: String,
    course: Arc<Course>,
}

async fn open_course() -> Result<OpenCourse, Trouble> {
    let shelf = fetch::text(&format!("{COURSES}index.json")).await;
    let shelf = shelf.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let courses = shelf.as_ref().and_then(|shelf| shelf["courses"].as_array());
    let paths = || {
        courses
            .into_iter()
            .flatten()
            .filter_map(|course| course["path"].as_str())
    };
    let chosen = browser::setting(OPEN_COURSE);
    let path = paths().find(|path| chosen.as_deref() == Some(*path));
    let none = match courses {
        Some(courses) if courses.is_empty() => Trouble::NoCourse,
        _ => Trouble::Unreachable,
    };
    let path = path.or_else(|| paths().next()).ok_or(none)?;
    let base = format!("{COURSES}{path}");
    let text = fetch::text(&format!("{base}course.json")).await;
    opened(base, text.ok_or(Trouble::Unreachable)?)
}

fn opened(base: String, source: String) -> Result<OpenCourse, Trouble> {
    let course = package::open::open(source.as_bytes()).map_err(Trouble::Faulty)?;
    Ok(OpenCourse {
        base,
        source,
        course: Arc::new(course),
    })
}

/// Which profile was unlocked in this tab.
pub const UNLOCKED: &str = "zhixing-unlocked";

/// A profile for somebody who is called so.
pub fn new_profile(name: &str) -> ProfileRow {
    ProfileRow {
        profile: ProfileKey::from_random(browser::random()),
        installation: InstallationId::from_random(browser::random()),
        created_at: browser::now(),
        name: name.to_owned(),
        lock: None,
        lock_lost_at: None,
    }
}

/// The default profile, made on the first visit. Two tabs that come first together agree,
/// because only one of them can insert the default.
async fn open_profile(store: &PageStore) -> Result<ProfileRow, StoreError> {
    let default = Key::of(&["default"]);
    loop {
        if let Some(found) = default_profile(store, &default).await? {
            return Ok(found);
        }
        let made = new_profile("");
        let pointer = DefaultProfileRow {
            profile: made.profile.clone(),
        };
        let key = Key::of(&[made.profile.as_str()]);
        let batch = vec![
            Write::Insert(Table::Profiles, default.clone(), rows::write(&pointer)),
            Write::Insert(Table::Profiles, key, rows::write(&made)),
        ];
        match store.commit(batch, Durability::Strict).await {
            Ok(()) => return Ok(made),
            Err(StoreError::Conflict(_)) => {}
            Err(error) => return Err(error),
        }
    }
}

async fn default_profile(
    store: &PageStore,
    default: &Key,
) -> Result<Option<ProfileRow>, StoreError> {
    let Some(pointer) = store.get(Table::Profiles, default).await? else {
        return Ok(None);
    };
    let unreadable = || StoreError::Failed("the profile cannot be read".to_owned());
    let pointer: DefaultProfileRow = rows::read(&pointer).ok_or_else(unreadable)?;
    let key = Key::of(&[pointer.profile.as_str()]);
    let row = store.get(Table::Profiles, &key).await?;
    let row = row.and_then(|row| rows::read(&row));
    row.ok_or_else(unreadable).map(Some)
}

/// The registration to go on with; the first visit makes one.
async fn enrol(log: &mut Log<PageStore>, course: &Course) -> Result<RegistrationId, LogError> {
    let fresh = RegistrationId::from_random(browser::random());
    let id = RecordId::from_random(browser::random());
    let enrolled = Body::Enrolled(Enrolled {
        course: course.id.clone(),
        course_version: course.version.clone(),
        course_hash: course.hash,
        attempt: 1,
    });
    let record = enrolled.into_record(id, fresh.clone());
    let author = log.author().clone();
    let decide = |fold: &Fold| match fold.registration(&course.id, &author) {
        Some(_) => Vec::new(),
        None => record.clone().into_iter().collect(),
    };
    log.append(decide, &[], browser::now(), Durability::Strict)
        .await?;
    let current = log.fold().registration(&course.id, &author);
    Ok(current.cloned().unwrap_or(fresh))
}

/// Places and drafts of a registration. A row that cannot be read is passed over.
async fn remembered(
    log: &Log<PageStore>,
    registration: &RegistrationId,
) -> Result<(Sorted<Slug, PlaceRow>, Drafts), StoreError> {
    let range = Range::all(Key::of(&[log.profile().as_str(), registration.as_str()]));
    let mut places = Sorted::default();
    let mut drafts = Drafts::default();
    let (for_places, for_drafts) = futures_util::join!(
        log.store().scan(Table::Places, &range),
        super::drafts::stored(log.store(), log.profile(), registration),
    );
    for (key, row) in for_places? {
        let step = key.last_text().and_then(Slug::parse);
        if let Some((step, row)) = step.zip(rows::read(&row)) {
            places.insert(step, row);
        }
    }
    drafts.refresh(for_drafts?);
    Ok((places, drafts))
}
