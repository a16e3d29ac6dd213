//! Owns the archive for machines without a network: unpacked, it is what osv-scanner looks for, before and since 2.5.
//! Must never leave an ecosystem out: osv-scanner 2.5 stops at a project that has one without an archive.

use caveat_versions::Ecosystem;

use super::archive::Archive;
use crate::Error;

/// Directories that scanners look into: the second one since osv-scanner 2.5.
const DIRECTORIES: [&str; 2] = ["osv-scalibr", "osv-scanner"];

/// No ecosystem, but osv-scanner looks for its archive where a dependency is named by commit.
const COMMITS: &str = "GIT";

/// `DIRECTORY/ECOSYSTEM/all.zip`, twice; without a record where the feed has none for an ecosystem.
pub(crate) fn bundle(parts: &[Archive]) -> Result<Archive, Error> {
    let empty = Archive::stored(String::new(), &[])?;
    let mut files = Vec::new();
    for directory in DIRECTORIES {
        for ecosystem in Ecosystem::names().chain([COMMITS]) {
            let path = format!("osv/{ecosystem}/all.zip");
            let part = parts.iter().find(|part| part.path == path);
            let part = part.unwrap_or(&empty);
            let name = format!("{directory}/{ecosystem}/all.zip");
            files.push((name, part.bytes.as_slice(), part.newest));
        }
    }
    Archive::stored("osv/offline.zip".to_owned(), &files)
}
