//! What calls what in a module.

use anyhow::{Result, bail, ensure};
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{
    ElementItems, ElementKind, ExternalKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef,
};

/// The functions of a module and how they hang together. Indices count imports first.
#[derive(Default)]
pub struct Graph {
    /// How many functions are imported.
    pub imported: u32,
    /// The type of every function.
    pub types: Vec<u32>,
    /// Names of functions.
    names: BTreeMap<u32, String>,
    /// Every function that this one calls or takes the reference of.
    callees: BTreeMap<u32, BTreeSet<u32>>,
    /// The bytes of every body.
    bodies: BTreeMap<u32, usize>,
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
                        graph.take_element(element?)?;
                    }
                }
                Payload::CodeSectionEntry(body) => {
                    graph.take_body(at, &body)?;
                    at += 1;
                }
                Payload::CustomSection(custom) => {
                    if let KnownCustom::Name(names) = custom.as_known() {
                        for name in names {
                            if let Name::Function(names) = name? {
                                for name in names {
                                    let name = name?;
                                    graph.names.insert(name.index, without_hashes(name.name));
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(graph)
    }

    /// Sorts the functions into the first part and `later` ones, which arrive one after the other.
    /// `part` tells of a function in the table, by its name and the bytes of its body, to which
    /// part it may go, 0 being the first, or that nobody ever calls it (one of less than `least` bytes
    /// may be another's, too, unless it calls one of at least so many); all that it reaches goes with it, unless an earlier part
    /// reaches that too. What is exported or starts the module is of the first; exports that
    /// `unused` knows keep nothing.
    pub fn sort(
        &self,
        later: usize,
        least: usize,
        part: impl Fn(&str, usize) -> Option<usize>,
        unused: impl Fn(&str) -> bool,
    ) -> Sorted {
        let exported = self
            .exports
            .iter()
            .filter(|(name, (kind, _))| *kind == ExternalKind::Func && !unused(name));
        let exported = exported.map(|(_, (_, function))| *function);
        let mut roots = vec![Vec::new(); later + 1];
        roots[0].extend(exported.chain(self.start));
        for function in self.slots.keys() {
            let (name, bytes) = self.named(*function);
            let mut to = part(name, bytes);
            // A short one that calls a long one of its own part was made for that alone.
            let by_name = part(name, usize::MAX);
            if to == Some(0) && by_name > to {
                let mut callees = self.callees.get(function).into_iter().flatten();
                if callees.any(|callee| {
                    let (name, bytes) = self.named(*callee);
                    bytes >= least && part(name, bytes) == by_name
                }) {
                    to = by_name;
                }
            }
            if let Some(part) = to {
                roots[part.min(later)].push(*function);
            }
        }
        let mut taken = BTreeSet::new();
        let mut parts = Vec::new();
        for roots in roots {
            let reached = self.reach(roots.into_iter());
            let own = reached.difference(&taken).copied();
            let own: BTreeSet<u32> = own.filter(|each| self.bodies.contains_key(each)).collect();
            taken.extend(reached);
            parts.push(own);
        }
        let dead = self
            .bodies
            .keys()
            .filter(|function| !taken.contains(function));
        Sorted {
            dead: dead.copied().collect(),
            later: parts.split_off(1),
        }
    }

    /// A function's name, and the bytes of its body.
    fn named(&self, function: u32) -> (&str, usize) {
        let name = self.names.get(&function).map_or("", String::as_str);
        (name, self.bodies.get(&function).copied().unwrap_or(0))
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

    /// What is exported under this name.
    #[cfg(test)]
    pub fn export(&self, name: &str) -> Option<(ExternalKind, u32)> {
        self.exports.get(name).copied()
    }

    /// Whether functions have names at all.
    pub fn is_named(&self) -> bool {
        !self.names.is_empty()
    }

    fn take_element(&mut self, element: wasmparser::Element<'_>) -> Result<()> {
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
            self.slots.entry(function?).or_default().push(slot);
        }
        Ok(())
    }

    fn take_body(&mut self, caller: u32, body: &wasmparser::FunctionBody<'_>) -> Result<()> {
        self.bodies.insert(caller, body.as_bytes().len());
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

/// A name without the hashes that stand behind crates: `core[5f1c…]::fmt` is `core::fmt`.
fn without_hashes(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let hash = after.split_once(']').filter(|(hash, _)| {
            hash.len() >= 8 && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
        });
        if let Some((_, after)) = hash {
            rest = after;
        } else {
            plain.push('[');
            rest = after;
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_loses_its_hashes_alone() {
        let name =
            "<alloc[0123456789abcdef]::vec::Vec<[u8]>>::push::<zhixing[a034e465b6564593]::x>";
        assert_eq!(
            super::without_hashes(name),
            "<alloc::vec::Vec<[u8]>>::push::<zhixing::x>"
        );
    }
}
