//! Owns which advisories are asked for, and what each says of the commits of a package.
//! Must never pass over one that was named: it is found, or the reason is told.

use caveat_advisory::{
    Advisory, Affected, Document, Draft, Package, PackageRef, Project, nearest, stem,
};
use caveat_derive::Facts;
use caveat_diag::Report;
use caveat_versions::{Ecosystem, canonical_name};

use crate::desk::{Desk, lock_path};
use crate::failure::Failure;

/// One package of one advisory.
pub(crate) struct Target<'p> {
    /// The file of the advisory, and its text.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The place of its row.
    pub(crate) row: usize,
    pub(crate) written: Affected,
    pub(crate) ecosystem: String,
    pub(crate) name: String,
    /// Its entry in caveat.toml.
    pub(crate) declared: Option<&'p Package>,
    pub(crate) facts: Facts,
    /// The lock as it lies there.
    pub(crate) lock: Option<Draft>,
}

impl Target<'_> {
    /// How people call the advisory.
    pub(crate) fn id(&self) -> &str {
        stem(&self.path)
    }

    /// How people call the package.
    pub(crate) fn package(&self) -> &str {
        self.declared.map_or(&self.name, |package| &package.key)
    }
}

/// Every package with commits of the advisories that are named, or of all; what keeps one from being read.
pub(crate) fn chosen<'p>(
    desk: &Desk,
    project: &'p Project,
    names: &[String],
) -> Result<Result<Vec<Target<'p>>, Report>, Failure> {
    let mut chosen: Vec<&Draft> = Vec::new();
    for name in names {
        let draft = named(desk, name)?;
        if chosen.iter().all(|one| one.path != draft.path) {
            chosen.push(draft);
        }
    }
    if names.is_empty() {
        chosen.extend(&desk.input.advisories);
    }
    let (mut targets, mut report) = (Vec::new(), Report::default());
    for draft in chosen {
        let mut found = Report::default();
        match Document::<Advisory>::read(draft.clone(), &mut found) {
            Some(document) => {
                let rows = rows(desk, project, &document)?;
                if rows.is_empty() && !names.is_empty() {
                    return Err(Failure::NoCommits(draft.path.clone()));
                }
                targets.extend(rows);
            }
            // What nobody asked for by name may wait for `check`.
            None if names.is_empty() => {}
            None => report.extend(found),
        }
    }
    Ok(if report.is_empty() {
        Ok(targets)
    } else {
        Err(report)
    })
}

fn named<'d>(desk: &'d Desk, name: &str) -> Result<&'d Draft, Failure> {
    let drafts = desk.input.advisories.iter();
    let mut drafts = drafts.filter(|draft| draft.path == name || stem(&draft.path) == stem(name));
    drafts.next().ok_or_else(|| {
        let known = desk.input.advisories.iter().map(|draft| stem(&draft.path));
        let near = nearest(stem(name), known);
        let hint = near.map(|near| format!("; did you mean `{near}`?"));
        Failure::UnknownWord {
            what: "advisory",
            word: name.to_owned(),
            hint: hint.unwrap_or_default(),
        }
    })
}

fn rows<'p>(
    desk: &Desk,
    project: &'p Project,
    document: &Document<Advisory>,
) -> Result<Vec<Target<'p>>, Failure> {
    let mut targets = Vec::new();
    let lock = lock_path(document.path());
    let lock = desk.input.locks.iter().find(|draft| draft.path == lock);
    for (row, written) in document.data().affected.iter().enumerate() {
        if written.introduced_by.is_empty() && written.fixed_by.is_empty() {
            continue;
        }
        let (ecosystem, name, declared) = package(project, &written.package)
            .ok_or_else(|| Failure::UnknownPackage(document.path().to_owned()))?;
        let Some(order) = ecosystem.order() else {
            return Err(Failure::UnknownPackage(document.path().to_owned()));
        };
        let facts = Facts {
            introduced_by: written.introduced_by.clone(),
            fixed_by: written.fixed_by.clone(),
            order,
            tags: declared.map(|one| one.tags.clone()).unwrap_or_default(),
            names: names(&name, declared),
            shared: declared.is_some_and(|one| is_shared(project, one)),
        };
        targets.push(Target {
            path: document.path().to_owned(),
            text: document.source().text().to_owned(),
            row,
            written: written.clone(),
            ecosystem: ecosystem.as_str().to_owned(),
            name,
            declared,
            facts,
            lock: lock.cloned(),
        });
    }
    Ok(targets)
}

fn package<'p>(
    project: &'p Project,
    reference: &PackageRef,
) -> Option<(Ecosystem, String, Option<&'p Package>)> {
    let mut packages = project.packages.iter();
    let (ecosystem, name) = match reference {
        PackageRef::Named { ecosystem, name } => (ecosystem, name),
        PackageRef::Key(key) => {
            let found = packages.clone().find(|package| package.key == *key)?;
            (&found.ecosystem, &found.name)
        }
    };
    let ecosystem = Ecosystem::parse(ecosystem).ok()?;
    let name = canonical_name(&ecosystem, name).ok()?;
    let declared = match reference {
        PackageRef::Key(key) => packages.find(|package| package.key == *key),
        PackageRef::Named { .. } => {
            packages.find(|package| package.ecosystem == ecosystem.as_str() && package.name == name)
        }
    };
    Some((ecosystem, name, declared))
}

/// In any spelling that tags may have: the last part of a path, of a scope, of a group.
pub(crate) fn names(name: &str, declared: Option<&Package>) -> Vec<String> {
    let last = name.rsplit(['/', ':']).next().unwrap_or(name);
    let mut names = vec![name.to_owned()];
    for other in [last, declared.map_or(name, |package| &package.key)] {
        if !names.iter().any(|known| known == other) {
            names.push(other.to_owned());
        }
    }
    names
}

fn is_shared(project: &Project, package: &Package) -> bool {
    let others = project.packages.iter();
    let mut others = others.filter(|other| other.key != package.key);
    package.repository.is_some() && others.any(|other| other.repository == package.repository)
}
