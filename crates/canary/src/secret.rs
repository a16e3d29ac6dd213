//! Owns one thing that must not be told: its words, what it is, and from which file it comes.
//! Must never be shown: what prints it prints only what it is.

use std::collections::BTreeSet;
use std::fmt;

use caveat_advisory::Consent;

use crate::fold::fold;
use crate::id::spellings;

/// What a secret is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Its id, or another name of the flaw.
    Id,
    /// The name of its file.
    File,
    /// Its title.
    Title,
    /// A line of its texts.
    Line,
    /// A word of its texts that is hardly English.
    Word,
    /// A commit.
    Commit,
    /// A function.
    Function,
    /// A link.
    Link,
    /// Somebody's name or page.
    Name,
    /// How it is known that somebody agreed.
    Evidence,
}

impl What {
    /// In a sentence about a file.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Id => "a name of its flaw",
            Self::File => "the name of that file",
            Self::Title => "its title",
            Self::Line => "a line of its text",
            Self::Word => "a word of its text",
            Self::Commit => "a commit that it names",
            Self::Function => "a function that it names",
            Self::Link => "a link that it has",
            Self::Name => "the name or page of somebody who did not agree to be named there",
            Self::Evidence => "how somebody agreed to be named",
        }
    }

    /// How many words and bytes it takes until nobody says the same by chance.
    fn least(self) -> (usize, usize) {
        match self {
            Self::Id => (1, 6),
            Self::File | Self::Title => (3, 14),
            Self::Line => (6, 40),
            Self::Word => (1, 8),
            Self::Commit => (1, 40),
            Self::Function => (2, 12),
            Self::Link => (3, 24),
            // As a whole word; the site's own words are spared.
            Self::Name => (1, 3),
            Self::Evidence => (3, 12),
        }
    }
}

/// Where a secret is written: a maintainer finds it there, and a reader of a log learns nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The file.
    pub file: String,
    /// The field in it; empty where the file itself is the secret.
    pub field: String,
}

impl Source {
    /// A field of a file.
    pub fn new(file: &str, field: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            field: field.into(),
        }
    }

    /// A line of the field, from 1.
    pub(crate) fn line(&self, number: usize) -> Self {
        Self::new(&self.file, format!("{}, line {number} of it", self.field))
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field.as_str() {
            "" => write!(f, "`{}`", self.file),
            field => write!(f, "{field} in `{}`", self.file),
        }
    }
}

/// Something that must not be told.
#[derive(Clone)]
pub(crate) struct Secret {
    /// Between words of a folded text; without the spaces around it.
    pub(crate) words: Vec<u8>,
    pub(crate) what: What,
    /// Where it is written.
    pub(crate) source: Source,
    /// Where a name may stand all the same.
    pub(crate) places: BTreeSet<Consent>,
}

/// So many signs of a script that writes no spaces are a sentence.
const SPACELESS: usize = 8;

impl Secret {
    /// In each of its spellings. None where the text is too common to be looked for.
    pub(crate) fn all(source: &Source, what: What, text: &str) -> Vec<Self> {
        let mut words = fold(text.as_bytes()).trim_ascii().to_vec();
        let spellings = if what == What::Id {
            loosen(&mut words);
            spellings(&words)
        } else {
            vec![words]
        };
        let enough = spellings.into_iter().filter(|words| is_enough(what, words));
        let secret = |words| Self {
            words,
            what,
            source: source.clone(),
            places: BTreeSet::new(),
        };
        enough.map(secret).collect()
    }

    /// Does a letter behind its last digit leave it what it is? `CVE-2026-0001x` tells of `CVE-2026-0001`.
    pub(crate) fn may_go_on(&self) -> bool {
        self.what == What::Id && self.words.last().is_some_and(u8::is_ascii_digit)
    }
}

/// Takes words with underscores apart: a name of a flaw is joined by any sign.
pub(crate) fn loosen(words: &mut [u8]) {
    for byte in words.iter_mut().filter(|byte| **byte == b'_') {
        *byte = b' ';
    }
}

fn is_enough(what: What, words: &[u8]) -> bool {
    let (least_words, least_bytes) = what.least();
    let parts = || words.split(|byte| *byte == b' ');
    if what == What::Evidence && !parts().any(is_telling) {
        return false;
    }
    let sentence = matches!(what, What::Title | What::Line | What::File | What::Evidence);
    let (signs, others): (Vec<&[u8]>, Vec<&[u8]>) =
        parts().partition(|part| sentence && is_sign(part));
    // A word of such a script has two signs or so.
    let count = others.len() + signs.len() / 2;
    let bytes = others.iter().map(|word| word.len() + 1).sum::<usize>() + signs.len() * 2;
    signs.len() >= SPACELESS || (count >= least_words && bytes > least_bytes)
}

/// One character of a script that writes no spaces: it has three bytes or more, and stands alone.
fn is_sign(word: &[u8]) -> bool {
    word.len() <= 4 && word.first().is_some_and(|byte| *byte >= 0xe0)
}

/// Of a bare date, nothing is.
fn is_telling(word: &[u8]) -> bool {
    const DATES: [&[u8]; 17] = [
        b"utc",
        b"gmt",
        b"date",
        b"the",
        b"january",
        b"february",
        b"march",
        b"april",
        b"june",
        b"july",
        b"august",
        b"september",
        b"october",
        b"november",
        b"december",
        b"jan",
        b"feb",
    ];
    const SHORT: [&[u8]; 9] = [
        b"mar", b"apr", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
    ];
    let letters = !word.iter().any(u8::is_ascii_digit);
    letters && word.len() > 2 && !DATES.contains(&word) && !SHORT.contains(&word)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({:?}: {})", self.what, self.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(what: What, text: &str) -> Option<Secret> {
        let mut all = Secret::all(&Source::new("a", "b"), what, text);
        (!all.is_empty()).then(|| all.remove(0))
    }

    #[test]
    fn what_anybody_could_say_is_no_secret_and_what_is_one_is_never_shown() {
        assert!(secret(What::Title, "Memory leak").is_none());
        assert!(secret(What::Line, "An attacker can read files.").is_none());
        let secret = secret(What::Title, "Zanzibar reads `files`").expect("long");
        assert_eq!(format!("{secret:?}"), "Secret(Title: b in `a`)");
    }

    #[test]
    fn a_bare_date_is_no_evidence_and_a_letter_of_a_date_is() {
        for date in ["2026-11-19T10:00:00Z", "19 November 2026, 10:00 UTC"] {
            assert!(secret(What::Evidence, date).is_none(), "{date}");
        }
        assert!(secret(What::Evidence, "Letter of 2 October").is_some());
    }

    #[test]
    fn scripts_without_spaces_are_counted_by_their_signs() {
        for title in ["読み込みで任意のコード", "加载器允许任何人进入"] {
            assert!(secret(What::Title, title).is_some(), "{title}");
            assert!(secret(What::Line, title).is_some(), "{title}");
        }
        assert!(secret(What::Title, "任意代码").is_none());
        assert!(secret(What::Name, "Bob").is_some() && secret(What::Name, "AB").is_none());
    }
}
