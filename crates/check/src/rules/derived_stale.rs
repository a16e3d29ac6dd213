//! Owns the rule `derived-stale`: a lock was made from what advisory and caveat.toml say now.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "derived-stale",
    says: "a lock was made from what advisory and caveat.toml say now",
    why: "What was derived from other commits, another repository or other tags says nothing of this advisory. It would \
        be held against a history that nobody claims any more.",
    example: r#"# advisories/2026/x_T-2026-0001.toml
[[affected]]
package = "torch"
versions = ["< 1.2.0"]
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
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
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["89abcdef0123456789abcdef0123456789abcdef"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(lock) = &candidate.lock else { return };
    let rows = candidate.rows.iter().zip(&candidate.advisory().affected);
    let mut known = vec![false; lock.data().packages.len()];
    for (at, (row, written)) in rows.enumerate() {
        let Some(locked) = candidate.locked(at) else {
            unknown(finder, candidate, at);
            continue;
        };
        known[locked.at] = true;
        let Some(stale) = locked.stale(row, written, finder.tags_of(candidate, at)) else {
            continue;
        };
        let field = stale.field;
        let message = format!("`{field}` is not what this advisory's lock was derived from");
        let found = match candidate.declared(at, finder.facts) {
            Some(package) if stale.in_project => {
                finder.project(&format!("package[{package}].{field}"), message)
            }
            _ => finder.at(
                &candidate.document,
                &format!("affected[{at}].{field}"),
                message,
            ),
        };
        let place = lock.at(&format!("package[{}].{}", locked.at, stale.locked));
        let found = found.also(lock.source(), place, "derived from this");
        finder.push(found.help("run `caveat derive --write` for this advisory"));
    }
    for at in (0..known.len()).filter(|at| !known[*at]) {
        let found = finder.at(
            lock,
            &format!("package[{at}]"),
            "the advisory does not name this package",
        );
        finder.push(found.help("run `caveat derive --write` for this advisory"));
    }
}

/// A row with commits that the lock does not know.
fn unknown(finder: &mut Finder<'_>, candidate: &Candidate, at: usize) {
    let written = &candidate.advisory().affected[at];
    let field = match (written.fixed_by.first(), written.introduced_by.first()) {
        (Some(_), _) => "fixed-by",
        (None, Some(_)) => "introduced-by",
        (None, None) => return,
    };
    if candidate.rows[at].package.is_err() {
        return;
    }
    let found = finder.at(
        &candidate.document,
        &format!("affected[{at}].{field}"),
        "the lock of this advisory does not know this package",
    );
    finder.push(found.help("run `caveat derive --write` for this advisory"));
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    const ROW: &str = "# advisories/2026/x_T-2026-0001.toml\n[[affected]]\npackage = \"torch\"\nversions = [\"< 1.2.0\"]\nfixed-by = [\"89abcdef0123456789abcdef0123456789abcdef\"]\n# advisories/2026/x_T-2026-0001.lock\nformat = 1\n";

    #[test]
    fn a_lock_knows_every_package_with_commits_and_no_other() {
        assert!(breaks("derived-stale", ROW));
        let other = format!("{ROW}[[package]]\necosystem = \"npm\"\nname = \"a\"\n");
        assert!(breaks("derived-stale", &other));
    }

    #[test]
    fn another_repository_makes_a_lock_stale() {
        let moved = format!(
            "{ROW}[[package]]\necosystem = \"PyPI\"\nname = \"torch\"\nrepository = \"https://example.org/a/b\"\nfixed-by = [\"89abcdef0123456789abcdef0123456789abcdef\"]\n"
        );
        assert!(breaks("derived-stale", &moved));
    }
}
