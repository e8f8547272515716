//! Files of a course on the device: what each step needs, what of it is here, and what it takes.

use serde_json::Value;

use crate::domain::fields::Fields;
use crate::domain::hash::Hash;
use crate::domain::ids::Slug;
use crate::domain::sorted::Sorted;
use crate::domain::text::Text;
use crate::package::PackageFile;
use crate::package::limits::{MAX_FILE_BYTES, MAX_FILES};
use crate::package::path;

/// The files that are here whole, and their bytes.
pub type Here = Sorted<Hash, u64>;

/// Whoever's file it is: where it stands in [`Files::all`].
type Places = Vec<usize>;

/// The files of a course, and which of them a step needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// All of them, as the course lists them.
    pub all: Vec<PackageFile>,
    steps: Vec<(Slug, Places)>,
    /// Those that no step names: pictures in texts, and what texts link to. Every step has them.
    shared: Places,
}

/// What of some files is here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Bytes of all of them.
    pub whole: u64,
    /// Bytes of those that are here.
    pub here: u64,
}

impl Share {
    /// Bytes that are still to come.
    #[must_use]
    pub const fn lacks(self) -> u64 {
        self.whole - self.here
    }
}

/// What is wanted of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// All of it.
    Course,
    /// What these steps need.
    Steps(&'a [Slug]),
}

impl Files {
    /// Reads the list of a `course.json`; `None` when it cannot be used: any input is safe to give.
    #[must_use]
    pub fn read(course_json: &str) -> Option<Self> {
        let course: Value = serde_json::from_str(course_json).ok()?;
        let course = Fields(&course);
        let all = course.list("files", |at| {
            let file = PackageFile {
                path: at.text("path")?.to_owned(),
                bytes: at.positive("bytes")?,
                sha256: Hash::parse(at.text("sha256")?)?,
            };
            let fits = path::check(&file.path).is_ok() && file.bytes <= MAX_FILE_BYTES;
            fits.then_some(file)
        })?;
        if all.len() > MAX_FILES {
            return None;
        }
        let mut files = Self {
            all,
            ..Self::default()
        };
        let mut named = vec![false; files.all.len()];
        for module in course.items("modules")? {
            for topic in Fields(module).items("topics")? {
                for step in Fields(topic).items("steps")? {
                    let mut places = Places::new();
                    files.mentioned(step, &mut places);
                    for place in &places {
                        named[*place] = true;
                    }
                    files.steps.push((Fields(step).slug("id")?, places));
                }
            }
        }
        files.shared = (0..named.len()).filter(|place| !named[*place]).collect();
        Some(files)
    }

    /// The files that a value speaks of, wherever.
    fn mentioned(&self, value: &Value, places: &mut Places) {
        match value {
            Value::String(text) => {
                let place = self.all.iter().position(|file| file.path == *text);
                places.extend(place.filter(|place| !places.contains(place)));
            }
            Value::Array(items) => items.iter().for_each(|item| self.mentioned(item, places)),
            Value::Object(members) => {
                members
                    .values()
                    .for_each(|member| self.mentioned(member, places));
            }
            _ => {}
        }
    }

    /// The files of a scope, each once, what is shown first before what is shown later.
    #[must_use]
    pub fn of(&self, scope: Scope<'_>) -> Vec<&PackageFile> {
        let Scope::Steps(steps) = scope else {
            return self.once(0..self.all.len());
        };
        let own = self.steps.iter().filter(|(id, _)| steps.contains(id));
        let own = own.flat_map(|(_, places)| places.iter());
        self.once(own.chain(&self.shared).copied())
    }

    /// The files at some places, without those that have the same bytes as one before.
    fn once(&self, places: impl Iterator<Item = usize>) -> Vec<&PackageFile> {
        let mut known: Sorted<Hash, ()> = Sorted::default();
        let mut files = Vec::new();
        for file in places.filter_map(|place| self.all.get(place)) {
            if known.insert(file.sha256, ()).is_none() {
                files.push(file);
            }
        }
        files
    }

    /// What of a scope is here.
    #[must_use]
    pub fn share(&self, scope: Scope<'_>, here: &Here) -> Share {
        let mut share = Share::default();
        for file in self.of(scope) {
            share.whole += file.bytes;
            if here.get(&file.sha256).is_some() {
                share.here += file.bytes;
            }
        }
        share
    }

    /// What goes when a scope is removed: files that no other step needs.
    #[must_use]
    pub fn removed(&self, scope: Scope<'_>) -> Vec<&PackageFile> {
        let files = self.of(scope);
        let Scope::Steps(steps) = scope else {
            return files;
        };
        let others = self.steps.iter().filter(|(id, _)| !steps.contains(id));
        let others: Vec<Slug> = others.map(|(id, _)| id.clone()).collect();
        let needed = self.of(Scope::Steps(&others));
        let goes = |file: &&PackageFile| !needed.iter().any(|other| other.sha256 == file.sha256);
        files.into_iter().filter(goes).collect()
    }
}

/// A course by its `course.json`, as far as the list of what is on the device shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// Title.
    pub title: Text,
    /// Version.
    pub version: String,
    /// Its files.
    pub files: Files,
}

impl Shelved {
    /// Reads a `course.json`; `None` when it cannot be used: any input is safe to give.
    #[must_use]
    pub fn read(course_json: &str) -> Option<Self> {
        let files = Files::read(course_json)?;
        let course: Value = serde_json::from_str(course_json).ok()?;
        let course = Fields(&course);
        Some(Self {
            title: course.title("title", course.items("languages")?.first()?.as_str()?)?,
            version: course.text("version").unwrap_or_default().to_owned(),
            files,
        })
    }
}

