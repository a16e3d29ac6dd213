//! Owns where the files are: a directory for each crate, a file for each advisory, called as the id within it.
//! Must never put two crates into one file.

use std::borrow::Cow;

use caveat_check::{AffectedPackage, Entry};

use crate::id;

/// Every file, for those who cannot list a directory of a site.
pub const ARCHIVE: &str = "rustsec/all.zip";

/// A crate of an advisory, and the id of its file.
pub(crate) struct Place<'e> {
    pub(crate) id: Cow<'e, str>,
    /// Its rows: as a rule one.
    pub(crate) rows: Vec<&'e AffectedPackage>,
}

impl<'e> Place<'e> {
    pub(crate) fn name(&self) -> &'e str {
        self.rows.first().map_or("", |row| &row.package.name)
    }

    /// Within the tree, and within the archive.
    pub(crate) fn path(&self) -> String {
        format!("crates/{}/{}.md", self.name(), self.id)
    }
}

/// The crates of an advisory, in the order in which they were written.
pub(crate) fn places(entry: &Entry) -> Vec<Place<'_>> {
    let mut all: Vec<Place<'_>> = Vec::new();
    let crates = entry.affected.iter();
    for row in crates.filter(|one| one.package.ecosystem.name() == "crates.io") {
        let name = &row.package.name;
        if let Some(known) = all.iter_mut().find(|one| one.name() == name) {
            known.rows.push(row);
            continue;
        }
        all.push(Place {
            id: id::of_crate(&entry.id, name, all.is_empty()),
            rows: vec![row],
        });
    }
    all
}

/// The files that there may have been for a crate when the advisory named other crates, too.
pub fn former_paths(entry: &Entry, name: &str) -> Vec<String> {
    let paths = [true, false].map(|first| {
        let id = id::of_crate(&entry.id, name, first);
        format!("rustsec/crates/{name}/{id}.md")
    });
    paths.into_iter().collect()
}

/// The files of an advisory within the site: none where it names no crate of crates.io.
pub fn paths(entry: &Entry) -> Vec<String> {
    let places = places(entry).into_iter();
    places
        .map(|place| format!("rustsec/{}", place.path()))
        .collect()
}
