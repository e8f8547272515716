//! The worker that unpacks courses (`zhixing::package::unpack`): fetched when somebody opens a
//! package, so that neither a start nor the page waits for it. It answers one message with one:
//!
//! - `{open: Blob, language}` or `{open: [[path, File], …], language}` → `{course, bytes, files}`
//! - `"next"` → `{part: [sha256, number, bytes]}`, `{whole: [sha256, bytes, done]}` or `{done: true}`
//! - whatever is wrong → `{problems: [text, …]}`

#[cfg(target_arch = "wasm32")]
mod worker {
    use std::cell::RefCell;

    use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
    use rawzip::ReaderAt;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::{JsCast as _, JsValue};
    use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};
    use zhixing::package::problem::{Problem, What};
    use zhixing::package::unpack::{NUDGE_BYTES, Step, Unpacking};

    /// A file, read where it is needed.
    struct Chosen(Blob);

    impl ReaderAt for Chosen {
        #[allow(
            clippy::cast_precision_loss,
            reason = "no file of a browser has 2^53 bytes"
        )]
        fn read_at(&self, buffer: &mut [u8], offset: u64) -> std::io::Result<usize> {
            let failed = |_| std::io::Error::from(std::io::ErrorKind::Other);
            let end = offset as f64 + buffer.len() as f64;
            let part = self.0.slice_with_f64_and_f64(offset as f64, end);
            let part = part.map_err(failed)?;
            let bytes = FileReaderSync::new().and_then(|reader| reader.read_as_array_buffer(&part));
            let bytes = Uint8Array::new(&bytes.map_err(failed)?.into());
            let count = (bytes.length() as usize).min(buffer.len());
            if let Some(into) = buffer.get_mut(..count) {
                bytes.copy_to(into);
            }
            Ok(count)
        }
    }

    thread_local! {
        static UNPACKING: RefCell<Option<Unpacking<Chosen>>> = const { RefCell::new(None) };
    }

    pub fn start() {
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let answering = scope.clone();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let (answer, moved) = answer(&event.data());
            // The page is gone when nobody hears.
            let _ = answering.post_message_with_transfer(&answer, &moved);
        });
        scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        hear.forget();
        let _ = scope.post_message(&object("ready", &JsValue::TRUE));
    }

    /// The answer to a message, and what is moved with it instead of being copied.
    fn answer(message: &JsValue) -> (JsValue, Array) {
        let language = Reflect::get(message, &"language".into()).ok();
        let language = language.and_then(|language| language.as_string());
        let Some(language) = language else {
            return next();
        };
        LANGUAGE.set(language);
        let open = Reflect::get(message, &"open".into()).unwrap_or_default();
        let answer = match opened(&open) {
            Ok(unpacking) => {
                let files = unpacking.files().iter();
                let hashes = files.map(|file| JsValue::from(file.sha256.to_string()));
                let hashes: Array = hashes.collect();
                let answer = object("course", &unpacking.course().into());
                set(&answer, "bytes", &number(unpacking.bytes()));
                set(&answer, "files", &hashes);
                UNPACKING.set(Some(unpacking));
                answer
            }
            Err(problems) => told(&problems),
        };
        (answer, Array::new())
    }

    thread_local! {
        static LANGUAGE: RefCell<String> = const { RefCell::new(String::new()) };
    }

    fn opened(open: &JsValue) -> Result<Unpacking<Chosen>, Vec<Problem>> {
        let size = |blob: &Blob| {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a size is whole and not below 0"
            )]
            let bytes = blob.size() as u64;
            bytes
        };
        if let Some(blob) = open.dyn_ref::<Blob>() {
            return Unpacking::zip(Chosen(blob.clone()), size(blob));
        }
        let mut files = Vec::new();
        for each in Array::from(open) {
            let each = Array::from(&each);
            if let (Some(path), Ok(blob)) =
                (each.get(0).as_string(), each.get(1).dyn_into::<Blob>())
            {
                let bytes = size(&blob);
                files.push((path, Chosen(blob), bytes));
            }
        }
        Unpacking::folder(files)
    }

    fn next() -> (JsValue, Array) {
        drop(ArrayBuffer::new(NUDGE_BYTES));
        let step = UNPACKING.with_borrow_mut(|unpacking| match unpacking {
            Some(unpacking) => unpacking.step(),
            None => Err(vec![Problem::new("", "", What::Unreadable)]),
        });
        let moved = Array::new();
        let answer = match step {
            Ok(Step::Part(hash, (place, bytes))) => {
                let bytes = Uint8Array::from(bytes.as_slice());
                moved.push(&bytes.buffer());
                let part = Array::of3(&hash.to_string().into(), &number(place), &bytes);
                object("part", &part)
            }
            Ok(Step::Whole(file, done)) => {
                let hash = file.sha256.to_string();
                let whole = Array::of3(&hash.into(), &number(file.bytes), &number(done));
                object("whole", &whole)
            }
            Ok(Step::Done) => object("done", &JsValue::TRUE),
            Err(problems) => told(&problems),
        };
        (answer, moved)
    }

    fn told(problems: &[Problem]) -> JsValue {
        let told = LANGUAGE.with_borrow(|language| {
            let words = |problem: &Problem| JsValue::from(problem.describe(language));
            problems.iter().map(words).collect::<Array>()
        });
        object("problems", &told)
    }

    fn object(name: &str, value: &JsValue) -> JsValue {
        let object = JsValue::from(Object::new());
        set(&object, name, value);
        object
    }

    fn set(object: &JsValue, name: &str, value: &JsValue) {
        // A plain object takes any member.
        let _ = Reflect::set(object, &name.into(), value);
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "sizes of packages are far below 2^53"
    )]
    fn number(value: u64) -> JsValue {
        JsValue::from_f64(value as f64)
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::start();
}
