//! What calls what in a module.

use anyhow::{Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{ElementItems, ElementKind, ExternalKind, Operator, Parser, Payload, TypeRef};

/// The functions of a module and how they hang together. Indices count imports first.
#[derive(Default)]
pub struct Graph {
    /// How many functions are imported.
    pub imported: u32,
    /// The type of every function.
    pub types: Vec<u32>,
    /// Every function that this one calls or takes the reference of.
    callees: BTreeMap<u32, BTreeSet<u32>>,
    /// Those that have a body.
    bodies: BTreeSet<u32>,
    /// Where a function stands in the table, if it does.
    pub slots: BTreeMap<u32, Vec<u32>>,
    /// What is exported, by name.
    exports: BTreeMap<String, (ExternalKind, u32)>,
    start: Option<u32>,
}

/// Where the functions of a module belong.
pub struct Sorted {
    /// Those of each later part, in the order in which the parts arrive.
    pub later: Vec<BTreeSet<u32>>,
    /// Those that nothing reaches.
    pub dead: BTreeSet<u32>,
}

impl Graph {
    /// Reads a module.
    ///
    /// # Errors
    /// When it is not one, or has several memories or dynamic tables of functions.
    pub fn read(module: &[u8]) -> Result<Self> {
        let mut graph = Self::default();
        let mut at = 0;
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let TypeRef::Func(kind) = import?.ty else {
                            bail!("something else than functions is imported");
                        };
                        graph.types.push(kind);
                        graph.imported += 1;
                    }
                    at = graph.imported;
                }
                Payload::FunctionSection(functions) => {
                    for kind in functions {
                        graph.types.push(kind?);
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        let what = (export.kind, export.index);
                        graph.exports.insert(export.name.to_owned(), what);
                    }
                }
                Payload::StartSection { func, .. } => graph.start = Some(func),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        take_places(&mut graph.slots, element?)?;
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    graph.take_body(at, &body)?;
                    at += 1;
                }
                _ => {}
            }
        }
        Ok(graph)
    }

    /// Sorts the functions into the first part and `later` ones, which arrive one after the other.
    /// `places` tells of each place in the table which part is the first to call it, 0 being the
    /// first part, or that none does; what a function calls goes with it, unless an earlier part calls
    /// that too. What is exported, starts the module, or stands at a place that is not known is of the
    /// first; exports that `unused` knows keep nothing.
    pub fn sort(
        &self,
        later: usize,
        places: &BTreeMap<u32, Option<usize>>,
        unused: impl Fn(&str) -> bool,
    ) -> Sorted {
        let exported = self
            .exports
            .iter()
            .filter(|(name, (kind, _))| *kind == ExternalKind::Func && !unused(name));
        let exported = exported.map(|(_, (_, function))| *function);
        let mut roots = vec![Vec::new(); later + 1];
        roots[0].extend(exported.chain(self.start));
        for (function, slots) in &self.slots {
            let parts = slots.iter().map(|slot| places.get(slot).copied());
            let parts = parts.filter_map(|part| part.unwrap_or(Some(0)));
            if let Some(part) = parts.min() {
                roots[part.min(later)].push(*function);
            }
        }
        let mut taken = BTreeSet::new();
        let mut parts = Vec::new();
        for roots in roots {
            let reached = self.reach(roots.into_iter());
            let own = reached.difference(&taken).copied();
            let own: BTreeSet<u32> = own.filter(|each| self.bodies.contains(each)).collect();
            taken.extend(reached);
            parts.push(own);
        }
        let dead = self
            .bodies
            .iter()
            .filter(|function| !taken.contains(function));
        Sorted {
            dead: dead.copied().collect(),
            later: parts.split_off(1),
        }
    }

    /// Everything that these functions call, directly or through others, and themselves.
    fn reach(&self, roots: impl Iterator<Item = u32>) -> BTreeSet<u32> {
        let mut open: Vec<u32> = roots.collect();
        let mut reached = BTreeSet::new();
        while let Some(function) = open.pop() {
            if reached.insert(function) {
                open.extend(self.callees.get(&function).into_iter().flatten());
            }
        }
        reached
    }

    fn take_body(&mut self, caller: u32, body: &wasmparser::FunctionBody<'_>) -> Result<()> {
        self.bodies.insert(caller);
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => {
                    self.callees
                        .entry(caller)
                        .or_default()
                        .insert(function_index);
                }
                Operator::MemoryInit { .. }
                | Operator::DataDrop { .. }
                | Operator::TableInit { .. }
                | Operator::ElemDrop { .. } => bail!("a segment is used while running"),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Takes in where functions stand in the table.
///
/// # Errors
/// When it is another table, or is filled while running.
pub fn take_places(
    slots: &mut BTreeMap<u32, Vec<u32>>,
    element: wasmparser::Element<'_>,
) -> Result<()> {
    let ElementItems::Functions(functions) = element.items else {
        bail!("a table is filled with expressions");
    };
    let begin = match element.kind {
        ElementKind::Active {
            table_index,
            offset_expr,
        } => {
            ensure!(table_index.unwrap_or(0) == 0, "another table is filled");
            match offset_expr.get_operators_reader().read()? {
                Operator::I32Const { value } => u32::try_from(value)?,
                _ => bail!("the table is not filled from a fixed place on"),
            }
        }
        ElementKind::Declared => return Ok(()),
        ElementKind::Passive => bail!("the table is filled while running"),
    };
    for (slot, function) in (begin..).zip(functions) {
        slots.entry(function?).or_default().push(slot);
    }
    Ok(())
}
