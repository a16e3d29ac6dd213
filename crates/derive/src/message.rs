//! Owns what the message of a commit says of other commits, in git's own words.
//! Must never guess: a hash in passing is no pick and no revert.

/// What a message says of other commits: hashes, perhaps abbreviated, in small letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// `(cherry picked from commit HASH)`
    pub picked: Vec<Box<str>>,
    /// `This reverts commit HASH`
    pub reverts: Vec<Box<str>>,
}

/// Git abbreviates to at least seven digits.
const SHORTEST: usize = 7;

/// What this message says of other commits, in lines of their own as git writes them.
pub fn mentions(message: &str) -> Mentions {
    let mut found = Mentions::default();
    for line in message.lines().map(str::trim) {
        if let Some(rest) = after(line, "(cherry picked from commit ") {
            found.picked.extend(hash(rest));
        } else if let Some(rest) = after(line, "This reverts commit ") {
            found.reverts.extend(hash(rest));
        }
    }
    found
}

/// Nobody writes a longer first line, but machines do.
const LONGEST: usize = 400;

/// The first line that is not blank, cut where it is no line for people.
pub fn subject(message: &str) -> &str {
    let mut lines = message.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty()).unwrap_or_default();
    let ends = (0..=LONGEST.min(line.len())).rev();
    let end = ends.into_iter().find(|end| line.is_char_boundary(*end));
    &line[..end.unwrap_or_default()]
}

fn after<'m>(line: &'m str, words: &str) -> Option<&'m str> {
    let start = line.get(..words.len())?;
    start
        .eq_ignore_ascii_case(words)
        .then(|| &line[words.len()..])
}

fn hash(text: &str) -> Option<Box<str>> {
    let digits = text.bytes().take_while(u8::is_ascii_hexdigit).count();
    let ends = text[digits..]
        .chars()
        .next()
        .is_none_or(|next| !next.is_alphanumeric());
    let fits = (SHORTEST..=64).contains(&digits) && ends;
    fits.then(|| text[..digits].to_ascii_lowercase().into())
}

/// The core of a subject: what stays when it is carried to another branch.
pub(crate) fn core(subject: &str) -> &str {
    let mut core = subject.trim();
    while let Some(rest) = core.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        core = rest.1.trim_start_matches([':', ' ']);
    }
    while let Some((rest, number)) = core.rsplit_once(" (#") {
        if !number.strip_suffix(')').is_some_and(is_number) {
            break;
        }
        core = rest;
    }
    core.trim_end()
}

/// The core of a subject and of all that it quotes. What is said to be made again reverts a revert.
pub(crate) fn plain(subject: &str) -> String {
    let core = core(subject);
    let quoted = |words: &str| core.strip_prefix(words)?.strip_suffix('"').map(plain);
    if let Some(inner) = quoted("Revert \"") {
        return format!("Revert \"{inner}\"");
    }
    let again = quoted("Reapply \"").map(|inner| format!("Revert \"Revert \"{inner}\"\""));
    again.unwrap_or_else(|| core.to_owned())
}

/// What a subject says it reverts, in git's words: `Revert "SUBJECT"`.
pub(crate) fn reverted(subject: &str) -> Option<String> {
    // Most subjects quote nothing.
    if !subject.ends_with(['"', ')']) {
        return None;
    }
    let plain = plain(subject);
    let inner = plain.strip_prefix("Revert \"")?.strip_suffix('"')?;
    Some(inner.to_owned())
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_and_reverts_are_read_in_the_words_of_git() {
        let message = "Revert \"Fix\"\n\nThis reverts commit 0123456789ABCDEF0123456789abcdef01234567, reversing\nchanges made to 89ab.\n\n(cherry picked from commit 0123456)\n";
        let found = mentions(message);
        let whole = "0123456789abcdef0123456789abcdef01234567";
        assert_eq!(found.reverts, [Box::from(whole)]);
        assert_eq!(found.picked, [Box::from("0123456")]);
        assert_eq!(subject(message), "Revert \"Fix\"");
    }

    #[test]
    fn a_hash_in_passing_says_nothing() {
        for message in [
            "See commit 0123456789",
            "Unlike what this reverts commit 0123456789",
            "This reverts commit 012345",
            "This reverts commit 0123456789xyz",
            "This reverts commit ",
            "(cherry picked from commit é)",
        ] {
            assert_eq!(mentions(message), Mentions::default(), "{message}");
        }
    }

    #[test]
    fn the_core_of_a_subject_survives_a_backport() {
        for subject in [
            "Fix it",
            "[1.x] Fix it",
            "Fix it (#12)",
            "[1.x][b]: Fix it (#12) (#13)",
        ] {
            assert_eq!(core(subject), "Fix it");
        }
        let reverts = |subject| reverted(subject).unwrap_or_default();
        assert_eq!(reverts("[1.x] Revert \"Fix it (#12)\" (#13)"), "Fix it");
        assert_eq!(reverts("Revert \"Revert \"Fix\"\""), "Revert \"Fix\"");
        assert_eq!(reverts("Reapply \"Fix\""), "Revert \"Fix\"");
        assert_eq!(reverted("Revert it"), None);
        let long = format!("{}{}", "é".repeat(300), " (#1)".repeat(100_000));
        assert!(core(&long).starts_with('é') && subject(&long).len() <= 400);
        assert_eq!(core("[open"), "[open");
        assert_eq!(core("Fix (#x)"), "Fix (#x)");
    }
}
