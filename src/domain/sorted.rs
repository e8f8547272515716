//! A small map: pairs in the order of their keys. What the app keeps in maps are handfuls and
//! hundreds; for those a list does, at a tenth of the code that a tree brings with every type.

use std::borrow::Borrow;
use std::fmt;

/// A map of few entries. Adding one in the middle moves those after it.
#[derive(Clone, PartialEq, Eq)]
pub struct Sorted<K, V>(Vec<(K, V)>);

impl<K, V> Default for Sorted<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Sorted<K, V> {
    /// The value at a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Adds a value, or puts it in place of the one at this key, which is given back.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(key.borrow()) {
            Ok(at) => self
                .0
                .get_mut(at)
                .map(|(_, known)| std::mem::replace(known, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// Removes and gives back the value at a key.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let at = self.place(key).ok()?;
        Some(self.0.remove(at).1)
    }

    /// The value at a key, made first if there is none.
    pub fn entry(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        let at = self.place(key.borrow()).unwrap_or_else(|at| {
            self.0.insert(at, (key, V::default()));
            at
        });
        &mut self.0[at].1
    }

    /// As [`Sorted::entry`]; the key is copied only if there is no value yet.
    pub fn entry_of(&mut self, key: &K) -> &mut V
    where
        K: Clone,
        V: Default,
    {
        let at = self.place(key).unwrap_or_else(|at| {
            self.0.insert(at, (key.clone(), V::default()));
            at
        });
        &mut self.0[at].1
    }

    /// The values in the order of their keys, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// The value at the key that `is` knows; `make` gives both if there is none.
    pub fn entry_where(
        &mut self,
        is: impl Fn(&K) -> bool,
        make: impl FnOnce(&Self) -> (K, V),
    ) -> &mut V {
        let known = self.0.iter().position(|(key, _)| is(key));
        let at = known.unwrap_or_else(|| {
            let (key, value) = make(self);
            let at = self.place(key.borrow()).unwrap_or_else(|at| at);
            self.0.insert(at, (key, value));
            at
        });
        &mut self.0[at].1
    }

    /// The value at a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.place(key).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Entries in the order of their keys.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The values in the order of their keys.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.0.into_iter().map(|(_, value)| value)
    }

    /// The entries from the first key on that is not below `key`.
    pub fn from(&self, key: &K) -> impl Iterator<Item = (&K, &V)> + use<'_, K, V> {
        let at = self.place(key).unwrap_or_else(|at| at);
        self.0.iter().skip(at).map(|(key, value)| (key, value))
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        // Mostly what is new comes last.
        match self.0.last() {
            Some((last, _)) if last.borrow() < key => Err(self.0.len()),
            _ => self
                .0
                .binary_search_by(|(known, _)| known.borrow().cmp(key)),
        }
    }
}

/// A list in the order of `key`; what has the same key keeps its order. One sort of pairs of
/// numbers serves every type: a sort of its own is 4 KB of code for each.
#[must_use]
pub fn in_order<T>(list: Vec<T>, key: impl Fn(&T) -> i64) -> Vec<T> {
    let mut order: Vec<(i64, usize)> = list.iter().map(key).zip(0..).collect();
    order.sort_unstable();
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    let taken = order.into_iter();
    taken
        .filter_map(|(_, at)| list.get_mut(at).and_then(Option::take))
        .collect()
}

impl<K: Ord, V> FromIterator<(K, V)> for Sorted<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut sorted = Self::default();
        for (key, value) in entries {
            sorted.insert(key, value);
        }
        sorted
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Sorted<K, V> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_map()
            .entries(self.0.iter().map(|(key, value)| (key, value)))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn it_does_what_a_tree_does(
            acts in proptest::collection::vec((0u8..3, 0u8..20, any::<u8>()), 0..60)
        ) {
            let (mut sorted, mut tree) = (Sorted::default(), BTreeMap::new());
            for (act, key, value) in acts {
                let key = format!("{key:02}");
                match act {
                    0 => prop_assert_eq!(sorted.insert(key.clone(), value), tree.insert(key, value)),
                    1 => prop_assert_eq!(sorted.remove(key.as_str()), tree.remove(&key)),
                    _ => {
                        *sorted.entry(key.clone()) = value;
                        *tree.entry(key).or_default() = value;
                    }
                }
                prop_assert!(sorted.iter().eq(tree.iter()));
                let from = "07".to_owned();
                prop_assert!(sorted.from(&from).eq(tree.range(from.clone()..)));
                prop_assert_eq!(sorted.get("07"), tree.get("07"));
            }
        }
    }
}
