//! Owns telling a text that is not English: its words would be read wrongly, or not at all.
//! Must never name the language: a few small words do not prove one.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::page::Page;

/// Small words of English, and such of other languages that English does not have.
const ENGLISH: &str =
    " the and of to is we you a in for with please be will are this not or if by on it our ";
const OTHERS: &str = " der die das und nicht wir sie ist ein eine bitte oder mit auf für zu den von le les des est nous vous \
    et une dans pour pas sur avec ne el los las es que por para una con del nos si no se em os as um uma não nós il gli che \
    di per non è sono och att inte det vi som het een van niet wij og ikke til af på av nie jest się lub и не в на мы по что \
    的 を に は が て します 请 不 ";

/// As many words as prove anything.
const LEAST: usize = 12;

/// The first sentence of a text whose small words are mostly not English.
pub(super) fn other(page: &Page) -> Option<Range<usize>> {
    let known: BTreeSet<&str> = ENGLISH.split_whitespace().collect();
    let strange: BTreeSet<&str> = OTHERS.split_whitespace().collect();
    let mut english = 0;
    let mut others = 0;
    let mut foreign = 0;
    let mut letters = 0;
    for (_, part) in page.sentences.iter().take(500) {
        for word in part
            .lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            let is_english = known.contains(word);
            english += usize::from(is_english);
            others += usize::from(!is_english && strange.contains(word));
        }
        letters += part.lower.chars().filter(|c| c.is_alphabetic()).count();
        foreign += part
            .lower
            .chars()
            .filter(|c| c.is_alphabetic() && *c >= '\u{370}')
            .count();
    }
    let script = letters > 20 && foreign * 2 > letters;
    let words = others >= LEAST / 2 && english + others >= LEAST && others > english;
    let first = page.sentences.first().map(|(_, part)| part.at.clone());
    first.filter(|_| script || words)
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    #[test]
    fn small_words_tell_a_language() {
        for text in [
            "Bitte melden Sie die Lücke nicht in den Issues, und wir antworten Ihnen mit der Antwort, die für Sie ist, auf Deutsch.\n",
            "Nous vous prions de ne pas publier les failles dans le suivi, et nous répondons dans les jours pour une analyse.\n",
            "Пожалуйста, не публикуйте уязвимости и напишите нам на почту.\n",
            "脆弱性を見つけた場合は、公開せずに私たちに連絡してください。お願いします。\n",
        ] {
            assert!(facts(text).language.is_some(), "{text}");
        }
        for text in [
            "Please report the flaw to us and do not open an issue, we will get to it.\n",
            "Mail: a@b.org\n",
            "Die hard.\n",
            "",
        ] {
            assert!(facts(text).language.is_none(), "{text}");
        }
    }
}
