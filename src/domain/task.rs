//! What a step asks for beyond what the outline shows: read when the step is opened.

use crate::domain::ids::Slug;
use crate::domain::points::Points;
use crate::domain::text::Text;

/// The details of an assignment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AssignmentTask {
    /// Forms to fill in or examples to follow: title and file.
    pub templates: Vec<(Text, Text)>,
    /// What may be attached; nothing if absent.
    pub attachments: Option<AttachmentRules>,
    /// What a good submission shows.
    pub rubric: Vec<Criterion>,
    /// Whether the class may read submissions; the tutor alone otherwise.
    pub for_class: bool,
}

/// What may be attached to a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRules {
    /// At most so many files.
    pub max_files: u32,
    /// At most so many bytes each.
    pub max_bytes: u32,
    /// Kinds, as the package names them: `image`, `pdf`, `document`, …
    pub types: Vec<String>,
}

/// Most bytes of a file that is attached, whatever a package says.
pub const MAX_ATTACHMENT_BYTES: u32 = 20_000_000;

/// A criterion of a rubric.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Unique in the rubric.
    pub id: Slug,
    /// Title.
    pub title: Text,
    /// What is looked at.
    pub description: Text,
    /// Most points for it.
    pub points: Points,
}

/// The details of an activity.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ActivityTask {
    /// Whether it is live at a distance, and not on site.
    pub live: bool,
    /// What to prepare.
    pub prepare: Text,
    /// Who leads it.
    pub led_by: Text,
    /// Ways in which attendance is taken.
    pub attendance: Vec<AttendanceBy>,
}

/// How attendance is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttendanceBy {
    /// The learner types a code that is shown in the room.
    RoomCode,
    /// The tutor ticks a list.
    TutorList,
    /// The learner says so.
    Learner,
}

impl AttachmentRules {
    /// Extensions that fit, in lower case.
    #[must_use]
    pub fn extensions(&self) -> Vec<&'static str> {
        let of = |kind: &String| -> &[&'static str] {
            match kind.as_str() {
                "image" => &["png", "jpg", "jpeg", "webp", "gif"],
                "video" => &["mp4", "webm"],
                "audio" => &["mp3", "m4a"],
                "pdf" => &["pdf"],
                "document" => &["docx"],
                "spreadsheet" => &["xlsx"],
                "slides" => &["pptx"],
                "plain_text" => &["txt", "md"],
                _ => &[],
            }
        };
        self.types.iter().flat_map(of).copied().collect()
    }

    /// Most bytes of one file.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.max_bytes.min(MAX_ATTACHMENT_BYTES)
    }

    /// Why a file may not be attached next to `there` others; `None` when it may.
    #[must_use]
    pub fn refuse(&self, name: &str, bytes: u64, there: usize) -> Option<Refused> {
        let extension = name
            .rsplit_once('.')
            .map(|(_, end)| end.to_ascii_lowercase());
        let fits = extension.is_some_and(|end| self.extensions().contains(&end.as_str()));
        if !fits {
            Some(Refused::Kind)
        } else if bytes > u64::from(self.limit()) {
            Some(Refused::Size)
        } else if bytes == 0 {
            Some(Refused::Empty)
        } else if there >= self.max_files as usize {
            Some(Refused::Count)
        } else {
            None
        }
    }
}

/// Why a file may not be attached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// Of a kind that the assignment does not take.
    Kind,
    /// Too large.
    Size,
    /// Nothing in it.
    Empty,
    /// There are as many as may be.
    Count,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_attached_only_if_it_fits() {
        let rules = AttachmentRules {
            max_files: 2,
            max_bytes: 5_000_000,
            types: vec!["image".into(), "pdf".into()],
        };
        for (name, bytes, there, refused) in [
            ("价目表.PNG", 5_000_000, 1, None),
            ("a.pdf", 5_000_001, 0, Some(Refused::Size)),
            ("a.exe", 1, 0, Some(Refused::Kind)),
            ("png", 1, 0, Some(Refused::Kind)),
            ("a.png", 0, 0, Some(Refused::Empty)),
            ("a.png", 1, 2, Some(Refused::Count)),
        ] {
            assert_eq!(rules.refuse(name, bytes, there), refused, "{name}");
        }
        let generous = AttachmentRules {
            max_bytes: 200_000_000,
            ..rules
        };
        assert_eq!(generous.limit(), MAX_ATTACHMENT_BYTES);
    }
}
