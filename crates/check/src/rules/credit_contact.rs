//! Owns the rule `credit-contact`: the name in a credit is a name.

use caveat_diag::Level;

use crate::address::{mail, web};
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "credit-contact",
    says: "the name in a credit is a name",
    why: "The name is printed as it stands, in pages, mails and records that others copy for ever. A mail \
        address in it is read by everybody who collects them.",
    example: r#"[[credit]]
name = "A. Finder <finder@mail.example.net>"
role = "finder"
consent = ["advisory"]
"#,
    instead: r#"[[credit]]
name = "A. Finder"
role = "finder"
url = "https://finder.example.net"
consent = ["advisory"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, credit) in candidate.advisory().credits.iter().enumerate() {
        let Some(name) = &credit.name else { continue };
        let place = mail(name).into_iter().next();
        let (place, what) = match place.or_else(|| page(name)) {
            Some(place) if name[place.clone()].contains('@') => (place, "a mail address"),
            Some(place) => (place, "an address"),
            None => continue,
        };
        let field = format!("credit[{at}].name");
        let span = candidate.document.within(&field, name, place);
        let found = finder.on(&candidate.document, span, format!("this name holds {what}"));
        finder.push(found.help(
            "write only the name here; `url` takes a page, or `mailto:` where they want mail",
        ));
    }
}

fn page(name: &str) -> Option<std::ops::Range<usize>> {
    let bare = name.find("www.").map(|at| at..at + 4);
    web(name).into_iter().next().or(bare)
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn handles_and_companies_with_dots_are_names() {
        let name = |name: &str| {
            format!("[[credit]]\nname = '{name}'\nrole = 'finder'\nconsent = ['advisory']")
        };
        for good in [
            "@finder",
            "Example.com Security",
            "A. Finder (Acme Inc.)",
            "f1nd3r at Acme",
        ] {
            assert!(!breaks("credit-contact", &name(good)), "{good}");
        }
        for bad in ["a@b.org", "Finder (https://a.b)", "www.finder.org"] {
            assert!(breaks("credit-contact", &name(bad)), "{bad}");
        }
    }
}
