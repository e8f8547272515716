//! Handing in the files of submissions: how far it has come with one backend, and what each answer
//! makes of it.

use serde_json::{Value, json};

use crate::domain::body::Body;
use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::record::Record;
use crate::domain::work::AttachedFile;
use crate::sync::sending::may_go;
use crate::wire::port::{FileReply, Reply};

/// How long is waited after a file did not get through, in seconds, where the backend names no time.
const LATER_S: u64 = 30;

/// So often a file may get no answer, the backend answering other requests in between, before it counts
/// as not taken: some fail at a file and say so in a way that no browser shows (Ralph 5.1.0 does).
const TRIES: u8 = 3;

/// Rows without a file after which it is kept that they have none.
const FAR: u64 = 1_000;

/// How far handing in files has come, as it is kept in the store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handing {
    /// The files of everything up to this arrival number are settled.
    pub to: u64,
    /// Files that the backend would not take: what each is called.
    pub refused: Vec<(Hash, String)>,
}

impl Handing {
    /// The row.
    #[must_use]
    pub fn write(&self) -> String {
        let mut refused = Vec::new();
        for (hash, name) in &self.refused {
            refused.push(json!({"sha256": hash.to_string(), "name": name}));
        }
        json!({"v": 1, "to": self.to, "refused": refused}).to_string()
    }

    /// Reads a row; `None` when it is damaged or of a later version: then every file is handed in once
    /// more, which changes nothing at the backend.
    #[must_use]
    pub fn read(row: &str) -> Option<Self> {
        let row: Value = serde_json::from_str(row).ok()?;
        let at = Fields(&row);
        let refused = |at: Fields<'_>| Some((Hash::parse(at.text("sha256")?)?, at.words("name")?));
        Some(Self {
            to: at.positive("to").filter(|_| at.count("v") == Some(1))?,
            refused: at.list("refused", refused)?,
        })
    }
}

/// A file on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct OnItsWay {
    /// The record that names it.
    pub record: Record,
    /// The file.
    pub file: AttachedFile,
    /// How many of its bytes the backend has.
    pub received: usize,
}

/// Files that wait, in the order of their records.
#[derive(Debug, Default)]
pub struct Queue {
    /// As it is kept.
    pub handing: Handing,
    /// Up to which arrival number files were looked for.
    pub seen: u64,
    waiting: Vec<OnItsWay>,
    /// How often the first got no answer, and whether the backend answered something else since.
    lost: u8,
    heard: bool,
}

/// What is to be done after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Go on at once.
    GoOn,
    /// Write [`Queue::handing`] down, and go on.
    Keep,
    /// Wait so many seconds.
    Later(u64),
}

impl Queue {
    /// Goes on from what was kept.
    #[must_use]
    pub fn new(handing: Handing) -> Self {
        Self {
            seen: handing.to,
            handing,
            waiting: Vec::new(),
            lost: 0,
            heard: true,
        }
    }

    /// The backend answered another request.
    pub fn heard(&mut self) {
        self.heard = true;
    }

    /// How many wait.
    #[must_use]
    pub fn waiting(&self) -> u64 {
        self.waiting.len() as u64
    }

    /// The file that is next.
    #[must_use]
    pub fn first(&self) -> Option<&OnItsWay> {
        self.waiting.first()
    }

    /// Takes in the row of the log with this arrival number, which the backend has: the files of one's
    /// own submissions.
    pub fn look_at(&mut self, arrival: u64, row: &str, person: &str, enforces_audiences: bool) {
        self.seen = arrival;
        // Only submissions name files, and most rows are none.
        if !row.contains("\"sha256\":") {
            return;
        }
        let Ok(record) = Record::of_row(row) else {
            return;
        };
        let Body::Submission(submission) = record.body().clone() else {
            return;
        };
        if may_go(&record, person, enforces_audiences) {
            for file in submission.files {
                self.waiting.push(OnItsWay {
                    record: record.clone(),
                    file,
                    received: 0,
                });
            }
        }
    }

    /// The first is not on this computer: another one has it, and hands it in.
    pub fn absent(&mut self) -> Next {
        self.settle()
    }

    /// What the answer to the first means.
    pub fn answered(&mut self, reply: &FileReply) -> Next {
        let Some(first) = self.waiting.first_mut() else {
            return Next::GoOn;
        };
        let hash = first.file.sha256;
        let lost = matches!(
            reply,
            FileReply::Unknown(Reply::Later(None) | Reply::Strange)
        );
        if lost && self.heard {
            self.lost += 1;
            self.heard = false;
        }
        let reply = if lost && self.lost >= TRIES {
            &FileReply::Lacks
        } else {
            reply
        };
        match reply {
            FileReply::Going(count) => {
                first.received = *count;
                self.lost = 0;
                Next::GoOn
            }
            FileReply::Whole => {
                self.handing.refused.retain(|(known, _)| *known != hash);
                self.settle()
            }
            FileReply::Lacks => {
                let known = self.handing.refused.iter().any(|(known, _)| *known == hash);
                if !known {
                    let name = first.file.name.clone();
                    self.handing.refused.push((hash, name));
                }
                self.settle();
                Next::Keep
            }
            FileReply::Unknown(Reply::Later(Some(seconds))) => Next::Later(*seconds),
            FileReply::Unknown(_) => Next::Later(LATER_S),
        }
    }

    /// Whether so much was looked at without a file that this is worth keeping: the next start need not
    /// look at it.
    pub fn is_far(&mut self) -> bool {
        let far = self.waiting.is_empty() && self.seen >= self.handing.to + FAR;
        if far {
            self.handing.to = self.seen;
        }
        far
    }

