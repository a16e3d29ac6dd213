//! Owns the tree of the names of products: vendor, product, versions.
//! Must never name a product twice, or call two packages by one name.

use std::borrow::Cow;
use std::collections::BTreeSet;

use caveat_advisory::PublisherCategory;
use caveat_check::PackageId;

use crate::Publisher;
use crate::model::{Branch, FullName, Helper, ProductTree};
use crate::product::{Product, Row};

/// Vendor, product, versions; what has no vendor stands at the top. Rows of one package make one branch.
pub(crate) fn tree<'e>(rows: &[&'e Row<'e>], publisher: &Publisher<'e>) -> ProductTree<'e> {
    let mut packages: Vec<&'e PackageId> = Vec::new();
    for row in rows {
        if !packages.contains(&row.package) {
            packages.push(row.package);
        }
    }
    let mut top: Vec<Branch<'e>> = Vec::new();
    for package in packages.iter().copied() {
        let versions = versions(rows, package);
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

/// The versions of a package, each once: several flaws may speak of the same.
fn versions<'e>(rows: &[&'e Row<'e>], package: &PackageId) -> Vec<Branch<'e>> {
    let mut seen = BTreeSet::new();
    let rows = rows.iter().filter(|row| row.package == package);
    let products = rows.flat_map(|row| &row.products);
    let once = products.filter(|one| seen.insert(one.id.as_str()));
    once.map(leaf).collect()
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
fn title<'e>(packages: &[&PackageId], package: &'e PackageId) -> Cow<'e, str> {
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
