//! Owns the rule `reference-commit-short`: a link to a commit has its full hash.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::destination::{Destination, destination, place};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "reference-commit-short",
    says: "a link to a commit has its full hash",
    why: "An abbreviated hash leads nowhere, or elsewhere, once the repository has grown a second commit that \
        begins alike. Tools that take commits from links compare all 40 digits.",
    example: r#"[[reference]]
type = "fix"
url = "https://github.com/pytorch/pytorch/commit/0123456"
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
    for (at, link) in candidate.advisory().references.iter().enumerate() {
        let Some(Destination::Commit(hash)) = destination(&link.url) else {
            continue;
        };
        if !is_short(hash) {
            continue;
        }
        let field = format!("reference[{at}].url");
        let span = candidate
            .document
            .within(&field, &link.url, place(&link.url, hash));
        let message = format!("`{hash}` is an abbreviated commit hash");
        let found = finder.on(&candidate.document, span, message);
        finder.push(found.help("write all its digits: `git rev-parse` prints them"));
    }
}

/// Of a hash, but fewer digits than any has. Anything else, a tag perhaps, is no hash at all.
fn is_short(hash: &str) -> bool {
    (4..40).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::is_short;

    #[test]
    fn full_hashes_and_names_are_let_be() {
        for good in [&*"0".repeat(40), &"a".repeat(64), "v1.2.3", "main", "abc"] {
            assert!(!is_short(good), "{good}");
        }
        assert!(is_short("0123abc") && is_short(&"0".repeat(39)));
    }
}
