//! Owns the rule `reference-type`: a link has the type of what is behind it.

use caveat_advisory::ReferenceType;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::destination::{Destination, destination};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "reference-type",
    says: "a link has the type of what is behind it",
    why: "Tools look for the fix among the links of type `fix` and compute affected versions from its commit; \
        readers look for the word of others among the advisories. A commit that is called `web` is found by neither.",
    example: r#"[[reference]]
type = "web"
url = "https://github.com/pytorch/pytorch/commit/0123456789abcdef0123456789abcdef01234567"
"#,
    instead: r#"[[reference]]
type = "fix"
url = "https://github.com/pytorch/pytorch/commit/0123456789abcdef0123456789abcdef01234567"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    // Without a fix, a commit tells of something else: that the project was given up, perhaps.
    let fixed = (0..candidate.rows.len())
        .flat_map(|row| candidate.intervals(row))
        .any(|(_, branch)| branch.fixed().is_some());
    for (at, link) in candidate.advisory().references.iter().enumerate() {
        let to =
            destination(&link.url).filter(|to| fixed || matches!(to, Destination::Advisory(_)));
        let Some((what, help)) = to.and_then(|to| wrong(&to, link.kind)) else {
            continue;
        };
        let message = format!("{what} is called `{}` here", link.kind.as_str());
        let found = finder
            .at(
                &candidate.document,
                &format!("reference[{at}].type"),
                message,
            )
            .also(
                candidate.document.source(),
                candidate.document.at(&format!("reference[{at}].url")),
                "leads there",
            );
        finder.push(found.help(help));
    }
}

/// What the link leads to and what to call it, where this type cannot be meant. A commit may hold evidence or
/// a detection, and what is said under a request may be the report.
fn wrong(to: &Destination<'_>, kind: ReferenceType) -> Option<(&'static str, &'static str)> {
    use ReferenceType::{Advisory, Article, Discussion, Fix, Introduced, Package, Report, Web};
    const CHANGE: &str = "write `fix`, or `introduced` where it brought the flaw";
    match (to, kind) {
        (Destination::Commit(_), Web | Article | Advisory | Report | Discussion) => {
            Some(("a commit", CHANGE))
        }
        (Destination::Change, Web | Article | Advisory) => Some((
            "a proposed change",
            "write `fix`, `introduced`, or `discussion` where only the talk matters",
        )),
        (Destination::Advisory(_), Web | Article | Fix | Introduced | Package | Discussion) => {
            Some(("an advisory", "write `advisory`"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::said_after;

    #[test]
    fn without_a_fixed_version_a_commit_may_tell_of_something_else() {
        let commit = "\"web\"\nurl = \"https://github.com/o/r/commit/0123456789abcdef0123456789abcdef01234567";
        let web = ("\"fix\"\nurl = \"https://example.org/fix", commit);
        assert!(said_after(&[web]).contains("[reference-type]"));
        let open = (
            "[\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]",
            "[\">= 0\"]",
        );
        assert!(!said_after(&[web, open]).contains("[reference-type]"));
    }

    #[test]
    fn what_may_be_meant_is_let_be() {
        use ReferenceType::*;
        for (url, kinds) in [
            (
                "https://github.com/o/r/commit/0123456",
                &[Fix, Introduced, Evidence, Detection][..],
            ),
            (
                "https://github.com/o/r/pull/1",
                &[Fix, Introduced, Discussion, Report, Evidence],
            ),
            (
                "https://nvd.nist.gov/vuln/detail/CVE-2026-12345",
                &[Advisory, Report, Evidence],
            ),
            (
                "https://github.com/o/r/blob/main/a.c",
                &[Web, Evidence, Package],
            ),
            ("https://github.com/o/r/releases/tag/v1", ReferenceType::ALL),
        ] {
            let to = destination(url);
            for kind in kinds {
                assert_eq!(
                    to.as_ref().and_then(|to| wrong(to, *kind)),
                    None,
                    "{url} {kind:?}"
                );
            }
        }
    }
}
