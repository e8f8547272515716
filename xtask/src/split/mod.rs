//! The module in six parts: what the course home needs, the rest of studying, the score, notes and
//! search, the class, the deck.
//!
//! A first visit waits for every byte of the module before anything can be done. So the built
//! module is cut: the first part starts the app and shows the course home; the second holds what
//! only the other screens need, and arrives while the home is being looked at; the third (standing,
//! ledger, archive, courses, records, reflections, exams, activities) is fetched when the first step is opened, the fourth (highlights,
//! notes and search) with the first text that is read, the fifth (class and backends) when one of its
//! screens is opened, or at a start where somebody signed in before; the sixth (projection) when a topic
//! is projected.
//!
//! All work on one memory and one table of functions. A function of a later part leaves an empty
//! body in the first, and the later part writes it into the table when it arrives; so a part
//! reaches a later one through the table alone (`ui::state::rest::apart`). Of the functions in the
//! table, those of the modules in [`REST`], [`SCORE`], [`NOTES`], [`CLASS`] and [`DECK`] go, told by their names; and of all
//! others, what only they can reach. A screen waits until its part is there.

mod graph;
mod parts;

use anyhow::{Context, Result, ensure};
use graph::Graph;

/// Names of the modules and types that only the screens of the class and of backends need.
const CLASS: &[&str] = &[
    "zhixing::ui::screens::class",
    "zhixing::ui::screens::backend",
    "zhixing::sync",
    "zhixing::wire::plain",
    "zhixing::wire::port",
    "zhixing::wire::xapi",
    "zhixing::domain::cohort",
    "zhixing::domain::grading",
    "zhixing::domain::review",
    "zhixing::domain::roster",
    "zhixing::domain::sign",
    "ed25519_compact",
];

/// Names of the modules that only highlights, notes and search need.
const NOTES: &[&str] = &[
    "zhixing::ui::screens::notes",
    "zhixing::ui::screens::search",
    "zhixing::domain::notes",
    "zhixing::domain::search",
];

/// Names of the modules that only projection needs.
const DECK: &[&str] = &["zhixing::ui::screens::deck", "zhixing::projection"];

/// Names of the modules and types that only the screens of the score and of records need, reflections,
/// exams, activities, and those of the class.
const SCORE: &[&str] = &[
    "zhixing::ui::screens::rare",
    "zhixing::ui::screens::device",
    "zhixing::ui::screens::people",
    "zhixing::domain::lock",
    "zhixing::domain::backup",
    "zhixing::package::fetching",
    "zhixing::ui::screens::exam",
    "zhixing::ui::screens::reflection",
    "zhixing::ui::screens::activity",
    "zhixing::ui::screens::reading::typeset",
    "zhixing::domain::exam",
    "zhixing::ui::ics",
    "zhixing::ui::screens::score",
    "zhixing::domain::assessment",
    "zhixing::domain::fraction",
    "zhixing::domain::ledger",
    "zhixing::ui::screens::records",
    "zhixing::ui::state::keeper::transfer",
    "zhixing::wire::packet",
    "rawzip",
    "miniz_oxide",
];

/// Names of the modules, types and crates that the course home does without.
const REST: &[&str] = &[
    "zhixing::ui::screens::",
    "zhixing::ui::components::draft",
    "zhixing::ui::components::editor",
    "zhixing::ui::components::markdown",
    "zhixing::ui::components::meter",
    "zhixing::ui::components::player",
    "zhixing::ui::components::said",
    "zhixing::ui::components::window",
    "zhixing::ui::state::keeper::start",
    "zhixing::ui::state::keeper::Keeper>::run",
    "zhixing::ui::state::reader",
    "zhixing::ui::state::content",
    "zhixing::store::content",
    "zhixing::package::kept",
    "zhixing::package::open::details",
    "zhixing::domain::task",
    "zhixing::package::markdown",
    "zhixing::package::path::resolve",
    "zhixing::wire",
    "zhixing::domain::meter::video",
    "zhixing::domain::meter::reading",
];

/// Names that stay in the first part although they are of [`REST`].
const FIRST: &[&str] = &["zhixing::ui::screens::home"];

/// A library's function that was made for a type of the app's and is shorter than this, in bytes,
/// stays: compilers make one of two of those that do the same, whichever screen they were made for.
const LEAST: usize = 200;

/// Functions of libraries that stand in the table although nobody can come by them: what only the
/// exports of [`unused`] would make, and words for errors of the store's library that the app never
/// asks for (`store/idb/error.rs` has its own), with the printing of floating point numbers that
/// only those do (the app prints none: `domain/points.rs`).
fn never_called(name: &str) -> bool {
    let said = name.contains("as core::fmt::Display");
    said && (name.contains("indexed_db_futures::error::") || name.starts_with("<&f64 "))
        || name.contains("wasm_streams::")
}

