use super::*;
use std::fs;
use tempfile::TempDir;

/// A small course in a folder of its own.
fn folder() -> TempDir {
    let dir = TempDir::new().unwrap();
    let course = r#"{"format": "zhixing-course/1", "id": "tag:a.example,2026:a", "version": "1",
        "languages": ["en"], "title": "A", "summary": "B",
        "calendar": {"utcOffset": "+08:00", "phases": {"kind": "relative", "study": {"first": 0, "last": 9}}},
        "modules": [{"id": "m", "title": "M", "topics": [{"id": "t", "title": "T", "steps": [
            {"id": "s", "title": "S", "gate": {"kind": "free"}, "content": {"kind": "reading", "expectedMinutes": 5,
                "parts": [{"id": "p", "role": "plain", "title": "P", "file": "text/p.md"}]}}]}]}]}"#;
    fs::write(dir.path().join(COURSE_FILE), course).unwrap();
    fs::create_dir_all(dir.path().join("text")).unwrap();
    fs::create_dir_all(dir.path().join("img")).unwrap();
    fs::write(dir.path().join("text/p.md"), "![x](../img/x.png)\n").unwrap();
    fs::write(dir.path().join("img/x.png"), "not really").unwrap();
    fs::write(dir.path().join(".hidden"), "left out").unwrap();
    dir
}

fn packed(dir: &TempDir, name: &str) -> Vec<u8> {
    let out = dir.path().with_extension(name);
    let options = PackOptions::Pack {
        folder: dir.path().to_owned(),
        out: Some(out.clone()),
        import: None,
    };
    run(dir.path(), &options).unwrap();
    let zip = fs::read(&out).unwrap();
    fs::remove_file(out).unwrap();
    zip
}

fn check(dir: &TempDir) -> Result<()> {
    run(dir.path(), &PackOptions::Check(dir.path().to_owned()))
}

#[test]
fn a_packed_folder_is_a_course_and_stays_as_it_is() {
    let dir = folder();
    assert!(check(&dir).is_err(), "it has no list of files yet");
    let zip = packed(&dir, "zip");
    let course = fs::read(dir.path().join(COURSE_FILE)).unwrap();
    let files: Vec<String> = check_course(&course)
        .unwrap()
        .files
        .into_iter()
        .map(|file| file.path)
        .collect();
    assert_eq!(files, ["img/x.png", "text/p.md"]);
    check(&dir).unwrap();
    assert_eq!(packed(&dir, "again.zip"), zip);
    assert_eq!(fs::read(dir.path().join(COURSE_FILE)).unwrap(), course);
}

#[test]
fn the_zip_holds_the_course_first_and_every_file() {
    let dir = folder();
    let zip = packed(&dir, "zip");
    let archive = rawzip::ZipArchive::from_slice(&zip).unwrap();
    let mut names = Vec::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().unwrap() {
        names.push(
            entry
                .file_path()
                .try_normalize()
                .unwrap()
                .as_ref()
                .to_owned(),
        );
    }
    assert_eq!(names, ["course.json", "img/x.png", "text/p.md"]);
}

#[test]
fn a_changed_file_is_noticed() {
    let dir = folder();
    packed(&dir, "zip");
    fs::write(dir.path().join("text/p.md"), "![x](../img/x.png) changed\n").unwrap();
    let error = check(&dir).unwrap_err().to_string();
    assert!(error.contains("not up to date"), "{error}");
}

#[test]
fn everything_that_is_wrong_is_found_at_once_and_nothing_is_changed() {
    let dir = folder();
    fs::write(dir.path().join("text/p.md"), "![x](../img/none.png)\n").unwrap();
    fs::write(dir.path().join("run.html"), "<script>").unwrap();
    let before = fs::read(dir.path().join(COURSE_FILE)).unwrap();
    let error = check(&dir).unwrap_err().to_string();
    assert!(error.contains("1 to correct"), "{error}");
    fs::remove_file(dir.path().join("run.html")).unwrap();
    let error = check(&dir).unwrap_err().to_string();
    assert!(error.contains("1 to correct"), "{error}");
    fs::remove_file(dir.path().join("text/p.md")).unwrap();
    assert!(check(&dir).is_err());
    assert_eq!(fs::read(dir.path().join(COURSE_FILE)).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let dir = folder();
    std::os::unix::fs::symlink("/etc/hostname", dir.path().join("text/link.txt")).unwrap();
    assert!(check(&dir).is_err());
}

#[test]
fn questions_of_a_file_are_packed_and_a_bad_file_changes_nothing() {
    let dir = folder();
    let course = dir.path().join(COURSE_FILE);
    let text = fs::read_to_string(&course).unwrap();
    let exam = r#"{"id": "e", "title": "E", "gate": {"kind": "free"}, "content": {"kind": "exam",
        "mode": "practice", "minutes": 5, "questions": []}}"#;
    fs::write(
        &course,
        text.replacen("\"steps\": [", &format!("\"steps\": [{exam}, "), 1),
    )
    .unwrap();
    let questions = TempDir::new().unwrap();
    let file = questions.path().join("q.gift");
    let import = |file: &Path| {
        let import = Import {
            file: file.to_owned(),
            exam: "e".into(),
        };
        let options = PackOptions::Pack {
            folder: dir.path().to_owned(),
            out: Some(questions.path().join("a.zip")),
            import: Some(import),
        };
        run(questions.path(), &options)
    };
    let before = fs::read(&course).unwrap();
    fs::write(&file, "a{#4}").unwrap();
    assert!(import(&file).is_err());
    // A practice exam needs a key.
    fs::write(&file, "a{}").unwrap();
    assert!(import(&file).is_err());
    assert_eq!(fs::read(&course).unwrap(), before);
    fs::write(&file, "a{=b ~c}").unwrap();
    import(&file).unwrap();
    check(&dir).unwrap();
    assert!(fs::read_to_string(&course).unwrap().contains("\"single\""));
    assert!(questions.path().join("a.zip").exists());
}
