//! Owns the products of a CVE record: which package of which ecosystem one is, and what of it has the flaw.
//! Must never guess an ecosystem: a product that is named by vendor and name alone is left out, and reported.

use std::cell::RefCell;

use caveat_advisory::{Affected, PackageRef};
use caveat_versions::{Coordinate, Ecosystem, Interval, canonical_name, purl};

use crate::cve_commits::{self, Commits};
use crate::cve_versions;
use crate::fields::Fields;
use crate::osv_affected::add;
use crate::sheet::Sheet;

/// A package, as records of all kinds name it.
type Name = (Ecosystem, String);

/// Adds every product that the form can say.
pub(crate) fn read(sheet: &mut Sheet, cna: &Fields<'_>) {
    let rows = cna.tables("affected");
    let mut homes: Vec<(String, PackageRef)> = Vec::new();
    let mut commits: Vec<(Fields<'_>, Commits)> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    for (row, again) in rows.iter().zip(cna.tables("affected")) {
        let read = match name(row) {
            Ok(Some(found)) => one(sheet, row, found),
            Ok(None) => match cve_commits::commits(row) {
                Some(found) => {
                    commits.push((again, found));
                    continue;
                }
                None => Err("a vendor and a name say no ecosystem".to_owned()),
            },
            Err(reason) => Err(reason),
        };
        match read {
            Ok(affected) => {
                let home = row.text("repo").map(|text| text.value.to_owned());
                homes.extend(home.map(|home| (home, affected.package.clone())));
                sheet.lose_rest(row);
                add(sheet, row, affected);
            }
            Err(reason) => {
                skip(sheet, &again, &reason);
                left_out.push(reason);
            }
        }
    }
    for (row, found) in commits {
        attach(sheet, found, &homes, &row);
    }
    if sheet.advisory.affected.is_empty() {
        nothing(sheet, cna, left_out.first());
    }
}

/// Why there is no advisory without a package.
fn nothing(sheet: &mut Sheet, cna: &Fields<'_>, reason: Option<&String>) {
    let message = match reason {
        None => "this names no package: the form has no place for it".to_owned(),
        Some(reason) => format!("none of the products can be said in our form: {reason}"),
    };
    sheet.fault("affected-missing", cna.span.clone(), &message);
}

/// What is left out stays, key by key.
fn skip(sheet: &mut Sheet, row: &Fields<'_>, why: &str) {
    let message = format!("{why}: this product is left out");
    sheet.doubt("package-left-out", "", row.span.clone(), &message);
    sheet.lose_rest(row);
}

/// Commits of a repository are of the package that has it, where only one does.
fn attach(sheet: &mut Sheet, found: Commits, homes: &[(String, PackageRef)], row: &Fields<'_>) {
    let mut of_repo = homes.iter().filter(|(home, _)| *home == found.repo);
    let (Some((_, package)), None) = (of_repo.next(), of_repo.next()) else {
        skip(
            sheet,
            row,
            "these are commits of a repository that no single package here has",
        );
        return;
    };
    let commits = Affected {
        introduced_by: found.introduced,
        fixed_by: found.fixed,
        ..Affected::new(package.clone(), Vec::new())
    };
    // Where it stands, what it is called, and that what is in none of its rows is free of the flaw.
    for key in ["repo", "vendor", "product", "defaultStatus"] {
        row.text(key);
    }
    row.tables("versions");
    sheet.lose_rest(row);
    add(sheet, row, commits);
}

