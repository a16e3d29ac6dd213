//! Owns looking for all secrets at once in one pass over folded words.
//! Must never take a part of a word for the word.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

/// An automaton for some words, by their places in the list.
#[derive(Debug)]
pub(crate) struct Search {
    automaton: AhoCorasick,
    /// Which of them may be followed by a letter.
    go_on: Vec<bool>,
}

impl Search {
    /// Words, and whether a letter right behind them makes no other word of them. `None` where there is nothing to look for.
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = (&'w [u8], bool)>) -> Option<Self> {
        let (words, go_on): (Vec<&[u8]>, Vec<bool>) = words.into_iter().unzip();
        if words.is_empty() {
            return None;
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(words);
        // It fails only for more bytes than 32 bits can count.
        automaton.ok().map(|automaton| Self { automaton, go_on })
    }

    /// Which of them are in this folded text, and where.
    pub(crate) fn found<'w>(
        &'w self,
        text: &'w [u8],
    ) -> impl Iterator<Item = (usize, Range<usize>)> + 'w {
        let hits = self.automaton.find_overlapping_iter(text);
        let go_on = |at: usize| self.go_on.get(at).is_some_and(|go_on| *go_on);
        // Folded words begin and end with a space, so that there is something on both sides.
        let whole = move |at: usize, found: &Range<usize>| {
            let behind = text[found.end];
            text[found.start - 1] == b' '
                && (behind == b' ' || (go_on(at) && !behind.is_ascii_digit()))
        };
        hits.map(|hit| (hit.pattern().as_usize(), hit.range()))
            .filter(move |(at, found)| whole(*at, found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[test]
    fn overlapping_secrets_are_all_found_and_parts_of_words_are_not() {
        let words = ["one two three", "two three four", "twofold"];
        let words = words.map(|word| (word.as_bytes(), false));
        let search = Search::new(words).expect("some");
        let found = |text: &str| {
            let text = fold(text.as_bytes());
            search.found(&text).map(|(at, _)| at).collect::<Vec<_>>()
        };
        assert_eq!(found("One, two; three *four*"), [0, 1]);
        assert_eq!(found("one two threefold twofolds"), [0; 0]);
        assert!(Search::new([]).is_none());
    }
}
