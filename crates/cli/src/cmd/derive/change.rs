//! Owns saying how a lock that lies there differs from what would be written now.
//! Must never be silent where the bytes differ.

use std::collections::BTreeMap;

use caveat_advisory::{Draft, LockedTag};

use super::outcome::Outcome;
use crate::output::plural;

/// A sentence without its subject, the lock.
pub(crate) fn said(is: Option<&Draft>, file: &[Outcome<'_>]) -> String {
    let Some(is) = is else {
        return "is not there; write it with --write".to_owned();
    };
    let Some(lock) = super::read(is) else {
        return "cannot be read; `caveat check` says why".to_owned();
    };
    let key = |name: &str, tag: &LockedTag| ((name.to_owned(), tag.tag.clone()), tag.clone());
    let old = lock.data().packages.iter();
    let old: BTreeMap<_, _> = old
        .flat_map(|one| one.tagged.iter().map(|tag| key(&one.name, tag)))
        .collect();
    let new = file.iter().map(|outcome| &outcome.locked);
    let new: BTreeMap<_, _> = new
        .flat_map(|one| one.tagged.iter().map(|tag| key(&one.name, tag)))
        .collect();
    let names = |tags: Vec<&(String, String)>| {
        let names: Vec<&str> = tags.iter().map(|(_, tag)| tag.as_str()).collect();
        names.join(", ")
    };
    let mut said = Vec::new();
    let came: Vec<_> = new.keys().filter(|tag| !old.contains_key(*tag)).collect();
    let gone: Vec<_> = old.keys().filter(|tag| !new.contains_key(*tag)).collect();
    let both = |differs: fn(&LockedTag, &LockedTag) -> bool| -> Vec<&(String, String)> {
        let changed = new
            .iter()
            .filter(|(tag, now)| old.get(*tag).is_some_and(|was| differs(was, now)));
        changed.map(|(tag, _)| tag).collect()
    };
    let moved = both(|was, now| was.commit != now.commit);
    let judged = both(|was, now| was.commit == now.commit && was.verdict != now.verdict);
    for (what, tags) in [
        ("new", came),
        ("gone", gone),
        ("moved to another commit", moved),
        ("judged otherwise", judged),
    ] {
        if !tags.is_empty() {
            said.push(format!(
                "{} {what}: {}",
                plural(tags.len(), "tag"),
                names(tags)
            ));
        }
    }
    if said.is_empty() {
        said.push("what it was derived from has changed".to_owned());
    }
    format!("is old; {}; write it again with --write", said.join("; "))
}
