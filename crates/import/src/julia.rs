//! Owns the Julia database's form: which of its keys is which of ours.
//! Must never hide who rated a flaw: the names of the raters stay, in the order of the vectors.

use caveat_advisory::{Affected, PackageRef, Reference};
use caveat_versions::{Interval, Order, Ranges};

use crate::fields::{Fields, Left, Text};
use crate::osv::{credits, dates, names};
use crate::sheet::Sheet;
use crate::{Settings, front, identity, link, severity};

/// Fills the sheet, and says where the file belongs. `None` only if something was reported.
pub(crate) fn read(sheet: &mut Sheet, settings: &Settings) -> Option<String> {
    let node = front::open(sheet)?;
    let root = Fields::root(&node);
    // Which version of OSV its export follows is no fact about the flaw.
    root.text("schema_version");
    names(sheet, &root);
    let rows = root.tables("affected");
    for affected in &rows {
        row(sheet, affected);
        sheet.lose_rest(affected);
    }
    if rows.is_empty() {
        let message = "this names no package";
        sheet.fault("affected-missing", root.span.clone(), message);
    }
    vectors(sheet, &root);
    severity::rate(sheet, settings, None, root.span.clone());
    for text in root.texts("references") {
        let link = Reference {
            kind: link::kind(text.value),
            url: text.value.to_owned(),
        };
        sheet.add_reference(link, text.span);
    }
    credits(sheet, &root);
    let Some(id) = root.text("id") else {
        sheet.fault("id-missing", root.span.clone(), "there is no `id`");
        return None;
    };
    if identity::is_own(id.value, settings) {
        dates(sheet, &root);
    } else {
        identity::warn_of_withdrawal(sheet, &root);
    }
    let place = identity::place(sheet, settings, id.value, id.span);
    // Where it has been told: the owner's own records say it under this name.
    if let Some(sources) = root.whole("jlsec_sources") {
        let key = "sources".to_owned();
        sheet.keep(Left { key, ..sources });
    }
    sheet.lose_rest(&root);
    Some(place)
}

fn row(sheet: &mut Sheet, affected: &Fields<'_>) {
    let Some(package) = affected.text("pkg") else {
        sheet.fault(
            "package-missing",
            affected.span.clone(),
            "there is no `pkg`",
        );
        return;
    };
    let Some(versions) = versions(sheet, affected) else {
        return;
    };
    sheet.advisory.affected.push(Affected::new(
        PackageRef::Named {
            ecosystem: "Julia".to_owned(),
            name: package.value.to_owned(),
        },
        versions,
    ));
}

/// The range strings, sorted and merged. `None` only if something was reported.
fn versions(sheet: &mut Sheet, affected: &Fields<'_>) -> Option<Vec<String>> {
    let texts = affected.texts("ranges");
    let mut branches = Vec::new();
    for text in &texts {
        match branch(text) {
            Ok(branch) => branches.push(branch),
            Err(message) => sheet.fault("range-unreadable", text.span.clone(), &message),
        }
    }
    if texts.is_empty() {
        let message = "this does not say which versions are affected";
        sheet.fault("range-empty", affected.span.clone(), message);
    }
    let merged = Ranges::merge(&branches).branches()?;
    if merged.len() < branches.len() {
        let message =
            "some of the source's ranges touch or differ only in their builds: they are one here";
        let field = format!("affected[{}]", sheet.advisory.affected.len());
        sheet.doubt("ranges-joined", &field, affected.span.clone(), message);
        if let Some(left) = affected.whole("ranges") {
            sheet.lose(left);
        }
    }
    let whole = !merged.is_empty() && branches.len() == texts.len();
    whole.then(|| merged.iter().map(Interval::expression).collect())
}

fn branch(text: &Text<'_>) -> Result<Interval, String> {
    let written = match text.value.trim() {
        "*" => ">= 0",
        other => other,
    };
    Interval::parse(Order::SemVer, written).map_err(|error| format!("`{written}`: {error}"))
}

/// A list of vectors, or of tables that say who rated.
fn vectors(sheet: &mut Sheet, root: &Fields<'_>) {
    for text in root.texts("severity") {
        sheet.advisory.cvss.push(text.value.to_owned());
    }
    for row in &root.tables("severity") {
        let score = row.text("score").map(|text| text.value.to_owned());
        sheet.advisory.cvss.extend(score);
        // The vector names its own version.
        row.text("type");
        sheet.lose_rest(row);
    }
}
