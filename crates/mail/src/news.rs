//! Owns what is new in a mail: why it comes now, and what changed since the last one.
//! Must never leave a reader of the mail before to compare two texts.

use caveat_advisory::Withdrawal;
use caveat_check::{AffectedPackage, Book, Entry};
use caveat_texts::Texts;
use caveat_versions::Interval;
use caveat_words::lines::wrap;
use caveat_words::{change, day, join};

use crate::facts::page;
use crate::occasion::reopened;

/// The sections that come before all others.
pub(crate) fn news(book: &Book, entry: &Entry) -> Vec<String> {
    let advisory = &entry.advisory;
    if let Some(withdrawn) = &advisory.withdrawn {
        return vec![withdrawal(book, entry, withdrawn)];
    }
    let revised = revision(entry).into_iter();
    let early = early(book, entry).into_iter();
    let older = reopened(entry).map(|relation| {
        let older = book.entries().iter().find(|older| older.id == relation.id);
        open(entry, older, relation.kind.label(), &relation.id)
    });
    revised.chain(early).chain(older).collect()
}

fn withdrawal(book: &Book, entry: &Entry, withdrawn: &Withdrawal) -> String {
    let mut text = format!(
        "This advisory was withdrawn on {}: {}.",
        day(withdrawn.at),
        withdrawn.reason.label().to_lowercase()
    );
    let successors = join(withdrawn.replaced_by.clone(), "and");
    if !successors.is_empty() {
        text.push_str(&format!(" Read {successors} instead."));
    }
    if let Some(note) = &withdrawn.note {
        text.push_str(&format!(" {}", note.trim()));
    }
    let instead = if successors.is_empty() {
        String::new()
    } else {
        format!(", and report {successors} instead")
    };
    let scanners = format!(
        "Scanners: the record stays, with its time in `withdrawn`. Report {} no more{instead}.",
        entry.id
    );
    let record = format!("  {}/osv/{}.json", book.project().feed.url, entry.id);
    format!(
        "WITHDRAWN\n\n{}\n\n{}\n{record}",
        wrap(&text, "", ""),
        wrap(&scanners, "* ", "  ")
    )
}

/// What changed, for those who read the mail before.
fn revision(entry: &Entry) -> Option<String> {
    let number = entry.told;
    let last = entry.advisory.revisions.get(number - 1);
    let last = last.filter(|_| number > 1)?;
    let mut lines = vec![wrap(&last.note, "", "")];
    if let Some(reason) = &last.fix_reverted {
        let text = format!(
            "A version that was called fixed is affected: {}",
            reason.trim()
        );
        lines.push(wrap(&text, "", ""));
    }
    if !last.changed.is_empty() {
        lines.push(String::new());
    }
    let changed = last.changed.iter();
    lines.extend(changed.map(|one| wrap(&change(Texts::english(), one), "* ", "  ")));
    Some(format!(
        "CHANGES IN REVISION {number}\n\n{}",
        lines.join("\n")
    ))
}

/// Why it is published before its time, and what there is by now.
fn early(book: &Book, entry: &Entry) -> Option<String> {
    // Later mails of the thread have other news.
    let embargo = entry.advisory.embargo.as_ref();
    let embargo = embargo.filter(|_| entry.told == 1)?;
    let reason = embargo.ended_early.as_ref()?;
    let fixed = fixes(&entry.affected).next().is_some();
    let now = match (fixed, entry.advisory.workaround.is_some()) {
        (true, _) => "Fixed versions are named below.",
        (false, true) => "There is no fixed version yet; a workaround is below.",
        (false, false) => "There is no fixed version yet.",
    };
    let lines = [
        wrap(
            &format!("Published before the agreed time: {}", reason.trim()),
            "* ",
            "  ",
        ),
        wrap(now, "* ", "  "),
        wrap(
            "Whatever changes is told in this thread, and on this page first:",
            "* ",
            "  ",
        ),
        format!("  {}", page(book.project(), entry)),
    ];
    Some(format!("PUBLISHED EARLY\n\n{}", lines.join("\n")))
}

/// Which versions that were called fixed are affected all the same. The older advisory may be no part of this book.
fn open(entry: &Entry, older: Option<&Entry>, label: &str, id: &str) -> String {
    let mut lines = Vec::new();
    for row in &entry.affected {
        let same = older.into_iter().flat_map(|older| &older.affected);
        let same = same.filter(|other| {
            other.package.ecosystem == row.package.ecosystem
                && other.package.name == row.package.name
        });
        let called_fixed = same.flat_map(|other| other.branches.iter().filter_map(Interval::fixed));
        let still = called_fixed.filter(|version| {
            let mut branches = row.branches.iter();
            branches.any(|branch| branch.contains(version))
        });
        let still: Vec<String> = still.map(ToString::to_string).collect();
        if still.is_empty() {
            continue;
        }
        let verb = if still.len() == 1 { "is" } else { "are" };
        let text = format!(
            "{} {}, which fixed {id}, {verb} affected by this flaw.",
            row.package.title,
            join(still, "and")
        );
        lines.push(wrap(&text, "* ", "  "));
    }
    lines.push(wrap(
        &format!("Whoever upgraded because of {id} has to act again: see WHAT TO DO."),
        "* ",
        "  ",
    ));
    format!("{} {id}\n\n{}", label.to_uppercase(), lines.join("\n"))
}

/// The fixed versions of all packages.
pub(crate) fn fixes(affected: &[AffectedPackage]) -> impl Iterator<Item = String> {
    let targets = affected.iter().flat_map(AffectedPackage::targets);
    targets.map(ToString::to_string)
}
