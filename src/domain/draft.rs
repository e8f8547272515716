//! Drafts: words that were typed and not submitted yet.
//!
//! Every tab keeps its own words of a field in a row of its own, so that two tabs in which one
//! text is written never write over each other. A tab that goes on from another's words puts its
//! own in their place; whatever else another tab wrote stays, and is shown beside.

use crate::domain::ids::{SessionId, Slug};
use crate::domain::time::Moment;

/// A field of a step.
pub type Place = (Slug, Slug);

/// A draft as one tab left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The field.
    pub place: Place,
    /// The tab that wrote it; none where a field has one row for all tabs.
    pub tab: Option<SessionId>,
    /// Device clock of the last keystroke kept.
    pub at: Moment,
    /// The words.
    pub text: String,
    /// Whether the store has it as it stands here.
    pub stored: bool,
}

/// The drafts of a registration, as one tab knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drafts(Vec<Kept>);

impl Drafts {
    fn of(&self, place: &Place) -> impl Iterator<Item = &Kept> {
        self.0.iter().filter(move |kept| kept.place == *place)
    }

    /// Takes a row in; it takes the place of what that tab wrote before.
    pub fn put(&mut self, kept: Kept) {
        self.drop_row(&kept.place, kept.tab.as_ref());
        self.0.push(kept);
    }

    /// What `tab` itself has of a field.
    #[must_use]
    pub fn own(&self, place: &Place, tab: &SessionId) -> Option<&Kept> {
        self.of(place).find(|kept| kept.tab.as_ref() == Some(tab))
    }

    /// The words that `tab` goes on with: its own, else the latest.
    #[must_use]
    pub fn words(&self, place: &Place, tab: &SessionId) -> Option<&Kept> {
        let latest = || self.of(place).max_by_key(|kept| (kept.at, &kept.tab));
        self.own(place, tab).or_else(latest)
    }

    /// The latest words of another tab that say something else than `text`, if there are some.
    #[must_use]
    pub fn other(&self, place: &Place, tab: &SessionId, text: &str) -> Option<&Kept> {
        self.of(place)
            .filter(|kept| kept.tab.is_some() && kept.tab.as_ref() != Some(tab))
            .filter(|kept| !kept.text.trim().is_empty() && kept.text != text)
            .max_by_key(|kept| (kept.at, &kept.tab))
    }

    /// Takes what was typed in `tab`, where `base` stood before. Answers the tabs whose rows it
    /// takes the place of: those that say what it went on from.
    pub fn write(&mut self, kept: Kept, base: &str) -> Vec<Option<SessionId>> {
        let goes_on_from = |row: &&Kept| row.tab != kept.tab && row.text == base;
        let over: Vec<_> = self
            .of(&kept.place)
            .filter(goes_on_from)
            .map(|row| row.tab.clone())
            .collect();
        for tab in &over {
            self.drop_row(&kept.place, tab.as_ref());
        }
        self.put(kept);
        over
    }

    /// Takes the words of a field away, because `tab` submitted them. Answers the tabs whose rows
    /// go: itself, and those that say the same.
    pub fn take_up(&mut self, place: &Place, tab: &SessionId) -> Vec<Option<SessionId>> {
        let words = self.words(place, tab).map(|kept| kept.text.clone());
        let mut gone = vec![None, Some(tab.clone())];
        for kept in self.of(place) {
            if Some(&kept.text) == words.as_ref() && !gone.contains(&kept.tab) {
                gone.push(kept.tab.clone());
            }
        }
        for each in &gone {
            self.drop_row(place, each.as_ref());
        }
        gone
    }

    /// Forgets a row.
    pub fn drop_row(&mut self, place: &Place, tab: Option<&SessionId>) {
        self.0
            .retain(|kept| kept.place != *place || kept.tab.as_ref() != tab);
    }

    /// Notes that these words of `tab` are in the store; later words of it are not.
    pub fn note_stored(&mut self, place: &Place, tab: Option<&SessionId>, text: &str) {
        for kept in &mut self.0 {
            if kept.place == *place && kept.tab.as_ref() == tab && kept.text == text {
                kept.stored = true;
            }
        }
    }

