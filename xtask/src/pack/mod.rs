//! `cargo xtask pack`: checks the folder of a course, fills in sizes and digests, writes the zip.

mod archive;
mod folder;
mod pretty;
mod questions;

use crate::say;
use anyhow::{Context, Result, bail};
use folder::{Folder, PackedFile};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use zhixing::package::markdown::inspect;
use zhixing::package::path::extension;
use zhixing::package::problem::{Problem, What};
use zhixing::package::read::{Json, Number, parse};
use zhixing::package::schema::{course_schema, index_schema};
use zhixing::package::{COURSE_FILE, Checked, check_course};

/// What to pack, and how.
#[derive(Debug, PartialEq)]
pub enum PackOptions {
    /// Write the published schemas.
    Schema,
    /// Check that a folder is as packing it would leave it; change nothing.
    Check(PathBuf),
    /// Pack a folder.
    Pack {
        /// The folder.
        folder: PathBuf,
        /// Where the zip goes; `target/packages` when not given.
        out: Option<PathBuf>,
        /// Questions to take in before.
        import: Option<Import>,
    },
}

/// Questions of a file for an exam.
#[derive(Debug, PartialEq)]
pub struct Import {
    /// The file.
    pub file: PathBuf,
    /// The id of the exam's step.
    pub exam: String,
}

/// Runs the command; `root` is the repository.
///
/// # Errors
/// When the folder is no course that may be used; everything that is wrong was said before.
pub fn run(root: &Path, options: &PackOptions) -> Result<()> {
    match options {
        PackOptions::Schema => write_schemas(root),
        PackOptions::Check(folder) => {
            let packed = examine(Folder::read(folder)?, folder, &language())?;
            if packed.course_before != packed.course {
                let (file, folder) = (folder.join(COURSE_FILE), folder.display());
                let file = file.display();
                bail!(said(
                    &format!("{file} 不是最新的：请运行 `cargo xtask pack {folder}`"),
                    &format!("{file} is not up to date: run `cargo xtask pack {folder}`"),
                ));
            }
            let folder = folder.display();
            say::done(&said(
                &format!("{folder} 是最新的"),
                &format!("{folder} is up to date"),
            ));
            Ok(())
        }
        PackOptions::Pack {
            folder,
            out,
            import,
        } => pack(root, folder, out.as_deref(), import.as_ref()),
    }
}

/// A folder that was found good.
struct Packed {
    course_before: Vec<u8>,
    course: Vec<u8>,
    files: Vec<PackedFile>,
}

fn pack(root: &Path, folder: &Path, out: Option<&Path>, import: Option<&Import>) -> Result<()> {
    let mut read = Folder::read(folder)?;
    let before = read.course.clone();
    let imported = import
        .map(|import| take_questions(&mut read, import))
        .transpose()?;
    let mut packed = examine(read, folder, &language())?;
    packed.course_before = before;
    let course = folder.join(COURSE_FILE);
    if packed.course_before != packed.course {
        std::fs::write(&course, &packed.course)
            .with_context(|| format!("{} cannot be written", course.display()))?;
        let course = course.display();
        say::done(&said(
            &format!("{course} 已写入文件大小和摘要"),
            &format!("{course} has the sizes and digests"),
        ));
    }
    let name = folder.canonicalize().ok();
    let name = name
        .as_deref()
        .and_then(Path::file_name)
        .unwrap_or_default();
    let packages = root.join("target/packages");
    if let Some((imported, import)) = imported.zip(import) {
        let (exam, added, replaced) = (&import.exam, imported.added, imported.replaced);
        say::done(&said(
            &format!("{exam}：新增 {added} 题，替换 {replaced} 题"),
            &format!("{exam}: questions added: {added}, replaced: {replaced}"),
        ));
        if let Some(keys) = &imported.keys {
            let file = format!("{}-{}-keys.json", name.display(), import.exam);
            write_keys(&packages.join(file), keys)?;
        }
    }
    let default = packages.join(name).with_extension("zip");
    let out = out.unwrap_or(&default);
    let zip = archive::write(folder, &packed.course, &packed.files)?;
    if let Some(parent) = out.parent() {
        std::fs::create_dir_all(parent)
            .with_context(|| format!("{} cannot be made", parent.display()))?;
    }
    std::fs::write(out, &zip).with_context(|| format!("{} cannot be written", out.display()))?;
    let megabytes = zip.len() / 100_000;
    let (out, count) = (out.display(), packed.files.len() + 1);
    let size = format!("{}.{} MB", megabytes / 10, megabytes % 10);
    say::done(&said(
        &format!("{out}：{count} 个文件，{size}"),
        &format!("{out} holds {count} files, {size}"),
    ));
    Ok(())
}

