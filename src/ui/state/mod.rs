//! What the screens share: the open course, the learner's progress, and one way to send intents.

mod boot;
pub mod content;
mod counter;
mod device;
mod drafts;
mod fetch;
pub mod keeper;
pub mod people;
pub mod reader;
mod rest;
mod store;
mod texts;

use std::sync::Arc;

use futures_channel::mpsc::UnboundedSender;
use leptos::prelude::*;

use crate::domain::body::{Body, Studied};
use crate::domain::course::{Course, Opening, Placed};
use crate::domain::draft::{Drafts, Kept, Place, Version};
use crate::domain::fold::Fold;
use crate::domain::hash::Hash;
use crate::domain::ids::{ProfileKey, RecordId, RegistrationId, SessionId, Slug};
use crate::domain::meter::{Output, Page};
use crate::domain::progress::Progress;
use crate::domain::record::{Audience, Head, Record};
use crate::domain::sorted::Sorted;
use crate::domain::standing::{self, StepStanding};
use crate::domain::time::Window;
use crate::package::open::OpenFault;
use crate::store::log::{Imported, LogError, Signer};
use crate::store::port::{StoreError, Write};
use crate::store::rows::{PlaceRow, ProfileRow};
use crate::ui::browser;
use crate::wire::packet::PacketFault;

pub use crate::sync::sending::Sent;
pub use boot::{COURSES, OPEN_COURSE, UNLOCKED, boot, new_profile};
pub use counter::Counter;
pub use device::{Device, THEME, Theme};
pub use fetch::text as fetch_text;
pub use rest::{Later, Laters, Part, Rest, apart, join as join_part, needed_at_once};
pub use store::PageStore;
pub use texts::{Texts, opens_at};

use keeper::transfer::Carry;
pub use keeper::transfer::Job;

/// What the app is doing.
#[derive(Clone)]
pub enum Phase {
    /// Opening course and store.
    Loading,
    /// Studying.
    Ready(Box<Study>),
    /// It cannot go on by itself.
    Stuck(Trouble),
}

/// Why the app cannot go on by itself.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// The course could not be fetched.
    Unreachable,
    /// There is no course yet: a package is to be opened.
    NoCourse,
    /// The course package has faults.
    Faulty(OpenFault),
    /// The store does not open.
    Store(StoreError),
    /// Somebody's PIN is asked for.
    Locked(Box<ProfileRow>),
}

/// What a person did, as the keeper is told of it.
#[derive(Debug, Clone)]
pub enum Intent {
    /// The meter has something to write down.
    Keep(Output),
    /// Words for oneself were submitted.
    Note {
        /// The step.
        step: Slug,
        /// The think-prompt.
        at: Slug,
        /// The words.
        text: String,
        /// The versions of the draft that it takes up.
        gone: Vec<Version>,
    },
    /// Words were typed.
    Draft {
        /// The words so far.
        kept: Kept,
        /// The versions that they take the place of.
        over: Vec<Version>,
    },
    /// What another tab wrote into a field is not wanted.
    Undraft(Place, Version),
    /// Another tab changed a draft.
    Redraft,
    /// The place in a step changed.
    Place(Slug, PlaceRow),
    /// Something was made: handed in, posted, written, sat or attended.
    Make(Making),
    /// Others' records arrived; the row says up to where, and is written with them.
    Hear(Vec<Record>, Write),
    /// Sign what is made from now on.
    Sign(Signer),
    /// Bytes of a file that is to belong to a record.
    File(Hash, Arc<[u8]>),
    /// Begin the course anew; what was done stays in the earlier attempt.
    Anew,
    /// Show everything that the log adds up to.
    Whole,
    /// Another tab changed the log.
    CatchUp,
    /// Make a packet, or take one in.
    Carry(Carry, Job),
}

/// A record that a person makes, and the drafts that it makes needless.
#[derive(Debug, Clone)]
pub struct Making {
    /// Its id, drawn when the person acted.
    pub id: RecordId,
    /// What it holds.
    pub body: Body,
    /// Who may read it; as its kind says if absent.
    pub audience: Option<Audience>,
    /// The registration that it belongs to; the open one if absent.
    pub registration: Option<RegistrationId>,
    /// The step that it belongs to, or the place of its drafts.
    pub step: Slug,
    /// Fields of the step whose drafts it takes up, with the versions that go.
    pub fields: Vec<(Slug, Vec<Version>)>,
}

