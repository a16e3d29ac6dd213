//! Owns the Haskell database's form: which of its keys is which of ours.
//! Must never take a part of GHC, or a package of another repository, for a package of Hackage.

use caveat_advisory::{Affected, Data, Extra, PackageRef, Revision};
use caveat_versions::{Ecosystem, Ranges};

use crate::fields::{Fields, Text};
use crate::sheet::Sheet;
use crate::{Settings, date, events, front, identity, osv, osv_affected, severity};

/// Fills the sheet, and says where the file belongs. `None` only if something was reported.
pub(crate) fn read(sheet: &mut Sheet, settings: &Settings) -> Option<String> {
    let node = front::open(sheet)?;
    let root = Fields::root(&node);
    let advisory = root.table("advisory");
    osv::names(sheet, &advisory);
    weaknesses(sheet, &advisory);
    let rows = root.tables("affected");
    for row in &rows {
        affected(sheet, row);
        sheet.lose_rest(row);
    }
    osv_affected::who_has_which(sheet, &rows, "cvss");
    if sheet.advisory.affected.is_empty() {
        let message = "none of the packages can be said in our form";
        sheet.fault("affected-missing", root.span.clone(), message);
    }
    severity::rate(sheet, settings, None, advisory.span.clone());
    osv::links(sheet, &root);
    let Some(id) = advisory.text("id") else {
        let message = "there is no `advisory.id`";
        sheet.fault("id-missing", advisory.span.clone(), message);
        return None;
    };
    if identity::is_own(id.value, settings) {
        dates(sheet, &advisory, &id);
    } else {
        identity::warn_of_withdrawal(sheet, &advisory);
    }
    let place = identity::place(sheet, settings, id.value, id.span);
    for key in ["keywords", "capec"] {
        if let Some(left) = advisory.whole(key) {
            sheet.keep(left);
        }
    }
    for fields in [&root, &advisory] {
        sheet.lose_rest(fields);
    }
    Some(place)
}

/// Bare numbers, as the database has them.
fn weaknesses(sheet: &mut Sheet, advisory: &Fields<'_>) {
    for text in advisory.numbers("cwe") {
        sheet.advisory.cwe.push(format!("CWE-{}", text.value));
    }
}

fn affected(sheet: &mut Sheet, row: &Fields<'_>) {
    if let Some(vector) = row.text("cvss") {
        let vector = vector.value.to_owned();
        if !sheet.advisory.cvss.contains(&vector) {
            sheet.advisory.cvss.push(vector);
        }
    }
    let Some((ecosystem, name)) = package(sheet, row) else {
        return;
    };
    let order = Ecosystem::parse(ecosystem)
        .ok()
        .and_then(|known| known.order());
    let Some(order) = order else { return };
    // Each is a range of its own: what one ends another may go on with.
    let mut set = Ranges::default();
    for pair in row.tables("versions") {
        let (one, _) = events::pairs(sheet, std::slice::from_ref(&pair), order);
        set = set.union(&one);
    }
    let branches = set.branches().unwrap_or_default();
    if branches.is_empty() {
        let message = "this does not say which versions are affected";
        sheet.fault("range-empty", row.span.clone(), message);
        return;
    }
    let package = PackageRef::Named {
        ecosystem: ecosystem.to_owned(),
        name: name.value.to_owned(),
    };
    let versions = branches.iter().map(caveat_versions::Interval::expression);
    let mut new = Affected::new(package, versions.collect());
    // Since when each is there has no place: the whole table is kept beside the names.
    new.functions = row
        .table("declarations")
        .keys()
        .map(str::to_owned)
        .collect();
    if let Some(left) = row.whole("declarations") {
        sheet.lose(left);
    }
    new.ecosystem_extra = limits(sheet, row);
    osv_affected::add(sheet, row, new);
}

/// Processors and systems: whoever has none of them is not affected.
fn limits(sheet: &mut Sheet, row: &Fields<'_>) -> Extra {
    let mut affects = Extra::new();
    for key in ["arch", "os"] {
        if let Some(left) = row.whole(key) {
            sheet.keep_in(&mut affects, left);
        }
    }
    if affects.is_empty() {
        return affects;
    }
    Extra::from([("affects".to_owned(), Data::Table(affects))])
}

fn package<'n>(sheet: &mut Sheet, row: &Fields<'n>) -> Option<(&'static str, Text<'n>)> {
    if row.whole("repository-url").is_some() {
        let why = "the package is of another repository than Hackage";
        osv_affected::skip(sheet, row, why);
        return None;
    }
    let hackage = row.text("package").map(|name| ("Hackage", name));
    let found = hackage.or_else(|| Some(("GHC", row.text("ghc-component")?)));
    if found.is_none() {
        let message = "there is neither `package` nor `ghc-component`";
        sheet.fault("package-missing", row.span.clone(), message);
    }
    found
}

/// The database takes its dates from git; a file of it that was moved has none.
fn dates(sheet: &mut Sheet, advisory: &Fields<'_>, id: &Text<'_>) {
    if advisory.whole("published").is_some() {
        osv::dates(sheet, advisory);
        return;
    }
    let written = advisory.written("date");
    let known = written.as_ref().and_then(|text| date::read(text.value));
    let year = id.value.split('-').nth_back(1).unwrap_or_default();
    let made = || date::read(&format!("{year}-01-01"));
    let Some(first) = known.or_else(made) else {
        let message = "there is no date of publication";
        sheet.fault("date-unreadable", advisory.span.clone(), message);
        return;
    };
    if known.is_none() {
        let message =
            "the source has no date: the first day of the year of its id stands for it, correct it";
        sheet.doubt("date-made", "revision[0]", id.span.clone(), message);
    }
    let first = Revision::new(first.at, "First published.");
    sheet.advisory.revisions.push(first);
    if let Some(text) = advisory.written("withdrawn") {
        match date::read(text.value) {
            Some(withdrawn) => crate::rustsec::withdraw(sheet, withdrawn.at, text.span),
            None => sheet.fault("date-unreadable", text.span, "this is no date"),
        }
    }
}
