//! Owns a comparison as text for a terminal.
//! Must never say anything that the data does not.

use caveat_gate::{Finding, Flip, Verdict};

use super::Seen;
use super::change::{Changed, Row};
use crate::cmd::publish::counts;

pub(super) fn text(seen: &Seen) -> String {
    let advisories = seen.advisories.iter().map(advisory);
    let mut text: String = advisories.collect();
    if seen.advisories.is_empty() {
        text += "no advisory changes\n";
    }
    text += &format!("\nfiles: {}\n", counts(&seen.files));
    for path in seen.files.removed.iter().take(MOST) {
        text += &format!("  removed: {path}\n");
    }
    for one in &seen.gate {
        text += &format!("\n{}\n", finding(one));
    }
    text
}

/// So many paths are read; JSON has all.
pub(super) const MOST: usize = 20;

fn advisory(one: &Changed) -> String {
    let mut text = format!("{}  {}  {}\n", one.id, one.kind.word(), one.title);
    for row in &one.fields {
        text += &format!("  {}\n", field(row, str::to_owned));
    }
    for one in &one.verdicts {
        text += &format!("  scanners: {}\n", flip(one));
    }
    if let Some(mail) = &one.mail {
        text += &format!("  mail due: {} to {}\n", mail.kind, mail.lists.join(", "));
    }
    text
}

/// `severity: high -> low`; what was not there, or is too long to be repeated, is said so.
pub(super) fn field(row: &Row, quoted: impl Fn(&str) -> String) -> String {
    match (&row.from, &row.to) {
        (Some(from), Some(to)) => format!("{}: {} -> {}", row.field, quoted(from), quoted(to)),
        (Some(from), None) => format!("{}: {} -> nothing", row.field, quoted(from)),
        (None, Some(to)) => format!("{}: nothing -> {}", row.field, quoted(to)),
        (None, None) => format!("{}: changed", row.field),
    }
}

pub(super) fn flip(one: &Flip) -> String {
    let turns = if one.affected {
        "become affected"
    } else {
        "are no longer affected"
    };
    let example = one.example.as_ref();
    let example = example.map(|version| format!(", for example {version}"));
    format!(
        "{}: {} {turns}{}",
        one.package,
        one.versions,
        example.unwrap_or_default()
    )
}

pub(super) fn finding(one: &Finding) -> String {
    let (level, help) = words(one);
    let id = one.id.as_ref().map(|id| format!("{id}: "));
    format!(
        "{level}[{}]: {}{}\n  {help}: {}",
        one.code,
        id.unwrap_or_default(),
        one.says,
        one.help
    )
}

pub(super) fn words(one: &Finding) -> (&'static str, &'static str) {
    match one.verdict {
        Verdict::Refused => ("refused", "help"),
        Verdict::Warning => ("warning", "help"),
        Verdict::Stated => ("stated", "reason"),
    }
}
