//! Owns the rule `derived-orphan`: every lock lies beside the advisory that it was derived for.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "derived-orphan",
    says: "every lock lies beside the advisory that it was derived for",
    why: "An advisory that was renamed without its lock is held against nothing any more, silently. And a lock beside \
        an encrypted draft tells in the open which commits fix the flaw.",
    example: r#"# advisories/2026/x_T-2026-0009.lock
format = 1
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
severity = "high"
# advisories/2026/x_T-2026-0001.lock
format = 1
[[package]]
ecosystem = "PyPI"
name = "torch"
repository = "https://github.com/pytorch/pytorch"
fixed-by = ["0123456789abcdef0123456789abcdef01234567"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    for path in &finder.facts.locks.orphans {
        let sealed = path.strip_suffix(".lock").unwrap_or(path);
        let sealed = format!("{sealed}.toml.age");
        let found = if finder.facts.sealed.contains(&sealed) {
            let found = finder.file(path, "this lock lies beside an encrypted draft");
            found.help("remove it: it tells in the open what the draft keeps secret")
        } else {
            let found = finder.file(path, "this lock lies beside no advisory");
            found.help("move it to its advisory, under the same name, or remove it")
        };
        finder.push(found);
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn a_lock_beside_an_encrypted_draft_is_an_orphan() {
        let files = "# advisories/drafts/a.toml.age\n# advisories/drafts/a.lock\nformat = 1\n";
        assert!(breaks("derived-orphan", files));
    }
}
