//! Owns the rule `history-shallow`: whether revisions are true was checked as far back as they go.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "history-shallow",
    says: "whether revisions are true is checked against the whole history",
    why: "A shallow clone does not have the commits that would show a change without a revision, or an advisory that is \
        gone. What cannot be seen was not checked.",
    example: "",
    instead: r#"# Fetch the whole history before the check, in CI:
# git fetch --unshallow
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let Some(end) = finder.facts.past.and_then(caveat_advisory::Past::end) else {
        return;
    };
    let end = &end[..end.len().min(12)];
    let message =
        format!("not checked: changes before commit {end}, where this shallow clone ends");
    let found = finder.project("feed", message);
    finder.push(found.help("`git fetch --unshallow` fetches the rest"));
}
