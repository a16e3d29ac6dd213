//! Owns which products an advisory speaks of: every stretch of versions with what is known of it, and the tree of their names.
//! Must never call a version free of the flaw where the advisory does not say where it ends.

use caveat_advisory::StatusKind;
use caveat_check::{AffectedPackage, Entry, PackageId, Standing};
use caveat_versions::{Interval, Upper, Version, purl_of_range, purl_of_version, vers};
use caveat_words::unaffected_branches;

use crate::model::ProductStatus;

/// What is known of some versions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// They have the flaw; whether a version ends it.
    Affected { fixed: bool },
    /// The first version without it; whether people are sent there: it may never have been released.
    FirstFixed { target: bool },
    /// That one and what follows it.
    Fixed,
    /// What was released in the place of a first version without it.
    Instead,
    /// They never had it.
    NotAffected(Why),
}

/// Why versions are not affected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// They are older than the flaw.
    Older,
    /// The status of this place says so.
    Told(usize),
    /// There is no flaw.
    Withdrawn,
}

/// Some versions of a package that are alike.
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) status: Status,
    pub(crate) category: &'static str,
    pub(crate) version: String,
    pub(crate) name: String,
    pub(crate) purl: Option<String>,
}

/// What an advisory says of one package.
pub(crate) struct Row<'e> {
    pub(crate) package: &'e PackageId,
    /// Its place among the affected ones.
    pub(crate) affected: Option<usize>,
    pub(crate) products: Vec<Product>,
}

/// The products of every package, packages in the order of the entry.
pub(crate) fn rows(entry: &Entry) -> Vec<Row<'_>> {
    let affected = entry.affected.iter().enumerate().map(|(at, one)| Row {
        package: &one.package,
        affected: Some(at),
        products: of_package(entry, one),
    });
    let others = others(entry).into_iter().map(|package| {
        let clear = clear(entry, package).into_iter();
        let clear = clear.map(|(branch, status)| stretch(package, &branch, status));
        Row {
            package,
            affected: None,
            products: clear.collect(),
        }
    });
    affected.chain(others).collect()
}

/// The packages of the rows, in the same order.
pub(crate) fn packages(entry: &Entry) -> impl Iterator<Item = &PackageId> {
    let affected = entry.affected.iter().map(|one| &one.package);
    affected.chain(others(entry))
}

/// Every version of a package: none has a flaw that is none.
pub(crate) fn all_clear(package: &PackageId) -> Vec<Product> {
    let all = Interval::new(None, Upper::Open).into_iter();
    let clear = Status::NotAffected(Why::Withdrawn);
    all.map(|all| stretch(package, &all, clear)).collect()
}

/// The packages that are named for not being affected, and for nothing else.
fn others(entry: &Entry) -> Vec<&PackageId> {
    let mut others: Vec<&PackageId> = Vec::new();
    for (_, one) in not_affected(entry) {
        let known = |package: &PackageId| *package == one.package;
        let affected = entry.affected.iter().any(|one| known(&one.package));
        if !affected && !others.iter().any(|other| known(other)) {
            others.push(&one.package);
        }
    }
    others
}

fn not_affected(entry: &Entry) -> impl Iterator<Item = (usize, &Standing)> {
    let all = entry.statuses.iter().enumerate();
    all.filter(|(_, one)| one.state == StatusKind::NotAffected)
}

/// What the advisory itself calls not affected of a package.
fn clear(entry: &Entry, package: &PackageId) -> Vec<(Interval, Status)> {
    let mut clear = Vec::new();
    for (at, one) in not_affected(entry).filter(|(_, one)| one.package == *package) {
        let all = Interval::new(None, Upper::Open).filter(|_| one.branches.is_empty());
        let branches = one.branches.iter().cloned().chain(all);
        clear.extend(branches.map(|branch| (branch, Status::NotAffected(Why::Told(at)))));
    }
    clear
}

