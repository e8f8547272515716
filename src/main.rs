//! Entry point of the browser app; on the host there is nothing to start.

fn main() {
    #[cfg(target_arch = "wasm32")]
    zhixing::ui::start();
}
