//! Owns the packages and versions of an OSV record.
//! Must never leave a version out: a row that cannot be said exactly is not said at all, and reported.

use caveat_advisory::{Affected, Data, Extra, PACKAGE_KEYS, PackageRef};
use caveat_versions::{Ecosystem, Interval, Order, Ranges, Upper, canonical_name, purl};

use crate::events;
use crate::fields::{Fields, Left};
use crate::osv::add_vector;
use crate::sheet::Sheet;

/// Adds every row that the form can say.
pub(crate) fn read(sheet: &mut Sheet, root: &Fields<'_>) {
    let rows = root.tables("affected");
    for row in &rows {
        let affected = one(sheet, row);
        for vector in row.tables("severity") {
            add_vector(sheet, &vector);
        }
        // A row that is left out is kept as a whole already.
        if let Some(affected) = affected {
            add(sheet, row, affected);
            sheet.lose_rest(row);
        }
    }
    who_has_which(sheet, &rows, "severity");
    if sheet.advisory.affected.is_empty() {
        let message = if rows.is_empty() {
            "this names no package: the form has no place for it"
        } else {
            "none of the packages can be said in our form"
        };
        sheet.fault("affected-missing", root.span.clone(), message);
    }
}

/// The vectors of all packages stand together; where they are not the same, which is whose must be told.
pub(crate) fn who_has_which(sheet: &mut Sheet, rows: &[Fields<'_>], key: &str) {
    let all: Vec<_> = rows.iter().map(|row| row.whole(key)).collect();
    let text = |left: &Option<Left>| left.as_ref().map(|left| left.node.inline());
    if all.windows(2).any(|pair| text(&pair[0]) != text(&pair[1])) {
        all.into_iter().flatten().for_each(|left| sheet.lose(left));
    }
}

/// Records that have one row for each branch of a package get one row for all.
pub(crate) fn add(sheet: &mut Sheet, source: &Fields<'_>, new: Affected) {
    let rows = &mut sheet.advisory.affected;
    match rows.iter_mut().find(|row| row.package == new.package) {
        None => rows.push(new),
        Some(row) => {
            let same = row.extra == new.extra && row.ecosystem_extra == new.ecosystem_extra;
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
            let unsaid = merged.is_none();
            if let Some(merged) = merged {
                row.versions = merged.iter().map(Interval::expression).collect();
            }
            join(&mut row.introduced_by, new.introduced_by);
            join(&mut row.fixed_by, new.fixed_by);
            join(&mut row.functions, new.functions);
            join(&mut row.features, new.features);
            if unsaid {
                let message = "no range strings say what two rows of this package say together";
                sheet.fault("range-unreadable", source.span.clone(), message);
            }
            if !same {
                for key in ["package", "database_specific", "ecosystem_specific"] {
                    if let Some(left) = source.whole(key) {
                        sheet.lose(left);
                    }
                }
            }
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
    let (ecosystem, name, purl) = package(sheet, row)?;
    let Some(order) = ecosystem.order() else {
        let message = format!("how versions of `{ecosystem}` are ordered is not known here");
        skip(sheet, row, &message);
        return None;
    };
    let package = PackageRef::Named {
        ecosystem: ecosystem.to_string(),
        name,
    };
    let mut affected = Affected::new(package, Vec::new());
    affected.functions = functions(sheet, row, &mut affected.ecosystem_extra);
    for left in row
        .table("database_specific")
        .left()
        .into_iter()
        .chain(purl)
    {
        sheet.keep_in(&mut affected.extra, left);
    }
    let mut set = Ranges::default();
    let ranges = row.tables("ranges");
    if ranges.is_empty() {
        events::unreadable(sheet, row, "ranges");
    }
    for range in ranges {
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

pub(crate) fn skip(sheet: &mut Sheet, row: &Fields<'_>, why: &str) {
    let message = format!("{why}: this package is left out");
    sheet.doubt("package-left-out", "", row.span.clone(), &message);
    sheet.lose(row.all());
}

/// Ecosystem and name; and the package URL, where it is not the one that follows from the two.
fn package(sheet: &mut Sheet, row: &Fields<'_>) -> Option<(Ecosystem, String, Option<Left>)> {
    let package = row.table("package");
    let written = package.text("purl").map(|text| text.value.to_owned());
    let (Some(ecosystem), Some(name)) = (package.text("ecosystem"), package.text("name")) else {
        skip(sheet, row, "there is no package, only a repository");
        return None;
    };
    sheet.lose_rest(&package);
    match Ecosystem::parse(ecosystem.value) {
        Ok(ecosystem) => {
            let name =
                canonical_name(&ecosystem, name.value).unwrap_or_else(|_| name.value.to_owned());
            let other = purl(&ecosystem, &name) != written;
            let kept = package.whole("purl").filter(|_| other);
            Some((ecosystem, name, kept))
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
    if kind == "GIT" {
        for event in &range.tables("events") {
            let commits = |key| event.text(key).map(|text| text.value.to_owned());
            let introduced = commits("introduced").filter(|commit| commit != "0");
            affected.introduced_by.extend(introduced);
            affected.fixed_by.extend(commits("fixed"));
            sheet.lose_rest(event);
        }
        return Ranges::default();
    }
    events::set(sheet, range, order)
}

/// Adds the versions that are listed one by one and in no range.
fn with_listed(sheet: &mut Sheet, row: &Fields<'_>, order: Order, set: &Ranges) -> Ranges {
    let mut single = Vec::new();
    let mut inside = 0;
    let listed = row.texts("versions");
    if listed.is_empty() {
        events::unreadable(sheet, row, "versions");
    }
    for text in listed {
        let Some(version) = events::version(sheet, order, &text) else {
            continue;
        };
        if set.contains(&version) {
            inside += 1;
            continue;
        }
        single.extend(Interval::new(
            Some(version.clone()),
            Upper::LastAffected(version),
        ));
    }
    if inside > 0 {
        let field = format!("affected[{}]", sheet.advisory.affected.len());
        let message = format!("{inside} listed versions lie in the ranges, which say the same");
        sheet.note("versions-in-ranges", &field, row.span.clone(), &message);
    }
    set.union(&Ranges::merge(&single))
}

/// Where the Rust and Go databases name functions. The rest of what the ecosystem defines goes to `extra`.
fn functions(sheet: &mut Sheet, row: &Fields<'_>, extra: &mut Extra) -> Vec<String> {
    let specific = row.table("ecosystem_specific");
    let affects = specific.table("affects");
    let mut names: Vec<String> = Vec::new();
    names.extend(
        affects
            .texts("functions")
            .iter()
            .map(|text| text.value.to_owned()),
    );
    let mut below = Extra::new();
    for left in affects.left() {
        sheet.keep_in(&mut below, left);
    }
    for import in specific.tables("imports") {
        let path = import.text("path").map_or("", |text| text.value).to_owned();
        let symbols = import.texts("symbols");
        names.extend(symbols.iter().map(|text| format!("{path}.{}", text.value)));
        // A whole package.
        names.extend(Some(path).filter(|path| symbols.is_empty() && !path.is_empty()));
        sheet.lose_rest(&import);
    }
    names.extend(
        specific
            .texts("functions")
            .iter()
            .map(|text| text.value.to_owned()),
    );
    for left in specific.left() {
        if PACKAGE_KEYS.contains(&left.key.as_str()) {
            sheet.lose(left);
        } else {
            sheet.keep_in(extra, left);
        }
    }
    if !below.is_empty() {
        extra.insert("affects".to_owned(), Data::Table(below));
    }
    names
}
