//! Owns the rule `alias-year`: no CVE id is of a later year than the advisory's last revision.

use caveat_diag::Level;

use crate::calendar::year;
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "alias-year",
    says: "no CVE id is of a later year than the advisory's last revision",
    why: "The year of a CVE id is the one in which it was given out. An id from the future is a slip, and joins \
        the advisory to somebody else's flaw.",
    example: r#"aliases = ["CVE-2062-12345"]
"#,
    instead: r#"aliases = ["CVE-2026-12345"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    // An alias may be added years later, by a revision.
    let Some(last) = advisory.revisions.last() else {
        return;
    };
    let last = year(last.at);
    for (at, alias) in advisory.aliases.iter().enumerate() {
        let Some(named) = cve_year(alias).filter(|named| *named > last) else {
            continue;
        };
        let field = format!("aliases[{at}]");
        let span = candidate.document.within(&field, alias, 4..8);
        let message =
            format!("a CVE id of {named}, in an advisory that was last revised in {last}");
        let found = finder.on(&candidate.document, span, message);
        finder.push(found.help("correct the year"));
    }
}

fn cve_year(alias: &str) -> Option<i16> {
    alias.strip_prefix("CVE-")?.split_once('-')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn an_id_that_came_with_a_later_revision_is_no_slip() {
        let said = said_after(&[("CVE-2026-12345", "CVE-2025-12345")]);
        assert_eq!(said, "");
        let said = said_after(&[
            ("CVE-2026-12345", "CVE-2026-12345\", \"GHSA-2062-23cf-2345"),
            ("at = 2026-11-19T00:00:00Z", "at = 2024-11-19T00:00:00Z"),
        ]);
        assert!(!said.contains("alias-year"), "{said}");
    }
}
