//! What the linker knew: who calls whom, and who takes whose address, also by way of data.
//!
//! In the module that goes out an address is a number like any other. Here it is a relocation
//! (`--emit-relocs`, see the tool conventions of WebAssembly, "Linking"), so what a function may
//! come to call through the table is certain: what it takes itself, and what stands in the data
//! (tables of methods, constants) that it refers to.

use super::graph::take_places;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use wasmparser::{
    DataKind, ExternalKind, KnownCustom, Linking, Name, Parser, Payload, RelocationEntry,
    RelocationType, SymbolInfo, TypeRef,
};

/// A function by its index, imports first; or a datum by its segment and where in that it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Function(u32),
    Data(u32, u32),
}

/// The functions and data of a linked module and how they hang together.
#[derive(Default)]
pub struct Linked {
    names: BTreeMap<u32, String>,
    /// What is exported, and what starts the module.
    roots: Vec<(String, u32)>,
    /// What is called, and which data are referred to.
    uses: BTreeMap<Node, BTreeSet<Node>>,
    /// Of which functions the address is taken.
    takes: BTreeMap<Node, BTreeSet<u32>>,
    /// Where a function stands in the table.
    slots: BTreeMap<u32, Vec<u32>>,
}

/// What is read of a module before its relocations can be.
#[derive(Default)]
struct Layout {
    imported: u32,
    /// Where bodies lie, in order.
    bodies: Vec<Range<usize>>,
    /// Where the bytes of each segment of data lie.
    segments: Vec<Range<usize>>,
    /// What a symbol stands for, if it is a function or a datum that is there.
    symbols: Vec<Option<Node>>,
    /// Where the data end that begin somewhere.
    data: BTreeMap<(u32, u32), u32>,
    /// Where each section begins.
    sections: Vec<usize>,
    relocations: Vec<(u32, RelocationEntry)>,
}

impl Linked {
    /// Reads a module.
    ///
    /// # Errors
    /// When it is not one, or was linked without `--emit-relocs`.
    pub fn read(module: &[u8]) -> Result<Self> {
        let mut linked = Self::default();
        let mut layout = Layout::default();
        for payload in Parser::new(0).parse_all(module) {
            let payload = payload?;
            if let Some((_, range)) = payload.as_section() {
                layout.sections.push(usize::try_from(range.start)?);
            }
            linked.take(module, payload, &mut layout)?;
        }
        ensure!(
            !layout.relocations.is_empty() && !layout.symbols.is_empty(),
            "it was linked without --emit-relocs"
        );
        for (section, relocation) in std::mem::take(&mut layout.relocations) {
            linked.relate(module, &layout, section, &relocation)?;
        }
        Ok(linked)
    }

