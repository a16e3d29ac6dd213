//! Owns the texts of a document: what was written as Markdown stays as it was written, as in the record.
//! Must never hold a name: credits have their own field and their own consent.

use std::borrow::Cow;

use caveat_advisory::{StatusKind, Withdrawal};
use caveat_check::{Entry, PackageId, Standing};
use caveat_texts::Texts;
use caveat_words::standing;

use crate::model::Note;

/// What the whole document says first.
pub(crate) fn of_document(entry: &Entry) -> Vec<Note<'_>> {
    let reason = entry.advisory.withdrawn.as_ref().map(withdrawal);
    let summary = note("summary", "Impact", entry.advisory.impact.trim());
    reason.into_iter().chain([summary]).collect()
}

fn withdrawal(withdrawn: &Withdrawal) -> Note<'_> {
    let text = caveat_words::withdrawn(withdrawn);
    note("description", "Reasoning for Withdrawal", text)
}

/// What the document of a package says of a flaw: no more than versions and statuses leave open.
pub(crate) fn of_package<'e>(entry: &'e Entry, package: &PackageId) -> Vec<Note<'e>> {
    if let Some(withdrawn) = &entry.advisory.withdrawn {
        return vec![withdrawal(withdrawn)];
    }
    let summary = note("summary", "Impact", entry.advisory.impact.trim());
    let condition = entry.advisory.affected_if.as_deref();
    let condition = condition.map(|text| note("details", "Am I affected?", text.trim()));
    let unknown = entry.statuses.iter().filter(|one| {
        let state = one.state == StatusKind::NotAnalysed;
        state && one.package == *package
    });
    let all = std::iter::once(summary).chain(condition);
    all.chain(unknown.map(status)).collect()
}

/// What is told of the flaw, and what CSAF has no field for.
pub(crate) fn of_vulnerability(entry: &Entry) -> Vec<Note<'_>> {
    let written = &entry.advisory;
    let description = note("description", "Description", written.description.trim());
    let mut all = vec![description];
    let condition = written.affected_if.as_deref();
    all.extend(condition.map(|text| note("details", "Am I affected?", text.trim())));
    for affected in &entry.affected {
        let title = &affected.package.title;
        if !affected.features.is_empty() {
            let text = affected.features.join(", ");
            all.push(note(
                "details",
                format!("Only with a feature of {title}"),
                text,
            ));
        }
        if !affected.functions.is_empty() {
            let text = affected.functions.join(", ");
            all.push(note(
                "details",
                format!("Reached through, in {title}"),
                text,
            ));
        }
    }
    all.extend(statuses(entry));
    let reason = written.severity_reason.as_deref();
    all.extend(reason.map(|text| note("other", "Why this severity", text.trim())));
    all.extend(cvss_4(entry));
    all.extend(weaknesses(entry));
    all
}

/// Why versions are not affected; and which nobody looked at: 2.0 has no status for those, and *under investigation* is a promise.
fn statuses(entry: &Entry) -> impl Iterator<Item = Note<'_>> {
    entry.statuses.iter().map(status)
}

fn status(one: &Standing) -> Note<'_> {
    let title = match one.state {
        StatusKind::NotAffected => "Not affected",
        StatusKind::NotAnalysed => "Not analysed",
    };
    let mut text = standing(Texts::english(), one);
    if let Some(reason) = &one.reason {
        text.push_str(&format!(". {}", reason.trim()));
    }
    note("details", title, text)
}

fn cvss_4(entry: &Entry) -> impl Iterator<Item = Note<'_>> {
    let scores = entry.scores.iter().filter(|score| score.version == "4.0");
    scores.map(|score| {
        let text = format!("{} {} {}", score.display(), score.rating, score.vector);
        note("other", "CVSS 4.0", text)
    })
}

/// All of them, where there are more than the one that CSAF 2.0 has a field for.
fn weaknesses(entry: &Entry) -> Option<Note<'_>> {
    let all = entry.weaknesses.iter();
    let lines = all.map(|cwe| format!("CWE-{}: {}", cwe.number, cwe.name));
    let lines: Vec<String> = lines.collect();
    (lines.len() > 1).then(|| note("other", "Weaknesses", lines.join("\n")))
}

pub(crate) fn note<'e>(
    category: &'static str,
    title: impl Into<Cow<'e, str>>,
    text: impl Into<Cow<'e, str>>,
) -> Note<'e> {
    Note {
        category,
        text: text.into(),
        title: title.into(),
    }
}
