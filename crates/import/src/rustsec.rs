//! Owns RustSec's form: which of its keys is which of ours.
//! Must never take a package of the Rust project itself for a crate of the registry.

use caveat_advisory::{
    Affected, Data, Extra, PackageRef, Reference, Revision, Withdrawal, WithdrawalReason,
};
use caveat_versions::Interval;

use crate::fields::{Fields, Text};
use crate::sheet::Sheet;
use crate::{Settings, date, front, identity, link, requirement, severity};

/// Fills the sheet, and says where the file belongs. `None` only if something was reported.
pub(crate) fn read(sheet: &mut Sheet, settings: &Settings) -> Option<String> {
    let node = front::open(sheet)?;
    let root = Fields::root(&node);
    let (advisory, versions) = (root.table("advisory"), root.table("versions"));
    let affected = root.table("affected");
    names(sheet, &advisory);
    let row = package(sheet, &advisory)
        .and_then(|package| Some((package, branches(sheet, &versions)?)))
        .map(|(package, versions)| Affected {
            functions: functions(sheet, &affected),
            ..Affected::new(package, versions)
        });
    if let Some(mut row) = row {
        with_package(sheet, &advisory, &affected, &mut row);
        sheet.advisory.affected.push(row);
    }
    sheet.advisory.affected_if = platforms(&affected);
    links(sheet, &advisory);
    severity::rate(sheet, settings, None, advisory.span.clone());
    let Some(id) = advisory.text("id") else {
        sheet.fault(
            "id-missing",
            advisory.span.clone(),
            "there is no `advisory.id`",
        );
        return None;
    };
    if identity::is_own(id.value, settings) {
        dates(sheet, &advisory);
    } else {
        identity::warn_of_withdrawal(sheet, &advisory);
    }
    let place = identity::place(sheet, settings, id.value, id.span);
    if let Some(left) = advisory.whole("keywords") {
        sheet.keep(left);
    }
    for fields in [&root, &advisory, &versions, &affected] {
        sheet.lose_rest(fields);
    }
    Some(place)
}

fn names(sheet: &mut Sheet, advisory: &Fields<'_>) {
    let values = |texts: Vec<Text<'_>>| texts.iter().map(|text| text.value.to_owned()).collect();
    sheet.advisory.aliases = values(advisory.texts("aliases"));
    sheet.advisory.related = values(advisory.texts("related"));
    let vector = advisory.text("cvss");
    sheet
        .advisory
        .cvss
        .extend(vector.map(|text| text.value.to_owned()));
}

/// Names of the collection `rust`, which no registry has.
const OF_RUST_ITSELF: &[&str] = &["std", "core", "alloc", "rustc"];

fn package(sheet: &mut Sheet, advisory: &Fields<'_>) -> Option<PackageRef> {
    let Some(name) = advisory.text("package") else {
        let message = "there is no `advisory.package`";
        sheet.fault("package-missing", advisory.span.clone(), message);
        return None;
    };
    let collection = sheet.source().path().rsplit('/').nth(2).map(str::to_owned);
    if collection.as_deref() == Some("rust") || OF_RUST_ITSELF.contains(&name.value) {
        let message = format!(
            "`{}` is a part of Rust itself, for which OSV has no ecosystem",
            name.value
        );
        sheet.fault("ecosystem-unknown", name.span, &message);
        return None;
    }
    Some(PackageRef::Named {
        ecosystem: "crates.io".to_owned(),
        name: name.value.to_owned(),
    })
}

/// What is neither patched nor unaffected is affected.
fn branches(sheet: &mut Sheet, versions: &Fields<'_>) -> Option<Vec<String>> {
    let mut safe = versions.texts("patched");
    safe.extend(versions.texts("unaffected"));
    let written: Vec<&str> = safe.iter().map(|text| text.value).collect();
    let span = |at: usize| {
        safe.get(at)
            .map_or(versions.span.clone(), |text| text.span.clone())
    };
    match requirement::none_of(&written) {
        Err((at, message)) => sheet.fault("range-unreadable", span(at), &message),
        Ok(branches) if branches.is_empty() => {
            let message = "every version is patched or unaffected: nothing is left to warn of";
            sheet.fault("range-empty", versions.span.clone(), message);
        }
        Ok(branches) => return Some(branches.iter().map(Interval::expression).collect()),
    }
    None
}