    fn take(&mut self, module: &[u8], payload: Payload<'_>, layout: &mut Layout) -> Result<()> {
        match payload {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    layout.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        self.roots.push((export.name.to_owned(), export.index));
                    }
                }
            }
            Payload::StartSection { func, .. } => self.roots.push((String::new(), func)),
            Payload::ElementSection(elements) => {
                for element in elements {
                    take_places(&mut self.slots, element?)?;
                }
            }
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                layout.bodies.push(range);
            }
            Payload::DataSection(segments) => {
                for segment in segments {
                    let segment = segment?;
                    ensure!(
                        matches!(segment.kind, DataKind::Active { .. }),
                        "data are copied while running"
                    );
                    let from = segment.data.as_ptr() as usize - module.as_ptr() as usize;
                    layout.segments.push(from..from + segment.data.len());
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Name(names) => {
                    for name in names {
                        if let Name::Function(names) = name? {
                            for name in names {
                                let name = name?;
                                // Without the hashes of crates.
                                let plain = format!("{:#}", rustc_demangle::demangle(name.name));
                                self.names.insert(name.index, plain);
                            }
                        }
                    }
                }
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = part? {
                            for symbol in symbols {
                                layout.take_symbol(symbol?);
                            }
                        }
                    }
                }
                KnownCustom::Reloc(relocations) => {
                    let section = relocations.section_index();
                    for relocation in relocations.entries() {
                        layout.relocations.push((section, relocation?));
                    }
                }
                _ => {}
            },
            _ => {}
        }
        Ok(())
    }

    /// Takes in what one relocation tells.
    fn relate(
        &mut self,
        module: &[u8],
        layout: &Layout,
        section: u32,
        relocation: &RelocationEntry,
    ) -> Result<()> {
        use RelocationType::{
            FunctionIndexLeb, MemoryAddrI32, MemoryAddrLeb, MemoryAddrSleb, TableIndexI32,
            TableIndexSleb,
        };
        let kind = relocation.ty;
        let takes = matches!(kind, TableIndexSleb | TableIndexI32);
        let uses = matches!(
            kind,
            FunctionIndexLeb | MemoryAddrLeb | MemoryAddrSleb | MemoryAddrI32
        );
        let begin = layout.sections.get(usize::try_from(section)?);
        let at = begin.context("relocations of no section")? + usize::try_from(relocation.offset)?;
        // Others tell of types and globals; those of names and of words for debuggers stand nowhere.
        let Some(from) = layout.holder(at).filter(|_| takes || uses) else {
            return Ok(());
        };
        let symbol = layout.symbols.get(usize::try_from(relocation.index)?);
        let Some(to) = *symbol.context("a relocation of no symbol")? else {
            return Ok(());
        };
        match to {
            Node::Function(function) if takes => {
                // What is written there must be a place of this function, or all was misread.
                let bytes = module.get(at..at + kind.extent());
                let written = number(bytes.context("a relocation of nothing")?, kind);
                let slots = self.slots.get(&function).into_iter().flatten();
                ensure!(
                    written == 0 || slots.copied().any(|slot| slot == written),
                    "a relocation was misread"
                );
                self.takes.entry(from).or_default().insert(function);
            }
            to => {
                self.uses.entry(from).or_default().insert(to);
            }
        }
        Ok(())
    }

    /// Which part is the first that may call the function at each place of the table, 0 being the
    /// first part; `None` where none ever does. `entries` are the functions with which the
    /// later parts begin, by name: earlier parts may hold their addresses, and call them when
    /// the part is there. Exports that `unused` knows keep nothing, and functions that `never` knows by
    /// name are not called.
    ///
    /// # Errors
    /// When an entry is missing.
    pub fn parts(
        &self,
        entries: &[&[&str]],
        unused: impl Fn(&str) -> bool,
        never: impl Fn(&str) -> bool,
    ) -> Result<BTreeMap<u32, Option<usize>>> {
        let roots = self.roots.iter().filter(|(name, _)| !unused(name));
        let mut begins = vec![roots.map(|(_, function)| *function).collect::<Vec<_>>()];
        for names in entries {
            let found = names.iter().map(|name| {
                let mut named = self.names.iter().filter(|(_, known)| known == name);
                let (function, _) = named.next().with_context(|| format!("no entry {name}"))?;
                Ok(*function)
            });
            begins.push(found.collect::<Result<_>>()?);
        }
        let mut first: BTreeMap<Node, usize> = BTreeMap::new();
        for (part, begin) in begins.iter().enumerate() {
            let later = begins.get(part + 1..).unwrap_or_default();
            let mut open: Vec<Node> = begin.iter().copied().map(Node::Function).collect();
            while let Some(node) = open.pop() {
                if let Node::Function(function) = node
                    && self.names.get(&function).is_some_and(|name| never(name))
                {
                    continue;
                }
                if first.contains_key(&node) {
                    continue;
                }
                first.insert(node, part);
                open.extend(self.uses.get(&node).into_iter().flatten());
                let takes = self.takes.get(&node).into_iter().flatten();
                let takes = takes.filter(|taken| !later.iter().any(|begin| begin.contains(taken)));
                open.extend(takes.copied().map(Node::Function));
            }
        }
        let mut parts = BTreeMap::new();
        for (function, slots) in &self.slots {
            let part = first.get(&Node::Function(*function)).copied();
            parts.extend(slots.iter().map(|slot| (*slot, part)));
        }
        Ok(parts)
    }
}

impl Layout {
    fn take_symbol(&mut self, symbol: SymbolInfo<'_>) {
        let node = match symbol {
            SymbolInfo::Func { index, .. } => Some(Node::Function(index)),
            SymbolInfo::Data {
                symbol: Some(data), ..
            } => {
                let end = self.data.entry((data.index, data.offset)).or_default();
                *end = (*end).max(data.offset + data.size);
                Some(Node::Data(data.index, data.offset))
            }
            _ => None,
        };
        self.symbols.push(node);
    }

    /// The function or datum in which a byte of the module lies.
    fn holder(&self, at: usize) -> Option<Node> {
        let body = self.bodies.partition_point(|range| range.start <= at);
        let body = body.checked_sub(1)?;
        if self.bodies.get(body)?.contains(&at) {
            return Some(Node::Function(self.imported + u32::try_from(body).ok()?));
        }
        let segment = self.segments.iter().position(|range| range.contains(&at))?;
        let offset = u32::try_from(at - self.segments.get(segment)?.start).ok()?;
        let segment = u32::try_from(segment).ok()?;
        let mut before = self.data.range(..=(segment, offset)).rev();
        let ((_, begin), _) = before.find(|((of, _), end)| *of == segment && offset < **end)?;
        Some(Node::Data(segment, *begin))
    }
}

