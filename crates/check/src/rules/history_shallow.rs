//! Owns the rule `history-shallow`: whether revisions are true was checked as far back as they go.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};
use crate::witness::gone;

pub(super) static RULE: Rule = Rule {
    code: "history-shallow",
    says: "whether revisions are true is checked against the whole history",
    why: "A shallow clone does not have the commits that would show a change without a revision, or an advisory that is \
        gone; a partial clone does not have what the files said. What cannot be seen was not checked.",
    example: "",
    instead: r#"# Fetch the whole history before the check, in CI:
# git fetch --unshallow
# git fetch --refetch --no-filter
"#,
    level: Level::Note,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let Some(past) = finder.facts.past else {
        return;
    };
    if let Some(end) = past.end() {
        let end = end.get(..12).unwrap_or(end);
        let message =
            format!("not checked: changes before commit {end}, where this shallow clone ends");
        let found = finder.project("feed", message);
        finder.push(found.help("`git fetch --unshallow` fetches the rest"));
    }
    let facts = finder.facts;
    let kept = facts.candidates.iter();
    let mut kept = kept.filter_map(|candidate| candidate.witness.lost.as_ref());
    let gone = gone(facts);
    let count = kept.clone().count() + gone.lost.len();
    if let Some(first) = kept.next().or(gone.lost.first().copied()) {
        let plural = if count == 1 { "advisory" } else { "advisories" };
        let message = format!(
            "not checked: what {count} {plural} said before, of which this clone does not have the content"
        );
        let found = finder.project("feed", message);
        let found = found.note(format!("commit {} has such a state", first.short()));
        finder.push(
            found.help("`git fetch --refetch --no-filter` fetches what a partial clone left out"),
        );
    }
}
