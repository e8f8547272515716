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
//! reaches a later one through the table alone (`ui::state::rest::apart`), and a screen waits until
//! its part is there.
//!
//! What may call what is read from the module as it was linked ([`linked`]). The one that goes out has
//! lost that, and of functions that do the same it has one; but a place in the table is the same
//! place in both, so whoever of an earlier part may call that place finds the function there.

mod graph;
mod linked;
mod parts;

use anyhow::{Context, Result, ensure};
use graph::Graph;
use linked::Linked;
use std::collections::BTreeMap;

/// The functions with which each later part begins: what the first hands to `ui::state::rest::apart`.
/// To a part belongs what its entries may come to call and nothing of an earlier part may.
const ENTRIES: [&[&str]; LATER] = [
    &[
        "zhixing::ui::state::keeper::start",
        "zhixing::ui::state::content::find",
        "zhixing::ui::screens::newer::newer",
        "zhixing::ui::screens::not_found::not_found",
        "zhixing::ui::screens::outline::outline",
        "zhixing::ui::screens::step::step",
    ],
    &[
        "zhixing::ui::screens::device::carry::alone",
        "zhixing::ui::screens::device::device",
        "zhixing::ui::screens::device::first_course",
        "zhixing::ui::screens::people::locked::locked",
        "zhixing::ui::screens::people::people",
        "zhixing::ui::screens::people::rescue::rescue",
        "zhixing::ui::screens::people::locked::watch_lock",
        "zhixing::ui::screens::rare::rare",
        "zhixing::ui::screens::reading::typeset::choices",
        "zhixing::ui::screens::records::records",
        "zhixing::ui::screens::score::archive",
        "zhixing::ui::screens::score::courses",
        "zhixing::ui::screens::score::ledger",
        "zhixing::ui::screens::score::standing",
    ],
    &[
        "zhixing::ui::screens::notes::notes",
        "zhixing::ui::screens::notes::reading::over",
        "zhixing::ui::screens::search::search",
    ],
    &[
        "zhixing::ui::screens::backend::backend",
        "zhixing::ui::screens::backend::resume",
        "zhixing::ui::screens::class::class",
    ],
    &["zhixing::ui::screens::deck::deck"],
];

/// Functions of libraries that stand in the table although nobody can come by them: what only the
/// exports of [`unused`] would make, and words for errors of the store's library that the app never
/// asks for (`store/idb/error.rs` has its own), with the printing of floating point numbers that
/// only those do (the app prints none: `domain/points.rs`).
fn never_called(name: &str) -> bool {
    let said = name.contains("as core::fmt::Display");
    said && (name.contains("indexed_db_futures::error::") || name.starts_with("<&f64 "))
        || name.contains("wasm_streams::")
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

/// Cuts a module; `linked` is the same as the linker left it, with relocations.
///
/// # Errors
/// When one is not a module, an entry is missing, or something is used that cannot be cut.
pub fn split(module: &[u8], linked: &[u8]) -> Result<Parts> {
    let linked = Linked::read(linked).context("the linked module cannot be read")?;
    let places = linked.parts(&ENTRIES, unused, never_called)?;
    cut(module, &places)
}

/// Cuts a module by the part of each place in its table.
fn cut(module: &[u8], places: &BTreeMap<u32, Option<usize>>) -> Result<Parts> {
    let graph = Graph::read(module).context("the module cannot be read")?;
    let mut parts = parts::write(module, &graph, &graph.sort(LATER, places, unused))?;
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
        RefType, TableSection, TableType, TypeSection, ValType,
    };
    use wasmparser::Validator;

    /// Each of the functions of a module by those that it calls; those of `table` stand in its table,
    /// from place 1 on.
    fn module(calls: &[&[u32]], table: &[u32]) -> Module {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for calls in calls {
            functions.function(0);
            let mut body = Function::new([]);
            body.instruction(&Instruction::LocalGet(0));
            for call in *calls {
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
            Elements::Functions(table.into()),
        );
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&tables)
            .section(&memories)
            .section(&globals)
            .section(&exports)
            .section(&elements)
            .section(&code);
        module
    }

    #[test]
    fn what_only_the_other_screens_need_goes_and_all_parts_are_sound() {
        // 0 starts; 1, 6, 7, 8 and 9 are screens; 2 helps two of them, 3 everybody; two places have 4,
        // as of two functions that do the same one is left; nobody calls 5, and 10 only from place 8.
        let calls: [&[u32]; 11] = [
            &[3],
            &[2, 3],
            &[],
            &[],
            &[],
            &[],
            &[2, 3],
            &[3],
            &[2, 3],
            &[3],
            &[],
        ];
        let whole = module(&calls, &[1, 6, 7, 8, 9, 4, 4, 10]).finish();
        let places = [1, 2, 3, 4, 5, 5, 0].map(Some);
        let places: BTreeMap<u32, Option<usize>> =
            (1..).zip(places.into_iter().chain([None])).collect();
        let graph = Graph::read(&whole).unwrap();
        let unused = |export: &str| export == "unused";
        let sorted = graph.sort(LATER, &places, unused);
        let later = sorted.later.iter();
        let later: Vec<Vec<u32>> = later.map(|part| part.iter().copied().collect()).collect();
        // 4 is the first part's, although a later one has a place for it.
        assert_eq!(later, [vec![1, 2], vec![6], vec![7], vec![8], vec![9]]);
        assert_eq!(sorted.dead.into_iter().collect::<Vec<_>>(), [5, 10]);
        // What stands at a place that the linker did not know is the first's.
        let known: BTreeMap<_, _> = places.into_iter().filter(|(at, _)| *at != 8).collect();
        assert!(!graph.sort(LATER, &known, unused).dead.contains(&10));
        let parts = cut(&whole, &known).unwrap();
        assert_eq!(parts.later.len(), 5);
        for part in parts.later.iter().chain([&parts.first]) {
            Validator::new().validate_all(part).unwrap();
        }
        // `3` is the only one that later parts need of the first, and `2` of the second.
        let functions = |part: &[u8]| {
            let payloads = wasmparser::Parser::new(0).parse_all(part);
            let names = payloads.filter_map(|payload| match payload.unwrap() {
                wasmparser::Payload::ExportSection(exports) => Some(exports),
                _ => None,
            });
            let names = names.flatten().map(|each| each.unwrap().name.to_owned());
            names
                .filter(|name| name.starts_with('_'))
                .collect::<Vec<_>>()
        };
        assert_eq!(functions(&parts.first), ["_b"]);
        assert_eq!(functions(&parts.later[0]), ["_a"]);
        assert!(functions(&parts.later[1]).is_empty());
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
    fn what_is_no_module_is_refused() {
        let whole = module(&[&[], &[], &[], &[], &[], &[]], &[1]).finish();
        assert!(cut(&whole[..whole.len() - 1], &BTreeMap::new()).is_err());
        // It has no relocations.
        assert!(split(&whole, &whole).is_err());
        assert!(split(b"\0asm", b"\0asm").is_err());
    }
}
