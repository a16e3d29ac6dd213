//! Owns the sentences that every view says in the same words.
//! Must never know the medium: plain text, no markup.

use caveat_advisory::{Change, Consent, Credit, Event, Withdrawal};
use caveat_check::{AffectedPackage, Book, Entry, Fix, Standing};
use caveat_versions::{Interval, Ranges, Upper, Version};

use crate::clocks::{event, is_public};
use crate::day;

/// What somebody who uses one of the packages has to do.
pub struct Action<'a> {
    /// The package.
    pub affected: &'a AffectedPackage,
    /// First fixed version of each branch, ascending.
    pub targets: Vec<&'a Version>,
    /// The sentence.
    pub sentence: String,
}

/// Is a CVE id requested, and not there yet?
pub fn cve_is_pending(entry: &Entry) -> bool {
    let mut aliases = entry.advisory.aliases.iter();
    entry.advisory.cve.is_some() && !aliases.any(|alias| alias.starts_with("CVE-"))
}

/// One action per package.
pub fn actions(entry: &Entry) -> Vec<Action<'_>> {
    let withdrawn = entry.advisory.withdrawn.as_ref();
    entry
        .affected
        .iter()
        .map(|affected| action(affected, withdrawn))
        .collect()
}

fn action<'a>(affected: &'a AffectedPackage, withdrawn: Option<&Withdrawal>) -> Action<'a> {
    let title = &affected.package.title;
    let targets = affected.targets();
    let unfixed = affected
        .branches
        .iter()
        .filter(|branch| branch.fixed().is_none());
    let unfixed: Vec<String> = unfixed.map(Interval::words).collect();
    let waits = affected.fix_unreleased;
    let list = join(targets.iter().map(ToString::to_string).collect(), "or");
    let mut sentence = match (withdrawn, targets.len(), unfixed.is_empty()) {
        (Some(withdrawn), ..) => retracted(title, withdrawn),
        (_, 0, _) if waits => format!("A fix for {title} is made; no release has it yet."),
        (_, 0, _) => format!("No fixed version of {title} is known."),
        (_, 1, true) => format!("Upgrade {title} to {list} or later."),
        (_, _, true) => {
            format!("Upgrade {title} to {list}, or to a later version of the same branch.")
        }
        _ => {
            let unfixed = join(unfixed, "and");
            let fix = if waits {
                format!("no release has the fix for {unfixed} yet")
            } else {
                format!("no fix is known for {unfixed}")
            };
            format!("Upgrade {title} to {list}, or to a later version of the same branch; {fix}.")
        }
    };
    let targets = if withdrawn.is_some() {
        Vec::new()
    } else {
        for note in affected.fixes.iter().map(fix_note) {
            sentence.push_str(&format!(" {note}"));
        }
        targets
    };
    Action {
        affected,
        targets,
        sentence,
    }
}

/// What is to be known of a fix, as sentences.
pub fn fix_note(fix: &Fix) -> String {
    let version = &fix.version;
    let never = fix.upgrade_to.as_ref();
    let never = never.map(|to| format!("{version} was never released; {to} is next."));
    let who = fix.availability.as_ref();
    let who = who.map(|who| format!("{version}: {}", who.trim()));
    let both: Vec<String> = never.into_iter().chain(who).collect();
    both.join(" ")
}

/// Versions and state of what is not affected, or was not looked at: `PyTorch: all versions before 1.0.0`.
pub fn standing(one: &Standing) -> String {
    format!("{}: {}", one.package.title, standing_versions(one))
}

/// The versions alone.
pub fn standing_versions(one: &Standing) -> String {
    if one.branches.is_empty() {
        return "all versions".to_owned();
    }
    join(one.branches.iter().map(Interval::words).collect(), "and")
}

/// Why it was published before its time.
pub fn published_early(entry: &Entry) -> Option<&str> {
    let embargo = entry.advisory.embargo.as_ref()?;
    embargo.ended_early.as_deref().map(str::trim)
}

fn retracted(title: &str, withdrawn: &Withdrawal) -> String {
    if withdrawn.replaced_by.is_empty() {
        return format!("Nothing to do for {title}: this advisory was withdrawn.");
    }
    let successors = join(withdrawn.replaced_by.clone(), "and");
    format!("Follow {successors} for {title}: this advisory was withdrawn.")
}

/// Whether it is known to be exploited. None where the policy does not tell that, or where there is no flaw.
pub fn exploitation(book: &Book, entry: &Entry) -> Option<String> {
    let hidden = !is_public(book, Event::Exploited);
    if hidden || entry.advisory.withdrawn.is_some() {
        return None;
    }
    Some(match event(book, entry, Event::Exploited) {
        Some(at) => format!("Known to be exploited since {}.", day(at)),
        None => "This advisory records no exploitation.".to_owned(),
    })
}

