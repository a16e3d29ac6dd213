//! Owns lists of words that are looked for in one pass: the only door to `aho-corasick`.
//! Must never say more than where words stand: whether they mean anything is for the rules.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// A list of words or phrases.
pub(crate) struct Phrases {
    words: &'static [&'static str],
    /// Are capital ASCII letters taken for small ones?
    fold: bool,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Phrases {
    /// Words as they are written.
    pub(crate) const fn exact(words: &'static [&'static str]) -> Self {
        Self {
            words,
            fold: false,
            automaton: OnceLock::new(),
        }
    }

    /// Words in small or capital letters.
    pub(crate) const fn folded(words: &'static [&'static str]) -> Self {
        Self {
            words,
            fold: true,
            automaton: OnceLock::new(),
        }
    }

    /// Is any of them in this text?
    pub(crate) fn any(&self, text: &str) -> bool {
        self.automaton().is_some_and(|words| words.is_match(text))
    }

    /// Every one in a text, also where two overlap: its number in the list, and where it begins. By where they end.
    pub(crate) fn all(&self, text: &str) -> Vec<(usize, usize)> {
        let Some(words) = self.automaton().filter(|words| words.is_match(text)) else {
            return Vec::new();
        };
        let found = words.find_overlapping_iter(text);
        found
            .map(|found| (found.pattern().as_usize(), found.start()))
            .collect()
    }

    /// Too many words for an automaton cannot be: the lists are short.
    fn automaton(&self) -> Option<&AhoCorasick> {
        let build = || {
            let mut builder = AhoCorasick::builder();
            builder.ascii_case_insensitive(self.fold);
            builder.build(self.words).ok()
        };
        self.automaton.get_or_init(build).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    #[test]
    fn every_word_is_found_once_for_each_place() {
        static WORDS: Phrases = Phrases::folded(&["poc", "proof", "pro"]);
        static EXACT: Phrases = Phrases::exact(&["poc"]);
        assert_eq!(WORDS.all("Proof, POC"), [(2, 0), (1, 0), (0, 7)]);
        assert!(WORDS.any("a PRO") && !WORDS.any("p-o-c"));
        assert!(!EXACT.any("POC"));
    }
}
