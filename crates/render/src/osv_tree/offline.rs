//! Owns the archive for machines without a network: unpacked, it is what osv-scanner looks for, before and since 2.5.
//! Must never leave an ecosystem out: osv-scanner 2.5 stops at a project that has one without an archive.

use caveat_versions::Ecosystem;

use super::archive::{Archive, Stored};
use crate::Error;

/// Directories that scanners look into: the first one since osv-scanner 2.5.
const DIRECTORIES: [&str; 2] = ["osv-scalibr", "osv-scanner"];

/// No ecosystem, but osv-scanner looks for its archive where it knows none for a package.
const COMMITS: &str = "GIT";

/// `DIRECTORY/ECOSYSTEM/all.zip`, in both directories.
pub(crate) struct Offline {
    bundle: Stored,
    empty: Archive,
}

impl Offline {
    /// A bundle of parts of this archive.
    pub(crate) fn of(all: &Archive) -> Result<Self, Error> {
        Ok(Self {
            bundle: Stored::new("osv/offline.zip", DIRECTORIES.len() * all.bytes.len()),
            empty: Stored::new("", 0).finish()?,
        })
    }

    /// All that must be in it, sorted.
    pub(crate) fn ecosystems() -> impl Iterator<Item = &'static str> {
        Ecosystem::names().chain([COMMITS])
    }

    /// The archive of an ecosystem, or one without a record where the feed has none.
    pub(crate) fn add(&mut self, ecosystem: &str, part: Option<&Archive>) -> Result<(), Error> {
        let part = part.unwrap_or(&self.empty);
        DIRECTORIES.iter().try_for_each(|directory| {
            let name = format!("{directory}/{ecosystem}/all.zip");
            self.bundle.add(&name, &part.bytes, part.newest)
        })
    }

    /// The whole.
    pub(crate) fn finish(self) -> Result<Archive, Error> {
        self.bundle.finish()
    }
}