/// The line of versions, from the first to the last, without those that nobody looked at.
fn of_package(entry: &Entry, affected: &AffectedPackage) -> Vec<Product> {
    let package = &affected.package;
    let (targets, first) = (affected.targets(), affected.branches.first());
    let mut line: Vec<(Interval, Status)> = Vec::new();
    line.extend(affected.branches.iter().map(|branch| {
        let fixed = branch.fixed().is_some();
        (branch.clone(), Status::Affected { fixed })
    }));
    line.extend(
        unaffected_branches(entry, affected)
            .into_iter()
            .map(|free| {
                let before = first.is_some_and(|first| free.cmp_lower(first).is_lt());
                let status = if before {
                    Status::NotAffected(Why::Older)
                } else {
                    Status::Fixed
                };
                (free, status)
            }),
    );
    line.extend(clear(entry, package));
    line.sort_by(|(one, _), (other, _)| one.cmp_lower(other));
    let mut all = Vec::with_capacity(line.len() + targets.len());
    for (branch, status) in &line {
        all.push(stretch(package, branch, *status));
        if let (Status::Affected { .. }, Some(fixed)) = (status, branch.fixed()) {
            let target = targets.contains(&fixed);
            all.push(single(package, fixed, Status::FirstFixed { target }));
        }
    }
    let branches = &affected.branches;
    let ends = |version: &Version| branches.iter().any(|one| one.fixed() == Some(version));
    let instead = targets.into_iter().filter(|target| !ends(target));
    all.extend(instead.map(|version| single(package, version, Status::Instead)));
    all
}

fn stretch(package: &PackageId, branch: &Interval, status: Status) -> Product {
    if let (Some(lower), Upper::LastAffected(last)) = (branch.lower(), branch.upper())
        && lower == last
    {
        return single(package, lower, status);
    }
    let purl = package.purl();
    let version = vers(purl.as_deref(), branch);
    let bounds = version.split_once('/').map_or("", |(_, bounds)| bounds);
    Product {
        id: format!("{}:{bounds}", package.key),
        status,
        category: "product_version_range",
        name: format!("{}, {}", package.title, branch.words()),
        purl: purl
            .filter(|_| !too_wide(package, branch))
            .map(|purl| purl_of_range(&purl, branch)),
        version,
    }
}

/// Two releases of a distribution have one package URL: without a version it would speak of both.
fn too_wide(package: &PackageId, branch: &Interval) -> bool {
    let whole = branch.lower().is_none() && *branch.upper() == Upper::Open;
    whole && package.ecosystem.suffix().is_some()
}

fn single(package: &PackageId, version: &Version, status: Status) -> Product {
    let text = version.canonical();
    Product {
        id: format!("{}:{text}", package.key),
        status,
        category: "product_version",
        name: format!("{} {text}", package.title),
        purl: package.purl().map(|purl| purl_of_version(&purl, version)),
        version: text,
    }
}

/// The ids of all that the test finds.
pub(crate) fn ids<'e>(rows: &'e [Row<'_>], test: impl Fn(Status) -> bool) -> Vec<&'e str> {
    let all = rows.iter().flat_map(|row| &row.products);
    let chosen = all.filter(|product| test(product.status));
    chosen.map(|product| product.id.as_str()).collect()
}

/// The ids of all that has the flaw.
pub(crate) fn affected<'e>(rows: &'e [Row<'_>]) -> Vec<&'e str> {
    ids(rows, |status| matches!(status, Status::Affected { .. }))
}

/// Every product under what is known of it. What is recommended is what pages tell people to upgrade to.
pub(crate) fn status<'e>(rows: &'e [Row<'_>]) -> ProductStatus<'e> {
    use Status::{FirstFixed, Fixed, Instead, NotAffected};
    ProductStatus {
        first_fixed: ids(rows, |one| matches!(one, FirstFixed { .. })),
        fixed: ids(rows, |one| matches!(one, Fixed | Instead)),
        known_affected: affected(rows),
        known_not_affected: ids(rows, |one| matches!(one, NotAffected(_))),
        recommended: ids(rows, |one| {
            matches!(one, FirstFixed { target: true } | Instead)
        }),
    }
}
