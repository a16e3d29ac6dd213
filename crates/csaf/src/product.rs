//! Owns which products an advisory speaks of: every stretch of versions with what is known of it, and the tree of their names.
//! Must never call a version free of the flaw where the advisory does not say where it ends.

use caveat_advisory::PublisherCategory;
use caveat_check::{AffectedPackage, Entry, PackageId};
use caveat_versions::{Interval, Upper, Version};

use crate::model::{Branch, FullName, Helper, ProductStatus, ProductTree};
use crate::{Publisher, vers};

/// What is known of some versions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// They have the flaw; whether a version ends it.
    Affected { fixed: bool },
    /// The first version without it.
    FirstFixed,
    /// That one and what follows it.
    Fixed,
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
    entry.affected.iter().map(of_package).collect()
}

/// The whole line of versions, from the first to the last.
fn of_package(affected: &AffectedPackage) -> Vec<Product> {
    let (package, branches) = (&affected.package, &affected.branches);
    let mut all = Vec::with_capacity(branches.len() * 3 + 1);
    let first = branches.first().and_then(Interval::lower);
    let before = first.and_then(|first| Interval::new(None, Upper::Fixed(first.clone())));
    all.extend(before.map(|before| stretch(package, &before, Status::NotAffected)));
    for (at, branch) in branches.iter().enumerate() {
        let fixed = branch.fixed();
        let status = Status::Affected {
            fixed: fixed.is_some(),
        };
        all.push(stretch(package, branch, status));
        let Some(fixed) = fixed else { continue };
        all.push(single(package, fixed, Status::FirstFixed));
        let next = branches.get(at + 1).and_then(Interval::lower);
        let end = next.map_or(Upper::Open, |next| Upper::Fixed(next.clone()));
        let after = Interval::new(Some(fixed.clone()), end);
        all.extend(after.map(|after| stretch(package, &after, Status::Fixed)));
    }
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

/// Every product under what is known of it. The first versions without the flaw are what pages tell people to upgrade to.
pub(crate) fn status(products: &[Vec<Product>]) -> ProductStatus<'_> {
    let of = |wanted: Status| ids(products, |status| status == wanted);
    ProductStatus {
        first_fixed: of(Status::FirstFixed),
        fixed: of(Status::Fixed),
        known_affected: affected(products),
        known_not_affected: of(Status::NotAffected),
        recommended: of(Status::FirstFixed),
    }
}

/// Vendor, product, versions; what has no vendor stands at the top.
pub(crate) fn tree<'e>(
    entry: &'e Entry,
    products: &'e [Vec<Product>],
    publisher: &Publisher<'e>,
) -> ProductTree<'e> {
    let mut top: Vec<Branch<'e>> = Vec::new();
    for (affected, products) in entry.affected.iter().zip(products) {
        let package = &affected.package;
        let versions = products.iter().map(leaf).collect();
        let product = Branch::inner("product_name", title(entry, package), versions);
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
fn title<'e>(entry: &Entry, package: &'e PackageId) -> std::borrow::Cow<'e, str> {
    let same = |other: &&AffectedPackage| other.package.title == package.title;
    if entry.affected.iter().filter(same).count() < 2 {
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
