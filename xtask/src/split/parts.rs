//! Writing both parts.

use super::Parts;
use super::graph::{Graph, Sorted};
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::{self, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    Function, FunctionSection, ImportSection, Instruction, Module, RawSection, TypeSection,
};
use wasmparser::{FunctionBody, GlobalType, MemoryType, Parser, Payload, TableType};

/// The import modules of later parts: the exports of the parts before them, in order.
const MODULES: [&str; 5] = ["f", "r", "s", "n", "c"];

/// What is needed of the whole module to write both parts.
#[derive(Default)]
struct Whole<'a> {
    types: Option<wasmparser::TypeSectionReader<'a>>,
    memory: Option<MemoryType>,
    tables: Vec<TableType>,
    globals: Vec<GlobalType>,
    bodies: Vec<FunctionBody<'a>>,
}

/// Imports: their names as they were and as they are now.
pub type Names = Vec<(String, String)>;

/// Writes the first part, without the functions of the later ones, and those.
pub fn write(module: &[u8], graph: &Graph, sorted: &Sorted) -> Result<Parts> {
    for part in &sorted.later {
        ensure!(!part.is_empty(), "a later part has no function");
    }
    ensure!(
        sorted.later.len() <= MODULES.len(),
        "there are too many parts"
    );
    let whole = Whole::read(module)?;
    let mut later = Vec::new();
    for at in 0..sorted.later.len() {
        later.push(Later::new(graph, sorted, at, &whole)?);
    }
    let shared: BTreeSet<u32> = later
        .iter()
        .flat_map(|part| part.functions.keys().copied())
        .collect();
    // Short names, which follow each other: those are the shortest when compressed.
    let numbers: BTreeMap<u32, u32> = shared.into_iter().zip(0..).collect();
    for part in &mut later {
        part.numbers.clone_from(&numbers);
    }
    let (first, names) = first(module, graph, sorted, &whole, &later)?;
    let written = later.iter().enumerate();
    let written = written.map(|(at, part)| part.write(graph, &whole, &later[at + 1..], at + 1));
    Ok(Parts {
        first,
        later: written.collect::<Result<_>>()?,
        names,
    })
}

impl<'a> Whole<'a> {
    fn read(module: &'a [u8]) -> Result<Self> {
        let mut whole = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => whole.types = Some(types),
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        ensure!(whole.memory.is_none(), "there are several memories");
                        whole.memory = Some(memory?);
                    }
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        whole.tables.push(table?.ty);
                    }
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        whole.globals.push(global?.ty);
                    }
                }
                Payload::CodeSectionEntry(body) => whole.bodies.push(body),
                _ => {}
            }
        }
        Ok(whole)
    }

    fn body(&self, graph: &Graph, function: u32) -> Result<&FunctionBody<'a>> {
        let at = usize::try_from(function - graph.imported)?;
        self.bodies.get(at).context("a function has no body")
    }
}

