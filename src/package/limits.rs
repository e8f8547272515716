//! How large a package may be. A package is untrusted input: everything in it has a cap.

/// Largest `course.json`, in bytes.
pub const MAX_COURSE_BYTES: usize = 4_000_000;
/// Largest Markdown file, in bytes: a long book chapter is a tenth of it.
pub const MAX_MARKDOWN_BYTES: u64 = 1_000_000;
/// Largest single file, in bytes as declared.
pub const MAX_FILE_BYTES: u64 = 500_000_000;
/// Largest package, in bytes as declared, all files together.
pub const MAX_PACKAGE_BYTES: u64 = 4_000_000_000;
/// Most files of a package.
pub const MAX_FILES: usize = 2_000;
/// Longest path of a file, in bytes of UTF-8.
pub const MAX_PATH_BYTES: usize = 200;
/// How deep lists and objects of a JSON file may be nested; the format itself needs 13.
pub const MAX_JSON_DEPTH: usize = 32;
/// Most members of one JSON object; the format itself needs 19.
pub const MAX_MEMBERS: usize = 64;
/// Longest text, in characters.
pub const MAX_TEXT_CHARACTERS: usize = 20_000;
/// Most languages of one course.
pub const MAX_LANGUAGES: usize = 10;
/// Most modules of a course.
pub const MAX_MODULES: usize = 200;
/// Most topics of a module.
pub const MAX_TOPICS: usize = 200;
/// Most steps of a topic.
pub const MAX_STEPS: usize = 100;
/// Longest video, in milliseconds: 24 hours.
pub const MAX_VIDEO_MS: u64 = 86_400_000;
/// Most points of anything, in thousandths: 10,000 points.
pub const MAX_POINTS: u64 = 10_000_000;
/// Most problems told about one package; whoever has more begins with these.
pub const MAX_PROBLEMS: usize = 50;
