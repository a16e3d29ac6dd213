//! Owns the rule `derived-edited`: a lock is as it was derived.

use caveat_advisory::Lock;
use caveat_artifact::sha256;
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "derived-edited",
    says: "a lock is as it was derived",
    why: "What a lock says is published, and held against the advisory, as what the history of the code shows. A line \
        that was edited, merged by hand or lost shows nothing of the kind. The digest finds mistakes, not liars: \
        `caveat derive --check` asks the history again.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
# advisories/2026/x_T-2026-0001.lock
format = 1
digest = "7cbb6ef2c65669f7ce295c6db24c18b3643ec8eb55754215eada67b3f3aa5a13"
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
# advisories/2026/x_T-2026-0001.lock
format = 1
digest = "1ed9c119056b4cb8fef7abc3462c169b7af82b7de08a5ce46f8559e9e0edf7a0"
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(lock) = &candidate.lock else { return };
    let body = Lock::body(lock.source().text());
    let (place, message) = match &lock.data().digest {
        Some(digest) if *digest == sha256(body.as_bytes()) => return,
        Some(_) => ("digest", "this lock is not as it was derived"),
        None => ("format", "this lock has no digest"),
    };
    let found = finder.at(lock, place, message);
    finder.push(found.help("run `caveat derive --write` for this advisory"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::tests::said_of_example;

    #[test]
    fn a_lock_of_which_any_line_is_gone_or_new_is_told() {
        let (before, after) = RULE.instead.split_once("digest").expect("a digest");
        let lines: Vec<&str> = after.lines().collect();
        for at in 1..lines.len() {
            let mut fewer = lines.clone();
            fewer.remove(at);
            let mut more = lines.clone();
            more.insert(at, "# a word");
            for lines in [fewer, more] {
                let text = format!("{before}digest{}\n", lines.join("\n"));
                let said = said_of_example(&text);
                // Some lines no reader can miss.
                let told = said.contains("[derived-edited]") || said.contains("-key]");
                assert!(told, "{said}");
            }
        }
    }
}
