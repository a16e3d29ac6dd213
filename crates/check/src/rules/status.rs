//! Owns the rule `status`: what is said of other versions can be read, gives its reason, and contradicts no range.

use caveat_advisory::StatusKind;
use caveat_diag::Level;
use caveat_versions::{Interval, Ranges};

use super::package_unknown::said;
use crate::candidate::{Candidate, Row};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "status",
    says: "what is said of versions that are not affected can be read, gives its reason, and contradicts no range",
    why: "Nobody can act on versions that are affected here and not affected there. \"Not affected\" without a reason is \
        silence in other words, and \"not analysed\" is what readers of old lines need to know.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.4.1"]

[[status]]
package = "torch"
versions = ["< 1.0.0"]
state = "not-affected"
reason = "The loader came with 1.0.0."
"#,
    instead: r#"[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.4.1"]

[[status]]
package = "torch"
versions = ["< 1.0.0"]
state = "not-affected"
reason = "The loader came with 1.0.0."
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    for (at, row) in candidate.statuses.iter().enumerate() {
        let written = &candidate.advisory().statuses[at];
        if let Some((field, message, help)) = unread(candidate, at) {
            let found = finder.at(document, &field, message);
            finder.push(match help {
                Some(help) => found.help(help),
                None => found,
            });
            continue;
        }
        if written.state == StatusKind::NotAffected && written.reason.is_none() {
            let message = "this does not say why they are not affected";
            let found = finder.at(document, &format!("status[{at}]"), message);
            finder.push(found.help("add `reason = \"...\"`: one sentence that readers can judge"));
        }
        if written.state != StatusKind::NotAffected && written.justification.is_some() {
            let message = "this justifies what is not said";
            let found = finder.at(document, &format!("status[{at}].justification"), message);
            finder.push(found.help("take it out, or write `state = \"not-affected\"`"));
        }
        let rows = candidate.rows.iter().enumerate();
        let rows = rows.map(|(nth, row)| (format!("affected[{nth}].versions"), row));
        let others = candidate.statuses[..at].iter().enumerate();
        let others = others.map(|(nth, row)| (format!("status[{nth}]"), row));
        for (field, _) in rows.chain(others).filter(|(_, other)| clashes(row, other)) {
            let message = "something else is said of some of these versions";
            let found = finder.at(document, &format!("status[{at}]"), message);
            let found = found.also(document.source(), document.at(&field), "here");
            finder.push(found.help("leave out of one what is in the other"));
        }
        if written.state == StatusKind::NotAnalysed {
            fixes(finder, candidate, at);
        }
    }
}

/// A fix that nobody looked at: one view would send readers to it, and another say that nobody knows.
fn fixes(finder: &mut Finder<'_>, candidate: &Candidate, at: usize) {
    let status = &candidate.statuses[at];
    let Some(unknown) = versions(status) else {
        return;
    };
    for row in candidate
        .rows
        .iter()
        .filter(|row| same_package(status, row))
    {
        let fixes = row.branches.iter().flatten().filter_map(Interval::fixed);
        for fix in fixes.filter(|fix| unknown.contains(fix)) {
            let message = format!("nobody looked at {fix}, and it is what fixes this");
            let found = finder.at(&candidate.document, &format!("status[{at}]"), message);
            let help = format!("leave {fix} and what follows it out of these `versions`");
            finder.push(found.help(help));
        }
    }
}

/// The first thing of a status that cannot be read.
fn unread(candidate: &Candidate, at: usize) -> Option<(String, String, Option<String>)> {
    let row = &candidate.statuses[at];
    if let Err(fault) = &row.package {
        let (field, message, help) = said(fault);
        return Some((format!("status[{at}].{field}"), message, help));
    }
    let mut branches = row.branches.iter().enumerate();
    branches.find_map(|(nth, branch)| {
        let error = branch.as_ref().err()?;
        let field = format!("status[{at}].versions[{nth}]");
        Some((field, error.message.clone(), error.help.clone()))
    })
}

fn clashes(a: &Row, b: &Row) -> bool {
    let (Some(one), Some(other)) = (versions(a), versions(b)) else {
        return false;
    };
    same_package(a, b) && !one.is_disjoint(&other)
}

fn same_package(a: &Row, b: &Row) -> bool {
    let package = |row: &Row| {
        let id = row.package.as_ref().ok()?;
        Some((id.ecosystem.clone(), id.name.clone()))
    };
    package(a) == package(b)
}

/// All versions where none are named; `None` where one cannot be read.
fn versions(row: &Row) -> Option<Ranges> {
    if row.branches.is_empty() {
        return Some(Ranges::all());
    }
    let branches: Result<Vec<_>, _> = row.branches.iter().cloned().collect();
    branches.ok().map(|branches| Ranges::merge(&branches))
}

#[cfg(test)]
mod tests {
    use crate::tests::said_after;

    #[test]
    fn other_versions_and_other_packages_may_be_called_what_they_are() {
        let first = "[[revision]]";
        for (status, told) in [
            (
                "package = \"torch\"\nversions = [\"< 1.0.0\"]\nstate = \"not-analysed\"",
                "",
            ),
            (
                "ecosystem = \"npm\"\nname = \"other\"\nstate = \"not-affected\"\nreason = \"It reads no files.\"",
                "",
            ),
            (
                "package = \"torch\"\nversions = [\"< 1.1.0\"]\nstate = \"not-analysed\"",
                "something else is said",
            ),
            (
                "package = \"torch\"\nstate = \"not-analysed\"",
                "something else is said",
            ),
            (
                "package = \"torch\"\nversions = [\">= 2.1.0\"]\nstate = \"not-analysed\"",
                "nobody looked at 2.1.0, and it is what fixes this",
            ),
            (
                "package = \"torch\"\nversions = [\">= 3.0.0\"]\nstate = \"not-analysed\"",
                "",
            ),
            (
                "package = \"torch\"\nversions = [\"< 1.0.0\"]\nstate = \"not-affected\"",
                "does not say why",
            ),
            (
                "package = \"torch\"\nversions = [\"< 1.0.0\"]\nstate = \"not-affected\"\nreason = \"It reads no files.\"\njustification = \"vulnerable_code_not_present\"",
                "",
            ),
            (
                "package = \"torch\"\nversions = [\"< 1.0.0\"]\nstate = \"not-analysed\"\njustification = \"vulnerable_code_not_present\"",
                "justifies what is not said",
            ),
            (
                "package = \"unknown\"\nstate = \"not-analysed\"",
                "has no package",
            ),
            (
                "package = \"torch\"\nversions = [\"< nonsense\"]\nstate = \"not-analysed\"",
                "[status]",
            ),
        ] {
            let with = format!("[[status]]\n{status}\n\n{first}");
            let said = said_after(&[(first, &with)]);
            assert_eq!(
                said.contains("[status]"),
                !told.is_empty(),
                "{status}: {said}"
            );
            assert!(said.contains(told), "{told} in {said}");
        }
    }
}
