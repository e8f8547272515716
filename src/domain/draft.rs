//! Drafts: words that were typed and not submitted yet.
//!
//! Every tab keeps its own words of a field in a row of its own, so that two tabs in which one
//! text is written never write over each other. A tab that goes on from another's words puts its
//! own in their place; whatever else another tab wrote stays, and is shown beside.
//!
//! Each time words are kept they get a number, and stand in the store under it: so what a tab takes
//! away is what it saw, and never what another wrote there meanwhile.

use crate::domain::ids::{SessionId, Slug};
use crate::domain::time::Moment;

/// A field of a step.
pub type Place = (Slug, Slug);

/// Which words of a field: the tab that wrote them, none where a field has one row for all tabs;
/// and their number among the words that this tab kept, 0 in a row for all tabs.
pub type Version = (Option<SessionId>, u64);

/// A draft as one tab left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The field.
    pub place: Place,
    /// Which words these are.
    pub version: Version,
    /// Device clock of the last keystroke kept.
    pub at: Moment,
    /// The words.
    pub text: String,
    /// Whether the store has it as it stands here.
    pub stored: bool,
}

/// The drafts of a registration, as one tab knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts {
    rows: Vec<Kept>,
    /// How many words this tab kept so far; no number is used twice.
    count: u64,
}

impl Drafts {
    fn of(&self, place: &Place) -> impl Iterator<Item = &Kept> {
        self.rows.iter().filter(move |kept| kept.place == *place)
    }

    /// Takes a row in; it takes the place of what that tab wrote before.
    pub fn put(&mut self, kept: Kept) {
        let tab = &kept.version.0;
        self.rows
            .retain(|row| row.place != kept.place || row.version.0 != *tab);
        self.rows.push(kept);
    }

    /// What `tab` itself has of a field.
    #[must_use]
    pub fn own(&self, place: &Place, tab: &SessionId) -> Option<&Kept> {
        self.of(place)
            .find(|kept| kept.version.0.as_ref() == Some(tab))
    }

    /// The words that `tab` goes on with: its own, else the latest.
    #[must_use]
    pub fn words(&self, place: &Place, tab: &SessionId) -> Option<&Kept> {
        let latest = || self.of(place).max_by_key(|kept| (kept.at, &kept.version));
        self.own(place, tab).or_else(latest)
    }

    /// The latest words of another tab that say something else than `text`, if there are some.
    #[must_use]
    pub fn other(&self, place: &Place, tab: &SessionId, text: &str) -> Option<&Kept> {
        self.of(place)
            .filter(|kept| kept.version.0.as_ref().is_some_and(|by| by != tab))
            .filter(|kept| !kept.text.trim().is_empty() && kept.text != text)
            .max_by_key(|kept| (kept.at, &kept.version))
    }

    /// Takes what was typed in `tab` at `at`, where `base` stood before. Answers the row, and the
    /// versions that it takes the place of: its own last one, and those that say what it went on
    /// from.
    pub fn write(
        &mut self,
        place: &Place,
        tab: &SessionId,
        at: Moment,
        text: String,
        base: &str,
    ) -> (Kept, Vec<Version>) {
        let goes = |row: &&Kept| row.version.0.as_ref() == Some(tab) || row.text == base;
        let over: Vec<Version> = self
            .of(place)
            .filter(goes)
            .map(|row| row.version.clone())
            .collect();
        for version in &over {
            self.drop_version(place, version);
        }
        self.count += 1;
        let kept = Kept {
            place: place.clone(),
            version: (Some(tab.clone()), self.count),
            at,
            text,
            stored: false,
        };
        self.rows.push(kept.clone());
        (kept, over)
    }

    /// Takes the words of a field away, because `tab` submitted them. Answers the versions that go:
    /// its own, those that say the same, and the row for all tabs.
    pub fn take_up(&mut self, place: &Place, tab: &SessionId) -> Vec<Version> {
        let words = self.words(place, tab).map(|kept| kept.text.clone());
        let mut gone = vec![(None, 0)];
        for kept in self.of(place) {
            let own = kept.version.0.as_ref() == Some(tab);
            let same = Some(&kept.text) == words.as_ref();
            if (own || same) && !gone.contains(&kept.version) {
                gone.push(kept.version.clone());
            }
        }
        for each in &gone {
            self.drop_version(place, each);
        }
        gone
    }

    /// Forgets a version.
    pub fn drop_version(&mut self, place: &Place, version: &Version) {
        self.rows
            .retain(|kept| kept.place != *place || kept.version != *version);
    }

    /// Notes that a version is in the store.
    pub fn note_stored(&mut self, written: &Kept) {
        for kept in &mut self.rows {
            if kept.place == written.place
                && kept.version == written.version
                && kept.text == written.text
            {
                kept.stored = true;
            }
        }
    }