/// Whether what was done is on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// Everything is.
    Saved,
    /// Something is on its way.
    Busy,
    /// Something is not; it is tried again.
    Failing(LogError),
}

/// What became of the last export or import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transfer {
    /// None was asked for.
    Idle,
    /// On its way.
    Busy,
    /// A file was made; whether it holds everything of the learner's own.
    Exported(bool),
    /// Packets were taken in, or refused.
    Imported(Intake),
    /// It did not work.
    Failed(String),
}

/// What became of the packets that were chosen together, so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    /// How many files were looked at.
    pub files: usize,
    /// What became of their records.
    pub taken: Imported,
    /// The files that were refused, by name.
    pub refused: Vec<(String, PacketFault)>,
}

/// Facts about the log, and how sending it goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LogFacts {
    /// How many records it holds.
    pub records: u64,
    /// The end of this installation's chain.
    pub head: Option<Head>,
    /// Rows that could not be read.
    pub damaged: u64,
    /// How sending to a backend goes.
    pub sent: Sent,
    /// How often what the log adds up to has changed since the start.
    pub changes: u64,
    /// While a long answer of a backend is being taken in, how many records came so far.
    pub hearing: Option<u64>,
    /// How many news of the class nobody looked at yet.
    pub unread: usize,
    /// The arrival number up to which the backend has everything that goes there, less what was put
    /// aside.
    pub settled: u64,
}

/// The open course and the learner in it.
#[derive(Clone)]
pub struct Study {
    /// The course.
    pub course: Arc<Course>,
    /// Its `course.json`, for the details of a step.
    pub source: Arc<str>,
    /// Where its files are, ending with `/`.
    pub base: Arc<str>,
    /// The registration that goes on.
    pub registration: RegistrationId,
    /// The learner's registrations, this and others.
    pub own: StoredValue<Vec<RegistrationId>>,
    /// Whose it is ([`crate::domain::record::Actor::person`]).
    pub person: Arc<str>,
    /// What the learner is called on this device; empty while nobody said.
    pub name: Arc<str>,
    /// Whether a PIN keeps others from looking.
    pub locks: bool,
    /// After so many minutes without a sign of the learner the screen locks by itself.
    pub lock_minutes: u32,
    /// The profile whose records these are.
    pub profile: ProfileKey,
    /// The store, for screens that show what is in it. Only the keeper writes.
    pub store: StoredValue<PageStore, LocalStorage>,
    /// Where there is no storage, everything is gone when the page is closed.
    pub volatile: bool,
    /// What the records add up to.
    pub progress: RwSignal<Arc<Progress>>,
    /// What the whole log adds up to, as it was when that was last asked for.
    pub whole: RwSignal<Option<Arc<Fold>>>,
    /// The stretch that is running in this tab.
    pub live: RwSignal<Option<Studied>>,
    /// What [`Self::progress_now`] found last: much shows it at once, and it is long to make.
    now: StoredValue<Option<CountedIn>>,
    /// Whether everything is on the disk.
    pub saving: RwSignal<Saving>,
    /// Facts about the log.
    pub facts: RwSignal<LogFacts>,
    /// The last export or import.
    pub transfer: RwSignal<Transfer>,
    /// Places as they are now.
    pub places: StoredValue<Sorted<Slug, PlaceRow>>,
    /// Texts of readings that are at hand.
    pub texts: Texts,
    /// Drafts as they are now.
    pub drafts: StoredValue<Drafts>,
    /// Tells when another tab changed a draft.
    pub drafted: Trigger,
    /// Names this tab in the rows of drafts and running stretches.
    pub tab: SessionId,
    /// The addresses of the course's files that are on the device, by path ([`content`]).
    pub kept: StoredValue<Sorted<String, String>>,
    /// Which tab counts.
    pub counter: Counter,
    intents: UnboundedSender<Intent>,
}

/// A progress with a running stretch counted in.
struct CountedIn {
    progress: Arc<Progress>,
    running: Studied,
    sum: Arc<Progress>,
}

impl Study {
    /// Tells how sending to a backend goes.
    pub fn tell_sent(&self, sent: Sent, settled: u64) {
        self.tell(LogFacts {
            sent,
            settled,
            ..self.facts.get_untracked()
        });
    }

    /// Tells how many news of the class nobody looked at yet.
    pub fn tell_unread(&self, unread: usize) {
        self.tell(LogFacts {
            unread,
            ..self.facts.get_untracked()
        });
    }

