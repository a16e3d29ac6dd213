//! Owns the rule `derived-unreleased`: an advisory says whether a release has its fix, as its lock does.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "derived-unreleased",
    says: "an advisory says whether a release has its fix, as its lock does",
    why: "Readers of an advisory look for the version to upgrade to. Where the fix is only a commit yet, they must be \
        told; most often somebody forgot to release it.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = [">= 0"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
unreleased = ["89abcdef0123456789abcdef0123456789abcdef"]
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = [">= 0"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
fix-unreleased = true
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
unreleased = ["89abcdef0123456789abcdef0123456789abcdef"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    // While it is a draft or under embargo, the fix may wait.
    if !candidate.stands() || !candidate.is_public(finder.facts.as_of) {
        return;
    }
    for (at, written) in candidate.advisory().affected.iter().enumerate() {
        let tags = finder.tags_of(candidate, at);
        let Some(locked) = candidate.fresh(at, tags) else {
            continue;
        };
        let waits = !locked.package.unreleased.is_empty();
        let (field, message, help) = match (waits, written.fix_unreleased) {
            (true, false) => (
                "fixed-by",
                "no release has this fix",
                "release it and run `caveat derive --write`, or tell readers: `fix-unreleased = true`",
            ),
            (false, true) => (
                "fix-unreleased",
                "a release has the fix, by the lock of this advisory",
                "take it out, and say in `versions` which release it is",
            ),
            _ => continue,
        };
        let field = format!("affected[{at}].{field}");
        let place = locked
            .document
            .at(&format!("package[{}].unreleased", locked.at));
        let found = finder.at(&candidate.document, &field, message).help(help);
        finder.push(found.also(locked.document.source(), place, "derived from the tags"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::tests::breaks;

    #[test]
    fn a_fix_that_was_released_since_is_no_longer_called_unreleased() {
        let released = RULE.instead.replace(
            "unreleased = [\"89abcdef0123456789abcdef0123456789abcdef\"]",
            "",
        );
        assert!(breaks("derived-unreleased", &released));
    }

    #[test]
    fn an_embargoed_advisory_may_wait_for_its_release() {
        let embargo = "[embargo]\nuntil = 2027-01-01T00:00:00Z\nagreed-with = [\"A\"]\n# advisories/2026/x_T-2026-0001.lock";
        let waiting = RULE
            .example
            .replace("# advisories/2026/x_T-2026-0001.lock", embargo);
        assert!(!breaks("derived-unreleased", &waiting));
    }
}
