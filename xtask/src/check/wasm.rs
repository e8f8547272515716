//! The browser floor for WebAssembly: the modules are validated with what the oldest supported
//! browsers (Chrome 97, Firefox 102, Safari 16) understand, and nothing else.

use anyhow::{Context, Result, ensure};
use std::path::Path;
use wasmparser::{Validator, WasmFeatures};

/// The extensions of the first WebAssembly that the floor has. Not among them, for one browser
/// or another: SIMD, threads, tail calls, exceptions, garbage collection, extended constants.
fn floor() -> WasmFeatures {
    WasmFeatures::FLOATS
        | WasmFeatures::MUTABLE_GLOBAL
        | WasmFeatures::SIGN_EXTENSION
        | WasmFeatures::SATURATING_FLOAT_TO_INT
        | WasmFeatures::BULK_MEMORY
        | WasmFeatures::MULTI_VALUE
        | WasmFeatures::REFERENCE_TYPES
        // How this validator counts `externref`, a part of reference types.
        | WasmFeatures::GC_TYPES
}

/// Validates every module at the top of `dist`.
///
/// # Errors
/// Names the module and the first thing in it that an old browser refuses.
pub fn check(dist: &Path) -> Result<()> {
    let mut count = 0;
    let entries =
        std::fs::read_dir(dist).with_context(|| format!("{} cannot be listed", dist.display()))?;
    for entry in entries {
        let file = entry?.path();
        if file.extension().is_some_and(|kind| kind == "wasm") {
            let name = file.display();
            let module = std::fs::read(&file).with_context(|| format!("{name} cannot be read"))?;
            validate(&module).with_context(|| format!("{name} is beyond the oldest browsers"))?;
            count += 1;
        }
    }
    ensure!(count > 0, "there is no module in {}", dist.display());
    Ok(())
}

fn validate(module: &[u8]) -> Result<()> {
    Validator::new_with_features(floor()).validate_all(module)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module of one function without parameters that has `locals` and `body`.
    fn module(result: &[u8], body: &[u8]) -> Vec<u8> {
        let size = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
        let section = |id: u8, bytes: &[u8]| [&[id, size(bytes)], bytes].concat();
        let function = [&[0], body, &[0x0b]].concat();
        [
            b"\0asm\x01\0\0\0".to_vec(),
            section(1, &[&[1, 0x60, 0, size(result)], result].concat()),
            section(3, &[1, 0]),
            section(5, &[1, 0, 1]),
            section(10, &[&[1, size(&function)], function.as_slice()].concat()),
        ]
        .concat()
    }

    const I32: u8 = 0x7f;
    const V128: u8 = 0x7b;

    #[test]
    fn what_the_floor_has_is_valid() {
        for (what, result, body) in [
            ("nothing", &[][..], &[][..]),
            ("two results", &[I32, I32], &[0x41, 1, 0x41, 2]),
            ("sign extension", &[I32], &[0x41, 1, 0xc0]),
            (
                "saturating conversion",
                &[I32],
                &[0x43, 0, 0, 0, 0, 0xfc, 0],
            ),
            (
                "memory.copy",
                &[],
                &[0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 10, 0, 0],
            ),
            ("externref", &[0x6f], &[0xd0, 0x6f]),
        ] {
            assert!(validate(&module(result, body)).is_ok(), "{what}");
        }
    }

    #[test]
    fn what_came_later_is_refused() {
        let zeros = [&[0xfd, 12][..], &[0; 16]].concat();
        for (what, result, body) in [
            ("SIMD", &[V128][..], zeros.as_slice()),
            ("atomics", &[I32], &[0x41, 0, 0xfe, 0x10, 2, 0]),
            ("a tail call", &[], &[0x12, 0]),
            ("try", &[], &[0x06, 0x40, 0x0b]),
            ("try_table", &[], &[0x1f, 0x40, 0, 0x0b]),
            ("a struct reference", &[0x6b], &[0xd0, 0x6b]),
            ("128-bit addition", &[], &[0xfc, 19]),
        ] {
            assert!(validate(&module(result, body)).is_err(), "{what}");
        }
    }
}