/// The part to which a function of the table may go, 0 being the first; `None` if it is never called.
fn part(name: &str, bytes: usize) -> Option<usize> {
    let of = |list: &[&str]| list.iter().any(|part| name.contains(part));
    let own = name.trim_start_matches('<').starts_with("zhixing::");
    if never_called(name) {
        None
    } else if of(FIRST) || !(own || bytes >= LEAST) {
        Some(0)
    } else if of(DECK) {
        Some(5)
    } else if of(CLASS) {
        Some(4)
    } else if of(NOTES) {
        Some(3)
    } else if of(SCORE) {
        Some(2)
    } else {
        Some(usize::from(of(REST)))
    }
}

/// How many parts come after the first.
const LATER: usize = 5;

/// Exports of a library that the app never calls (streams of Leptos' server functions).
fn unused(export: &str) -> bool {
    export
        .trim_start_matches("__wbg_")
        .starts_with("intounderlying")
}

/// A module cut into parts.
pub struct Parts {
    /// Starts the app.
    pub first: Vec<u8>,
    /// Join it one after the other: instantiated with the first part's exports as the import
    /// module `f`, the second's as `r`, the third's as `s`, the fourth's as `n`, the fifth's as `c`.
    pub later: Vec<Vec<u8>>,
    /// The names of imports as they were and as they are now: the old ones end with hashes, which
    /// no compression shortens. The JavaScript beside the module must be told ([`rename`]).
    pub names: parts::Names,
}

/// Gives the imports in the module's JavaScript their new names.
///
/// # Errors
/// When a name is not there exactly once, as the key of a member.
pub fn rename(script: &str, names: &[(String, String)]) -> Result<String> {
    let mut script = script.to_owned();
    for (old, new) in names {
        let key = format!("{old}: function");
        ensure!(
            script.matches(&key).count() == 1,
            "{old} is not there once in the module's JavaScript"
        );
        script = script.replace(&key, &format!("{new}: function"));
    }
    Ok(script)
}

/// Cuts a module whose functions have names.
///
/// # Errors
/// When it is not a module, has no names, or uses something that cannot be cut.
pub fn split(module: &[u8]) -> Result<Parts> {
    let graph = Graph::read(module).context("the module cannot be read")?;
    let mut parts = parts::write(module, &graph, &graph.sort(LATER, LEAST, part, unused))?;
    blank_paths(&mut parts.first);
    Ok(parts)
}

/// Where the paths of libraries' files begin, from some folder of the machine that built them on.
const PATHS: [&[u8]; 2] = [b"/rustc/", b"/registry/src/"];