    /// Tells how far a long answer was taken in; nothing when none is under way.
    pub fn tell_hearing(&self, hearing: Option<u64>) {
        self.tell(LogFacts {
            hearing,
            ..self.facts.get_untracked()
        });
    }

    fn tell(&self, facts: LogFacts) {
        if self.facts.get_untracked() != facts {
            self.facts.set(facts);
        }
    }

    /// The open course; there is one wherever a screen of a course is shown.
    pub fn here() -> Self {
        expect_context()
    }

    /// Sends what a person did to the keeper.
    pub fn send(&self, intent: Intent) {
        if let Intent::Place(step, row) = &intent {
            self.places.update_value(|places| {
                places.insert(step.clone(), row.clone());
            });
        }
        // Fails only when the keeper is gone, which is when the page is.
        let _ = self.intents.unbounded_send(intent);
    }

    /// Makes a record of `body` in a step; `fields` are the drafts that it takes up.
    pub fn make(&self, step: &Slug, body: Body, audience: Option<Audience>, fields: &[&Slug]) {
        let id = RecordId::from_random(browser::random());
        self.make_as(id, step, body, audience, fields);
    }

    /// As [`Study::make`], the record's id being given.
    pub fn make_as(
        &self,
        id: RecordId,
        step: &Slug,
        body: Body,
        audience: Option<Audience>,
        fields: &[&Slug],
    ) {
        let taken = |field: &&Slug| {
            let field = (*field).clone();
            let gone = self.take_up(&(step.clone(), field.clone()));
            (field, gone)
        };
        self.send(Intent::Make(Making {
            id,
            body,
            audience,
            registration: None,
            step: step.clone(),
            fields: fields.iter().map(taken).collect(),
        }));
    }

    /// Makes a record in somebody's registration; `drafts` are the fields of its place that hold what
    /// it takes up.
    pub fn make_in(&self, registration: RegistrationId, making: Making, drafts: &[Slug]) {
        let mut making = making;
        for field in drafts {
            let gone = self.take_up(&(making.step.clone(), field.clone()));
            making.fields.push((field.clone(), gone));
        }
        making.registration = Some(registration);
        self.send(Intent::Make(making));
    }

    /// Makes a note of words for oneself.
    pub fn note(&self, step: &Slug, at: &Slug, text: String) {
        self.send(Intent::Note {
            step: step.clone(),
            at: at.clone(),
            text,
            gone: self.take_up(&(step.clone(), at.clone())),
        });
    }

    /// When something is open for this learner; `None` before the enrolment is known.
    pub fn window(&self, opening: &Opening) -> Option<Window> {
        let progress = self.progress.get_untracked();
        let enrolment = progress.enrolment.as_ref()?;
        Some(self.course.calendar.opening(opening, enrolment.at))
    }

    /// Progress with the running stretch counted in.
    pub fn progress_now(&self) -> Arc<Progress> {
        let (progress, live) = (self.progress.get(), self.live.get());
        let Some(running) = live else {
            return progress;
        };
        let known = self.now.with_value(|now| {
            let now = now.as_ref()?;
            let same = Arc::ptr_eq(&now.progress, &progress) && now.running == running;
            same.then(|| Arc::clone(&now.sum))
        });
        known.unwrap_or_else(|| {
            let sum = Arc::new(progress.with(&running, &self.course.meter));
            self.now.set_value(Some(CountedIn {
                progress,
                running,
                sum: Arc::clone(&sum),
            }));
            sum
        })
    }

    /// Where the learner stands in a step, the running stretch counted in.
    pub fn standing(&self, placed: &Placed<'_>) -> StepStanding {
        standing::step_standing(placed, &self.progress_now(), &self.course.meter)
    }

    /// What of the page bears on counting, now.
    pub fn page(&self) -> Page {
        let progress = self.progress.get_untracked();
        Page {
            hidden: browser::hidden(),
            counter: self.counter.mine(),
            season: standing::season(&self.course, &progress, browser::now()),
        }
    }

    /// The place where the learner was in a step; the beginning when nothing is known.
    pub fn place(&self, step: &Slug) -> PlaceRow {
        let place = self.places.with_value(|places| places.get(step).cloned());
        place.unwrap_or_default()
    }

    /// The address of a file of the course: on the device if it is there.
    pub fn file(&self, path: &str) -> String {
        let kept = self.kept.with_value(|kept| kept.get(path).cloned());
        kept.unwrap_or_else(|| format!("{}{path}", self.base))
    }
}