/// What is here and in none of these courses: left by a course that is known no more.
#[must_use]
pub fn strays(courses: &[&Files], here: &Here) -> Vec<PackageFile> {
    let own = |hash: &Hash| {
        let mut all = courses.iter().flat_map(|files| &files.all);
        all.any(|file| file.sha256 == *hash)
    };
    let strays = here.iter().filter(|(hash, _)| !own(hash));
    let named = strays.map(|(hash, bytes)| PackageFile {
        path: String::new(),
        bytes: *bytes,
        sha256: *hash,
    });
    named.collect()
}

/// What goes when a course is removed: its files that none of the courses that stay lists.
#[must_use]
pub fn goes<'a>(files: &'a Files, stay: &[&Files]) -> Vec<&'a PackageFile> {
    let needed = |file: &&PackageFile| {
        let mut others = stay.iter().flat_map(|files| &files.all);
        others.any(|other| other.sha256 == file.sha256)
    };
    let all = files.of(Scope::Course).into_iter();
    all.filter(|file| !needed(file)).collect()
}

/// The type of a file, for those who show it.
#[must_use]
pub fn media_type(path: &str) -> &'static str {
    match path::extension(path) {
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "vtt" => "text/vtt",
        "png" => "image/png",
        "jpg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "pdf" => "application/pdf",
        "md" | "txt" => "text/plain",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: &str = include_str!("../../public/courses/p2-growth/course.json");

    fn slugs(names: &[&str]) -> Vec<Slug> {
        names
            .iter()
            .map(|name| Slug::parse(name).unwrap())
            .collect()
    }

    #[test]
    fn a_course_is_listed_by_its_title_and_version() {
        let course = Shelved::read(COURSE).unwrap();
        assert!(!course.title.get("zh-CN").is_empty());
        assert!(!course.version.is_empty());
        assert!(!course.files.all.is_empty());
        for bad in ["", "{}", r#"{"files":[],"modules":[]}"#] {
            assert_eq!(Shelved::read(bad), None);
        }
    }

    #[test]
    fn a_step_needs_what_it_names_and_what_texts_may_show() {
        let files = Files::read(COURSE).unwrap();
        let step = slugs(&["m1t1-video"]);
        let of_step = files.of(Scope::Steps(&step));
        let paths: Vec<&str> = of_step.iter().map(|file| file.path.as_str()).collect();
        for kind in ["mp4", "vtt"] {
            let of_kind = paths.iter().any(|path| path::extension(path) == kind);
            assert!(of_kind, "{kind}: {paths:?}");
        }
        assert!(paths.contains(&"img/arrivals.zh.png"), "{paths:?}");
        assert!(!paths.iter().any(|path| path.contains("case")), "{paths:?}");
        let all = files.of(Scope::Course);
        assert!(all.len() > of_step.len());
    }

    #[test]
    fn what_is_here_adds_up_and_the_same_bytes_count_once() {
        let course = r#"{"files": [
            {"path": "a.md", "bytes": 5, "sha256": "H"}, {"path": "b.md", "bytes": 5, "sha256": "H"},
            {"path": "c.png", "bytes": 7, "sha256": "I"}],
            "modules": [{"topics": [{"steps": [{"id": "s", "parts": [{"file": {"zh-CN": "a.md"}}]}]}]}]}"#;
        let digest = |text: &str| Hash::of(text.as_bytes());
        let course = course
            .replace("\"H\"", &format!("\"{}\"", digest("h")))
            .replace("\"I\"", &format!("\"{}\"", digest("i")));
        let files = Files::read(&course).unwrap();
        let mut here = Here::default();
        let step = slugs(&["s"]);
        let share = |here: &Here| files.share(Scope::Steps(&step), here);
        assert_eq!(share(&here), Share { whole: 12, here: 0 });
        here.insert(digest("h"), 5);
        here.insert(digest("of another course"), 100);
        assert_eq!(share(&here), Share { whole: 12, here: 5 });
        assert_eq!(share(&here).lacks(), 7);
        let strays = strays(&[&files], &here);
        assert_eq!(strays.iter().map(|file| file.bytes).sum::<u64>(), 100);
        assert_eq!(goes(&files, &[]).len(), 2);
        assert_eq!(goes(&files, &[&files]), Vec::<&PackageFile>::new());
        assert_eq!(files.of(Scope::Course).len(), 2);
    }

    #[test]
    fn removing_a_step_leaves_what_others_need() {
        let files = Files::read(COURSE).unwrap();
        let step = slugs(&["m1t1-reading"]);
        let removed = files.removed(Scope::Steps(&step));
        assert!(!removed.is_empty());
        assert!(removed.len() < files.of(Scope::Steps(&step)).len());
        let others = slugs(&["m1t1-video", "m2t1-reading"]);
        let needed = files.of(Scope::Steps(&others));
        assert!(!removed.iter().any(|file| needed.contains(file)));
        assert_eq!(
            files.removed(Scope::Course).len(),
            files.of(Scope::Course).len()
        );
    }

    #[test]
    fn a_list_that_cannot_be_used_is_refused() {
        let good = r#"{"files": [{"path": "P", "bytes": 5, "sha256": "S"}], "modules": []}"#;
        let good = good.replace('S', &Hash::of(b"").to_string());
        assert!(Files::read(&good.replace('P', "a.md")).is_some());
        for path in ["../a.md", "/a.md", "a\\\\b.md", "C:a.md"] {
            assert!(Files::read(&good.replace('P', path)).is_none(), "{path}");
        }
        for bad in ["", "[]", "{}", r#"{"files": 1, "modules": []}"#] {
            assert!(Files::read(bad).is_none(), "{bad}");
        }
    }
}