    /// Takes in what the store holds now. What is not stored yet stays; a row that was stored and
    /// is gone was taken over by another tab.
    pub fn refresh(&mut self, stored: Vec<Kept>) {
        let waiting = std::mem::replace(&mut self.rows, stored);
        for kept in waiting.into_iter().filter(|kept| !kept.stored) {
            self.put(kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place() -> Place {
        (Slug::parse("s").unwrap(), Slug::parse("f").unwrap())
    }

    fn tab(number: u8) -> SessionId {
        SessionId::from_random([number; 16])
    }

    fn version(tab_number: u8, number: u64) -> Version {
        (Some(tab(tab_number)), number)
    }

    fn kept(number: u8, at: i64, text: &str) -> Kept {
        Kept {
            place: place(),
            version: version(number, 1),
            at: Moment(at),
            text: text.into(),
            stored: true,
        }
    }

    fn text(kept: Option<&Kept>) -> Option<&str> {
        kept.map(|kept| kept.text.as_str())
    }

    #[test]
    fn a_tab_goes_on_with_its_own_words_or_the_latest() {
        let mut drafts = Drafts::default();
        assert_eq!(drafts.words(&place(), &tab(1)), None);
        drafts.put(kept(1, 1, "one"));
        drafts.put(kept(2, 5, "two"));
        drafts.put(kept(3, 3, "three"));
        assert_eq!(text(drafts.words(&place(), &tab(1))), Some("one"));
        assert_eq!(text(drafts.words(&place(), &tab(9))), Some("two"));
    }

    #[test]
    fn words_take_the_place_of_the_own_ones_and_of_what_was_gone_on_from() {
        let mut drafts = Drafts::default();
        drafts.put(kept(1, 1, "a"));
        drafts.put(kept(3, 1, "else"));
        let (first, over) = drafts.write(&place(), &tab(2), Moment(2), "ab".into(), "a");
        assert_eq!(over, [version(1, 1)]);
        let (second, over) = drafts.write(&place(), &tab(2), Moment(3), "abc".into(), "ab");
        assert_eq!(over, std::slice::from_ref(&first.version));
        assert_ne!(first.version, second.version);
        assert_eq!(text(drafts.words(&place(), &tab(1))), Some("abc"));
        assert_eq!(text(drafts.other(&place(), &tab(2), "abc")), Some("else"));
        assert_eq!(
            drafts.other(&place(), &tab(2), "else"),
            None,
            "the same words"
        );
    }

    #[test]
    fn submitting_leaves_what_another_tab_wrote() {
        let mut drafts = Drafts::default();
        drafts.put(kept(1, 1, "mine"));
        drafts.put(kept(2, 2, "mine"));
        drafts.put(kept(3, 3, "other"));
        let gone = drafts.take_up(&place(), &tab(1));
        assert_eq!(gone, [(None, 0), version(1, 1), version(2, 1)]);
        assert_eq!(text(drafts.words(&place(), &tab(1))), Some("other"));
        // Gone on from a row, and submitted before anything was written.
        let gone = drafts.take_up(&place(), &tab(1));
        assert!(gone.contains(&version(3, 1)));
        assert_eq!(drafts, Drafts::default());
    }

    #[test]
    fn what_is_not_stored_yet_outlives_a_look_at_the_store() {
        let mut drafts = Drafts::default();
        drafts.put(kept(1, 1, "stored"));
        drafts.refresh(Vec::new());
        assert_eq!(
            drafts.own(&place(), &tab(1)),
            None,
            "another tab took it over"
        );
        let (typed, _) = drafts.write(&place(), &tab(1), Moment(2), "typed".into(), "");
        drafts.refresh(vec![kept(1, 1, "stored"), kept(2, 1, "other")]);
        assert_eq!(text(drafts.own(&place(), &tab(1))), Some("typed"));
        assert_eq!(text(drafts.own(&place(), &tab(2))), Some("other"));
        drafts.note_stored(&typed);
        drafts.refresh(vec![kept(2, 1, "other")]);
        assert_eq!(drafts.own(&place(), &tab(1)), None);
    }

    /// What a tab does in the property below.
    #[derive(Debug, Clone, Copy)]
    enum Act {
        Type,
        Look,
    }

    /// A tab with what it shows, and what it believes the store to hold.
    #[derive(Default)]
    struct Tab {
        drafts: Drafts,
        shown: String,
    }

    proptest! {
        /// Tabs type into one field and look at the store at any moments, each going on from what
        /// it shows and taking away what it saw. Whatever a tab shows stands in the store, or
        /// somebody went on from it.
        #[test]
        fn no_words_are_lost(
            acts in proptest::collection::vec(
                (0u8..3, prop_oneof![Just(Act::Type), Just(Act::Look)]), 1..60)
        ) {
            let mut store: Vec<Kept> = Vec::new();
            let mut tabs = [Tab::default(), Tab::default(), Tab::default()];
            for (at, (who, act)) in (0i64..).zip(acts) {
                let me = tab(who);
                let mine = &mut tabs[usize::from(who)];
                match act {
                    Act::Type => {
                        let text = format!("{}{who}", mine.shown);
                        let (mut kept, over) =
                            mine.drafts.write(&place(), &me, Moment(at), text.clone(), &mine.shown);
                        kept.stored = true;
                        mine.drafts.note_stored(&kept);
                        store.retain(|row| !over.contains(&row.version));
                        store.push(kept);
                        mine.shown = text;
                    }
                    Act::Look => {
                        mine.drafts.refresh(store.clone());
                        if mine.drafts.own(&place(), &me).is_none()
                            && let Some(words) = mine.drafts.words(&place(), &me)
                        {
                            mine.shown = words.text.clone();
                        }
                    }
                }
                for Tab { shown, .. } in &tabs {
                    let kept = store.iter().any(|row| row.text.starts_with(shown.as_str()));
                    prop_assert!(shown.is_empty() || kept, "{shown} is in no row");
                }
            }
        }
    }
}
