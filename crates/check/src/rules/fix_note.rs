//! Owns the rule `fix-note`: what is said of a fix is said of one, and leads to a release without the flaw.

use caveat_diag::{Level, quoted};
use caveat_versions::{Interval, Version};

use crate::affected::Fix;
use crate::candidate::Candidate;
use crate::rule::{Facts, Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "fix-note",
    says: "what is said of a fix is said of one, and leads to a release without the flaw",
    why: "A fixed version may be one that was never released, or that not everybody gets. Readers are sent to another \
        one then, which must be later, and free of this flaw.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.4.1", ">= 2.0.0, < 2.0.1"]
fix = [{ version = "1.4.1", upgrade-to = "2.0.0" }]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.4.1", ">= 2.0.0, < 2.0.1"]
fix = [{ version = "1.4.1", upgrade-to = "1.4.2" }]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, row) in candidate.rows.iter().enumerate() {
        let branches = candidate.intervals(at);
        let branches: Vec<&Interval> = branches.iter().map(|(_, branch)| *branch).collect();
        let released = released(finder.facts, candidate, at);
        let written = &candidate.advisory().affected[at].fixes;
        for (nth, fix) in row.fixes.iter().enumerate() {
            let first = written
                .iter()
                .position(|one| one.version == written[nth].version);
            let said = match fix {
                Err((key, error)) => Some((*key, error.message.clone())),
                Ok(_) if first != Some(nth) => {
                    Some(("version", "this version has a note already".to_owned()))
                }
                Ok(fix) => fault(fix, &branches, &released),
            };
            let Some((key, message)) = said else { continue };
            let field = format!("affected[{at}].fix[{nth}].{key}");
            finder.push(finder.at(&candidate.document, &field, message).help(HELP));
        }
    }
}

const HELP: &str = "`version` is one that `versions` names as fixed; `upgrade-to` the next that was released, where it never was; \
    `availability` who can get it, where that is not everybody";

fn fault(
    fix: &Fix,
    branches: &[&Interval],
    released: &[Version],
) -> Option<(&'static str, String)> {
    let said = |key, version: &Version, what| {
        Some((key, format!("{} {what}", quoted(&version.to_string()))))
    };
    if branches
        .iter()
        .all(|branch| branch.fixed() != Some(&fix.version))
    {
        return said("version", &fix.version, "fixes no branch of this package");
    }
    let Some(to) = &fix.upgrade_to else {
        let idle = fix.availability.is_none();
        return idle.then(|| ("version", "this says nothing of the fix".to_owned()));
    };
    if released.contains(&fix.version) {
        return said("version", &fix.version, "was released, says caveat.toml");
    }
    if !released.is_empty() && !released.contains(to) {
        return said(
            "upgrade-to",
            to,
            "was never released either, says caveat.toml",
        );
    }
    if *to <= fix.version {
        return said("upgrade-to", to, "is not later than the fix");
    }
    let flawed = branches.iter().any(|branch| branch.contains(to));
    said("upgrade-to", to, "is affected").filter(|_| flawed)
}

/// The releases that caveat.toml lists.
fn released(facts: &Facts<'_>, candidate: &Candidate, row: usize) -> Vec<Version> {
    let declared = candidate.declared(row, facts);
    let package = candidate.rows[row].package.as_ref().ok();
    let order = package.and_then(|package| package.ecosystem.order());
    let Some((at, order)) = declared.zip(order) else {
        return Vec::new();
    };
    let listed = facts.project.data().packages[at].releases.iter();
    listed
        .filter_map(|text| Version::parse(order, text).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn each_way_in_which_a_note_can_be_wrong_is_said() {
        let versions = "versions = [\">= 1.0.0, < 1.2.0\"";
        for (note, told) in [
            ("{ version = \"1.2.0\", upgrade-to = \"1.2.1\" }", ""),
            (
                "{ version = \"1.2.0\", availability = \"Only for customers.\" }",
                "",
            ),
            ("{ version = \"1.2.0\" }", "this says nothing of the fix"),
            (
                "{ version = \"1.2.9\", upgrade-to = \"1.3.0\" }",
                "fixes no branch",
            ),
            (
                "{ version = \"1.2.0\", upgrade-to = \"1.1.0\" }",
                "is not later",
            ),
            (
                "{ version = \"1.2.0\", upgrade-to = \"1.2.0 \" }",
                "cannot be part of a version",
            ),
        ] {
            let fix = format!("fix = [{note}]\n{versions}");
            let said = said_after(&[(versions, &fix)]);
            assert_eq!(
                said.contains("[fix-note]"),
                !told.is_empty(),
                "{note}: {said}"
            );
            assert!(said.contains(told), "{told} in {said}");
        }
    }
}