    /// Takes in what the store holds now. What is not stored yet stays; a row that was stored and
    /// is gone was taken over by another tab.
    pub fn refresh(&mut self, stored: Vec<Kept>) {
        let waiting = std::mem::take(&mut self.0);
        self.0 = stored;
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

    fn kept(number: u8, at: i64, text: &str) -> Kept {
        Kept {
            place: place(),
            tab: Some(tab(number)),
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
    fn going_on_takes_the_place_of_what_was_gone_on_from_alone() {
        let mut drafts = Drafts::default();
        drafts.put(kept(1, 1, "a"));
        assert_eq!(drafts.write(kept(2, 2, "ab"), "a"), [Some(tab(1))]);
        assert_eq!(text(drafts.words(&place(), &tab(1))), Some("ab"));
        assert_eq!(drafts.other(&place(), &tab(2), "ab"), None);
        // The first tab was still open, and goes on from its own.
        assert_eq!(drafts.write(kept(1, 3, "ac"), "a"), []);
        assert_eq!(text(drafts.other(&place(), &tab(1), "ac")), Some("ab"));
        assert_eq!(text(drafts.other(&place(), &tab(2), "ab")), Some("ac"));
        assert_eq!(
            drafts.other(&place(), &tab(2), "ac"),
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
        assert!(gone.contains(&None) && gone.contains(&Some(tab(1))));
        assert!(gone.contains(&Some(tab(2))) && !gone.contains(&Some(tab(3))));
        assert_eq!(text(drafts.words(&place(), &tab(1))), Some("other"));
        // Gone on from a row, and submitted before anything was written.
        let gone = drafts.take_up(&place(), &tab(1));
        assert!(gone.contains(&Some(tab(3))));
        assert_eq!(drafts, Drafts::default());
    }

    #[test]
    fn what_is_not_stored_yet_outlives_a_look_at_the_store() {
        let mut drafts = Drafts::default();
        drafts.put(kept(1, 1, "stored"));
        drafts.refresh(Vec::new());
        assert_eq!(drafts, Drafts::default(), "another tab took it over");
        let mut waiting = kept(1, 2, "typed");
        waiting.stored = false;
        drafts.put(waiting);
        drafts.refresh(vec![kept(1, 1, "stored"), kept(2, 1, "other")]);
        assert_eq!(text(drafts.own(&place(), &tab(1))), Some("typed"));
        assert_eq!(text(drafts.own(&place(), &tab(2))), Some("other"));
        drafts.note_stored(&place(), Some(&tab(1)), "typed");
        drafts.refresh(vec![kept(2, 1, "other")]);
        assert_eq!(drafts.own(&place(), &tab(1)), None);
    }

    proptest! {
        /// Tabs type letters into one field, each going on from what it shows; now and then one
        /// looks at the store. Whatever a tab typed last is in some row.
        #[test]
        fn no_words_are_lost(typed in proptest::collection::vec((0u8..3, any::<bool>()), 1..40)) {
            let mut store = Drafts::default();
            let mut shown: Vec<Option<String>> = vec![None; 3];
            for (at, (who, looks)) in (0i64..).zip(typed) {
                let me = tab(who);
                let field = &mut shown[usize::from(who)];
                // Whoever opens the field, or follows, shows what is in the store.
                let own = store.own(&place(), &me).is_some();
                if field.is_none() || (looks && !own) {
                    let words = store.words(&place(), &me);
                    *field = Some(words.map_or_else(String::new, |kept| kept.text.clone()));
                }
                let base = field.clone().unwrap_or_default();
                let text = format!("{base}{who}");
                store.write(kept(who, at, &text), &base);
                *field = Some(text.clone());
                prop_assert_eq!(&store.own(&place(), &me).unwrap().text, &text);
                // Every other tab's last words stand in a row, or somebody went on from them.
                for words in shown.iter().flatten() {
                    prop_assert!(store.of(&place()).any(|kept| kept.text.starts_with(words.as_str())));
                }
            }
        }
    }
}
