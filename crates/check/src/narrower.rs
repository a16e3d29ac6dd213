//! Owns what of an advisory tells fewer people to act than an earlier state of it did.
//! Must never call it narrower that something cannot be read: other rules speak of that.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{Advisory, Affected, Project};
use caveat_versions::{Ranges, Stretch};

use crate::candidate::{Candidate, Row};
use crate::cvss::score;

/// One thing that tells fewer people.
#[derive(Debug)]
pub(crate) struct Narrower {
    /// The field, as the document names it now.
    pub(crate) field: String,
    /// What happens, without capital and stop.
    pub(crate) says: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

/// What is told of one package by all its rows.
#[derive(Default)]
struct Told {
    /// The first of its rows.
    row: usize,
    versions: Ranges,
    /// Functions through which it is reached; `None` is any.
    functions: Option<BTreeSet<String>>,
}

/// Everything by which `new` tells fewer people than `old` did.
pub(crate) fn narrower(old: &Advisory, new: &Candidate, project: &Project) -> Vec<Narrower> {
    let rows: Vec<Row> = old
        .affected
        .iter()
        .map(|row| Row::new(row, project))
        .collect();
    let now = new.advisory();
    let mut all = Vec::new();
    let both = told(&rows, &old.affected).zip(told(&new.rows, &now.affected));
    if let Some((before, after)) = both {
        packages(&before, &after, &mut all);
    }
    class(old, now, project, &mut all);
    scores(old, now, &mut all);
    for alias in old.aliases.iter().filter(|one| !now.aliases.contains(one)) {
        let says = "another name of the flaw is gone".to_owned();
        all.push(one("aliases", says, alias, "nothing"));
    }
    all
}

/// Everything by which `new` names more versions than `old` did.
pub(crate) fn wider(old: &Advisory, new: &Candidate, project: &Project) -> Vec<Narrower> {
    let rows = old.affected.iter().map(|row| Row::new(row, project));
    let rows: Vec<Row> = rows.collect();
    let both = told(&rows, &old.affected).zip(told(&new.rows, &new.advisory().affected));
    let (before, after) = both.unwrap_or_default();
    let none = Told::default();
    let gained = after.iter().filter_map(|(name, is)| {
        let was = before.get(name).unwrap_or(&none);
        let gained = is.versions.lost(&was.versions);
        let field = format!("affected[{}].versions", is.row);
        let says = format!(
            "more versions of `{name}` are told: {}",
            said(gained.clone())
        );
        let both = [was, is].map(|told| words(&told.versions));
        (!gained.is_empty()).then(|| one(field, says, &both[0], &both[1]))
    });
    gained.collect()
}

fn one(field: impl Into<String>, says: String, from: &str, to: &str) -> Narrower {
    Narrower {
        field: field.into(),
        says,
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

/// By package. `None` where one of them, or of their versions, cannot be made out.
fn told(rows: &[Row], written: &[Affected]) -> Option<BTreeMap<String, Told>> {
    let mut all: BTreeMap<String, Told> = BTreeMap::new();
    for (at, (row, written)) in rows.iter().zip(written).enumerate() {
        let package = row.package.as_ref().ok()?;
        let branches: Result<Vec<_>, _> = row.branches.iter().cloned().collect();
        let versions = Ranges::merge(&branches.ok()?);
        let functions: BTreeSet<String> = written.functions.iter().cloned().collect();
        let functions = Some(functions).filter(|names| !names.is_empty());
        let name = format!("{}/{}", package.ecosystem.as_str(), package.name);
        let told = match all.remove(&name) {
            None => Told {
                row: at,
                versions,
                functions,
            },
            Some(first) => Told {
                row: first.row,
                versions: first.versions.union(&versions),
                functions: first.functions.zip(functions).map(|(a, b)| &a | &b),
            },
        };
        all.insert(name, told);
    }
    Some(all)
}

fn packages(
    before: &BTreeMap<String, Told>,
    after: &BTreeMap<String, Told>,
    all: &mut Vec<Narrower>,
) {
    for (name, was) in before {
        let Some(is) = after.get(name) else {
            let says = format!("`{name}` is not affected any more");
            all.push(one("affected", says, &words(&was.versions), "nothing"));
            continue;
        };
        let gone = was.versions.lost(&is.versions);
        if !gone.is_empty() {
            let field = format!("affected[{}].versions", is.row);
            let says = format!("fewer versions of `{name}` are told: {}", said(gone));
            all.push(one(
                field,
                says,
                &words(&was.versions),
                &words(&is.versions),
            ));
        }
        if is_fewer(was.functions.as_ref(), is.functions.as_ref()) {
            let field = format!("affected[{}].functions", is.row);
            let says = format!("fewer users of `{name}` are told, by the functions they call");
            let both = [was, is].map(|told| names(told.functions.as_ref()));
            all.push(one(field, says, &both[0], &both[1]));
        }
    }
}

fn words(set: &Ranges) -> String {
    said(set.stretches())
}

fn said(stretches: Vec<Stretch>) -> String {
    stretches
        .into_iter()
        .map(|one| one.words)
        .collect::<Vec<_>>()
        .join("; ")
}

fn is_fewer(was: Option<&BTreeSet<String>>, is: Option<&BTreeSet<String>>) -> bool {
    match (was, is) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(was), Some(is)) => !was.is_subset(is),
    }
}

fn names(functions: Option<&BTreeSet<String>>) -> String {
    let list = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    functions.map_or_else(|| "any".to_owned(), list)
}

/// Classes of the policy come highest first; one that it does not know any more may have been any.
fn class(old: &Advisory, new: &Advisory, project: &Project, all: &mut Vec<Narrower>) {
    let classes = &project.policy.severities;
    let rank = |class: &str| classes.iter().position(|one| one.id == class);
    let Some(is) = rank(&new.severity).filter(|_| old.severity != new.severity) else {
        return;
    };
    if rank(&old.severity).is_none_or(|was| is > was) {
        let says = "its severity is lower".to_owned();
        all.push(one("severity", says, &old.severity, &new.severity));
    }
}

/// Scores of one version of CVSS are compared; one that has no equal, with the highest of the others.
fn scores(old: &Advisory, new: &Advisory, all: &mut Vec<Narrower>) {
    let (was, is) = (best(old), best(new));
    for (version, before) in was {
        let highest = is.values().copied().reduce(f64::max);
        let after = is.get(version).copied().or(highest);
        if after.is_none_or(|after| after < before) {
            let says = format!("its CVSS {version} score is lower");
            let to = after.map_or_else(|| "nothing".to_owned(), |score| format!("{score:.1}"));
            all.push(one("cvss", says, &format!("{before:.1}"), &to));
        }
    }
}

/// 3.0 and 3.1 are one.
fn best(state: &Advisory) -> BTreeMap<&'static str, f64> {
    let mut best = BTreeMap::new();
    for score in state.cvss.iter().filter_map(|vector| score(vector).ok()) {
        let version = score.version.split('.').next().unwrap_or_default();
        let highest: &mut f64 = best.entry(version).or_insert(score.score);
        *highest = highest.max(score.score);
    }
    best
}

