//! How the screens of the class follow the log: what of it is shown, and when it is built anew.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;

use super::Room;
use crate::domain::fold::Fold;
use crate::domain::record::Record;
use crate::ui::dom::{El, el};
use crate::ui::state::Intent;

// Types of their own for what signals hold: so the code made for them comes with these screens, and
// not with every start.

/// Records that are listed.
#[derive(PartialEq)]
struct Listed(Vec<Record>);

/// How often the log has changed.
#[derive(PartialEq)]
struct Grown(u64);

impl Room {
    /// Shows what `list` makes of everything that the log adds up to, now and after every change.
    pub(super) fn live(
        self: &Arc<Self>,
        list: impl Fn(&Arc<Self>, &Fold) -> Vec<El> + 'static,
    ) -> El {
        self.follow_whole();
        let room = Arc::clone(self);
        el("div").live(move || {
            let fold = room.study.whole.get();
            let Some(fold) = fold else {
                return vec![el("p").attr("role", "status").text(room.words.looking())];
            };
            untrack(|| list(&room, &fold))
        })
    }

    /// As [`Self::live`], piece by piece out of sight, each in a turn of its own, so that however large a
    /// class is the page answers meanwhile. `piece` makes what is asked for by number until there is
    /// none; what was shown before stays until `whole` puts all pieces together.
    pub(super) fn gradually<P: 'static>(
        self: &Arc<Self>,
        piece: impl Fn(&Arc<Self>, &Fold, usize) -> Option<P> + 'static,
        whole: impl Fn(&Arc<Self>, Vec<P>) -> Vec<El> + 'static,
    ) -> El {
        self.follow_whole();
        let maker = Rc::new((piece, whole));
        let shown = StoredValue::new_local(vec![
            el("p").attr("role", "status").text(self.words.looking()),
        ]);
        let made = RwSignal::new(0_usize);
        let room = Arc::clone(self);
        let owner = Owner::current().unwrap_or_default();
        crate::ui::dom::follow(Box::new(move || {
            let Some(fold) = room.study.whole.get() else {
                return;
            };
            let (room, maker, owner) = (Arc::clone(&room), Rc::clone(&maker), owner.clone());
            leptos::task::spawn_local(async move {
                let mut pieces = Vec::new();
                loop {
                    sleep(Duration::ZERO).await;
                    let newest = room.study.whole.try_with_untracked(|now| {
                        now.as_ref().is_some_and(|now| Arc::ptr_eq(now, &fold))
                    });
                    // Something newer is being shown, or the screen was left.
                    if newest != Some(true) || made.is_disposed() {
                        return;
                    }
                    match owner.with(|| untrack(|| maker.0(&room, &fold, pieces.len()))) {
                        Some(piece) => pieces.push(piece),
                        None => break,
                    }
                }
                shown.try_set_value(owner.with(|| untrack(|| maker.1(&room, pieces))));
                made.try_update(|made| *made += 1);
            });
        }));
        el("div").live(move || {
            made.track();
            shown.get_value()
        })
    }

    /// As [`Self::live`], built anew only when what is picked changes: a field that somebody types
    /// in stays.
    pub(super) fn settled<T: PartialEq + Send + Sync + 'static>(
        self: &Arc<Self>,
        pick: impl Fn(&Self, &Fold) -> T + Send + Sync + 'static,
        show: impl Fn(&Arc<Self>, &T) -> Vec<El> + 'static,
    ) -> El {
        self.follow_whole();
        let (room, picking) = (Arc::clone(self), Arc::clone(self));
        let picked = Memo::new(move |_| {
            let fold = picking.study.whole.get();
            fold.map(|fold| pick(&picking, &fold))
        });
        el("div").live(move || {
            picked.with(|picked| match picked {
                None => vec![el("p").attr("role", "status").text(room.words.looking())],
                Some(picked) => untrack(|| show(&room, picked)),
            })
        })
    }

    /// Asks for everything that the log adds up to, now and after every change.
    fn follow_whole(&self) {
        let study = self.study.clone();
        crate::ui::dom::follow(Box::new(move || {
            study.facts.track();
            untrack(|| study.send(Intent::Whole));
        }));
    }

    /// Shows what `list` makes of the latest records of some kinds, now and after every change.
    pub(super) fn listed(
        self: &Arc<Self>,
        kinds: &'static [&'static str],
        list: impl Fn(&Arc<Self>, &[Record]) -> Vec<El> + 'static,
    ) -> El {
        let shown = RwSignal::new(None::<Listed>);
        let room = Arc::clone(self);
        let grown = Memo::new({
            let facts = self.study.facts;
            move |_| facts.with(|facts| Grown(facts.changes))
        });
        crate::ui::dom::follow(Box::new(move || {
            // Read, not only tracked: nobody else works it out.
            grown.with(|_| ());
            let room = Arc::clone(&room);
            leptos::task::spawn_local(async move {
                let mut all = Vec::new();
                for kind in kinds {
                    all.extend(room.heard(kind).await);
                }
                let mut all =
                    crate::domain::sorted::in_order(all, |record| record.envelope().recorded_at.0);
                all.reverse();
                // Built anew only when something changed: a field that somebody types in stays.
                let all = Listed(all);
                let same = shown.try_with_untracked(|shown| shown.as_ref() == Some(&all));
                if same == Some(false) {
                    shown.set(Some(all));
                }
            });
        }));
        let room = Arc::clone(self);
        el("div").live(move || {
            shown.with(|shown| {
                let records = shown.as_ref().map_or(&[][..], |shown| &shown.0);
                untrack(|| list(&room, records))
            })
        })
    }
}
