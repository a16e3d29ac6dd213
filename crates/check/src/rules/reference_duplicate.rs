//! Owns the rule `reference-duplicate`: a link is given once.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "reference-duplicate",
    says: "a link is given once",
    why: "A link that is given twice makes readers open it twice.",
    example: r#"[[reference]]
type = "fix"
url = "https://example.org/fix"

[[reference]]
type = "fix"
url = "https://example.org/fix"
"#,
    instead: r#"[[reference]]
type = "fix"
url = "https://example.org/fix"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let links = &candidate.advisory().references;
    for (at, link) in links.iter().enumerate() {
        let Some(first) = links[..at].iter().position(|other| other == link) else {
            continue;
        };
        let found = finder
            .at(
                document,
                &format!("reference[{at}].url"),
                "this link is given twice",
            )
            .also(
                document.source(),
                document.at(&format!("reference[{first}].url")),
                "first given here",
            );
        let field = format!("reference[{at}]");
        let found = crate::mend::table(found, document, &field, &["type", "url"]);
        finder.push(found.help("remove one of the two"));
    }
}
