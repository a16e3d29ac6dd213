//! Owns whom a record tells to act: fewer people than before are told so only with a reason.
//! Must never call it narrower that more people are told. A withdrawal has its own reason, and only for itself: what is
//! narrowed beside it would be narrower when it stands again, and by then nobody remembers.

use std::collections::{BTreeMap, BTreeSet};

use caveat_versions::{Ranges, Stretch};

use crate::affected::{Commits, Reach, said};
use crate::{Finding, Limits, Record, Scale, Told, Verdict};

const NARROWS: &str = "if that is right, say why: `caveat revise ID -m NOTE --narrows WHY`, or `narrows = \"...\"` in a revision that is not out yet";
const REINSTATES: &str = "if that is right, say why: `caveat reinstate` does, or `reinstates = \"...\"` in a revision that is not out yet";

/// Compares what both tell.
pub(crate) fn judge(old: &Record, new: &Record, scale: &Scale<'_>, found: &mut Vec<Finding>) {
    if old.withdrawn.is_some() && new.withdrawn.is_none() {
        let reason = new.reason(old.modified, &["withdrawn"], |told: &Told| {
            told.reinstates.as_ref()
        });
        let finding =
            Finding::refused("gate-reinstated", "it was withdrawn, and would stand again");
        found.push(finding.of(&new.id).help(REINSTATES).unless(reason));
    }
    let mut narrowed = Vec::new();
    versions(old, new, &mut narrowed);
    limits(old, new, &mut narrowed);
    commits(old, new, &mut narrowed);
    severity(old, new, scale, &mut narrowed);
    for alias in old.aliases.difference(&new.aliases) {
        let finding = Finding::refused("gate-alias", "another name of the flaw would be gone");
        narrowed.push(finding.was(alias));
    }
    found.extend(narrowed.into_iter().map(|finding| {
        let finding = finding.of(&new.id);
        if finding.verdict != Verdict::Refused {
            return finding;
        }
        let reason = new.reason(old.modified, fields(finding.code), |told: &Told| {
            told.narrows.as_ref()
        });
        finding.help(NARROWS).unless(reason)
    }));
}

/// What a revision changes that gives the reason for such a finding: a reason is for its own change, and for no other.
fn fields(code: &str) -> &'static [&'static str] {
    match code {
        "gate-severity" => &["severity", "cvss"],
        "gate-alias" => &["aliases"],
        _ => &["affected"],
    }
}

fn versions(old: &Record, new: &Record, found: &mut Vec<Finding>) {
    for (package, before) in &old.packages {
        match (before, new.packages.get(package)) {
            (_, None) => found.push(
                Finding::refused(
                    "gate-package",
                    format!("`{package}` would no longer be affected"),
                )
                .was(package),
            ),
            (Reach::Known(before), Some(Reach::Known(after))) => {
                fewer(package, before, after, found);
            }
            // Where no order is known, any change may be one for the worse.
            (before, Some(after)) if before != after => found.push(
                Finding::refused(
                    "gate-narrowed",
                    format!("the versions of `{package}` change"),
                )
                .between(&before.words(), &after.words()),
            ),
            _ => {}
        }
    }
}

fn fewer(package: &str, before: &Ranges, after: &Ranges, found: &mut Vec<Finding>) {
    let gone = before.lost(after);
    // What lies between the new fix and the old one is a fix that moved down.
    let (lowered, others): (Vec<Stretch>, Vec<Stretch>) = gone
        .into_iter()
        .partition(|one| is_lowered(one, before, after));
    for one in lowered {
        let (Some(first), Some(end)) = (one.first, one.end) else {
            continue;
        };
        let says = format!(
            "the fix of `{package}` moves down: {} would pass for fixed",
            one.words
        );
        found.push(
            Finding::refused("gate-fix-lowered", says)
                .between(&end.canonical(), &first.canonical()),
        );
    }
    if !others.is_empty() {
        let says = format!("fewer versions of `{package}` are told: {}", said(&others));
        let both = [before, after].map(|set| said(&set.stretches()));
        found.push(Finding::refused("gate-narrowed", says).between(&both[0], &both[1]));
    }
}

fn is_lowered(one: &Stretch, before: &Ranges, after: &Ranges) -> bool {
    let (Some(first), Some(end)) = (&one.first, &one.end) else {
        return false;
    };
    // Both are ends: of what was told, and of what is told now.
    let ends = |set: &Ranges, at| {
        set.stretches()
            .iter()
            .any(|one| one.end.as_ref() == Some(at))
    };
    ends(before, end) && ends(after, first)
}

