//! Owns the order in which names that differ only in capitals are one name.
//! Must never keep a second spelling of a name: there is one for each file of a site, and nothing else grows with them.

use std::cmp::Ordering;

use crate::SitePath;

/// A path that is equal to each that some system takes for the same.
#[derive(Debug)]
pub(crate) struct Folded(pub(crate) SitePath);

impl Ord for Folded {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b): (&str, &str) = (self.0.as_ref(), other.0.as_ref());
        // What is spelled alike is equal, however it is folded: most names begin with the same folders.
        let mut pairs = a.bytes().zip(b.bytes());
        let alike = pairs
            .position(|(a, b)| a != b || !a.is_ascii())
            .unwrap_or_else(|| a.len().min(b.len()));
        small(&a[alike..]).cmp(small(&b[alike..]))
    }
}

fn small(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().flat_map(char::to_lowercase)
}

impl PartialOrd for Folded {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Folded {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Folded {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> Folded {
        Folded(SitePath::new(text).expect("a path"))
    }

    proptest! {
        #[test]
        fn names_are_in_the_order_of_their_small_letters(a in "[aAbBzäÄéÉ_/]{1,6}", b in "[aAbBzäÄéÉ_/]{1,6}") {
            prop_assume!(SitePath::new(a.as_str()).is_ok() && SitePath::new(b.as_str()).is_ok());
            prop_assert_eq!(folded(&a).cmp(&folded(&b)), a.to_lowercase().cmp(&b.to_lowercase()));
        }
    }
}
