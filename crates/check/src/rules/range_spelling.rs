//! Owns the rule `range-spelling`: a version is spelled as its ecosystem spells it.

use caveat_diag::Level;
use caveat_versions::{Interval, Upper};

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "range-spelling",
    says: "a version is spelled as its ecosystem spells it",
    why: "Records hold the canonical spelling, pages what was written. Readers who search for `1.0rc1` do not \
        find `1.0-RC1`, and take the two for different versions.",
    example: r#"[[affected]]
package = "torch"
versions = [">= 1.0-RC1, < 1.2.0"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = [">= 1.0rc1, < 1.2.0"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let rows = candidate.rows.iter().zip(&candidate.advisory().affected);
    for (at, (row, affected)) in rows.enumerate() {
        for (nth, (branch, text)) in row.branches.iter().zip(&affected.versions).enumerate() {
            let Some((written, canonical)) = branch.as_ref().ok().and_then(odd) else {
                continue;
            };
            let start = text.find(&written).unwrap_or_default();
            let field = format!("affected[{at}].versions[{nth}]");
            let span = candidate
                .document
                .within(&field, text, start..start + written.len());
            let message = format!("`{written}` is spelled `{canonical}`");
            let found = finder.on(&candidate.document, span, message);
            finder.push(found.help(format!("write `{canonical}`")));
        }
    }
}

/// An end that is not spelled canonically, and how it should be.
fn odd(branch: &Interval) -> Option<(String, String)> {
    let upper = match branch.upper() {
        Upper::Fixed(version) | Upper::LastAffected(version) => Some(version),
        Upper::Open => None,
    };
    let ends = branch.lower().into_iter().chain(upper);
    let mut spellings = ends.map(|version| (version.to_string(), version.canonical()));
    spellings.find(|(written, canonical)| written != canonical)
}

#[cfg(test)]
mod tests {
    use super::odd;
    use caveat_versions::{Interval, Order};

    #[test]
    fn where_no_spelling_is_canonical_each_is() {
        for (order, text) in [
            (Order::Pep440, ">= 1.0rc1, < 1.2.0"),
            (Order::Maven, "< 1.0-RC1"),
            (Order::SemVer, "< 1.0.0-RC.1"),
            (Order::Debian, "< 1:1.0-1"),
        ] {
            let branch = Interval::parse(order, text).expect(text);
            assert_eq!(odd(&branch), None, "{text}");
        }
    }
}
