//! Owns who was credited once: names that only git still knows.
//! Must never name somebody whom the file credits today.

use std::collections::BTreeSet;

use caveat_advisory::{Commit, Line, Past};

use super::Now;
use super::gist::Known;

/// Somebody whom an earlier state credits, and the commit that made it.
#[derive(Clone, Debug)]
pub(crate) struct Credited {
    pub(crate) name: String,
    /// A page of theirs.
    pub(crate) url: Option<String>,
    pub(crate) commit: Commit,
}

/// Everybody whom an earlier state of this file credits by a name that is not in it any more.
pub(crate) fn remembered(past: &dyn Past, now: &Now<'_>, content: &str) -> Vec<Credited> {
    let mut found: Vec<Credited> = Vec::new();
    let credits = now.advisory.credits.iter();
    let here: BTreeSet<&str> = credits.filter_map(|one| one.name.as_deref()).collect();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let states = past.states(Line::Public, now.name).iter();
    for state in states.filter(|state| state.content != content) {
        let Known::Gist(gist) = Known::of(past, state) else {
            continue;
        };
        for (name, url) in gist.credits {
            if here.contains(name.as_str()) || !known.insert(name.clone()) {
                continue;
            }
            found.push(Credited {
                name,
                url: Some(url).filter(|url| !url.is_empty()),
                commit: state.commit.clone(),
            });
        }
    }
    found
}
