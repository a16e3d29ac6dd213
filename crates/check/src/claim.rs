//! Owns which versions a text claims to be affected or fixed.
//! Must never take a version of something else for one of the package: where it cannot tell, it is silent.

use std::ops::Range;

use crate::phrases::Phrases;
use crate::prose::whole;

/// What stands before a version that is fixed in it.
const FIXED: [&str; 5] = [
    "fixed in",
    "patched in",
    "resolved in",
    "addressed in",
    "corrected in",
];
/// What stands between a package and a version that bounds it.
const BOUND: [&str; 4] = ["before", "prior to", "affects", "up to"];
/// One of these is in every claim.
static SIGNS: Phrases = Phrases::exact(&["ed in", "before", "prior to", "affects", "up to"]);
/// What may stand before the version without saying whose it is.
const FILLERS: [&str; 6] = [
    "version ",
    "versions ",
    "release ",
    "releases ",
    "the ",
    "v",
];

/// Where each claimed version stands, in a text in small letters. `names` are those of the packages.
pub(crate) fn claims(lower: &str, names: &[String]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !SIGNS.any(lower) {
        return found;
    }
    for phrase in FIXED.iter().chain(&BOUND) {
        for (at, _) in lower.match_indices(phrase) {
            let end = at + phrase.len();
            let spaced = lower[end..].starts_with([' ', '\n']);
            let meant = FIXED.contains(phrase) || is_ours(&lower[..at], names);
            if spaced && whole(lower, at..end) && meant {
                found.extend(version(lower, end, names));
            }
        }
    }
    found
}

/// Is what stands before a bound the package, or versions of no other?
fn is_ours(before: &str, names: &[String]) -> bool {
    const NEAR: usize = 60;
    let start = before.len().saturating_sub(NEAR);
    let start = (start..=before.len()).find(|at| before.is_char_boundary(*at));
    let near = before[start.unwrap_or_default()..].trim_end();
    if near.is_empty() || near.ends_with(['.', '\n', ':', ';']) {
        return true;
    }
    let mut words = near
        .rsplit(|c: char| c.is_whitespace())
        .filter(|word| !word.is_empty());
    let (last, one) = (words.next().unwrap_or_default(), words.next());
    let versions = ["version", "versions", "release", "releases"].contains(&last);
    if versions {
        let plain = [
            "all",
            "any",
            "affected",
            "the",
            "in",
            "to",
            "vulnerable",
            "these",
            "crate",
            "package",
        ];
        return one.is_none_or(|one| plain.contains(&one) || is_name(one, names));
    }
    let this = [
        "this",
        "issue",
        "flaw",
        "vulnerability",
        "bug",
        "it",
        "problem",
    ];
    is_name(last, names) || this.contains(&last)
}

fn is_name(word: &str, names: &[String]) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    names.iter().any(|name| name == word)
}

/// The version that begins after `at` and words that say nothing.
fn version(lower: &str, at: usize, names: &[String]) -> Option<Range<usize>> {
    let mut rest = lower[at..].trim_start();
    loop {
        let filler = FILLERS.iter().find_map(|filler| rest.strip_prefix(filler));
        let name = names
            .iter()
            .find_map(|name| rest.strip_prefix(name.as_str())?.strip_prefix([' ', '@']));
        match filler.or(name) {
            Some(shorter) => rest = shorter.trim_start_matches([' ', '\n', '<', '>', '=']),
            None => break,
        }
    }
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b".+-*".contains(byte);
    let length = rest.bytes().take(64).take_while(part).count();
    let text = rest[..length].trim_end_matches(['.', '-', '+']);
    let start = lower.len() - rest.len();
    let after = rest[text.len()..].trim_start();
    (is_version(text) && !is_of_another(after, names)).then_some(start..start + text.len())
}

/// Numbers with dots, and perhaps a tail with digits; no branch such as `1.x`, no number with a unit.
fn is_version(text: &str) -> bool {
    let dots = text.matches('.').count();
    let digits = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    let parts = text.split(['-', '+']).next().unwrap_or_default();
    let numbers = parts
        .split('.')
        .take(2)
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let last = text.ends_with(|c: char| c.is_ascii_alphanumeric());
    dots > 0
        && digits(text)
        && numbers
        && last
        && !text.split('.').any(|part| part == "x" || part == "*")
}

/// `of OpenSSL`, `branch`, `seconds`: what makes it no version of the package.
fn is_of_another(after: &str, names: &[String]) -> bool {
    let units = [
        "%", "second", "ms", "minute", "gb", "gib", "mb", "mib", "kb", "bytes", "branch", "series",
    ];
    if units.iter().any(|unit| after.starts_with(unit)) {
        return true;
    }
    let Some(of) = after.strip_prefix("of ") else {
        return false;
    };
    let of = of.strip_prefix("the ").unwrap_or(of);
    let whose = of
        .split(|c: char| c.is_whitespace())
        .next()
        .unwrap_or_default();
    let own = [
        "crate", "package", "library", "project", "this", "our", "module", "plugin",
    ];
    let bare = whose.trim_matches(|c: char| !c.is_alphanumeric());
    !own.contains(&bare) && !is_name(whose, names) && !whose.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<&str> {
        let names = ["torch".to_owned(), "py torch".to_owned()];
        claims(text, &names)
            .into_iter()
            .map(|at| &text[at])
            .collect()
    }

    #[test]
    fn the_version_is_cut_out_exactly() {
        assert_eq!(said("fixed in version v1.2.3-rc.1."), ["1.2.3-rc.1"]);
        assert_eq!(said("in py torch prior to 1.2.3, or"), ["1.2.3"]);
        assert_eq!(said("all versions before\n1.2"), ["1.2"]);
        assert_eq!(said("ätorch before torch 1.2"), [""; 0]);
        assert_eq!(said("fixed in 2023, 1.x, 1.*, 5, 1. and so on"), [""; 0]);
    }

    #[test]
    fn hostile_text_is_read_in_one_pass() {
        let hostile =
            "before ".repeat(30_000) + &"fixed in the ".repeat(20_000) + &"v".repeat(50_000);
        assert_eq!(said(&hostile), [""; 0]);
    }
}
