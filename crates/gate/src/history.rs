//! Owns the times of a record: published once, changed only forwards, never in silence.
//! Must never look at what changed.

use caveat_advisory::Timestamp;

use crate::{Finding, Record};

/// An id that was published and is no more.
pub(crate) fn lost(id: &str) -> Finding {
    Finding::refused("gate-id-lost", "it is out, and would be gone")
        .of(id)
        .help(
            "bring its file back, and withdraw it where it should not have been: `caveat withdraw`",
        )
}

/// Both records have other bytes.
pub(crate) fn judge(old: &Record, new: &Record, found: &mut Vec<Finding>) {
    let id = &new.id;
    if old.published != new.published {
        let finding = Finding::refused(
            "gate-published",
            "it would have been published at another time",
        );
        found.push(
            finding
                .of(id)
                .between(&old.published, &new.published)
                .help("the first revision keeps its time for ever: write the old one again"),
        );
    } else if let Some(gone) = gone(old, new) {
        let finding =
            Finding::refused("gate-history", "a revision that readers know would be gone");
        found.push(
            finding
                .of(id)
                .was(&gone)
                .help("revisions are only added: write it again, with its time"),
        );
    }
    found.extend(modified(old, new));
}

fn modified(old: &Record, new: &Record) -> Option<Finding> {
    let (was, is) = (old.modified, new.modified);
    if is < was {
        let finding = Finding::refused(
            "gate-backdated",
            "it would have changed earlier than it has",
        );
        return Some(finding.of(&new.id).between(&was, &is).help(
            "who has the newer one would never read this one: add a revision of a later time",
        ));
    }
    if is > was {
        return None;
    }
    let same = old.says_the_same(new);
    let (says, help) = if same && old.text == new.text {
        ("its bytes change, and no revision says so", REGENERATED)
    } else {
        ("it changes, and no revision says so", REVISED)
    };
    let finding = Finding::refused("gate-modified", says)
        .of(&new.id)
        .was(&was);
    Some(finding.help(help))
}

/// For what people changed.
const REVISED: &str = "tell readers: `caveat revise ID -m NOTE`; where only a new version of caveat, or caveat.toml, wrote it \
    otherwise, `caveat revise --regenerated --against DIR -m NOTE` adds an editorial revision to all such records";
/// For what they did not.
const REGENERATED: &str = "a new version of caveat, or caveat.toml, writes it otherwise: \
    `caveat revise --regenerated --against DIR -m NOTE` adds an editorial revision to all such records";

/// The first revision of the old record that the new one does not have in its place.
fn gone(old: &Record, new: &Record) -> Option<Timestamp> {
    let (before, after) = (old.times(), new.times());
    let mut pairs = before.iter().enumerate();
    let gone = pairs.find(|(at, time)| after.get(*at) != Some(*time));
    gone.map(|(_, time)| *time)
}

/// A change of a time when readers have looked already: who asks only for what is later never sees it.
pub(crate) fn late(issued: Timestamp, was: Timestamp, new: &Record) -> Option<Finding> {
    (was < new.modified && new.modified < issued).then(|| {
        let says = "it comes later than the time it states";
        Finding::warning("gate-late", says)
            .of(&new.id)
            .between(&issued, &new.modified)
            .help("who has looked since then and asks only for later changes misses it: give its last revision a later time")
    })
}
