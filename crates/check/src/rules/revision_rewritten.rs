//! Owns the rule `revision-rewritten`: a revision that readers saw stays as it was.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-rewritten",
    says: "a revision that readers saw keeps its time and its place",
    why: "The first revision is `published`, which people quote in contracts and reports, and the list is the only record \
        of what was said when. Four other databases publish dates that a rename or a rebase has moved.",
    example: r#"# was advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-19T12:00:00Z, note = "First published." }]
"#,
    instead: r#"# was advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some((at, commit)) = &candidate.witness.rewritten else {
        return;
    };
    let document = &candidate.document;
    let first = candidate.advisory().revisions.first();
    let what = match first {
        Some(first) if first.at == *at => "gone from its place",
        _ => "gone, or has another time",
    };
    let message = format!("the revision of {at} is {what}");
    let commit = &commit.id[..commit.id.len().min(12)];
    let found = finder
        .at(document, "revision[0].at", message)
        .note(format!("commit {commit} has it, and readers saw that"));
    finder.push(found.help("put it back as it was; what is new goes after it"));
}
