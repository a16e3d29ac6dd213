//! Owns the rule `revision-unsaid`: what changed for readers is told by a revision.

use caveat_advisory::Change;
use caveat_diag::Level;

use super::revision_editorial::is_acted_on;
use crate::candidate::Candidate;
use crate::discretion::{drop_sides, names};
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "revision-unsaid",
    says: "what changed for readers is told by a revision",
    why: "Consumers ask for what is newer than what they have. A change without a later `modified` never reaches them, \
        and whoever read the advisory before is not told. Git shows what it was: reformatting, comments and a new \
        file name are no change.",
    example: r#"# was advisories/2026/x_T-2026-0001.toml
severity = "low"
severity-reason = "Few are affected."
# advisories/2026/x_T-2026-0001.toml
severity = "high"
"#,
    instead: r#"# was advisories/2026/x_T-2026-0001.toml
severity = "low"
severity-reason = "Few are affected."
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
severity = "high"
revision = [
  { at = 2026-11-18T12:00:00Z, note = "First published." },
  { at = 2026-11-19T12:00:00Z, note = "Rated higher: many are affected.", changed = [{ field = "severity", from = "low", to = "high" }, { field = "severity-reason", from = "Few are affected." }] },
]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some((changed, commit)) = &candidate.witness.unsaid else {
        return;
    };
    let document = &candidate.document;
    let last = candidate.advisory().revisions.len().saturating_sub(1);
    let fields: Vec<&str> = changed.iter().map(|one| one.field.as_str()).collect();
    let message = format!(
        "no revision tells readers of a change: {}",
        fields.join(", ")
    );
    let label = format!(
        "commit {} had this revision with another content",
        &commit.id[..commit.id.len().min(12)]
    );
    let id = candidate.advisory().id.as_deref().unwrap_or("ID");
    let mut found = finder
        .at(document, &format!("revision[{last}]"), message)
        .also(document.source(), document.at(&place(&changed[0])), label);
    let mut shown = changed.clone();
    drop_sides(&mut shown, |text| names(finder.facts.unnamed, text));
    for one in shown
        .iter()
        .filter(|one| one.from.is_some() || one.to.is_some())
    {
        found = found.note(words(one));
    }
    finder.push(found.help(help(id, changed)));
}

/// How it is told; who takes back their name does not want a mail about it.
fn help(id: &str, changed: &[Change]) -> String {
    let quietly = "tells it on the page, without a mail";
    if changed.iter().any(is_acted_on) {
        format!("`caveat revise {id} -m \"what changed and why\"`")
    } else if changed.iter().all(|change| change.field == "credit") {
        format!("`caveat revise {id} --editorial -m \"Credits changed.\"` {quietly}")
    } else {
        format!(
            "`caveat revise {id} -m \"what changed and why\"`; with `--editorial`, it {quietly}"
        )
    }
}

/// The field of a change as the document names it, where it is there.
fn place(change: &Change) -> String {
    let name = change.field.split('[').next().unwrap_or_default();
    name.to_owned()
}

pub(super) fn words(change: &Change) -> String {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
    format!(
        "`{}` was {}, is {}",
        change.field,
        side(&change.from),
        side(&change.to)
    )
}
