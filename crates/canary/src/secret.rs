//! Owns one thing that must not be told: its words, what it is, and from which file it comes.
//! Must never be shown: what prints it prints only what it is.

use std::collections::BTreeSet;
use std::fmt;

use caveat_advisory::Consent;

use crate::fold::fold;

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
            Self::Name => (1, 5),
            Self::Evidence => (3, 12),
        }
    }
}

/// Something that must not be told.
#[derive(Clone)]
pub(crate) struct Secret {
    /// Between words of a folded text; without the spaces around it.
    pub(crate) words: Vec<u8>,
    pub(crate) what: What,
    /// The file that it comes from.
    pub(crate) whose: String,
    /// Where a name may stand all the same.
    pub(crate) places: BTreeSet<Consent>,
}

impl Secret {
    /// `None` where the text is too common to be looked for.
    pub(crate) fn new(whose: &str, what: What, text: &str) -> Option<Self> {
        let words = fold(text.as_bytes()).trim_ascii().to_vec();
        let (least_words, least_bytes) = what.least();
        let count = words.split(|byte| *byte == b' ').count();
        let enough = count >= least_words && words.len() >= least_bytes;
        enough.then(|| Self {
            words,
            what,
            whose: whose.to_owned(),
            places: BTreeSet::new(),
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({:?} of {})", self.what, self.whose)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_could_say_is_no_secret_and_what_is_one_is_never_shown() {
        assert!(Secret::new("a", What::Title, "Memory leak").is_none());
        assert!(Secret::new("a", What::Line, "An attacker can read files.").is_none());
        let secret = Secret::new("a", What::Title, "Zanzibar reads `files`").expect("long");
        assert_eq!(format!("{secret:?}"), "Secret(Title of a)");
    }
}
