//! Owns saying how a lock that lies there differs from what would be written now.
//! Must never be silent where the bytes differ.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{Draft, LockedPackage, LockedTag};

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
    let new = tags(file.iter().map(|outcome| &outcome.locked));
    let old = tags(lock.data().packages.iter());
    let mut said = changes(&old, &new);
    if said.is_empty() {
        said.push("what it was derived from has changed".to_owned());
    }
    format!("is old; {}; write it again with --write", said.join("; "))
}

/// Every tag, by package and name.
type Tags<'l> = BTreeMap<(&'l str, &'l str), &'l LockedTag>;

fn tags<'l>(packages: impl Iterator<Item = &'l LockedPackage>) -> Tags<'l> {
    let tags = packages.flat_map(|one| one.tagged.iter().map(|tag| (one.name.as_str(), tag)));
    tags.map(|(name, tag)| ((name, tag.tag.as_str()), tag))
        .collect()
}

/// What became of tags, one phrase for each kind of change.
fn changes(old: &Tags<'_>, new: &Tags<'_>) -> Vec<String> {
    type Kind = fn(Option<&LockedTag>, Option<&LockedTag>) -> bool;
    let kinds: [(&str, Kind); 4] = [
        ("new", |was, _| was.is_none()),
        ("gone", |_, now| now.is_none()),
        ("moved to another commit", |was, now| {
            was.zip(now)
                .is_some_and(|(was, now)| was.commit != now.commit)
        }),
        ("judged otherwise", |was, now| {
            let same = |was: &LockedTag, now: &LockedTag| was.commit == now.commit;
            was.zip(now)
                .is_some_and(|(was, now)| same(was, now) && was.verdict != now.verdict)
        }),
    ];
    let all: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let phrase = |(what, is): (&str, Kind)| {
        let of = |tag: &&&(&str, &str)| is(old.get(**tag).copied(), new.get(**tag).copied());
        let names: Vec<&str> = all.iter().filter(of).map(|(_, tag)| *tag).collect();
        let count = plural(names.len(), "tag");
        (!names.is_empty()).then(|| format!("{count} {what}: {}", names.join(", ")))
    };
    kinds.into_iter().filter_map(phrase).collect()
}
