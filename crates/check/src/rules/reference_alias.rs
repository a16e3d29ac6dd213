//! Owns the rule `reference-alias`: an id whose page is linked to is an alias or related.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::destination::{Destination, destination, place};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "reference-alias",
    says: "an id whose page is linked to is an alias or related",
    why: "Scanners join databases by `aliases` alone. If the id of the same flaw stands only in a link, the flaw \
        is reported twice, and whoever searches by that id finds nothing.",
    example: r#"[[reference]]
type = "advisory"
url = "https://rustsec.org/advisories/RUSTSEC-2026-0001.html"
"#,
    instead: r#"aliases = ["CVE-2026-12345", "RUSTSEC-2026-0001"]

[[reference]]
type = "advisory"
url = "https://rustsec.org/advisories/RUSTSEC-2026-0001.html"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let known = |id: &str| {
        let mut ids = advisory
            .aliases
            .iter()
            .chain(&advisory.related)
            .chain(&advisory.upstream)
            .chain(&advisory.id);
        ids.any(|other| other.eq_ignore_ascii_case(id))
    };
    for (at, link) in advisory.references.iter().enumerate() {
        let Some(Destination::Advisory(id)) = destination(&link.url) else {
            continue;
        };
        if known(id) {
            continue;
        }
        let field = format!("reference[{at}].url");
        let span = candidate
            .document
            .within(&field, &link.url, place(&link.url, id));
        let message = format!("`{id}` is neither an alias nor related");
        let found = finder.on(&candidate.document, span, message);
        finder.push(
            found.help("add it to `aliases` if it is the same flaw, to `related` if it is another"),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn an_alias_and_a_related_id_may_be_linked_to_in_any_case() {
        for page in [
            "https://nvd.nist.gov/vuln/detail/cve-2026-12345",
            "https://github.com/advisories/GHSA-2f84-9xq5-cvjm",
            "https://github.com/o/r/security/advisories",
        ] {
            let edit = [(
                "\"fix\"\nurl = \"https://example.org/fix",
                &*format!("\"advisory\"\nurl = \"{page}"),
            )];
            assert_eq!(said_after(&edit), "", "{page}");
        }
    }
}
