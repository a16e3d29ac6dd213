//! Owns the rule `supported-unfixed`: each supported line of versions that has the flaw gets a fix, or it is said why not.

use caveat_diag::Level;
use caveat_versions::{Interval, Upper};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "supported-unfixed",
    says: "each supported line of versions that has the flaw gets a fix, or it is said why not",
    why: "The support table promises fixes for that line. Whoever stays on it finds nothing to \
        upgrade to, and is not told whether to wait.",
    example: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 2.0.0"
status = "security"

# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = [">= 1.4.0, < 2.1.0"]
"#,
    instead: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 1.0.0, < 2.0.0"
status = "security"

# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = [">= 1.4.0, < 1.4.2", ">= 2.0.0, < 2.1.0"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let facts = finder.facts;
    if !candidate.stands() || facts.support.lines.is_empty() {
        return;
    }
    for (row, written) in candidate.advisory().affected.iter().enumerate() {
        let Some(package) = candidate
            .declared(row, facts)
            .filter(|_| written.no_fix.is_none())
        else {
            continue;
        };
        let lines = facts.support.on(package, candidate.day(facts));
        for line in lines.filter(|line| line.is_supported()) {
            let branches = candidate.intervals(row);
            let unfixed = branches
                .iter()
                .find(|(_, branch)| !leaves_way_out(branch, &line.versions));
            let Some((field, _)) = unfixed else { continue };
            let message = format!(
                "no version is fixed within a supported line: {}",
                line.versions.words()
            );
            let found = finder.at(&candidate.document, field, message);
            let support = format!("policy.support[{}].versions", line.at);
            let found = finder.also(found, &support, "supported");
            finder
                .push(found.help(
                    "release a fix there, or add `no-fix` with the reason to `[[affected]]`",
                ));
        }
    }
}

/// Is there a version in the line that comes after the branch? A branch elsewhere does no harm to it.
fn leaves_way_out(branch: &Interval, line: &Interval) -> bool {
    if !branch.overlaps(line) {
        return true;
    }
    match (branch.upper(), line.upper()) {
        (Upper::Fixed(fixed), _) => line.contains(fixed),
        (Upper::LastAffected(last), Upper::LastAffected(end)) => last < end,
        (Upper::LastAffected(last), _) => line.contains(last),
        (Upper::Open, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::leaves_way_out;
    use caveat_versions::{Interval, Order};

    #[test]
    fn a_fix_at_the_end_of_the_line_is_outside_of_it() {
        let read = |text: &str| Interval::parse(Order::SemVer, text).expect(text);
        for (branch, line, way_out) in [
            (">= 1.0.0, < 1.1.0", ">= 1.0.0, < 1.1.0", false),
            (">= 1.0.0, < 1.0.9", ">= 1.0.0, < 1.1.0", true),
            ("< 1.0.0", ">= 1.0.0, < 1.1.0", true),
            ("< 1.5.0", ">= 1.0.0", true),
            (">= 0", ">= 1.0.0, < 1.1.0", false),
            ("<= 1.0.5", ">= 1.0.0, < 1.1.0", true),
            ("<= 1.0.5", ">= 1.0.0, <= 1.0.5", false),
            ("<= 1.1.5", ">= 1.0.0, < 1.1.0", false),
        ] {
            let found = leaves_way_out(&read(branch), &read(line));
            assert_eq!(found, way_out, "{branch} in {line}");
        }
    }
}
