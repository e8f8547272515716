//! Tells the linker to leave in the app's module what refers to what: `cargo xtask seal` cuts it by
//! that, and takes it out.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo::rustc-link-arg-bin=zhixing=--emit-relocs");
    }
}
