//! Owns the rule `policy-support-overlap`: no version is in two rows of the support table at the same time.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};
use crate::support::Line;

pub(super) static RULE: Rule = Rule {
    code: "policy-support-overlap",
    says: "no version is in two rows of the support table at the same time",
    why: "A user of such a version reads that it gets fixes, and that it gets none. Pre-releases \
        count: `< 2.0.0` holds `2.0.0-rc.1`.",
    example: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 2.0.0a0"
status = "security"

[[policy.support]]
versions = "< 2.0.0"
status = "end-of-life"
"#,
    instead: r#"# caveat.toml
[policy]
support-default = "end-of-life"

[[policy.support]]
versions = ">= 2.0.0a0"
status = "security"

[[policy.support]]
versions = "< 2.0.0a0"
status = "end-of-life"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let lines = &finder.facts.support.lines;
    for (at, line) in lines.iter().enumerate() {
        let same = |other: &&Line| other.package == line.package && other.meets(line);
        let mut before = lines[..at].iter().filter(same);
        let Some(first) = before.find(|other| other.versions.overlaps(&line.versions)) else {
            continue;
        };
        let field = |line: &Line| format!("policy.support[{}].versions", line.at);
        let both = finder.project(&field(line), "some versions are in this row and in another");
        let both = both.here(line.versions.words());
        let found = finder.also(both, &field(first), first.versions.words());
        finder.push(found.help("let one end where the other begins: `< X` and `>= X`"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(rows: &[(&str, &str)]) -> String {
        let mut text = String::new();
        for (versions, days) in rows {
            text += &format!(
                "[[policy.support]]\nversions = \"{versions}\"\nstatus = \"full\"\n{days}\n"
            );
        }
        text += "[[policy.severity]]";
        said_of_project_after(&[("[[policy.severity]]", &text)])
    }

    #[test]
    fn a_row_may_follow_another_in_time() {
        let (old, new) = ("until = 2026-06-30", "from = 2026-07-01");
        assert!(!said(&[(">= 1", old), (">= 1", new)]).contains("overlap"));
        assert!(said(&[(">= 1", old), (">= 1", "from = 2026-06-30")]).contains("overlap"));
        assert!(said(&[(">= 1", ""), (">= 1", new)]).contains("overlap"));
    }

    #[test]
    fn the_table_of_an_alpha_that_holds_some_of_them_twice_is_refused() {
        let said = said(&[(">= 0.1.0a0, < 0.1.0", ""), ("< 0.1.0a2", "")]);
        assert!(said.contains("error[policy-support-overlap]"), "{said}");
    }
}
