//! Owns which files a directory ever held, as far as git remembers.
//! Must never read what was in them.

use std::collections::BTreeSet;
use std::path::Path;

use git2::{Oid, Sort};

use crate::Error;
use crate::commit::{prefix, with_commits};

/// The names of all files that `directory` (relative to the project's root) held in any commit up to `HEAD`.
/// Nothing outside a repository, and before the first commit.
///
/// # Errors
/// Git cannot say.
pub fn names_ever(root: &Path, directory: &str) -> Result<BTreeSet<String>, Error> {
    let mut names = BTreeSet::new();
    let Some(repository) = with_commits(root)? else {
        return Ok(names);
    };
    let fail = |source| Error::Git {
        path: root.to_owned(),
        source,
    };
    let place = format!("{}{directory}", prefix(&repository, root));
    let mut walk = repository.revwalk().map_err(fail)?;
    walk.set_sorting(Sort::NONE).map_err(fail)?;
    walk.push_head().map_err(fail)?;
    let mut seen: BTreeSet<Oid> = BTreeSet::new();
    for id in walk {
        let commit = repository.find_commit(id.map_err(fail)?).map_err(fail)?;
        let entry = commit
            .tree()
            .map_err(fail)?
            .get_path(Path::new(&place))
            .ok();
        // Most commits leave the directory as it was.
        let Some(id) = entry.map(|entry| entry.id()).filter(|id| seen.insert(*id)) else {
            continue;
        };
        let tree = repository.find_tree(id).ok();
        let entries = tree.iter().flat_map(|tree| tree.iter());
        names.extend(entries.map(|entry| String::from_utf8_lossy(entry.name_bytes()).into_owned()));
    }
    Ok(names)
}