fn limits(old: &Record, new: &Record, found: &mut Vec<Finding>) {
    let none = Limits::default();
    for package in old
        .packages
        .keys()
        .filter(|name| new.packages.contains_key(*name))
    {
        let of = |record: &'_ Record| record.limits.get(package).unwrap_or(&none).clone();
        let (before, after) = (of(old), of(new));
        let told = |limits: &Limits, key: &str| {
            let list = limits.lists().find(|(name, _)| *name == key);
            list.map_or_else(|| "everybody".to_owned(), |(_, list)| list)
        };
        for (key, gone) in after.tightened(&before) {
            let says = match gone {
                Some(gone) => format!("fewer of `{package}` are told, by `{key}`: {gone}"),
                None => {
                    format!("not everybody who has `{package}` would be told any more, by `{key}`")
                }
            };
            let finding = Finding::refused("gate-narrowed", says);
            found.push(finding.between(&told(&before, key), &told(&after, key)));
        }
    }
}

fn commits(old: &Record, new: &Record, found: &mut Vec<Finding>) {
    let known = |reach: &Reach| matches!(reach, Reach::Known(_));
    let versions = old.packages.values().any(known) && new.packages.values().any(known);
    for (repository, before) in &old.commits {
        let none = Commits::default();
        let after = new.commits.get(repository).unwrap_or(&none);
        let Some((says, from, to)) = fewer_commits(repository, before, after) else {
            continue;
        };
        // Which commit comes after which, only git knows; where versions are told as well, they were judged.
        let mut finding = if versions {
            Finding::warning("gate-narrowed", says).help("look whether the versions say the same")
        } else {
            Finding::refused("gate-narrowed", says)
        };
        (finding.from, finding.to) = (from, to);
        found.push(finding);
    }
}

/// What is said of it, what is gone, and what is new.
type Fewer = (String, Option<String>, Option<String>);

fn fewer_commits(repository: &str, before: &Commits, after: &Commits) -> Option<Fewer> {
    let lost = |kind: &str, one: &BTreeSet<String>, other: &BTreeSet<String>| {
        let lost: Vec<String> = one
            .difference(other)
            .map(|commit| format!("{kind} {commit}"))
            .collect();
        (!lost.is_empty()).then(|| lost.join(", "))
    };
    // From the very beginning is more than from any commit.
    let from_the_first = after.introduced.contains("0");
    let gone = lost("introduced", &before.introduced, &after.introduced);
    if let Some(gone) = gone.filter(|_| !from_the_first) {
        let says = format!("commits of `{repository}` that brought the flaw would be gone");
        return Some((says, Some(gone), None));
    }
    let more = lost("fixed", &after.fixed, &before.fixed)?;
    let says = format!("more commits of `{repository}` would pass for fixed");
    Some((says, None, Some(more)))
}

fn severity(old: &Record, new: &Record, scale: &Scale<'_>, found: &mut Vec<Finding>) {
    let rank = |class: &str| scale.classes.iter().position(|one| *one == class);
    let (was, is) = (rank(&old.severity), rank(&new.severity));
    if old.severity != new.severity && is.is_none_or(|is| was.is_none_or(|was| is > was)) {
        let says = match was {
            Some(_) => "its severity would be lower".to_owned(),
            None => format!(
                "`{}` is no class of the policy any more, so its severity may be lower",
                old.severity
            ),
        };
        let finding = Finding::refused("gate-severity", says);
        found.push(finding.between(&old.severity, &new.severity));
    }
    scores(old, new, scale, found);
}

fn scores(old: &Record, new: &Record, scale: &Scale<'_>, found: &mut Vec<Finding>) {
    let (mut was, mut is) = (best(old, scale), best(new, scale));
    // 3.0 and 3.1 are one, unless both sides have both.
    let both = |all: &Scores| THREE.iter().all(|version| all.contains_key(*version));
    if !(both(&was) && both(&is)) {
        was = as_one(was);
        is = as_one(is);
    }
    // Another version of CVSS has another scale: only what has no equal is compared with the highest.
    let highest = is.values().copied().reduce(f64::max);
    for (version, before) in &was {
        let after = is.get(version).copied().or(highest);
        if after.is_none_or(|after| after < *before) {
            let to = after.map_or_else(|| "none".to_owned(), |score| format!("{score:.1}"));
            let says = format!("its CVSS {version} score would be lower");
            found.push(
                Finding::refused("gate-severity", says).between(&format!("{before:.1}"), &to),
            );
        }
    }
}

/// The highest score by version of CVSS.
type Scores = BTreeMap<String, f64>;

/// Versions with one scale.
const THREE: [&str; 2] = ["3.0", "3.1"];

fn best(record: &Record, scale: &Scale<'_>) -> Scores {
    let mut best = Scores::new();
    for vector in &record.vectors {
        let version = match vector.strip_prefix("CVSS:") {
            Some(rest) => rest.split('/').next().unwrap_or_default(),
            None => "2.0",
        };
        if let Some(score) = (scale.score)(vector) {
            raise(&mut best, version, score);
        }
    }
    best
}

fn raise(scores: &mut Scores, version: &str, score: f64) {
    let highest = scores.entry(version.to_owned()).or_insert(score);
    *highest = highest.max(score);
}

fn as_one(scores: Scores) -> Scores {
    let mut all = Scores::new();
    for (version, score) in scores {
        let three = THREE.contains(&version.as_str());
        raise(&mut all, if three { "3" } else { &version }, score);
    }
    all
}
