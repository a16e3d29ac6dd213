//! Owns the Julia database's form: which of its keys is which of ours.
//! Must never hide who rated a flaw: the names of the raters stay beside the vectors.

use caveat_advisory::{Affected, PackageRef, Reference};
use caveat_versions::{Interval, Order, Ranges};

use crate::fields::{Fields, Text};
use crate::osv::{credits, dates, names, upstream};
use crate::sheet::Sheet;
use crate::{Settings, front, identity, link, severity};

/// Fills the sheet, and says where the file belongs. `None` only if something was reported.
pub(crate) fn read(sheet: &mut Sheet, settings: &Settings) -> Option<String> {
    let node = front::open(sheet)?;
    let root = Fields::root(&node);
    // Which version of OSV its export follows is no fact about the flaw.
    root.text("schema_version");
    names(sheet, &root);
    upstream(sheet, &root);
    for affected in root.tables("affected") {
        row(sheet, &affected);
        sheet.lose_rest(&affected);
    }
    if sheet.advisory.affected.is_empty() {
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
    }
    let place = identity::place(sheet, settings, id.value, id.span);
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
    let mut branches = Vec::new();
    for text in affected.texts("ranges") {
        match branch(&text) {
            Ok(branch) => branches.push(branch),
            Err(message) => sheet.fault("range-unreadable", text.span, &message),
        }
    }
    let merged = Ranges::merge(&branches).branches().unwrap_or_default();
    if merged.is_empty() {
        sheet.fault(
            "range-empty",
            affected.span.clone(),
            "no version is affected",
        );
        return;
    }
    sheet.advisory.affected.push(Affected {
        package: PackageRef::Named {
            ecosystem: "Julia".to_owned(),
            name: package.value.to_owned(),
        },
        versions: merged.iter().map(Interval::expression).collect(),
        introduced_by: Vec::new(),
        fixed_by: Vec::new(),
        functions: Vec::new(),
    });
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
    let rows = root.tables("severity");
    let mut raters: Vec<&str> = Vec::new();
    for row in &rows {
        let score = row.text("score").map(|text| text.value.to_owned());
        sheet.advisory.cvss.extend(score);
        raters.extend(row.text("source").map(|text| text.value));
        // The vector names its own version.
        row.text("type");
        sheet.lose_rest(row);
    }
    if !raters.is_empty() {
        let message = format!("rated by, in this order: {}", raters.join(", "));
        sheet.note("rater", "cvss", rows[0].span.clone(), &message);
    }
}
