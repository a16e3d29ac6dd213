//! Owns the rule `text-credit`: no text names a person who did not agree to be named in the advisory.

use std::ops::Range;

use caveat_advisory::{Consent, CreditRole};
use caveat_diag::{Level, quoted};

use crate::prose::{Kind, Prose, whole};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-credit",
    says: "no text names a person who did not agree to be named in the advisory",
    why: "`consent` keeps a name out of everything that is published, except out of the text. Whoever did \
        not agree is named there against their will, in every copy.",
    example: r#"workaround = "Use the settings that A. Finder proposed."
[[credit]]
name = "A. Finder"
role = "finder"
consent = ["thanks"]
"#,
    instead: r#"workaround = "Use the settings that the finder proposed."
[[credit]]
name = "A. Finder"
role = "finder"
consent = ["thanks"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let document = &prose.candidate.document;
    for (at, name) in silent(prose) {
        for piece in prose.pieces.iter().filter(|piece| piece.kind != Kind::Name) {
            let Some(place) = named(piece.text, name) else {
                continue;
            };
            let message = format!("{} did not agree to be named here", quoted(name));
            let credit = document.at(&format!("credit[{at}]"));
            let found = prose.at(finder, piece, place, message).also(
                document.source(),
                credit,
                "without `advisory` in `consent`",
            );
            finder
                .push(found.help("say `the finder`, or ask them and add `advisory` to `consent`"));
        }
    }
}

/// People who are credited and never agreed to be named in the advisory. Tools are nobody.
fn silent<'a>(prose: &'a Prose<'_>) -> Vec<(usize, &'a str)> {
    let credits = &prose.candidate.advisory().credits;
    let agreed = |name: &str| {
        let named = credits
            .iter()
            .filter_map(|credit| credit.name_for(Consent::Advisory));
        named.into_iter().any(|other| person(other) == person(name))
    };
    let packages: Vec<&str> = prose.names().collect();
    let mut all = Vec::new();
    for (at, credit) in credits.iter().enumerate() {
        let Some(name) = credit.name.as_deref() else {
            continue;
        };
        let tool = credit.role == CreditRole::Tool || packages.contains(&name.trim());
        if credit.name_for(Consent::Advisory).is_none() && !tool && !agreed(name) {
            all.push((at, person(name)));
        }
    }
    all
}

/// The name without a company in brackets or after a comma.
pub(crate) fn person(name: &str) -> &str {
    let end = name.find(" (").or_else(|| name.find(','));
    name[..end.unwrap_or(name.len())].trim()
}

fn named(text: &str, name: &str) -> Option<Range<usize>> {
    // Two letters are initials at best, and stand in too many words' places.
    if name.chars().count() < 3 {
        return None;
    }
    let mut hits = text.match_indices(name).map(|(at, _)| at..at + name.len());
    hits.find(|place| whole(text, place.clone()))
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::tests::breaks;

    fn credit(name: &str, consent: &str) -> String {
        let text = "workaround = 'As Ann Finder says, Mark the file.'";
        format!("{text}\n[[credit]]\nname = '{name}'\nrole = 'finder'\nconsent = [{consent}]\n")
    }

    #[test]
    fn who_agreed_may_be_named_and_who_did_not_is_found_without_the_company() {
        assert!(breaks("text-credit", &credit("Ann Finder", "'thanks'")));
        assert!(breaks("text-credit", &credit("Ann Finder (Acme)", "")));
        assert!(!breaks("text-credit", &credit("Ann Finder", "'advisory'")));
        let twice = credit("Ann Finder", "")
            + &credit("Ann Finder", "'advisory'").replace("workaround", "#");
        assert!(!breaks("text-credit", &twice));
        assert!(!breaks("text-credit", &credit("Ann Find", "")));
        assert!(!breaks("text-credit", &credit("Bob", "")));
    }

    #[test]
    fn parts_of_words_and_initials_name_nobody() {
        assert_eq!(named("Finders keep it", "Finder"), None);
        assert_eq!(named("AF", "AF"), None);
        assert_eq!(named("by Finder.", "Finder"), Some(3..9));
    }
}
