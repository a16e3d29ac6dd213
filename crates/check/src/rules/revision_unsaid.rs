//! Owns the rule `revision-unsaid`: what changed for readers is told by a revision.

use caveat_advisory::Change;
use caveat_diag::{Diagnostic, Level};

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
    let last = candidate.advisory().revisions.len().saturating_sub(1);
    let (document, field) = (&candidate.document, format!("revision[{last}]"));
    let id = candidate.advisory().id.as_deref().unwrap_or("ID");
    if let Some((changed, commit)) = &candidate.witness.public.unsaid {
        let message = format!("no revision tells readers of a change: {}", fields(changed));
        let label = format!(
            "commit {} had this revision with another content",
            commit.short()
        );
        let found = finder.at(document, &field, message);
        let found = found.also(document.source(), document.at(&place(&changed[0])), label);
        finder.push(noted(finder, found, changed).help(help(id, changed)));
    }
    if let Some((changed, commit)) = &candidate.witness.ahead.unsaid {
        let fields = fields(changed);
        let message = format!("once it is pushed, no revision tells readers of a change: {fields}");
        let commit = commit.short();
        let label =
            format!("commit {commit}, not pushed yet, has this revision with another content");
        let found = finder.ahead(document, &field, message);
        let found = found.also(document.source(), document.at(&place(&changed[0])), label);
        let found = noted(finder, found, changed).help(
            "squash the commits that are not pushed yet, or merge them with a merge commit: nobody saw what is between them",
        );
        finder.push(found.help(format!("or tell it: {}", help(id, changed))));
    }
}

fn fields(changed: &[Change]) -> String {
    let fields: Vec<&str> = changed.iter().map(|one| one.field.as_str()).collect();
    fields.join(", ")
}

/// Old and new values, where there are any that may be repeated.
fn noted(finder: &Finder<'_>, found: Diagnostic, changed: &[Change]) -> Diagnostic {
    let mut shown = changed.to_vec();
    drop_sides(&mut shown, |text| names(finder.facts.unnamed, text));
    let valued = shown.iter();
    let valued = valued.filter(|one| one.from.is_some() || one.to.is_some());
    valued.fold(found, |found, one| found.note(words(one)))
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
