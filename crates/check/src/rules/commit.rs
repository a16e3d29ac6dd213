//! Owns the rule `commit`: commits are full hashes.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "commit",
    says: "commits are full hashes",
    why: "OSV's GIT ranges need full hashes; an abbreviated one names another commit as soon as the \
        repository has grown, and a branch names another one tomorrow.",
    example: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["0123456"]
"#,
    instead: r#"[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, affected) in candidate.advisory().affected.iter().enumerate() {
        for (field, commits) in [
            ("introduced-by", &affected.introduced_by),
            ("fixed-by", &affected.fixed_by),
        ] {
            for (nth, commit) in commits.iter().enumerate() {
                if !is_hash(commit) {
                    let (document, field) = (
                        &candidate.document,
                        format!("affected[{at}].{field}[{nth}]"),
                    );
                    let message = format!("{} is no full commit hash", quoted(commit));
                    let mut found = finder.at(document, &field, message);
                    let lower = commit.trim().to_ascii_lowercase();
                    if is_hash(&lower) {
                        found = crate::mend::value(found, document, &field, (commit, &lower));
                    }
                    finder.push(found.help(
                        "write all 40 (SHA-1) or 64 (SHA-256) hexadecimal digits, in small letters",
                    ));
                }
            }
        }
    }
}

fn is_hash(commit: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    [40, 64].contains(&commit.len()) && commit.bytes().all(digit)
}