fn first(
    module: &[u8],
    graph: &Graph,
    sorted: &Sorted,
    whole: &Whole<'_>,
    later: &[Later],
) -> Result<(Vec<u8>, Names)> {
    let mut out = Module::new();
    let mut names = Vec::new();
    let mut code = None;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(imports) => {
                let mut section = ImportSection::new();
                for import in imports.clone().into_imports() {
                    let import = import?;
                    let kind = RoundtripReencoder.entity_type(import.ty)?;
                    let name = format!("a{}", names.len());
                    section.import(import.module, &name, kind);
                    names.push((import.name.to_owned(), name));
                }
                out.section(&section);
            }
            Payload::ExportSection(exports) => {
                let mut section = ExportSection::new();
                RoundtripReencoder.parse_export_section(&mut section, exports.clone())?;
                let tables = whole.tables.len();
                share(later, tables, &mut section);
                out.section(&section);
            }
            Payload::CodeSectionStart { .. } => code = Some(CodeSection::new()),
            Payload::CodeSectionEntry(body) => {
                let section = code.as_mut().context("a body outside its section")?;
                let function = graph.imported + section.len();
                let is_later = sorted.later.iter().any(|part| part.contains(&function));
                if is_later || sorted.dead.contains(&function) {
                    section.function(&nothing());
                } else {
                    section.raw(body.as_bytes());
                }
                if usize::try_from(section.len())? == whole.bodies.len() {
                    out.section(section);
                }
            }
            // Names have done their duty.
            Payload::CustomSection(_) => {}
            other => {
                if let Some((id, range)) = other.as_section() {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    let data = module.get(range).context("a section is cut off")?;
                    out.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok((out.finish(), names))
}

/// What stands in the first part for a function of a later one.
fn nothing() -> Function {
    let mut body = Function::new([]);
    body.instruction(&Instruction::Unreachable);
    body.instruction(&Instruction::End);
    body
}

/// What the first part exports for the later ones: functions, and everything that is shared.
fn share(later: &[Later], tables: usize, section: &mut ExportSection) {
    let mut wanted: BTreeMap<u32, String> = BTreeMap::new();
    let mut globals: BTreeSet<u32> = BTreeSet::new();
    for part in later {
        let of = part.functions.iter().filter(|(_, from)| **from == 0);
        wanted.extend(of.map(|(function, _)| (*function, part.name(*function))));
        globals.extend(&part.globals);
    }
    for (function, name) in wanted {
        section.export(&name, ExportKind::Func, function);
    }
    for global in globals {
        section.export(&format!("g{global}"), ExportKind::Global, global);
    }
    for table in (0..).take(tables) {
        section.export(&format!("t{table}"), ExportKind::Table, table);
    }
    section.export("m", ExportKind::Memory, 0);
}

/// A number as a name of few letters and digits. It begins with a letter of its own, so that it is
/// no other name of what is shared.
fn short(number: u32) -> String {
    const SIGNS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut name = String::from("_");
    let mut left = number as usize;
    loop {
        name.push(char::from(SIGNS[left % SIGNS.len()]));
        left /= SIGNS.len();
        if left == 0 {
            return name;
        }
    }
}

/// A later part: its functions, and what they use of the parts before.
struct Later {
    /// Functions of earlier parts, by their index in the whole, and the part that holds each.
    functions: BTreeMap<u32, usize>,
    /// The new index of every function that it knows.
    indices: BTreeMap<u32, u32>,
    /// Functions of its own, by their index in the whole.
    own: BTreeSet<u32>,
    /// What shared functions are called, by their index in the whole.
    numbers: BTreeMap<u32, u32>,
    globals: Vec<u32>,
}

impl Later {
    /// The name under which a function is shared.
    fn name(&self, function: u32) -> String {
        short(self.numbers.get(&function).copied().unwrap_or(u32::MAX))
    }

    fn new(graph: &Graph, sorted: &Sorted, at: usize, whole: &Whole<'_>) -> Result<Self> {
        let own = &sorted.later[at];
        let mut used = Used::default();
        for function in own {
            used.take(whole.body(graph, *function)?)?;
        }
        let holder = |function: &u32| {
            let found = sorted.later.iter().position(|part| part.contains(function));
            found.map_or(0, |part| part + 1)
        };
        let foreign = used.functions.difference(own);
        let functions: BTreeMap<u32, usize> = foreign.map(|each| (*each, holder(each))).collect();
        ensure!(
            functions.values().all(|part| *part <= at),
            "a part needs one that comes after it"
        );
        // Imports come first, those of each earlier part together.
        let mut imported: Vec<(usize, u32)> = functions
            .iter()
            .map(|(function, part)| (*part, *function))
            .collect();
        imported.sort_unstable();
        let known = imported.iter().map(|(_, function)| *function);
        Ok(Self {
            indices: known.chain(own.iter().copied()).zip(0..).collect(),
            functions,
            own: own.clone(),
            numbers: BTreeMap::new(),
            globals: used.globals.into_iter().collect(),
        })
    }

    fn write(
        &self,
        graph: &Graph,
        whole: &Whole<'_>,
        after: &[Later],
        place: usize,
    ) -> Result<Vec<u8>> {
        let mut types = TypeSection::new();
        let all = whole.types.clone().context("there are no types")?;
        RoundtripReencoder.parse_type_section(&mut types, all)?;
        let kind_of = |function: &u32| -> Result<u32> {
            let kind = graph.types.get(usize::try_from(*function)?);
            kind.copied().context("a function has no type")
        };
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        let mut elements = ElementSection::new();
        for function in &self.own {
            functions.function(kind_of(function)?);
            let body = whole.body(graph, *function)?.clone();
            Renumber(self).parse_function_body(&mut code, body)?;
            let own = self.indices.get(function).context("a function is lost")?;
            for slot in graph.slots.get(function).into_iter().flatten() {
                let at = ConstExpr::i32_const(i32::try_from(*slot)?);
                elements.active(None, &at, Elements::Functions([*own].as_slice().into()));
            }
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&self.imports(whole, kind_of)?)
            .section(&functions);
        let mut section = ExportSection::new();
        // What several need is exported once.
        let mut wanted = BTreeSet::new();
        for part in after {
            let of = part.functions.iter().filter(|(_, from)| **from == place);
            wanted.extend(of.map(|(function, _)| *function));
        }
        for function in wanted {
            let own = self.indices.get(&function).context("a function is lost")?;
            section.export(&self.name(function), ExportKind::Func, *own);
        }
        module.section(&section).section(&elements).section(&code);
        Ok(module.finish())
    }

    fn imports(
        &self,
        whole: &Whole<'_>,
        kind_of: impl Fn(&u32) -> Result<u32>,
    ) -> Result<ImportSection> {
        let mut imports = ImportSection::new();
        for (place, name) in MODULES.iter().enumerate() {
            for (function, _) in self.functions.iter().filter(|(_, from)| **from == place) {
                let kind = EntityType::Function(kind_of(function)?);
                imports.import(name, &self.name(*function), kind);
            }
        }
        let shared = MODULES[0];
        for (at, table) in whole.tables.iter().enumerate() {
            let mut table = RoundtripReencoder.table_type(*table)?;
            // Whatever their size has become.
            table.minimum = 0;
            table.maximum = None;
            imports.import(shared, &format!("t{at}"), EntityType::Table(table));
        }
        let memory = whole.memory.context("there is no memory")?;
        let mut memory = RoundtripReencoder.memory_type(memory)?;
        memory.minimum = 0;
        imports.import(shared, "m", EntityType::Memory(memory));
        for global in &self.globals {
            let kind = *whole
                .globals
                .get(usize::try_from(*global)?)
                .context("no global")?;
            let kind = EntityType::Global(RoundtripReencoder.global_type(kind)?);
            imports.import(shared, &format!("g{global}"), kind);
        }
        Ok(imports)
    }
}

/// Collects what bodies refer to, by copying them to nowhere.
#[derive(Default)]
struct Used {
    functions: BTreeSet<u32>,
    globals: BTreeSet<u32>,
}

impl Used {
    fn take(&mut self, body: &FunctionBody<'_>) -> Result<()> {
        self.parse_function_body(&mut CodeSection::new(), body.clone())?;
        Ok(())
    }
}

impl Reencode for Used {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        self.functions.insert(function);
        Ok(function)
    }

    fn global_index(&mut self, global: u32) -> Result<u32, reencode::Error> {
        self.globals.insert(global);
        Ok(global)
    }
}

/// Gives functions and globals the indices of a later part.
struct Renumber<'a>(&'a Later);

impl Reencode for Renumber<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        // `Used` has seen every one of them.
        Ok(self.0.indices.get(&function).copied().unwrap_or(u32::MAX))
    }

    fn global_index(&mut self, global: u32) -> Result<u32, reencode::Error> {
        let found = self.0.globals.iter().position(|known| *known == global);
        Ok(found
            .and_then(|at| u32::try_from(at).ok())
            .unwrap_or(u32::MAX))
    }
}
