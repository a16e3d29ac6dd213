//! Owns what may never change in passing: an editorial revision sends no mail and moves nothing in feeds.
//! Must never take an author's word for it, or look at what nobody acts on.

use std::collections::BTreeSet;

use crate::{Finding, Record};

const TOLD: &str = "leave `editorial` out of a revision that is not out yet, or add one without it: readers are told then";

/// Something that readers act on, where every revision that they do not have is editorial.
pub(crate) fn judge(old: &Record, new: &Record) -> Option<Finding> {
    let mut fresh = new
        .revisions
        .iter()
        .filter(|told| told.at > old.modified)
        .peekable();
    fresh.peek()?;
    if !fresh.all(|told| told.editorial) {
        return None;
    }
    let changed = acted_on(old, new);
    (!changed.is_empty()).then(|| {
        let says = format!(
            "readers act on what changes, and every new revision is editorial: {}",
            changed.join(", ")
        );
        Finding::refused("gate-editorial", says)
            .of(&new.id)
            .help(TOLD)
    })
}

fn acted_on(old: &Record, new: &Record) -> Vec<&'static str> {
    let vectors = |record: &Record| record.vectors.iter().cloned().collect::<BTreeSet<String>>();
    let all = [
        ("packages or versions", old.packages != new.packages),
        ("functions or platforms", old.limits != new.limits),
        ("commits", old.commits != new.commits),
        (
            "severity",
            old.severity != new.severity || vectors(old) != vectors(new),
        ),
        ("aliases", old.aliases != new.aliases),
        ("withdrawal", old.withdrawn != new.withdrawn),
        (
            "whom it affects, or the workaround",
            advice(&old.text) != advice(&new.text),
        ),
    ];
    let changed = all.into_iter().filter(|(_, differs)| *differs);
    changed.map(|(what, _)| what).collect()
}

/// From the first of these headings on; a description has none.
const HEADINGS: [&str; 2] = ["\n## Am I affected?\n", "\n## Workarounds\n"];

fn advice(text: &str) -> &str {
    let starts = HEADINGS.iter().filter_map(|heading| text.find(heading));
    starts.min().map_or("", |start| text[start..].trim())
}
