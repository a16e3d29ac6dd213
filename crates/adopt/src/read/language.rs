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

/// How words begin that policies of other languages have, and English does not.
const OF_POLICIES: [&str; 25] = [
    "sicherheit",
    "schwachstell",
    "melde",
    "meldung",
    "unterstützt",
    "bitte",
    "antwort",
    "lücke",
    "sécurité",
    "vulnérabilité",
    "veuillez",
    "réponse",
    "seguridad",
    "vulnerabilidad",
    "informe",
    "respuesta",
    "segurança",
    "resposta",
    "sicurezza",
    "risposta",
    "beveilig",
    "säkerhet",
    "sårbarhet",
    "bezpiecze",
    "zgłoś",
];

/// Does a short text have three such words, and next to none of English?
fn is_short_other(page: &Page) -> bool {
    let known: BTreeSet<&str> = ENGLISH.split_whitespace().collect();
    let shared = ["no", "die", "non", "as", "on", "in", "a"];
    let mut english = 0;
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for part in page.parts.iter().take(200) {
        for word in part
            .lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
        {
            english += usize::from(known.contains(word) && !shared.contains(&word));
            let sign = OF_POLICIES.iter().find(|sign| word.starts_with(**sign));
            found.extend(sign.copied());
        }
    }
    found.len() >= 3 && english < 2
}

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
    first.filter(|_| script || words || is_short_other(page))
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    #[test]
    fn a_short_text_in_another_language_has_its_address_and_its_table() {
        let text = "# Sicherheit\n\nSchwachstellen melden: a@b.org\n\n| Version | Unterstützt |\n|---|---|\n| 3.x | ja |\n| 2.x | nein |\n";
        let found = facts(text);
        assert_eq!(found.routes.len(), 1);
        let status = found
            .rows
            .iter()
            .map(|row| row.status.as_ref().map(|said| said.value.as_str()));
        assert_eq!(
            status.collect::<Vec<_>>(),
            [Some("full"), Some("end-of-life")]
        );
    }

    #[test]
    fn small_words_tell_a_language() {
        for text in [
            "Bitte melden Sie die Lücke nicht in den Issues, und wir antworten Ihnen mit der Antwort, die für Sie ist, auf Deutsch.\n",
            "Nous vous prions de ne pas publier les failles dans le suivi, et nous répondons dans les jours pour une analyse.\n",
            "Пожалуйста, не публикуйте уязвимости и напишите нам на почту.\n",
            "# Sicherheit\n\nSchwachstellen melden: a@b.org\n\n| Version | Unterstützt |\n|---|---|\n| 3.x | ja |\n",
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
