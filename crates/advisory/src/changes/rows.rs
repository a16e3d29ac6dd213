//! Owns what differs between two states of an advisory in what they say of packages and versions.
//! Must never take two spellings of one range for two ranges.

use std::collections::{BTreeMap, BTreeSet};

use super::{data, field, line, list, some};
use crate::{Advisory, Affected, Change, FixNote, PackageRef, Status};

/// A name for each row of `affected`: `torsh`, or `torsh#2` for the second of that package.
pub fn row_names(state: &Advisory) -> Vec<String> {
    let (mut taken, mut counts) = (BTreeSet::new(), BTreeMap::new());
    let mut names = Vec::with_capacity(state.affected.len());
    for row in &state.affected {
        let package = package_name(&row.package);
        let count = counts.entry(package.clone()).or_insert(1_usize);
        let mut name = package.clone();
        while !taken.insert(name.clone()) {
            *count += 1;
            name = format!("{package}#{count}");
        }
        names.push(name);
    }
    names
}

fn package_name(package: &PackageRef) -> String {
    match package {
        PackageRef::Key(key) => key.clone(),
        PackageRef::Named { ecosystem, name } => format!("{ecosystem}/{name}"),
    }
}

fn rows(state: &Advisory) -> BTreeMap<String, &Affected> {
    row_names(state).into_iter().zip(&state.affected).collect()
}

/// What differs in the rows of `affected`.
pub(super) fn packages(old: &Advisory, new: &Advisory, all: &mut Vec<Change>) {
    let (before, after) = (rows(old), rows(new));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let path = format!("affected[{name}]");
        match (before.get(name), after.get(name)) {
            (Some(from), Some(to)) => row(&path, from, to, all),
            (from, to) => {
                let said = |row: Option<&&Affected>| Some(branches(row?).unwrap_or_default());
                field(all, &path, said(from), said(to));
            }
        }
    }
}

/// Range strings; spaces mean nothing in them.
fn branches(row: &Affected) -> Option<String> {
    ranges(&row.versions)
}

fn ranges(versions: &[String]) -> Option<String> {
    let plain = |text: &String| {
        let tight: String = text.split_whitespace().collect();
        let parts = tight.split(',').map(|part| {
            let end = part.find(|c: char| !"<>=".contains(c)).unwrap_or(0);
            let (sign, version) = part.split_at(end);
            format!("{sign} {version}")
        });
        parts.collect::<Vec<_>>().join(", ")
    };
    let all: Vec<String> = versions.iter().map(plain).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

fn row(path: &str, old: &Affected, new: &Affected, all: &mut Vec<Change>) {
    let mut put = |key: &str, from: Option<String>, to: Option<String>| {
        field(all, &format!("{path}.{key}"), from, to);
    };
    put("versions", branches(old), branches(new));
    put(
        "introduced-by",
        list(&old.introduced_by),
        list(&new.introduced_by),
    );
    put("fixed-by", list(&old.fixed_by), list(&new.fixed_by));
    put("functions", list(&old.functions), list(&new.functions));
    put("features", list(&old.features), list(&new.features));
    put(
        "no-fix",
        some(old.no_fix.as_ref()),
        some(new.no_fix.as_ref()),
    );
    let unreleased = |row: &Affected| row.fix_unreleased.then(|| "true".to_owned());
    put("fix-unreleased", unreleased(old), unreleased(new));
    put("fix", fixes(old), fixes(new));
    data(&format!("{path}.extra"), &old.extra, &new.extra, all);
    let (was, is) = (&old.ecosystem_extra, &new.ecosystem_extra);
    data(&format!("{path}.ecosystem-extra"), was, is, all);
}

fn fixes(row: &Affected) -> Option<String> {
    let one = |note: &FixNote| {
        let said = note.availability.iter().map(|text| line(text));
        let instead = note.upgrade_to.iter();
        let said = said.chain(instead.map(|to| format!("upgrade to {to}")));
        let said: Vec<String> = said.collect();
        format!("{}: {}", note.version, said.join("; "))
    };
    list(&row.fixes.iter().map(one).collect::<Vec<_>>())
}

/// One line for each status.
pub(super) fn statuses(state: &Advisory) -> Vec<String> {
    let one = |status: &Status| {
        let versions = ranges(&status.versions).unwrap_or_else(|| "all versions".to_owned());
        let reason = some(status.reason.as_ref()).map(|reason| format!(" ({reason})"));
        let justification = status
            .justification
            .map(|one| format!(" [{}]", one.as_str()));
        format!(
            "{}: {} {versions}{}{}",
            status.state.as_str(),
            package_name(&status.package),
            justification.unwrap_or_default(),
            reason.unwrap_or_default()
        )
    };
    state.statuses.iter().map(one).collect()
}
