//! Owns the products of a record: vendor and name for people, package URL and collection for programs, what is known of versions.
//! Must never leave a product without vendor and name: many readers know it by nothing else.

use caveat_advisory::{Project, PublisherCategory};
use caveat_check::{AffectedPackage, Entry, PackageId};

use crate::model::{Product, Routine, Versions};
use crate::status::{self, UNAFFECTED};

/// Every package as written, those that are named for not being affected, then the commits of their repositories.
pub(crate) fn products<'b>(project: &'b Project, entries: &[&'b Entry]) -> Vec<Product<'b>> {
    let mut all: Vec<Product<'b>> = Vec::new();
    let mut git: Vec<Product<'b>> = Vec::new();
    for entry in entries.iter().copied() {
        for affected in &entry.affected {
            push(&mut all, package(project, entry, affected));
            if let Some(product) = commits(project, affected) {
                // Two packages of one repository share their commits.
                let same = |one: &Product<'_>| {
                    one.repo == product.repo && one.versions == product.versions
                };
                if !git.iter().any(same) {
                    git.push(product);
                }
            }
        }
        for one in &entry.statuses {
            let affected = entry
                .affected
                .iter()
                .any(|other| other.package == one.package);
            if !affected {
                let statuses = status::of_other(entry, &one.package);
                push(&mut all, named(project, &one.package, statuses));
            }
        }
    }
    all.extend(git);
    all
}

fn push<'b>(all: &mut Vec<Product<'b>>, product: Product<'b>) {
    if !all.contains(&product) {
        all.push(product);
    }
}

fn package<'b>(
    project: &'b Project,
    entry: &'b Entry,
    affected: &'b AffectedPackage,
) -> Product<'b> {
    let once = |names: &'b [String]| {
        let mut all: Vec<&'b str> = Vec::new();
        for name in names {
            if !all.contains(&name.as_str()) {
                all.push(name);
            }
        }
        all
    };
    let routines = once(&affected.functions).into_iter();
    Product {
        modules: once(&affected.features),
        program_routines: routines.map(|name| Routine { name }).collect(),
        ..named(
            project,
            &affected.package,
            status::of_affected(entry, affected),
        )
    }
}

fn named<'b>(
    project: &'b Project,
    package: &'b PackageId,
    statuses: status::Statuses,
) -> Product<'b> {
    let (default_status, versions) = statuses;
    let collection_url = package.ecosystem.collection().map(str::to_owned);
    let release = package
        .ecosystem
        .suffix()
        .filter(|suffix| !suffix.starts_with("https://"));
    Product {
        package_name: Some(&package.name),
        collection_url,
        package_url: package.purl(),
        // Debian 12 and Debian 13 have one package of that name.
        platforms: release
            .map(|_| package.ecosystem.as_str())
            .into_iter()
            .collect(),
        ..bare(project, package, default_status, versions)
    }
}

fn bare<'b>(
    project: &'b Project,
    package: &'b PackageId,
    default_status: &'static str,
    versions: Vec<Versions>,
) -> Product<'b> {
    let name = without_scheme(&package.title);
    Product {
        default_status,
        name,
        repo: package.repository.as_deref(),
        vendor: vendor(project, package).unwrap_or(name),
        versions,
        ..Product::default()
    }
}

/// Commits, where it is known with which the flaw begins and ends.
fn commits<'b>(project: &'b Project, affected: &'b AffectedPackage) -> Option<Product<'b>> {
    affected.package.repository.as_deref()?;
    let mut branches = affected.branches.iter();
    let whole = affected.starts.is_empty() && branches.all(|branch| branch.lower().is_none());
    let starts = affected
        .starts
        .iter()
        .map(String::as_str)
        .chain(whole.then_some("0"));
    let versions: Vec<Versions> = starts
        .map(|start| status::commits(start, &affected.ends))
        .collect();
    let known = !versions.is_empty() && !affected.ends.is_empty();
    known.then(|| bare(project, &affected.package, UNAFFECTED, versions))
}

/// Who makes a package: as caveat.toml says, or else whose account has its source. A project without either is its own vendor.
fn vendor<'b>(project: &'b Project, package: &'b PackageId) -> Option<&'b str> {
    if let Some(vendor) = project.cve.as_ref().and_then(|cve| cve.vendor.as_deref()) {
        return Some(vendor.trim());
    }
    let publisher = project.csaf.as_ref();
    if publisher.is_some_and(|csaf| csaf.category == PublisherCategory::Vendor) {
        let name = publisher.and_then(|csaf| csaf.name.as_deref());
        return Some(name.unwrap_or(&project.feed.name).trim());
    }
    let address = package.repository.as_deref()?.strip_prefix("https://")?;
    let mut parts = address.split('/').skip(1);
    let owner = parts.next().filter(|owner| !owner.is_empty())?;
    parts.next().map(|_| owner)
}

/// Names of Swift packages are addresses, which are no names.
fn without_scheme(title: &str) -> &str {
    let title = title.trim();
    title.split_once("://").map_or(title, |(_, rest)| rest)
}
