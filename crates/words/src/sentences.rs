//! Owns the sentences that every view says in the same words.
//! Must never know the medium: plain text, no markup.

use caveat_advisory::{Change, Consent, Credit, CveState, Event};
use caveat_check::{AffectedPackage, Book, Entry, Standing};
use caveat_texts::{Texts, Value};
use caveat_versions::{Interval, Ranges, Upper, Version};

use crate::clocks::{event, is_public};
use crate::day;

/// Is a CVE id requested, and not there yet?
pub fn cve_is_pending(entry: &Entry) -> bool {
    let mut aliases = entry.advisory.aliases.iter();
    entry.advisory.cve == Some(CveState::Pending) && !aliases.any(|alias| alias.starts_with("CVE-"))
}

/// Versions and state of what is not affected, or was not looked at: `PyTorch: all versions before 1.0.0`.
pub fn standing(texts: &Texts, one: &Standing) -> String {
    let versions = standing_versions(texts, one);
    format!("{}: {versions}", one.package.title)
}

/// The versions alone.
pub fn standing_versions(texts: &Texts, one: &Standing) -> String {
    if one.branches.is_empty() {
        return texts.word("range.all");
    }
    let branches = one.branches.iter();
    both(texts, branches.map(|branch| range(texts, branch)).collect())
}

/// Why it was published before its time.
pub fn published_early(entry: &Entry) -> Option<&str> {
    let embargo = entry.advisory.embargo.as_ref()?;
    embargo.ended_early.as_deref().map(str::trim)
}

/// A branch in words.
pub fn range(texts: &Texts, branch: &Interval) -> String {
    let say =
        |key: &str, version: &Version| texts.say(key, &[("version", version.to_string().into())]);
    let both = |key: &str, from: &Version, to: &Version| {
        texts.say(
            key,
            &[
                ("from", from.to_string().into()),
                ("to", to.to_string().into()),
            ],
        )
    };
    match (branch.lower(), branch.upper()) {
        (None, Upper::Open) => texts.word("range.all"),
        (None, Upper::Fixed(fixed)) => say("range.before", fixed),
        (None, Upper::LastAffected(last)) => say("range.up-to", last),
        (Some(lower), Upper::Open) => say("range.from", lower),
        (Some(lower), Upper::Fixed(fixed)) => both("range.between", lower, fixed),
        (Some(lower), Upper::LastAffected(last)) if lower == last => say("range.only", lower),
        (Some(lower), Upper::LastAffected(last)) => both("range.through", lower, last),
    }
}

/// Whether it is known to be exploited. None where the policy does not tell that, or where there is no flaw.
pub fn exploitation(texts: &Texts, book: &Book, entry: &Entry) -> Option<String> {
    let hidden = !is_public(book, Event::Exploited);
    if hidden || entry.advisory.withdrawn.is_some() {
        return None;
    }
    Some(match event(book, entry, Event::Exploited) {
        Some(at) => texts.say("exploitation.known", &[("day", day(at).into())]),
        None => texts.word("exploitation.none"),
    })
}

/// The versions of a package before, between and after its affected branches, in words; without those of which more is said.
pub fn unaffected(texts: &Texts, entry: &Entry, affected: &AffectedPackage) -> Vec<String> {
    let left = unaffected_branches(entry, affected);
    left.iter().map(|gap| range(texts, gap)).collect()
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
pub fn change(texts: &Texts, change: &Change) -> String {
    let field = ("field", Value::from(&change.field));
    match (&change.from, &change.to) {
        (Some(from), Some(to)) => texts.say(
            "change.to",
            &[field, ("from", from.into()), ("to", to.into())],
        ),
        (None, Some(to)) => texts.say("change.added", &[field, ("to", to.into())]),
        (Some(from), None) => texts.say("change.removed", &[field, ("from", from.into())]),
        (None, None) => texts.say("change.changed", &[field]),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn either(texts: &Texts, words: Vec<String>) -> String {
    joined(texts, "list.or", words)
}

/// `a`, `a and b`, `a, b and c`.
pub fn both(texts: &Texts, words: Vec<String>) -> String {
    joined(texts, "list.and", words)
}

fn joined(texts: &Texts, key: &str, mut words: Vec<String>) -> String {
    let Some(last) = words.pop() else {
        return String::new();
    };
    if words.is_empty() {
        return last;
    }
    texts.say(
        key,
        &[("all", words.join(", ").into()), ("last", last.into())],
    )
}

/// The same in English, with any word.
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
    use caveat_texts::Texts;
    use caveat_versions::{Interval, Order, Upper, Version};

    use super::{both, either, join, range};

    #[test]
    fn branches_are_called_what_records_call_them() {
        let version = |text: &str| Version::parse(Order::SemVer, text).expect("a version");
        let one = || version("1.0.0");
        let uppers = || {
            [
                Upper::Open,
                Upper::Fixed(version("2.0.0")),
                Upper::LastAffected(one()),
            ]
        };
        for lower in [None, Some(one()), Some(version("0.9.0"))] {
            for upper in uppers() {
                let branch = Interval::new(lower.clone(), upper).expect("versions");
                assert_eq!(range(Texts::english(), &branch), branch.words());
            }
        }
    }

    #[test]
    fn lists_read_like_prose_in_each_language() {
        let german = Texts::new("de", None).expect("German");
        let words = || ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(both(&german, words()), "a, b und c");
        assert_eq!(either(Texts::english(), words()), "a, b or c");
        assert_eq!(either(Texts::english(), vec!["a".to_owned()]), "a");
        assert_eq!(either(Texts::english(), Vec::new()), "");
    }

    #[test]
    fn lists_read_like_prose() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(join(words(&[]), "or"), "");
        assert_eq!(join(words(&["a"]), "or"), "a");
        assert_eq!(join(words(&["a", "b", "c"]), "or"), "a, b or c");
    }
}
