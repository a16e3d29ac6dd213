//! Owns the rule `commit`: commits are full hashes.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::quoted;

pub(super) static RULE: Rule =
    Rule::error("commit", "commits are full hashes", Run::Advisory(judge));

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, affected) in candidate.advisory().affected.iter().enumerate() {
        for (field, commits) in [
            ("introduced-by", &affected.introduced_by),
            ("fixed-by", &affected.fixed_by),
        ] {
            for (nth, commit) in commits.iter().enumerate() {
                if !is_hash(commit) {
                    let found = finder.at(
                        &candidate.document,
                        &format!("affected[{at}].{field}[{nth}]"),
                        format!("{} is no full commit hash", quoted(commit)),
                    );
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
