//! Owns the packages and versions of an OSV record.
//! Must never leave a version out: a row that cannot be said exactly is not said at all, and reported.

use caveat_advisory::{Affected, PackageRef};
use caveat_versions::{Ecosystem, Interval, Order, Ranges, Upper, canonical_name};

use crate::events;
use crate::fields::{Fields, Left};
use crate::osv::add_vector;
use crate::sheet::Sheet;

/// Adds every row that the form can say.
pub(crate) fn read(sheet: &mut Sheet, root: &Fields<'_>) {
    let rows = root.tables("affected");
    for row in &rows {
        if let Some(affected) = one(sheet, row) {
            add(sheet, affected);
        }
        for vector in row.tables("severity") {
            add_vector(sheet, &vector);
        }
        sheet.lose_rest(row);
    }
    if sheet.advisory.affected.is_empty() {
        let message = if rows.is_empty() {
            "this names no package: the form has no place for it"
        } else {
            "none of the packages can be said in our form"
        };
        sheet.fault("affected-missing", root.span.clone(), message);
    }
}

/// Records that have one row for each branch of a package get one row for all.
pub(crate) fn add(sheet: &mut Sheet, new: Affected) {
    let rows = &mut sheet.advisory.affected;
    match rows.iter_mut().find(|row| row.package == new.package) {
        None => rows.push(new),
        Some(row) => {
            let order = order(&row.package);
            let texts = row.versions.iter().chain(&new.versions);
            let read = |order| {
                texts
                    .map(|text| Interval::parse(order, text).ok())
                    .collect::<Option<Vec<_>>>()
            };
            let merged = order
                .and_then(read)
                .and_then(|all| Ranges::merge(&all).branches());
            if let Some(merged) = merged {
                row.versions = merged.iter().map(Interval::expression).collect();
            }
            join(&mut row.introduced_by, new.introduced_by);
            join(&mut row.fixed_by, new.fixed_by);
            join(&mut row.functions, new.functions);
            join(&mut row.features, new.features);
        }
    }
}

fn join(old: &mut Vec<String>, new: Vec<String>) {
    for one in new {
        if !old.contains(&one) {
            old.push(one);
        }
    }
}

fn order(package: &PackageRef) -> Option<Order> {
    match package {
        PackageRef::Named { ecosystem, .. } => Ecosystem::parse(ecosystem).ok()?.order(),
        PackageRef::Key(_) => None,
    }
}

fn one(sheet: &mut Sheet, row: &Fields<'_>) -> Option<Affected> {
    let (ecosystem, name) = package(sheet, row)?;
    let Some(order) = ecosystem.order() else {
        let message = format!("how versions of `{ecosystem}` are ordered is not known here");
        skip(sheet, row, &message);
        return None;
    };
    let package = PackageRef::Named {
        ecosystem: ecosystem.to_string(),
        name,
    };
    let mut affected = Affected {
        functions: functions(sheet, row),
        ..Affected::new(package, Vec::new())
    };
    let mut set = Ranges::default();
    for range in row.tables("ranges") {
        set = set.union(&one_range(sheet, &range, order, &mut affected));
        sheet.lose_rest(&range);
    }
    let set = with_listed(sheet, row, order, &set);
    let branches = set.branches().unwrap_or_default();
    affected.versions = branches.iter().map(Interval::expression).collect();
    if affected.versions.is_empty() {
        skip(sheet, row, "this names no version in an order of versions");
        return None;
    }
    Some(affected)
}

fn skip(sheet: &mut Sheet, row: &Fields<'_>, why: &str) {
    let message = format!("{why}: this package is left out");
    sheet.doubt("package-left-out", "", row.span.clone(), &message);
    let source = std::sync::Arc::clone(sheet.source());
    let text = source.text()[row.span.clone()]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let (name, span) = ("affected[]".to_owned(), row.span.clone());
    sheet.lose(Left { name, text, span });
}

fn package(sheet: &mut Sheet, row: &Fields<'_>) -> Option<(Ecosystem, String)> {
    let package = row.table("package");
    // It follows from the other two.
    package.text("purl");
    let (Some(ecosystem), Some(name)) = (package.text("ecosystem"), package.text("name")) else {
        skip(sheet, row, "there is no package, only a repository");
        return None;
    };
    sheet.lose_rest(&package);
    match Ecosystem::parse(ecosystem.value) {
        Ok(ecosystem) => {
            let name =
                canonical_name(&ecosystem, name.value).unwrap_or_else(|_| name.value.to_owned());
            Some((ecosystem, name))
        }
        Err(error) => {
            skip(sheet, row, &error.to_string());
            None
        }
    }
}

fn one_range(
    sheet: &mut Sheet,
    range: &Fields<'_>,
    order: Order,
    affected: &mut Affected,
) -> Ranges {
    let kind = range.text("type").map_or("", |text| text.value);
    let list = range.tables("events");
    if kind == "GIT" {
        for event in &list {
            let commits = |key| event.text(key).map(|text| text.value.to_owned());
            let introduced = commits("introduced").filter(|commit| commit != "0");
            affected.introduced_by.extend(introduced);
            affected.fixed_by.extend(commits("fixed"));
            sheet.lose_rest(event);
        }
        return Ranges::default();
    }
    events::set(sheet, &list, order)
}

/// Adds the versions that are listed one by one and in no range.
fn with_listed(sheet: &mut Sheet, row: &Fields<'_>, order: Order, set: &Ranges) -> Ranges {
    let mut single = Vec::new();
    for text in row.texts("versions") {
        let Some(version) = events::version(sheet, order, &text) else {
            continue;
        };
        if !set.contains(&version) {
            single.extend(Interval::new(
                Some(version.clone()),
                Upper::LastAffected(version),
            ));
        }
    }
    set.union(&Ranges::merge(&single))
}

/// Where the Rust and Go databases name functions.
fn functions(sheet: &mut Sheet, row: &Fields<'_>) -> Vec<String> {
    let specific = row.table("ecosystem_specific");
    let affects = specific.table("affects");
    let mut names: Vec<String> = Vec::new();
    names.extend(
        affects
            .texts("functions")
            .iter()
            .map(|text| text.value.to_owned()),
    );
    sheet.lose_rest(&affects);
    for import in specific.tables("imports") {
        let path = import.text("path").map_or("", |text| text.value).to_owned();
        let symbols = import.texts("symbols");
        names.extend(symbols.iter().map(|text| format!("{path}.{}", text.value)));
        sheet.lose_rest(&import);
    }
    sheet.lose_rest(&specific);
    names
}
