//! Owns the rule `impact-sentence`: the impact is one sentence that ends in a full stop.

use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "impact-sentence",
    says: "the impact is one sentence that ends in a full stop",
    why: "The impact is put between other sentences in pages and mails. Without its stop it runs into the \
        next one; what takes two sentences belongs in the description.",
    example: r#"impact = "Code runs. Files are read"
"#,
    instead: r#"impact = "Whoever supplies a file runs code in the process that reads it."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let Some(impact) = prose.piece("impact") else {
        return;
    };
    let end = impact.text.trim_end().len();
    if end == 0 {
        return;
    }
    if let Some(at) = second_sentence(&impact.open) {
        let found = prose.at(
            finder,
            impact,
            at..end,
            "the impact goes on after its first sentence",
        );
        finder.push(found.help(
            "keep the sentence that says what an attacker gains; the rest belongs in `description`",
        ));
    } else if !impact.text[..end].ends_with(['.', '!', '?', '…', '。']) && !closes(impact.text) {
        let last = impact.text[..end]
            .chars()
            .next_back()
            .map_or(0, char::len_utf8);
        let found = prose.at(
            finder,
            impact,
            end - last..end,
            "the impact does not end in a full stop",
        );
        finder.push(found.help("end the sentence with `.`"));
    }
}

/// A stop before a closing quote or bracket is a stop.
fn closes(text: &str) -> bool {
    let inner = text
        .trim_end()
        .trim_end_matches(['"', '\'', ')', '”', '’', '»']);
    inner.len() < text.trim_end().len() && inner.ends_with(['.', '!', '?'])
}

/// Where another sentence begins: after a stop and a space, with a capital letter.
fn second_sentence(text: &str) -> Option<usize> {
    let mut ends = text.match_indices(['.', '!', '?']);
    ends.find_map(|(at, sign)| {
        let rest = &text[at + 1..];
        let start = rest.trim_start();
        let capital = start.starts_with(char::is_uppercase) && start.len() < rest.len();
        let stop = sign != "." || !is_abbreviation(&text[..at]);
        (capital && stop).then(|| text.len() - start.len())
    })
}

/// Does the word before a stop end in one anyway?
fn is_abbreviation(before: &str) -> bool {
    const SHORT: [&str; 10] = [
        "vs", "etc", "cf", "dr", "st", "inc", "ltd", "no", "resp", "approx",
    ];
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    let lower = word.to_ascii_lowercase();
    word.chars().count() <= 1 || word.contains('.') || SHORT.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn stops_within_a_sentence_do_not_end_it() {
        for impact in [
            "Files of version 1.2 and e.g. Windows paths are read.",
            "Acme Inc. Servers leak memory.",
            "The call `a. B` runs code.",
            "Node.js Servers stop.",
            "It says \"no.\"",
            "Who reads `x`? nobody.",
        ] {
            assert!(
                !breaks("impact-sentence", &format!("impact = '{impact}'")),
                "{impact}"
            );
        }
        for impact in [
            "Code runs",
            "Code runs. It is bad.",
            "Runs `code`",
            "Oh! Dear.",
        ] {
            assert!(
                breaks("impact-sentence", &format!("impact = '{impact}'")),
                "{impact}"
            );
        }
    }
}
