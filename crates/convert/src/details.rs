//! Owns the text of a record: the same Markdown that the page shows, in the same order.
//! Must never hold a name: credits have their own field and their own consent.

use caveat_check::Entry;

/// Markdown for `details`.
pub fn details(entry: &Entry) -> String {
    let written = &entry.advisory;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(withdrawal(entry));
    parts.push(written.impact.trim().to_owned());
    parts.push(written.description.trim().to_owned());
    let sections = [
        ("Am I affected?", &written.affected_if),
        ("Workarounds", &written.workaround),
    ];
    for (heading, text) in sections {
        parts.extend(
            text.as_ref()
                .map(|text| format!("## {heading}\n\n{}", text.trim())),
        );
    }
    parts.join("\n\n")
}

/// OSV has a time for a withdrawal; the reason goes into the text.
fn withdrawal(entry: &Entry) -> Option<String> {
    let withdrawn = entry.advisory.withdrawn.as_ref()?;
    let mut text = format!("**Withdrawn: {}.**", withdrawn.reason.label());
    if !withdrawn.replaced_by.is_empty() {
        text.push_str(&format!(
            " Read {} instead.",
            withdrawn.replaced_by.join(", ")
        ));
    }
    if let Some(note) = &withdrawn.note {
        text.push(' ');
        text.push_str(note.trim());
    }
    Some(text)
}
