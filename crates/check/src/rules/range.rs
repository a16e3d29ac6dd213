//! Owns the rule `range`: a range can be read, has both its ends in order, and is not empty.

use caveat_diag::Level;
use caveat_versions::Upper;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "range",
    says: "a range can be read, has both its ends in order, and is not empty",
    why: "Ranges decide whom scanners warn. One that is empty warns nobody; one that cannot be read stops \
        some scanners; Go's scanner takes a range that ends in `<=` for all versions.",
    example: r#"[[affected]]
package = "torch"
versions = [">= 1.4.0, < 1.3.9"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = [">= 1.3.9, < 1.4.0"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    go(finder, candidate);
    for (at, (row, written)) in candidate
        .rows
        .iter()
        .zip(&candidate.advisory().affected)
        .enumerate()
    {
        if written.versions.is_empty() {
            let found = finder.at(
                &candidate.document,
                &format!("affected[{at}]"),
                "this does not say which versions are affected",
            );
            finder.push(found.help(
                "add `versions = [\">= FIRST, < FIXED\"]`; `[\">= 0\"]` means every version",
            ));
        }
        for (nth, (branch, text)) in row.branches.iter().zip(&written.versions).enumerate() {
            let Err(error) = branch else { continue };
            let field = format!("affected[{at}].versions[{nth}]");
            let span = candidate.document.within(&field, text, error.span.clone());
            let found = finder.on(&candidate.document, span, &error.message);
            finder.push(match &error.help {
                Some(help) => found.help(help),
                None => found,
            });
        }
    }
}

/// Go's own scanner takes a range without `fixed` for all versions.
fn go(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, row) in candidate.rows.iter().enumerate() {
        let go = row
            .package
            .as_ref()
            .is_ok_and(|package| package.ecosystem.name() == "Go");
        let branches = if go {
            candidate.intervals(at)
        } else {
            Vec::new()
        };
        for (field, branch) in branches {
            if matches!(branch.upper(), Upper::LastAffected(_)) {
                let found = finder.at(
                    &candidate.document,
                    &field,
                    "a range of a Go module ends in a fix or not at all",
                );
                finder
                    .push(found.help("write `< FIXED`, or `>= FIRST` alone while there is no fix"));
            }
        }
    }
}
