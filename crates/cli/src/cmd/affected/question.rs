//! Owns what was asked: the package, and its version as far as its ecosystem can place it.
//! Must never take a package of another ecosystem or release for the one that was asked for.

use caveat_advisory::Project;
use caveat_check::PackageId;
use caveat_versions::{Coordinate, Ecosystem, Version, canonical_name, purl};

pub(crate) struct Question {
    pub(crate) asked: Coordinate,
    /// Why it cannot be placed, if it cannot.
    version: Result<Version, String>,
}

impl Question {
    pub(crate) fn new(asked: Coordinate) -> Self {
        let version = match asked.ecosystem.order() {
            None => Err(format!(
                "no order of the versions of {} is known",
                asked.ecosystem
            )),
            Some(order) => Version::asked(order, &asked.version).map_err(|error| error.to_string()),
        };
        Self { asked, version }
    }

    pub(crate) fn version(&self) -> Option<&Version> {
        self.version.as_ref().ok()
    }

    /// The version as an advisory for this ecosystem can judge it, or why it cannot.
    pub(crate) fn version_for(&self, ecosystem: &Ecosystem) -> Result<&Version, String> {
        if ecosystem.suffix().is_some() && self.asked.ecosystem.suffix().is_none() {
            return Err(format!(
                "it speaks of {ecosystem} only: ask for that if it is meant"
            ));
        }
        self.version.as_ref().map_err(Clone::clone)
    }

    /// Is this the package? An ecosystem without a release stands for all of its releases.
    pub(crate) fn names(&self, package: &PackageId) -> bool {
        self.is(&package.ecosystem, &package.name)
    }

    /// Does the project watch the package?
    pub(crate) fn is_declared(&self, project: &Project) -> bool {
        project.packages.iter().any(|package| {
            let ecosystem = Ecosystem::parse(&package.ecosystem);
            ecosystem.is_ok_and(|ecosystem| {
                canonical_name(&ecosystem, &package.name)
                    .is_ok_and(|name| self.is(&ecosystem, &name))
            })
        })
    }

    fn is(&self, ecosystem: &Ecosystem, name: &str) -> bool {
        let ours = &self.asked.ecosystem;
        let suffixes = (ours.suffix(), ecosystem.suffix());
        let same_release = match suffixes {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => true,
        };
        // Package URLs see through spellings: the address of a repository with and without `https://`, for one.
        let same_url =
            || purl(ours, &self.asked.name).is_some_and(|url| purl(ecosystem, name) == Some(url));
        ours.name() == ecosystem.name() && same_release && (self.asked.name == name || same_url())
    }
}
