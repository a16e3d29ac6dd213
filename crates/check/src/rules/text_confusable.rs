//! Owns the rule `text-confusable`: no Latin word holds a letter of another script that looks like its own.

use std::ops::Range;

use caveat_advisory::PackageRef;
use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-confusable",
    says: "no Latin word holds a letter of another script that looks like its own",
    why: "`tоrch` with a Cyrillic letter is another word than `torch`: readers who search for it, or copy \
        the name of the package, find nothing or something else.",
    example: r#"title = "Crafted file crashes tоrch"
"#,
    instead: r#"title = "Crafted file crashes torch"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Prose(judge),
};

/// Cyrillic and Greek letters that nobody can tell from the Latin ones below them.
const LIKE: &str = "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅԌԚԜοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
const LATIN: &str = "aeopcyxijshdqwABEKMHOPCTYXIJSGQWoABEZHIKMNOPTYX";

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.pieces.iter().filter(|piece| !piece.text.is_ascii()) {
        for place in mixed(piece.text) {
            let found = prose.at(finder, piece, place.clone(), message(&piece.text[place]));
            finder.push(found.help("type the word again in one script"));
        }
    }
    let (document, advisory) = (&prose.candidate.document, prose.candidate.advisory());
    for (at, row) in advisory.affected.iter().enumerate() {
        let (field, name) = match &row.package {
            PackageRef::Key(key) => ("package", key),
            PackageRef::Named { name, .. } => ("name", name),
        };
        if let Some(place) = mixed(name).into_iter().next() {
            let field = format!("affected[{at}].{field}");
            let found = finder.at(document, &field, message(&name[place]));
            finder.push(found.help("type the name again, or copy it from the registry"));
        }
    }
}

fn message(word: &str) -> String {
    let odd = word.chars().find_map(|c| Some((c, latin(c)?)));
    let (odd, latin) = odd.unwrap_or((' ', ' '));
    let code = u32::from(odd);
    format!("`{word}` holds U+{code:04X}, which looks like `{latin}` and is not")
}

fn latin(c: char) -> Option<char> {
    LATIN.chars().nth(LIKE.chars().position(|like| like == c)?)
}

/// Words with Latin letters and letters that only look so. `μs`, `Δt` and words of one script are none.
fn mixed(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let place = start..start + word.len();
        let next = text[place.end..].chars().next().map_or(0, char::len_utf8);
        start = place.end + next;
        let own = |c: char| c.is_ascii_alphabetic();
        if !word.is_ascii() && word.contains(own) && word.chars().any(|c| latin(c).is_some()) {
            found.push(place);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{LATIN, LIKE, message, mixed};

    #[test]
    fn each_letter_has_the_one_it_looks_like() {
        assert_eq!(LIKE.chars().count(), LATIN.len());
        assert!(message("tоrch").contains("U+043E, which looks like `o`"));
    }

    #[test]
    fn units_formulas_and_words_of_one_script_are_no_trick() {
        for good in [
            "10μs, Δt, λx, αβ",
            "Привет мир",
            "USB-ключ",
            "Ivančić",
            "Ω",
            "ο",
        ] {
            assert!(mixed(good).is_empty(), "{good}");
        }
        assert_eq!(mixed("a tоrch (Αpache)"), [2..8, 10..17]);
    }
}
