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

/// The import module of the rest: the first part's exports.
const FIRST_PART: &str = "f";

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

/// Writes the first part, without the functions `apart`, and the rest, with them.
pub fn write(module: &[u8], graph: &Graph, sorted: &Sorted) -> Result<Parts> {
    let apart = &sorted.apart;
    ensure!(graph.is_named(), "the functions have no names");
    ensure!(!apart.is_empty(), "no function is of the rest");
    let whole = Whole::read(module)?;
    let rest = Rest::new(graph, apart, &whole)?;
    let (first, names) = first(module, graph, sorted, &whole, &rest)?;
    Ok(Parts {
        first,
        rest: rest.write(graph, &whole)?,
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
    rest: &Rest,
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
                rest.exports(&mut section);
                out.section(&section);
            }
            Payload::CodeSectionStart { .. } => code = Some(CodeSection::new()),
            Payload::CodeSectionEntry(body) => {
                let section = code.as_mut().context("a body outside its section")?;
                let function = graph.imported + section.len();
                if sorted.apart.contains(&function) || sorted.dead.contains(&function) {
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

/// What stands in the first part for a function of the rest.
fn nothing() -> Function {
    let mut body = Function::new([]);
    body.instruction(&Instruction::Unreachable);
    body.instruction(&Instruction::End);
    body
}

/// The rest: its functions, and what they use of the first part by their new indices.
struct Rest {
    /// Functions of the first part, imports before.
    functions: BTreeMap<u32, u32>,
    /// Functions of its own by their old index.
    own: BTreeMap<u32, u32>,
    globals: BTreeMap<u32, u32>,
    tables: usize,
}

impl Rest {
    fn new(graph: &Graph, apart: &BTreeSet<u32>, whole: &Whole<'_>) -> Result<Self> {
        let mut used = Used::default();
        for function in apart {
            used.take(whole.body(graph, *function)?)?;
        }
        let foreign = used.functions.difference(apart).copied();
        let functions: BTreeMap<u32, u32> = foreign.zip(0..).collect();
        let begin = u32::try_from(functions.len())?;
        Ok(Self {
            functions,
            own: apart.iter().copied().zip(begin..).collect(),
            globals: used.globals.into_iter().zip(0..).collect(),
            tables: whole.tables.len(),
        })
    }

    /// What the first part must export for it.
    fn exports(&self, section: &mut ExportSection) {
        for (function, place) in &self.functions {
            section.export(&format!("f{place}"), ExportKind::Func, *function);
        }
        for (global, place) in &self.globals {
            section.export(&format!("g{place}"), ExportKind::Global, *global);
        }
        for table in (0..).take(self.tables) {
            section.export(&format!("t{table}"), ExportKind::Table, table);
        }
        section.export("m", ExportKind::Memory, 0);
    }

    fn write(&self, graph: &Graph, whole: &Whole<'_>) -> Result<Vec<u8>> {
        let mut types = TypeSection::new();
        let all = whole.types.clone().context("there are no types")?;
        RoundtripReencoder.parse_type_section(&mut types, all)?;
        let kind_of = |function: &u32| -> Result<u32> {
            let kind = graph.types.get(usize::try_from(*function)?);
            kind.copied().context("a function has no type")
        };
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for function in self.own.keys() {
            functions.function(kind_of(function)?);
            let body = whole.body(graph, *function)?.clone();
            Renumber(self).parse_function_body(&mut code, body)?;
        }
        let mut elements = ElementSection::new();
        for (function, own) in &self.own {
            for slot in graph.slots.get(function).into_iter().flatten() {
                let at = ConstExpr::i32_const(i32::try_from(*slot)?);
                elements.active(None, &at, Elements::Functions([*own].as_slice().into()));
            }
        }
        let mut module = Module::new();
        module
            .section(&types)
            .section(&self.imports(whole, kind_of)?)
            .section(&functions)
            .section(&elements)
            .section(&code);
        Ok(module.finish())
    }

    fn imports(
        &self,
        whole: &Whole<'_>,
        kind_of: impl Fn(&u32) -> Result<u32>,
    ) -> Result<ImportSection> {
        let mut imports = ImportSection::new();
        for (function, place) in &self.functions {
            let kind = EntityType::Function(kind_of(function)?);
            imports.import(FIRST_PART, &format!("f{place}"), kind);
        }
        for (at, table) in whole.tables.iter().enumerate() {
            let mut table = RoundtripReencoder.table_type(*table)?;
            // Whatever their size has become.
            table.minimum = 0;
            table.maximum = None;
            imports.import(FIRST_PART, &format!("t{at}"), EntityType::Table(table));
        }
        let memory = whole.memory.context("there is no memory")?;
        let mut memory = RoundtripReencoder.memory_type(memory)?;
        memory.minimum = 0;
        imports.import(FIRST_PART, "m", EntityType::Memory(memory));
        for (global, place) in &self.globals {
            let kind = *whole
                .globals
                .get(usize::try_from(*global)?)
                .context("no global")?;
            let kind = EntityType::Global(RoundtripReencoder.global_type(kind)?);
            imports.import(FIRST_PART, &format!("g{place}"), kind);
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

/// Gives functions and globals the indices of the rest.
struct Renumber<'a>(&'a Rest);

impl Reencode for Renumber<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error> {
        let Rest { functions, own, .. } = self.0;
        let found = functions.get(&function).or_else(|| own.get(&function));
        // `Used` has seen every one of them.
        Ok(found.copied().unwrap_or(u32::MAX))
    }

    fn global_index(&mut self, global: u32) -> Result<u32, reencode::Error> {
        Ok(self.0.globals.get(&global).copied().unwrap_or(u32::MAX))
    }
}
