//! Owns the rule `text-credit`: no text names a person who did not agree to be named in the advisory.

use caveat_diag::{Level, quoted};

use crate::person::Traces;
use crate::prose::{Kind, Prose};
use crate::rule::{Finder, Rule, Run};
use crate::text::{extras, links};
use crate::unnamed::{repositories, silent};

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
    let credits = silent(prose.candidate);
    if credits.is_empty() {
        return;
    }
    let document = &prose.candidate.document;
    let names: Vec<&str> = prose.names().collect();
    let ours = repositories(finder.facts.project.data());
    let links = links(prose.candidate);
    let extras = extras(prose.candidate);
    let links = links
        .iter()
        .filter(|(field, _)| field.starts_with("reference"))
        .chain(&extras);
    for (at, credit) in credits {
        let traces =
            Traces::of(credit, &ours).filter(|traces| !names.contains(&traces.name.as_str()));
        let Some(traces) = traces else { continue };
        let credit = document.at(&format!("credit[{at}]"));
        let mut found = Vec::new();
        for piece in prose.pieces.iter().filter(|piece| piece.kind != Kind::Name) {
            let place = traces.find(piece.text, &piece.words);
            found.extend(place.map(|place| document.within(&piece.field, piece.text, place)));
        }
        for (field, url) in links.clone() {
            let place = traces.by_name_or_page(url);
            found.extend(place.map(|place| document.within(field, url, place)));
        }
        for span in found {
            let message = format!("{} did not agree to be named here", quoted(&traces.name));
            let found = finder.on(document, span, message);
            let found = found.also(
                document.source(),
                credit.clone(),
                "without `advisory` in `consent`",
            );
            finder
                .push(found.help("say `the finder`, or ask them and add `advisory` to `consent`"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn data_without_a_key_names_nobody_either() {
        let told = "[extra]\nfinder = 'Ann Finder, see below'\n[[credit]]\nname = 'Ann Finder'\nrole = 'finder'\nconsent = []\n";
        assert!(breaks("text-credit", told));
        assert!(breaks(
            "text-credit",
            &told.replace("finder = 'Ann Finder, see below'", "'Ann Finder' = 1")
        ));
        assert!(!breaks("text-credit", &told.replace("[]", "['advisory']")));
    }

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
    fn a_link_to_their_page_names_them_in_a_text_and_in_a_reference() {
        let person = credit("Ann Finder", "'thanks'") + "url = 'https://github.com/annf'\n";
        let said = |text: &str| person.replace("As Ann Finder says, Mark", text);
        assert!(!breaks("text-credit", &said("Mark")));
        assert!(breaks("text-credit", &said("As @annf says, mark")));
        let link = "[[reference]]\ntype = 'report'\nurl = 'https://github.com/AnnF/x/issues/1'\n";
        assert!(breaks("text-credit", &(said("Mark") + link)));
        for slug in ["ann-finder", "Ann%20Finder", "ann_finder"] {
            let link = link.replace("github.com/AnnF", &format!("example.org/{slug}"));
            assert!(breaks("text-credit", &(said("Mark") + &link)), "{slug}");
        }
    }
}
