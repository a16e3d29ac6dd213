//! Owns looking for all secrets at once in one pass over folded words.
//! Must never take a part of a word for the word.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

/// An automaton for some words, by their places in the list.
#[derive(Debug)]
pub(crate) struct Search {
    automaton: AhoCorasick,
}

impl Search {
    /// `None` where there is nothing to look for.
    pub(crate) fn new<'w>(words: impl IntoIterator<Item = &'w [u8]>) -> Option<Self> {
        let mut words = words.into_iter().peekable();
        words.peek()?;
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(words);
        // It fails only for more bytes than 32 bits can count.
        automaton.ok().map(|automaton| Self { automaton })
    }

    /// Which of them are in this folded text, and where.
    pub(crate) fn found<'w>(
        &'w self,
        text: &'w [u8],
    ) -> impl Iterator<Item = (usize, Range<usize>)> + 'w {
        let hits = self.automaton.find_overlapping_iter(text);
        let whole = |start: usize, end: usize| text[start - 1] == b' ' && text[end] == b' ';
        // Folded words begin and end with a space, so that there is something on both sides.
        hits.filter(move |hit| whole(hit.start(), hit.end()))
            .map(|hit| (hit.pattern().as_usize(), hit.range()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[test]
    fn overlapping_secrets_are_all_found_and_parts_of_words_are_not() {
        let words = ["one two three", "two three four", "twofold"];
        let search = Search::new(words.map(str::as_bytes)).expect("some");
        let found = |text: &str| {
            let text = fold(text.as_bytes());
            search.found(&text).map(|(at, _)| at).collect::<Vec<_>>()
        };
        assert_eq!(found("One, two; three *four*"), [0, 1]);
        assert_eq!(found("one two threefold twofolds"), [0; 0]);
        assert!(Search::new([]).is_none());
    }
}