/// The package; nothing where only people are told, a reason where a name cannot be read.
fn name(row: &Fields<'_>) -> Result<Option<Name>, String> {
    let platforms = releases(row);
    let package = row.text("packageName");
    let collection = row.text("collectionURL");
    let url = row.text("packageURL");
    if let (Some(url), Some(package)) = (&url, &package) {
        // The same, and the release besides.
        let same =
            |ecosystem: &&Ecosystem| purl(ecosystem, package.value).as_deref() == Some(url.value);
        if let Some(ecosystem) = platforms.iter().find(same) {
            return Ok(Some((ecosystem.clone(), package.value.to_owned())));
        }
    }
    if let Some(url) = url {
        let read =
            Coordinate::parse(&with_version(url.value)).map_err(|error| error.to_string())?;
        return Ok(Some((read.ecosystem, read.name)));
    }
    let (Some(package), Some(collection)) = (package, collection) else {
        return Ok(None);
    };
    let name = Ecosystem::name_of_collection(collection.value)
        .ok_or("its collection is of no ecosystem that is known here")?;
    let release = platforms.into_iter().find(|one| one.name() == name);
    let ecosystem = release.map_or_else(|| Ecosystem::parse(name), Ok);
    let ecosystem = ecosystem.map_err(|error| error.to_string())?;
    let name = canonical_name(&ecosystem, package.value).map_err(|error| error.to_string())?;
    Ok(Some((ecosystem, name)))
}

/// The releases of distributions among the platforms, which stay: most say on what a product runs.
fn releases(row: &Fields<'_>) -> Vec<Ecosystem> {
    let found = RefCell::new(Vec::new());
    row.texts_that("platforms", |texts| {
        let read = texts.iter();
        let read = read.filter_map(|text| Ecosystem::parse(text.value).ok());
        found.borrow_mut().extend(read);
        false
    });
    found.into_inner()
}

/// A package URL as it is read here: with any version. The format forbids one, and some records have one all the same.
fn with_version(url: &str) -> String {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    let (path, rest) = url.split_at(end);
    let last = path.rfind('/').map_or(0, |slash| slash + 1);
    let bare = match path[last..].rfind('@') {
        Some(at) if at > 0 => &path[..last + at],
        _ => path,
    };
    format!("{bare}@0{rest}")
}

/// A package with all that is affected of it, or why it cannot be said.
fn one(sheet: &mut Sheet, row: &Fields<'_>, (ecosystem, name): Name) -> Result<Affected, String> {
    let order = ecosystem.order();
    let order =
        order.ok_or_else(|| format!("the order of versions of `{ecosystem}` is not known"))?;
    let read = cve_versions::read(sheet, row, order)?;
    if read.set.is_empty() {
        return Err("this says of no version that it is affected".to_owned());
    }
    let branches = read.set.branches();
    let branches =
        branches.ok_or("its versions begin after one, and our form can only begin with one")?;
    for row in &read.over {
        sheet.lose_rest(row);
    }
    // A release that is the whole list is the ecosystem.
    row.texts_that(
        "platforms",
        |texts| matches!(texts, [only] if only.value == ecosystem.as_str()),
    );
    // What a package is called for people is of caveat.toml, where it is not its name.
    row.text_that("product", |text| text.eq_ignore_ascii_case(&name));
    let routines = row.tables("programRoutines");
    let functions = routines.iter().filter_map(|one| one.text("name"));
    let functions = functions.map(|text| text.value.to_owned()).collect();
    for routine in &routines {
        sheet.lose_rest(routine);
    }
    let modules = row.texts("modules");
    let package = PackageRef::Named {
        ecosystem: ecosystem.as_str().to_owned(),
        name,
    };
    let versions = branches.iter().map(Interval::expression).collect();
    Ok(Affected {
        introduced_by: read.introduced,
        fixed_by: read.fixed,
        functions,
        features: modules.iter().map(|text| text.value.to_owned()).collect(),
        ..Affected::new(package, versions)
    })
}

#[cfg(test)]
mod tests {
    use super::with_version;

    #[test]
    fn a_package_url_has_one_version() {
        for (url, expected) in [
            ("pkg:npm/%40a/b", "pkg:npm/%40a/b@0"),
            ("pkg:npm/@a/b", "pkg:npm/@a/b@0"),
            ("pkg:npm/a@1.2.3", "pkg:npm/a@0"),
            ("pkg:maven/a/b?type=jar#x@y", "pkg:maven/a/b@0?type=jar#x@y"),
            ("", "@0"),
        ] {
            assert_eq!(with_version(url), expected);
        }
    }
}