    fn settle(&mut self) -> Next {
        self.waiting.remove(0);
        self.lost = 0;
        if !self.waiting.is_empty() {
            return Next::GoOn;
        }
        self.handing.to = self.seen;
        Next::Keep
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{InstallationId, RecordId, RegistrationId, Slug};
    use crate::domain::record::{Actor, Audience, Author, LOCAL_HOME_PAGE};
    use crate::domain::time::Moment;
    use crate::domain::work::Submission;

    fn file(name: &str) -> AttachedFile {
        AttachedFile {
            sha256: Hash::of(name.as_bytes()),
            name: name.to_owned(),
            mime: "image/png".to_owned(),
            bytes: 1,
        }
    }

    fn row(audience: Audience, names: &[&str]) -> String {
        let body = Body::Submission(Submission {
            step: Slug::parse("a").unwrap(),
            text: "x".into(),
            files: names.iter().map(|name| file(name)).collect(),
            course: None,
        });
        let author = Author {
            actor: Actor {
                home_page: LOCAL_HOME_PAGE.into(),
                name: "k".into(),
            },
            installation: InstallationId::from_random([1; 16]),
        };
        let id = RecordId::from_random([1; 16]);
        let registration = RegistrationId::from_random([1; 16]);
        let new = body
            .into_record_for(Some(audience), id, registration)
            .unwrap();
        Record::seal(new, &author, None, Moment(0)).unwrap().row()
    }

    #[test]
    fn nothing_is_settled_before_the_backend_has_it_or_refused_it_visibly() {
        let mut queue = Queue::new(Handing::default());
        queue.look_at(3, &row(Audience::Tutor, &["a", "b"]), "", true);
        queue.look_at(4, &row(Audience::Private, &["mine"]), "", true);
        queue.look_at(5, "{damaged \"sha256\":", "", true);
        assert_eq!((queue.waiting(), queue.seen), (2, 5));
        for (reply, next) in [
            (FileReply::Unknown(Reply::Strange), Next::Later(30)),
            (FileReply::Unknown(Reply::Later(Some(7))), Next::Later(7)),
            (FileReply::Unknown(Reply::SignIn), Next::Later(30)),
            (FileReply::Going(9), Next::GoOn),
        ] {
            assert_eq!(queue.answered(&reply), next, "{reply:?}");
            assert_eq!((queue.waiting(), queue.handing.to), (2, 0));
        }
        assert_eq!(queue.first().unwrap().received, 9);
        assert_eq!(queue.answered(&FileReply::Lacks), Next::Keep);
        // Whoever is killed now begins with both once more, and the refused one stays named.
        assert_eq!(queue.handing.to, 0);
        assert_eq!(queue.answered(&FileReply::Whole), Next::Keep);
        assert_eq!((queue.waiting(), queue.handing.to), (0, 5));
        assert_eq!(queue.handing.refused, [(Hash::of(b"a"), "a".to_owned())]);
        assert_eq!(
            queue.answered(&FileReply::Whole),
            Next::GoOn,
            "nothing waits"
        );
    }

    #[test]
    fn what_was_refused_once_and_taken_later_is_refused_no_more() {
        let handing = Handing {
            to: 0,
            refused: vec![(Hash::of(b"a"), "a".to_owned())],
        };
        let mut queue = Queue::new(handing);
        queue.look_at(3, &row(Audience::Tutor, &["a"]), "", true);
        assert_eq!(queue.answered(&FileReply::Lacks), Next::Keep);
        assert_eq!(queue.handing.refused.len(), 1, "named once");
        queue.look_at(4, &row(Audience::Tutor, &["a"]), "", true);
        queue.answered(&FileReply::Whole);
        assert!(queue.handing.refused.is_empty());
        queue.look_at(6, &row(Audience::Tutor, &["elsewhere"]), "", true);
        assert_eq!(queue.absent(), Next::Keep);
        assert_eq!(queue.handing.to, 6);
    }

    #[test]
    fn rows_without_a_file_are_not_looked_at_again_at_every_start() {
        let mut queue = Queue::new(Handing::default());
        queue.look_at(FAR - 1, "{}", "", true);
        assert!(!queue.is_far());
        queue.look_at(FAR, "{}", "", true);
        assert!(queue.is_far());
        assert_eq!(queue.handing.to, FAR);
        queue.look_at(3 * FAR, &row(Audience::Tutor, &["a"]), "", true);
        assert!(!queue.is_far(), "one waits");
    }

    #[test]
    fn rows_read_back_and_damaged_ones_begin_anew() {
        let row = Handing {
            to: 7,
            refused: vec![(Hash::of(b"a"), "家访.png".to_owned())],
        };
        assert_eq!(Handing::read(&row.write()), Some(row));
        for damaged in [
            "",
            "{}",
            r#"{"v":2,"to":1,"refused":[]}"#,
            r#"{"v":1,"to":1}"#,
        ] {
            assert_eq!(Handing::read(damaged), None, "{damaged}");
        }
    }

    #[test]
    fn a_file_that_never_gets_an_answer_while_others_do_is_listed_at_last() {
        let mut queue = Queue::new(Handing::default());
        queue.look_at(1, &row(Audience::Tutor, &["a"]), "", true);
        let silence = FileReply::Unknown(Reply::Later(None));
        // No network at all: it waits, however long.
        for _ in 0..20 {
            assert_eq!(queue.answered(&silence), Next::Later(LATER_S));
        }
        queue.heard();
        assert_eq!(queue.answered(&silence), Next::Later(LATER_S));
        // The backend says when to come again: that is an answer.
        let later = FileReply::Unknown(Reply::Later(Some(5)));
        queue.heard();
        assert_eq!(queue.answered(&later), Next::Later(5));
        assert_eq!(queue.answered(&silence), Next::Keep);
        assert_eq!(queue.handing.refused.len(), 1);
        assert_eq!(queue.waiting(), 0);
    }
}