/// The number that a relocation has put somewhere.
fn number(bytes: &[u8], kind: RelocationType) -> u32 {
    let (bits, mask) = match kind {
        RelocationType::TableIndexI32 => (8, 0xff),
        _ => (7, 0x7f),
    };
    let shifted = (0..)
        .zip(bytes)
        .map(|(at, byte)| (u32::from(*byte) & mask) << (at * bits));
    shifted.fold(0, |all, each| all | each)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// `start` holds an entry of a later part, and of its own a method behind a table and a function
    /// in a constant. What the entry's own functions do is done by one of the first part's, too.
    const SAMPLE: &str = r#"
        #![no_std]
        use core::hint::black_box;
        #[panic_handler]
        fn never(_: &core::panic::PanicInfo) -> ! { loop {} }
        pub trait Say { fn say(&self, at: u32) -> u32; }
        pub struct Home(u32);
        impl Say for Home { fn say(&self, at: u32) -> u32 { at * 3 + self.0 } }
        static CONSTANT: [fn(u32) -> u32; 1] = [constant];
        fn constant(at: u32) -> u32 { at / 5 }
        fn typed(at: u32) -> u32 { at ^ 0x1234_5678 }
        #[no_mangle]
        pub extern "C" fn start(at: u32) -> u32 {
            let home: &dyn Say = black_box(&Home(7));
            let later: fn(u32) -> u32 = black_box(score::standing);
            let own: fn(u32) -> u32 = black_box(typed);
            home.say(at) + later(at) + own(at) + black_box(&CONSTANT)[0](at)
        }
        pub mod score {
            use core::hint::black_box;
            fn typed(at: u32) -> u32 { at ^ 0x1234_5678 }
            fn told(at: u32) -> u32 { at.rotate_left(9) }
            fn never_told(at: u32) -> u32 { at.rotate_left(8) }
            #[inline(never)]
            pub fn standing(at: u32) -> u32 {
                let own: fn(u32) -> u32 = black_box(typed);
                let other: fn(u32) -> u32 = black_box(told);
                let never: fn(u32) -> u32 = black_box(never_told);
                own(at) + other(at) + never(at)
            }
        }
    "#;

    fn linked(relocations: &[&str]) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("sample.rs");
        std::fs::write(&source, SAMPLE).unwrap();
        let output = folder.path().join("sample.wasm");
        let built = Command::new("rustc")
            .args(["--edition=2021", "--crate-type=cdylib"])
            .args(["--target=wasm32-unknown-unknown", "-Copt-level=z"])
            .args(["-Cpanic=abort", "-Csymbol-mangling-version=v0"])
            .args(relocations)
            .arg("-o")
            .args([&output, &source])
            .status();
        assert!(built.unwrap().success());
        std::fs::read(output).unwrap()
    }

    #[test]
    fn a_place_is_of_the_first_part_that_may_call_it() {
        let linked = Linked::read(&linked(&["-Clink-arg=--emit-relocs"])).unwrap();
        let entries: [&[&str]; 1] = [&["sample::score::standing"]];
        let never = |name: &str| name.ends_with("never_told");
        let parts = linked.parts(&entries, |_| false, never).unwrap();
        let part = |name: &str| {
            let named = linked
                .names
                .iter()
                .filter(|(_, known)| known.ends_with(name));
            let slots = named.filter_map(|(function, _)| linked.slots.get(function));
            let found: BTreeSet<Option<usize>> = slots.flatten().map(|slot| parts[slot]).collect();
            found.into_iter().collect::<Vec<_>>()
        };
        assert_eq!(part("::say"), [Some(0)]);
        assert_eq!(part("::constant"), [Some(0)]);
        assert_eq!(part("::standing"), [Some(1)]);
        assert_eq!(part("::told"), [Some(1)]);
        assert_eq!(part("::never_told"), [None]);
        // Whichever of the two the compiler kept.
        assert_eq!(part("::typed"), [Some(0)]);
        // Without the entry everything is of the first.
        let parts = linked.parts(&[], |_| false, |_| false).unwrap();
        assert!(parts.values().all(|part| *part == Some(0)));
        assert!(
            linked
                .parts(&[&["sample::gone"]], |_| false, never)
                .is_err()
        );
        let parts = linked.parts(&[], |_| true, |_| false).unwrap();
        assert!(parts.values().all(Option::is_none));
    }

    #[test]
    fn without_relocations_nothing_is_known() {
        assert!(Linked::read(&linked(&[])).is_err());
    }
}
