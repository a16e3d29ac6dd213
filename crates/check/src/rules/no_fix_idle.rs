//! Owns the rule `no-fix-idle`: `no-fix` is there only where some version gets no fix.

use caveat_diag::Level;
use caveat_versions::Interval;

use crate::candidate::Candidate;
use crate::rule::{Facts, Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "no-fix-idle",
    says: "`no-fix` is there only where some version gets no fix",
    why: "Readers who see that there will be no fix stop looking for one, and stay where they are.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
no-fix = "Upgrading needs a new file format."
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (row, affected) in candidate.advisory().affected.iter().enumerate() {
        if affected.no_fix.is_none() {
            continue;
        }
        let branches = candidate.intervals(row);
        let fixed = |branch: &Interval| is_fixed(finder.facts, candidate, row, branch);
        if !branches.is_empty() && branches.iter().all(|(_, branch)| fixed(branch)) {
            let found = finder.at(
                &candidate.document,
                &format!("affected[{row}].no-fix"),
                "every affected version has a fix",
            );
            finder.push(found.help("take it out, or correct `versions`"));
        }
    }
}

/// Does every supported line that the branch reaches hold its fix? A fix in a later line leaves some behind.
fn is_fixed(facts: &Facts<'_>, candidate: &Candidate, row: usize, branch: &Interval) -> bool {
    let Some(fixed) = branch.fixed() else {
        return false;
    };
    let Some(package) = candidate.declared(row, facts) else {
        return true;
    };
    let lines = facts.support.on(package, candidate.day(facts));
    let mut reached = lines.filter(|line| line.is_supported() && line.versions.overlaps(branch));
    reached.all(|line| line.versions.contains(fixed))
}
