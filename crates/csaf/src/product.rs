//! Owns which products an advisory speaks of: every stretch of versions with what is known of it, and the tree of their names.
//! Must never call a version free of the flaw where the advisory does not say where it ends.

use caveat_advisory::{PublisherCategory, StatusKind};
use caveat_check::{AffectedPackage, Entry, PackageId, Standing};
use caveat_versions::{Interval, Upper, Version};
use caveat_words::unaffected_branches;

use crate::model::{Branch, FullName, Helper, ProductStatus, ProductTree};
use crate::{Publisher, vers};

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
    NotAffected,
}

/// Some versions of a package that are alike.
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) status: Status,
    category: &'static str,
    version: String,
    name: String,
    purl: Option<String>,
}

/// The products of every package, packages in the order of the entry.
pub(crate) fn products(entry: &Entry) -> Vec<Vec<Product>> {
    let affected = entry.affected.iter().map(|one| of_package(entry, one));
    let others = others(entry).into_iter();
    let others = others.map(|package| {
        let clear = clear(entry, package).into_iter();
        let clear = clear.map(|branch| stretch(package, &branch, Status::NotAffected));
        clear.collect()
    });
    affected.chain(others).collect()
}

/// The packages of the products, in the same order.
fn packages(entry: &Entry) -> Vec<&PackageId> {
    let affected = entry.affected.iter().map(|one| &one.package);
    affected.chain(others(entry)).collect()
}

/// The packages that are named for not being affected, and for nothing else.
fn others(entry: &Entry) -> Vec<&PackageId> {
    let mut others: Vec<&PackageId> = Vec::new();
    for one in not_affected(entry) {
        let known = |package: &PackageId| *package == one.package;
        let affected = entry.affected.iter().any(|one| known(&one.package));
        if !affected && !others.iter().any(|other| known(other)) {
            others.push(&one.package);
        }
    }
    others
}

fn not_affected(entry: &Entry) -> impl Iterator<Item = &Standing> {
    let all = entry.statuses.iter();
    all.filter(|one| one.state == StatusKind::NotAffected)
}

/// What the advisory itself calls not affected of a package.
fn clear(entry: &Entry, package: &PackageId) -> Vec<Interval> {
    let mut clear = Vec::new();
    for one in not_affected(entry).filter(|one| one.package == *package) {
        clear.extend(one.branches.iter().cloned());
        if one.branches.is_empty() {
            clear.extend(Interval::new(None, Upper::Open));
        }
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
                    Status::NotAffected
                } else {
                    Status::Fixed
                };
                (free, status)
            }),
    );
    let clear = clear(entry, package).into_iter();
    line.extend(clear.map(|clear| (clear, Status::NotAffected)));
    line.sort_by(|(one, _), (other, _)| one.cmp_lower(other));
    let mut all = Vec::with_capacity(line.len() + targets.len());
    for (branch, status) in &line {
        all.push(stretch(package, branch, *status));
        if let (Status::Affected { .. }, Some(fixed)) = (status, branch.fixed()) {
            let target = targets.contains(&fixed);
            all.push(single(package, fixed, Status::FirstFixed { target }));
        }
    }
    let ends = |version: &Version| {
        affected
            .branches
            .iter()
            .any(|one| one.fixed() == Some(version))
    };
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
    let version = vers::range(package, branch);
    let bounds = version.split_once('/').map_or("", |(_, bounds)| bounds);
    Product {
        id: format!("{}:{bounds}", package.key),
        status,
        category: "product_version_range",
        name: format!("{}, {}", package.title, branch.words()),
        purl: package.purl(),
        version,
    }
}

fn single(package: &PackageId, version: &Version, status: Status) -> Product {
    let text = version.canonical();
    Product {
        id: format!("{}:{text}", package.key),
        status,
        category: "product_version",
        name: format!("{} {text}", package.title),
        purl: vers::purl(package, version),
        version: text,
    }
}

/// The ids of all that the test finds.
pub(crate) fn ids(products: &[Vec<Product>], test: impl Fn(Status) -> bool) -> Vec<&str> {
    let all = products.iter().flatten();
    let chosen = all.filter(|product| test(product.status));
    chosen.map(|product| product.id.as_str()).collect()
}

/// The ids of all that has the flaw.
pub(crate) fn affected(products: &[Vec<Product>]) -> Vec<&str> {
    ids(products, |status| matches!(status, Status::Affected { .. }))
}

/// Every product under what is known of it. What is recommended is what pages tell people to upgrade to.
pub(crate) fn status(products: &[Vec<Product>]) -> ProductStatus<'_> {
    use Status::{FirstFixed, Fixed, Instead, NotAffected};
    ProductStatus {
        first_fixed: ids(products, |one| matches!(one, FirstFixed { .. })),
        fixed: ids(products, |one| matches!(one, Fixed | Instead)),
        known_affected: affected(products),
        known_not_affected: ids(products, |one| one == NotAffected),
        recommended: ids(products, |one| {
            matches!(one, FirstFixed { target: true } | Instead)
        }),
    }
}

/// Vendor, product, versions; what has no vendor stands at the top.
pub(crate) fn tree<'e>(
    entry: &'e Entry,
    products: &'e [Vec<Product>],
    publisher: &Publisher<'e>,
) -> ProductTree<'e> {
    let mut top: Vec<Branch<'e>> = Vec::new();
    let packages = packages(entry);
    for (package, products) in packages.iter().copied().zip(products) {
        let versions = products.iter().map(leaf).collect();
        let product = Branch::inner("product_name", title(&packages, package), versions);
        match vendor(package, publisher) {
            None => top.push(product),
            Some(vendor) => {
                let known = top
                    .iter_mut()
                    .find(|branch| branch.category == "vendor" && branch.name == vendor);
                match known {
                    Some(known) => known.branches.push(product),
                    None => top.push(Branch::inner("vendor", vendor.into(), vec![product])),
                }
            }
        }
    }
    ProductTree { branches: top }
}

fn leaf(product: &Product) -> Branch<'_> {
    Branch {
        branches: Vec::new(),
        category: product.category,
        name: product.version.as_str().into(),
        product: Some(FullName {
            name: &product.name,
            product_id: &product.id,
            product_identification_helper: product.purl.as_deref().map(|purl| Helper { purl }),
        }),
    }
}

/// The title, with the ecosystem where two packages have the same.
fn title<'e>(packages: &[&PackageId], package: &'e PackageId) -> std::borrow::Cow<'e, str> {
    let same = |other: &&&PackageId| other.title == package.title;
    if packages.iter().filter(same).count() < 2 {
        return package.title.as_str().into();
    }
    let ecosystem = package.ecosystem.as_str();
    format!("{} ({ecosystem} {})", package.title, package.name).into()
}

/// Who makes a package: the publisher, where they say so of themselves, or else whose account has its source.
fn vendor<'e>(package: &'e PackageId, publisher: &Publisher<'e>) -> Option<&'e str> {
    if publisher.csaf.category == PublisherCategory::Vendor {
        return Some(publisher.name);
    }
    let address = package.repository.as_deref()?.strip_prefix("https://")?;
    let mut parts = address.split('/').skip(1);
    let owner = parts.next().filter(|owner| !owner.is_empty())?;
    parts.next().map(|_| owner)
}
