//! Owns the rule `derived-reason-idle`: `differs-from-git` is there only where something differs.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "derived-reason-idle",
    says: "`differs-from-git` is there only where something differs",
    why: "A reason that outlives its difference excuses the next one, which nobody has looked at.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.1"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
differs-from-git = "The tag was moved."
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
tagged = [
  { tag = "v1.2.0", version = "1.2.0", commit = "0123456789abcdef0123456789abcdef01234567", verdict = "affected" },
]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.1"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
tagged = [
  { tag = "v1.2.0", version = "1.2.0", commit = "0123456789abcdef0123456789abcdef01234567", verdict = "affected" },
]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    for (at, written) in candidate.advisory().affected.iter().enumerate() {
        let tags = finder.tags_of(candidate, at);
        let Some(locked) = candidate.fresh(at, tags) else {
            continue;
        };
        if written.differs_from_git.is_some() && locked.unequal(&candidate.rows[at]).is_empty() {
            let field = format!("affected[{at}].differs-from-git");
            let found = finder.at(&candidate.document, &field, "nothing differs from the lock");
            finder.push(found.help("take it out"));
        }
    }
}