/// Blanks the paths of the libraries' own files, with which their panics would begin: a hundred of
/// them in every first visit. Line, column and message stay, and so do the paths of the app.
fn blank_paths(module: &mut [u8]) {
    let is_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._+-".contains(byte);
    for at in 0..module.len() {
        let (_, rest) = module.split_at_mut(at);
        if !PATHS.iter().any(|begin| rest.starts_with(begin)) {
            continue;
        }
        let path = rest.iter().take_while(|byte| is_path(byte)).count();
        let end = rest[..path].windows(3).position(|three| three == b".rs");
        if let Some(end) = end {
            rest[..end + 3].fill(b' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, ConstExpr, ElementSection, Elements, ExportKind, ExportSection, Function,
        FunctionSection, GlobalSection, GlobalType, Instruction, MemorySection, MemoryType, Module,
        NameMap, NameSection, RefType, TableSection, TableType, TypeSection, ValType,
    };
    use wasmparser::Validator;

    /// `start` calls `shared` and `folded`, which has the name of a screen; `screen`, which stands
    /// in the table, calls `helper`, which only `score` does too, and `shared`; `score` has a
    /// helper that only `class` uses besides; `deck` calls `shared` alone. Of two short ones of a library
    /// that were made for `score`, one calls a long one that was, too; the other may be anybody's.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut names = NameMap::new();
        let bodies: [(&str, &[u32]); 14] = [
            ("start", &[3, 4]),
            (
                "<zhixing::ui::dom::El>::live::<zhixing[0123456789abcdef]::ui::screens::step::screen>",
                &[2, 3],
            ),
            ("core::helper", &[]),
            ("core::shared", &[]),
            ("zhixing[0123456789abcdef]::ui::screens::step::folded", &[]),
            ("streams::unused", &[]),
            (
                "zhixing[0123456789abcdef]::ui::screens::score::standing",
                &[2, 3, 7],
            ),
            ("core::sorted", &[]),
            (
                "zhixing[0123456789abcdef]::ui::screens::class::desk",
                &[2, 3, 7],
            ),
            ("zhixing[0123456789abcdef]::ui::screens::deck::deck", &[3]),
            ("<core::shim<zhixing::ui::screens::score::Made>>", &[11]),
            (
                "<core::made<zhixing::ui::screens::score::Made>>",
                &[3; LEAST / 2],
            ),
            ("<core::folded<zhixing::ui::screens::score::Made>>", &[3]),
            ("zhixing[0123456789abcdef]::ui::screens::notes::notes", &[3]),
        ];
        for (at, (name, calls)) in (0..).zip(bodies) {
            functions.function(0);
            names.append(at, name);
            let mut body = Function::new([]);
            body.instruction(&Instruction::LocalGet(0));
            for call in calls {
                body.instruction(&Instruction::Call(*call));
            }
            body.instruction(&Instruction::GlobalGet(0));
            body.instruction(&Instruction::I32Add);
            body.instruction(&Instruction::End);
            code.function(&body);
        }
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            minimum: 8,
            maximum: Some(8),
            table64: false,
            shared: false,
        });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut globals = GlobalSection::new();
        let kind = GlobalType {
            val_type: ValType::I32,
            mutable: true,
            shared: false,
        };
        globals.global(kind, &ConstExpr::i32_const(7));
        let mut exports = ExportSection::new();
        exports.export("start", ExportKind::Func, 0);
        exports.export("unused", ExportKind::Func, 5);
        exports.export("memory", ExportKind::Memory, 0);
        let mut elements = ElementSection::new();
        elements.active(
            None,
            &ConstExpr::i32_const(1),
            Elements::Functions([1, 6, 8, 9, 10, 12, 13].as_slice().into()),
        );
        let mut section = NameSection::new();
        section.functions(&names);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&tables)
            .section(&memories)
            .section(&globals)
            .section(&exports)
            .section(&elements)
            .section(&code)
            .section(&section);
        module.finish()
    }

    #[test]
    fn what_only_the_other_screens_need_goes_and_both_parts_are_sound() {
        let whole = module();
        let graph = Graph::read(&whole).unwrap();
        let sorted = graph.sort(LATER, LEAST, part, |export| export == "unused");
        let later = sorted
            .later
            .iter()
            .map(|part| part.iter().copied().collect());
        let later: Vec<Vec<u32>> = later.collect();
        assert_eq!(
            later,
            [vec![1, 2], vec![6, 7, 10, 11], vec![13], vec![8], vec![9]]
        );
        assert_eq!(sorted.dead.into_iter().collect::<Vec<_>>(), [5]);
        let parts = split(&whole).unwrap();
        assert_eq!(parts.later.len(), 5);
        for part in parts.later.iter().chain([&parts.first]) {
            Validator::new().validate_all(part).unwrap();
        }
        let first = Graph::read(&parts.first).unwrap();
        // `shared` is the only one that later parts need of the first.
        assert_eq!(first.export("_b").map(|(_, function)| function), Some(3));
        assert!(first.export("_a").is_none());
        // Each takes the helper that it shares with one before it from there.
        let functions = |part: &[u8]| {
            let exports = wasmparser::Parser::new(0)
                .parse_all(part)
                .filter_map(|payload| match payload.unwrap() {
                    wasmparser::Payload::ExportSection(exports) => {
                        let names = exports
                            .into_iter()
                            .map(|each| each.unwrap().name.to_owned());
                        Some(names.collect::<Vec<_>>())
                    }
                    _ => None,
                });
            exports.flatten().collect::<Vec<_>>()
        };
        assert_eq!(functions(&parts.later[0]), ["_a"]);
        assert_eq!(functions(&parts.later[1]), ["_c"]);
        assert!(functions(&parts.later[2]).is_empty());
    }

    #[test]
    fn paths_of_libraries_are_blanked_and_nothing_else() {
        let text = "a/rustc/59807/library/core/src/str.rsb /rustc/x y.rs \
                    /home/me/.cargo/registry/src/index-1/a-1.0/src/b.rssrc/ui/app.rs";
        let mut bytes = text.as_bytes().to_vec();
        blank_paths(&mut bytes);
        let blanked = String::from_utf8(bytes).unwrap();
        assert_eq!(blanked.len(), text.len());
        let words: Vec<&str> = blanked.split_whitespace().collect();
        assert_eq!(
            words,
            [
                "a",
                "b",
                "/rustc/x",
                "y.rs",
                "/home/me/.cargo",
                "src/ui/app.rs"
            ]
        );
    }

    #[test]
    fn imports_are_renamed_in_the_script_or_it_is_refused() {
        let names = [("__wbg_get_0123456789abcdef".to_owned(), "a0".to_owned())];
        let script = "return { __wbg_get_0123456789abcdef: function(a) {} };";
        assert_eq!(
            rename(script, &names).unwrap(),
            "return { a0: function(a) {} };"
        );
        assert!(rename("", &names).is_err());
    }

    #[test]
    fn a_module_without_names_is_refused() {
        let whole = module();
        let nameless = whole.len() - whole.iter().rev().position(|byte| *byte == 0x0b).unwrap();
        assert!(split(&whole[..nameless]).is_err());
        assert!(split(b"\0asm").is_err());
    }
}
