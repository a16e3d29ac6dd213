//! Owns which files differ from a base revision: commits since the two parted, and the work tree.
//! Must never decide what to do about them.

use std::collections::BTreeSet;
use std::path::Path;

use git2::{Commit, DiffOptions, Repository};

use crate::Error;
use crate::commit::{open, prefix};

/// Where the project lies in its repository: empty, or ending in a slash. Empty too where there is no git.
pub fn path_in_repository(root: &Path) -> String {
    Repository::discover(root).map_or_else(|_| String::new(), |found| prefix(&found, root))
}

/// Paths, relative to the project's root, of files that differ from the last common ancestor of `base` and HEAD.
/// Files that are gone are among them.
///
/// # Errors
/// No repository, a `base` that this clone does not have, or one that shares no history with HEAD.
pub fn changed_since(root: &Path, base: &str) -> Result<BTreeSet<String>, Error> {
    let repository = open(root)?;
    let ancestor = ancestor(&repository, root, base)?;
    let fail = |source| Error::Git {
        path: root.to_owned(),
        source,
    };
    let prefix = prefix(&repository, root);
    let mut options = DiffOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .ignore_submodules(true)
        .disable_pathspec_match(true);
    if !prefix.is_empty() {
        options.pathspec(prefix.trim_end_matches('/'));
    }
    let tree = ancestor.tree().map_err(fail)?;
    let diff = repository.diff_tree_to_workdir_with_index(Some(&tree), Some(&mut options));
    let diff = diff.map_err(fail)?;
    let sides = |delta: git2::DiffDelta<'_>| {
        let sides = [delta.old_file(), delta.new_file()];
        sides.map(|file| file.path_bytes().map(<[u8]>::to_vec))
    };
    let paths = diff.deltas().flat_map(sides).flatten();
    let inside = |path: Vec<u8>| {
        let path = String::from_utf8_lossy(&path);
        path.strip_prefix(&prefix).map(str::to_owned)
    };
    Ok(paths.filter_map(inside).collect())
}

/// Where `base` and HEAD parted.
fn ancestor<'r>(repository: &'r Repository, root: &Path, base: &str) -> Result<Commit<'r>, Error> {
    let commit = |rev: &str| repository.revparse_single(rev)?.peel_to_commit();
    let head = commit("HEAD").map_err(|_| Error::NoCommit(root.to_owned()))?;
    let found = commit(base).map_err(|_| Error::UnknownBase(base.to_owned()))?;
    let parted = repository.merge_base(found.id(), head.id());
    parted
        .and_then(|id| repository.find_commit(id))
        .map_err(|_| Error::NoCommonHistory(base.to_owned()))
}
