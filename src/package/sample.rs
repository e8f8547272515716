//! The shipped courses, for tests.

/// Every text of every course, and its path.
pub fn texts() -> Vec<(std::path::PathBuf, String)> {
    let courses = concat!(env!("CARGO_MANIFEST_DIR"), "/public/courses");
    let mut folders = vec![std::path::PathBuf::from(courses)];
    let mut texts = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "md") {
                let text = std::fs::read_to_string(&path).unwrap();
                texts.push((path, text));
            }
        }
    }
    texts
}