/// Takes the questions of a file into the course of a folder; nothing is written yet.
fn take_questions(folder: &mut Folder, import: &Import) -> Result<questions::Imported> {
    let found = questions::read(&import.file)?;
    let mut course = parse(COURSE_FILE, &folder.course)
        .map_err(|problem| anyhow::anyhow!(problem.describe(&language())))?;
    let imported = questions::put(&mut course, &import.exam, &found)?;
    folder.course = pretty::print(&course).into_bytes();
    Ok(imported)
}

/// Writes the tutor's file of a closed-book exam.
fn write_keys(path: &Path, keys: &Json) -> Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)
            .with_context(|| format!("{} cannot be made", parent.display()))?;
    }
    std::fs::write(path, pretty::print(keys))
        .with_context(|| format!("{} cannot be written", path.display()))?;
    let path = path.display();
    say::done(&said(
        &format!("{path} 里是答案：只给指导教师，不进课程包"),
        &format!("{path} holds the keys: it is for the tutor and goes into no package"),
    ));
    Ok(())
}

/// Checks a folder as a whole; says every problem and every remark in `language`.
fn examine(mut folder: Folder, path: &Path, language: &str) -> Result<Packed> {
    let mut problems = std::mem::take(&mut folder.problems);
    let mut remarks = Vec::new();
    let mut course = Vec::new();
    match parse(COURSE_FILE, &folder.course) {
        Err(problem) => problems.push(problem),
        Ok(json) => {
            course = pretty::print(&with_files(json, &folder.files)).into_bytes();
            match check_course(&course) {
                Err(found) => problems.extend(found),
                Ok(checked) => remarks = look_inside(path, &folder, checked, &mut problems)?,
            }
        }
    }
    for remark in &remarks {
        say::note(&remark.describe(language));
    }
    for problem in &problems {
        say::wrong(&problem.describe(language));
    }
    if !problems.is_empty() {
        let (path, count) = (path.display(), problems.len());
        bail!(said(
            &format!("{path} 还不能用：有 {count} 处要改"),
            &format!("{path} cannot be used as it is: {count} to correct"),
        ));
    }
    Ok(Packed {
        course_before: folder.course,
        course,
        files: folder.files,
    })
}

/// Looks into Markdown files and for files that nothing uses; gives the remarks.
fn look_inside(
    path: &Path,
    folder: &Folder,
    checked: Checked,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Problem>> {
    let mut remarks = checked.warnings;
    let listed: BTreeSet<&str> = folder.files.iter().map(|file| file.path.as_str()).collect();
    let mut used: BTreeSet<String> = checked.mentions.into_iter().map(|each| each.path).collect();
    for file in folder
        .files
        .iter()
        .filter(|file| extension(&file.path) == "md")
    {
        let found = inspect(&file.path, &folder::content(path, &file.path)?, &listed);
        problems.extend(found.problems);
        remarks.extend(found.warnings);
        used.extend(found.files.into_iter().map(|each| each.path));
    }
    let unused = listed.into_iter().filter(|path| !used.contains(*path));
    remarks.extend(unused.map(|path| Problem::new(path, "", What::NotUsed)));
    Ok(remarks)
}

/// The course with this list of files, at its end when it had none.
fn with_files(mut course: Json, files: &[PackedFile]) -> Json {
    let list = Json::List(files.iter().map(entry).collect());
    if let Json::Object(members) = &mut course {
        match members.iter_mut().find(|(name, _)| name == "files") {
            Some((_, value)) => *value = list,
            None => members.push(("files".to_owned(), list)),
        }
    }
    course
}

fn entry(file: &PackedFile) -> Json {
    Json::Object(vec![
        ("path".to_owned(), Json::Text(file.path.clone())),
        ("bytes".to_owned(), Json::Number(Number::Whole(file.bytes))),
        ("sha256".to_owned(), Json::Text(file.sha256.to_string())),
    ])
}

fn write_schemas(root: &Path) -> Result<()> {
    for (name, schema) in [
        ("zhixing-course-1.schema.json", course_schema()),
        ("zhixing-courses-1.schema.json", index_schema()),
    ] {
        let path = root.join("public/schema").join(name);
        std::fs::write(&path, schema)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        say::done(&format!("{} is what the types say", path.display()));
    }
    Ok(())
}

/// What is said in the language of the terminal: Chinese where it is any, else English.
fn said(zh: &str, en: &str) -> String {
    let chinese = language().starts_with("zh");
    if chinese { zh } else { en }.to_owned()
}

/// The language of the terminal.
fn language() -> String {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