/// Names go into the form; since when each function is there does not.
fn functions(sheet: &mut Sheet, affected: &Fields<'_>) -> Vec<String> {
    let table = affected.table("functions");
    let names: Vec<String> = table.keys().map(str::to_owned).collect();
    sheet.lose_rest(&table);
    names
}

/// What RustSec's own records say of the package, under the names that they have there.
fn with_package(
    sheet: &mut Sheet,
    advisory: &Fields<'_>,
    affected: &Fields<'_>,
    row: &mut Affected,
) {
    for key in ["categories", "informational"] {
        if let Some(left) = advisory.whole(key) {
            sheet.keep_in(&mut row.extra, left);
        }
    }
    let mut affects = Extra::new();
    for key in ["arch", "os"] {
        if let Some(left) = affected.whole(key) {
            sheet.keep_in(&mut affects, left);
        }
    }
    if !affects.is_empty() {
        let affects = Data::Table(affects);
        row.ecosystem_extra.insert("affects".to_owned(), affects);
    }
}

/// Operating systems and processors as a sentence for readers.
fn platforms(affected: &Fields<'_>) -> Option<String> {
    let sentence = |key: &str, what: &str| {
        let names = affected.texts(key);
        let names: Vec<String> = names
            .iter()
            .map(|text| format!("`{}`", text.value))
            .collect();
        (!names.is_empty()).then(|| format!("Only on {what}: {}.", names.join(", ")))
    };
    let sentences = [
        sentence("os", "these operating systems"),
        sentence("arch", "these processor architectures"),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    (!sentences.is_empty()).then(|| sentences.join("\n"))
}

fn links(sheet: &mut Sheet, advisory: &Fields<'_>) {
    let links = advisory
        .text("url")
        .into_iter()
        .chain(advisory.texts("references"));
    for text in links {
        let link = Reference {
            kind: link::kind(text.value),
            url: text.value.to_owned(),
        };
        sheet.add_reference(link, text.span);
    }
}

fn dates(sheet: &mut Sheet, advisory: &Fields<'_>) {
    let Some(text) = advisory.written("date") else {
        sheet.fault(
            "date-unreadable",
            advisory.span.clone(),
            "there is no `advisory.date`",
        );
        return;
    };
    let Some(published) = date::read(text.value) else {
        sheet.fault("date-unreadable", text.span, "this is no date");
        return;
    };
    let first = Revision::new(published.at, "First published.");
    sheet.advisory.revisions.push(first);
    if published.day_only {
        let message = "the source knows only the day: noon stands for it";
        sheet.note("day-only", "revision[0]", text.span, message);
    }
    let Some(text) = advisory.written("withdrawn") else {
        return;
    };
    match date::read(text.value) {
        Some(withdrawn) => withdraw(sheet, withdrawn.at, text.span),
        None => sheet.fault("date-unreadable", text.span, "this is no date"),
    }
}

/// The reason is for a person to say: no source has one that a machine can read.
pub(crate) fn withdraw(
    sheet: &mut Sheet,
    at: caveat_advisory::Timestamp,
    span: std::ops::Range<usize>,
) {
    let last = sheet.advisory.revisions.last().map(|revision| revision.at);
    if last.is_some_and(|last| last < at) {
        let last = Revision::new(at, "Withdrawn.");
        sheet.advisory.revisions.push(last);
    }
    sheet.advisory.withdrawn = Some(Withdrawal {
        at,
        reason: WithdrawalReason::IssuedInError,
        replaced_by: Vec::new(),
        note: None,
    });
    let message = "the source gives no reason of our list: correct `reason`";
    sheet.doubt("reason-made", "withdrawn", span, message);
}