#[cfg(test)]
mod tests {
    use crate::tests::narrowings;

    #[test]
    fn fewer_versions_functions_packages_names_and_lower_ratings_are_each_told_with_both_values() {
        let torch = ">= 1.0.0, < 1.2.0";
        for (edit, told) in [
            (
                (torch, ">= 1.1.0, < 1.2.0"),
                "fewer versions of `PyPI/torch` are told: 1.0.0 up to, but not including, 1.1.0",
            ),
            (
                (torch, ">= 1.0.0, < 1.1.9"),
                "fewer versions of `PyPI/torch` are told: 1.1.9 up to, but not including, 1.2.0",
            ),
            (
                (
                    "package = \"torch\"",
                    "ecosystem = \"npm\"\nname = \"torch\"",
                ),
                "`PyPI/torch` is not affected any more",
            ),
            (
                ("fixed-by", "functions = [\"torch.load\"]\nfixed-by"),
                "by the functions they call; was any, is torch.load",
            ),
            (
                ("severity = \"high\"", "severity = \"low\""),
                "its severity is lower; was high, is low",
            ),
            (("A:H", "A:N"), "its CVSS 3 score is lower; was 9.8, is 9.1"),
            (
                ("\"CVE-2026-12345\"", ""),
                "another name of the flaw is gone; was CVE-2026-12345, is nothing",
            ),
        ] {
            let said = narrowings(&[edit]);
            assert!(said.contains(told), "{told} in {said}");
        }
    }

    #[test]
    fn what_tells_more_people_or_nobody_else_is_not_narrower() {
        for edit in [
            (">= 1.0.0, < 1.2.0", ">= 0.9.0, < 1.3.0"),
            (">= 1.0.0, < 1.2.0\", \"", "< 1.2.0\", \""),
            (
                "\"CVE-2026-12345\"",
                "\"CVE-2026-12345\", \"CVE-2026-12346\"",
            ),
            ("CVSS:3.1", "CVSS:3.0"),
            ("A title", "Another title"),
            ("< 1.2.0", "< nonsense"),
            ("package = \"torch\"", "package = \"unknown\""),
        ] {
            assert_eq!(narrowings(&[edit]), "", "{edit:?}");
        }
    }
}
