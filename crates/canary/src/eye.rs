//! Owns looking at one text for all that is withheld, by the place where the text is to stand.
//! Must never say a word that it found, only which secret it is.

use std::collections::BTreeSet;
use std::ops::Range;

use caveat_advisory::Consent;

use crate::Withheld;
use crate::fold::readings;
use crate::search::Search;
use crate::secret::{Secret, What, loosen};

/// Everything that is withheld, ready to be looked for.
#[derive(Debug, Default)]
pub struct Eye {
    withheld: Withheld,
    /// For the secrets, then for the allowed names.
    search: Option<Search>,
}

impl Eye {
    /// Looks for all of `withheld`.
    pub fn new(withheld: Withheld) -> Self {
        let search = withheld.search();
        Self { withheld, search }
    }

    /// Would a text give anything away in this place?
    pub fn tells(&self, text: &str, place: Consent) -> bool {
        !self.told(text.as_bytes(), place).is_empty()
    }

    /// Is there nothing to look for?
    pub(crate) fn is_shut(&self) -> bool {
        self.search.is_none()
    }

    pub(crate) fn secret(&self, at: usize) -> Option<&Secret> {
        self.withheld.secrets.get(at)
    }

    /// The secrets that a text would give away in this place.
    pub(crate) fn told(&self, bytes: &[u8], place: Consent) -> BTreeSet<usize> {
        let mut told = BTreeSet::new();
        let Some(search) = &self.search else {
            return told;
        };
        for mut words in readings(bytes) {
            told.append(&mut self.found(search, &words, place));
            if words.contains(&b'_') {
                loosen(&mut words);
                let loose = self.found(search, &words, place).into_iter();
                told.extend(loose.filter(|at| self.withheld.secrets[*at].what == What::Id));
            }
        }
        told
    }

    /// Does a text hold any secret, wherever it is to stand?
    pub(crate) fn sees(&self, bytes: &[u8]) -> bool {
        let Some(search) = &self.search else {
            return false;
        };
        let secrets = self.withheld.secrets.len();
        readings(bytes).any(|words| search.found(&words).any(|(at, _)| at < secrets))
    }

    /// The secrets in folded words that may not stand in this place.
    fn found(&self, search: &Search, words: &[u8], place: Consent) -> BTreeSet<usize> {
        let (secrets, allowed) = (&self.withheld.secrets, &self.withheld.allowed);
        let is_told = |at: usize| {
            secrets
                .get(at)
                .is_some_and(|one| !one.places.contains(&place))
        };
        if !search.found(words).any(|(at, _)| is_told(at)) {
            return BTreeSet::new();
        }
        let (told, others): (Vec<_>, Vec<_>) =
            search.found(words).partition(|(at, _)| is_told(*at));
        let longer = others.into_iter().filter(|(at, _)| {
            let name = at.checked_sub(secrets.len()).and_then(|at| allowed.get(at));
            name.is_some_and(|name| name.places.contains(&place))
        });
        let longer: Vec<Range<usize>> = longer.map(|(_, range)| range).collect();
        let told = told.into_iter().filter(|(at, range)| {
            secrets[*at].what != What::Name || !longer.iter().any(|one| is_part(range, one))
        });
        told.map(|(at, _)| at).collect()
    }
}

/// Is it within the other, and less?
fn is_part(range: &Range<usize>, of: &Range<usize>) -> bool {
    of.start <= range.start && range.end <= of.end && range != of
}
