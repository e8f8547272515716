//! Files of the open course that are on the device: under which addresses the page shows them.

use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use leptos::prelude::*;
use web_sys::Url;

use super::{PageStore, Study};
use crate::package::PackageFile;
use crate::package::kept::{Files, Here, media_type};
use crate::store::content;
use crate::store::port::{Range, Store as _, Table};
use crate::ui::browser;

/// The folder of courses that were imported, as [`super::OPEN_COURSE`] has it.
pub const IMPORTED: &str = "package/";

/// The folder of the imported course with an id.
pub fn folder(id: &str) -> String {
    format!("{IMPORTED}{id}/")
}

/// The id of an imported course in the setting that names the open one.
pub fn imported_id(chosen: &str) -> Option<&str> {
    chosen.strip_prefix(IMPORTED)?.strip_suffix('/')
}

/// The `course.json` of an imported course, if it is on the device.
pub async fn imported(store: &PageStore, id: &str) -> Option<String> {
    store.get(Table::Content, &content::course(id)).await.ok()?
}

/// Which files of courses are on the device.
pub async fn here(study: &Study) -> Here {
    match study.store.try_get_value() {
        Some(store) => here_in(&store).await,
        None => Here::default(),
    }
}

/// Which files of courses are in the store.
pub async fn here_in(store: &PageStore) -> Here {
    let mut here = Here::default();
    let range = Range::all(content::whole_files());
    let rows = store.scan(Table::Content, &range).await;
    for (key, row) in rows.unwrap_or_default() {
        if let Some((hash, bytes)) = content::read_row(&key, &row) {
            here.insert(hash, bytes);
        }
    }
    here
}

/// Gives the files of the open course that are on the device their addresses, before any is shown.
pub fn find(study: Study) -> LocalBoxFuture<'static, ()> {
    let found = async move {
        let here = here(&study).await;
        if here.is_empty() {
            return;
        }
        if let Some(files) = Files::read(&study.source) {
            let kept = files.all.iter();
            let kept = kept.filter(|file| here.get(&file.sha256).is_some());
            show(&study, &kept.collect::<Vec<_>>()).await;
        }
    };
    found.boxed_local()
}

/// Gives files that are on the device their addresses. One whose bytes are not all there any more is
/// left to the network.
pub async fn show(study: &Study, files: &[&PackageFile]) {
    let Some(store) = study.store.try_get_value() else {
        return;
    };
    let keys = files.iter().map(|file| content::parts(&file.sha256));
    let Ok(found) = store.blobs(&keys.collect::<Vec<_>>()).await else {
        return;
    };
    for (file, parts) in files.iter().zip(found) {
        let there: f64 = parts.iter().map(web_sys::Blob::size).sum();
        if browser::to_ms(there) != file.bytes {
            continue;
        }
        if let Ok(address) = browser::url_of_parts(media_type(&file.path), &parts) {
            let _ = study.kept.try_update_value(|kept| {
                kept.insert(file.path.clone(), address);
            });
        }
    }
}

/// Files are not on the device any more.
pub fn hide(study: &Study, files: &[&PackageFile]) {
    for file in files {
        let gone = study.kept.try_update_value(|kept| kept.remove(&file.path));
        if let Some(Some(address)) = gone {
            let _ = Url::revoke_object_url(&address);
        }
    }
}
