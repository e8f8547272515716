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
    /// Every function that calls, or takes the reference of, this one.
    pub callers: BTreeMap<u32, BTreeSet<u32>>,
    /// Where a function stands in the table, if it does.
    pub slots: BTreeMap<u32, Vec<u32>>,
    /// What is exported, by name.
    exports: BTreeMap<String, (ExternalKind, u32)>,
    start: Option<u32>,
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

    /// The defined functions whose name `picked` picks and that nothing else calls directly, and
    /// those that only they call. What is exported or starts the module is never among them, nor
    /// what stands in the table under another name, or under one that is not `own`.
    pub fn only_of(
        &self,
        picked: impl Fn(&str) -> bool,
        own: impl Fn(&str) -> bool,
    ) -> BTreeSet<u32> {
        let fixed: BTreeSet<u32> = self
            .exports
            .values()
            .filter(|(kind, _)| *kind == ExternalKind::Func)
            .map(|(_, function)| *function)
            .chain(self.start)
            .collect();
        let named = |function: &u32| {
            let in_table = self.slots.contains_key(function);
            let name = self.names.get(function);
            name.is_some_and(|name| picked(name) && (own(name) || !in_table))
        };
        let defined = self.imported..u32::try_from(self.types.len()).unwrap_or(u32::MAX);
        let movable: Vec<u32> = defined
            .filter(|function| !fixed.contains(function))
            .collect();
        let mut apart: BTreeSet<u32> = movable.iter().copied().filter(named).collect();
        // Compilers make one function of two that do the same, and keep either name.
        while let Some(called) = apart
            .iter()
            .find(|function| !self.is_called_by(function, &apart))
        {
            apart.remove(&called.clone());
        }
        loop {
            let more = movable.iter().find(|function| {
                !apart.contains(function)
                    && !self.slots.contains_key(function)
                    && self.callers.contains_key(function)
                    && self.is_called_by(function, &apart)
            });
            match more {
                Some(function) => apart.insert(*function),
                None => return apart,
            };
        }
    }

    /// Whether nothing but `callers` calls `function` directly.
    fn is_called_by(&self, function: &u32, callers: &BTreeSet<u32>) -> bool {
        let known = self.callers.get(function);
        known.is_none_or(|known| known.is_subset(callers))
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
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => {
                    self.callers
                        .entry(function_index)
                        .or_default()
                        .insert(caller);
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