/// The versions of a package before, between and after its affected branches, in words; without those of which more is said.
pub fn unaffected(entry: &Entry, affected: &AffectedPackage) -> Vec<String> {
    let left = unaffected_branches(entry, affected);
    left.iter().map(Interval::words).collect()
}

/// The same versions as branches, ascending.
pub fn unaffected_branches(entry: &Entry, affected: &AffectedPackage) -> Vec<Interval> {
    let told = entry.statuses.iter();
    let mut told = told
        .filter(|one| one.package == affected.package)
        .peekable();
    let clear = clear(affected);
    if told.peek().is_none() {
        return clear;
    }
    let left = told.fold(Ranges::merge(&clear), |left, one| match &one.branches[..] {
        [] => Ranges::default(),
        branches => left.difference(&Ranges::merge(branches)),
    });
    left.branches().unwrap_or_default()
}

/// Before the first branch, between two, and after the last, where a fix ends it.
fn clear(affected: &AffectedPackage) -> Vec<Interval> {
    let branches = &affected.branches;
    let first = branches.first().and_then(Interval::lower).cloned();
    let before = first.and_then(|first| Interval::new(None, Upper::Fixed(first)));
    let mut clear: Vec<Interval> = before.into_iter().collect();
    for (at, branch) in branches.iter().enumerate() {
        let next = branches.get(at + 1).and_then(Interval::lower);
        let Some(fixed) = branch.fixed().cloned() else {
            continue;
        };
        let upper = next.map_or(Upper::Open, |next| Upper::Fixed(next.clone()));
        clear.extend(Interval::new(Some(fixed), upper));
    }
    clear
}

/// One changed field in words: `severity: high, was low`.
pub fn change(change: &Change) -> String {
    let field = &change.field;
    match (&change.from, &change.to) {
        (Some(from), Some(to)) => format!("{field}: {to} (was: {from})"),
        (None, Some(to)) => format!("{field}: added {to}"),
        (Some(from), None) => format!("{field}: removed {from}"),
        (None, None) => format!("{field}: changed"),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn join(mut words: Vec<String>, last: &str) -> String {
    let Some(end) = words.pop() else {
        return String::new();
    };
    if words.is_empty() {
        return end;
    }
    format!("{} {last} {end}", words.join(", "))
}

/// Everybody who may be named there with what they did, and how many may not.
pub fn credits(entry: &Entry, place: Consent) -> (Vec<(&Credit, &str)>, usize) {
    let all = &entry.advisory.credits;
    let named: Vec<_> = all
        .iter()
        .filter_map(|credit| Some((credit, credit.name_for(place)?)))
        .collect();
    let unnamed = all.len() - named.len();
    (named, unnamed)
}

/// The same in words, a line each: `A. Finder (reporter)`, and last that there are others.
pub fn thanked(entry: &Entry, place: Consent) -> Vec<String> {
    let (named, unnamed) = credits(entry, place);
    let line = |(credit, name): &(&Credit, &str)| {
        let role = credit.role.label().to_lowercase();
        format!("{} ({role})", name.trim())
    };
    let mut lines: Vec<String> = named.iter().map(line).collect();
    match unnamed {
        0 => {}
        1 => lines.push("one person who is not named here".to_owned()),
        _ => lines.push("people who are not named here".to_owned()),
    }
    lines
}

/// Which versions of a package a branch holds.
pub fn affected(affected: &AffectedPackage, branch: &Interval) -> String {
    format!("{} {}", affected.package.title, branch.words())
}

/// From where to where one branch is upgraded; none where no version fixes it.
pub fn upgrade(affected: &AffectedPackage, branch: &Interval) -> Option<String> {
    let target = affected.target(branch)?;
    Some(match branch.lower() {
        None => format!("Upgrade from any earlier version to {target}."),
        Some(lower) => format!("Upgrade from {lower}, or any version since, to {target}."),
    })
}

/// Features without which a package is not affected.
pub fn only_with(affected: &AffectedPackage) -> Option<String> {
    let features = join(affected.features.clone(), "or");
    (!features.is_empty()).then(|| format!("Only with the feature {features}."))
}

/// All packages by title, each once.
pub fn products(entry: &Entry) -> String {
    let mut titles: Vec<String> = Vec::new();
    for affected in &entry.affected {
        if !titles.contains(&affected.package.title) {
            titles.push(affected.package.title.clone());
        }
    }
    join(titles, "and")
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn lists_read_like_prose() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(join(words(&[]), "or"), "");
        assert_eq!(join(words(&["a"]), "or"), "a");
        assert_eq!(join(words(&["a", "b", "c"]), "or"), "a, b or c");
    }
}
