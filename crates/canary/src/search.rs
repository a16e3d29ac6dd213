//! Owns looking for all secrets at once in one pass over folded words.
//! Must never take a part of a word for the word.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::secret::Secret;

/// An automaton for some secrets, by their places in the list.
#[derive(Debug)]
pub(crate) struct Search {
    automaton: AhoCorasick,
}

impl Search {
    /// `None` where there is nothing to look for.
    pub(crate) fn new(secrets: &[Secret]) -> Option<Self> {
        if secrets.is_empty() {
            return None;
        }
        let words = secrets.iter().map(|secret| &secret.words);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(words);
        // It fails only for more bytes of secrets than 32 bits can count.
        automaton.ok().map(|automaton| Self { automaton })
    }

    /// Which secrets are in these words.
    pub(crate) fn found<'w>(&'w self, words: &'w [u8]) -> impl Iterator<Item = usize> + 'w {
        let hits = self.automaton.find_overlapping_iter(words);
        let whole = |start: usize, end: usize| words[start - 1] == b' ' && words[end] == b' ';
        // Folded words begin and end with a space, so that there is something on both sides.
        hits.filter(move |hit| whole(hit.start(), hit.end()))
            .map(|hit| hit.pattern().as_usize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;
    use crate::secret::What;

    #[test]
    fn overlapping_secrets_are_all_found_and_parts_of_words_are_not() {
        let secret = |text| Secret::new("a", What::Id, text).expect("long enough");
        let secrets = ["one two three", "two three four", "twofold"].map(secret);
        let search = Search::new(&secrets).expect("some");
        let found = |text: &str| search.found(&fold(text.as_bytes())).collect::<Vec<_>>();
        assert_eq!(found("One, two; three *four*"), [0, 1]);
        assert_eq!(found("one two threefold twofolds"), [0; 0]);
    }
}
