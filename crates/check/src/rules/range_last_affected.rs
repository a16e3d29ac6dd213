//! Owns the rule `range-last-affected`: where a fix is known, the newest branch names the fixed version.

use caveat_advisory::{Event, ReferenceType};
use caveat_diag::Level;
use caveat_versions::{Interval, Upper};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "range-last-affected",
    says: "where a fix is known, the newest branch names the fixed version",
    why: "`<=` tells which version was the last with the flaw, and not which to install. Scanners show no fix \
        for it, and some take the versions in between for safe or for flawed as they please.",
    example: r#"[[affected]]
package = "torch"
versions = [">= 1.0.0, <= 1.1.9"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    if !candidate.stands() {
        return;
    }
    let linked = advisory
        .references
        .iter()
        .any(|link| link.kind == ReferenceType::Fix);
    let released = advisory.timeline.contains_key(&Event::Fixed);
    for row in 0..candidate.rows.len() {
        let branches = candidate.intervals(row);
        // An older branch may have been given up without a fix; after the newest one comes what is fixed.
        let Some((field, newest)) = branches.iter().max_by(|(_, a), (_, b)| a.cmp_lower(b)) else {
            continue;
        };
        let older = branches.iter().any(|(_, branch)| branch.fixed().is_some());
        let committed = advisory
            .affected
            .get(row)
            .is_some_and(|row| !row.fixed_by.is_empty());
        if is_last(newest) && (older || committed || linked || released) {
            let message = "there is a fix, but this does not say which version has it";
            let found = finder.at(&candidate.document, field, message);
            finder.push(found.help("write `< FIXED` with the first fixed version"));
        }
    }
}

/// `= VERSION` is one bad release: what came after is no fix.
fn is_last(branch: &Interval) -> bool {
    matches!(branch.upper(), Upper::LastAffected(last) if branch.lower() != Some(last))
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    const VERSIONS: &str = "[\">= 1.0.0, < 1.2.0\", \">= 2.0.0, < 2.1.0\"]";

    #[test]
    fn a_branch_that_was_given_up_and_a_single_bad_release_have_no_fix_of_their_own() {
        for versions in ["[\"<= 1.4.0\", \">= 2.0.0, < 2.1.0\"]", "[\"= 1.3.0\"]"] {
            assert_eq!(said_after(&[(VERSIONS, versions)]), "", "{versions}");
        }
    }
}
