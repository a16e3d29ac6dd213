//! Owns which signed roots the published line of commits had, and what names their content.
//! Must never read a root, or look beyond a commit without any: there another line began.

use std::path::Path;

use caveat_advisory::PastRoot;
use git2::{Commit, Oid, Repository};

/// Every root as it was first published, from `tip` back to the last commit without roots. Nothing where the newest commit
/// has no keyring: most feeds have none, and a walk is not for nothing.
pub(crate) fn roots(
    repository: &Repository,
    tip: Oid,
    prefix: &str,
) -> Result<Vec<PastRoot>, git2::Error> {
    let mut found: Vec<PastRoot> = Vec::new();
    let mut commit = repository.find_commit(tip)?;
    if at(&commit, &format!("{prefix}keys/keyring.toml"))?.is_none() {
        return Ok(found);
    }
    let place = format!("{prefix}keys/root");
    let mut last = None;
    while let Some(id) = at(&commit, &place)? {
        if last.replace(id) != Some(id) {
            for root in within(repository, id, &commit)? {
                match found.iter_mut().find(|newer| newer.path == root.path) {
                    Some(newer) if newer.content == root.content => {}
                    Some(newer) => *newer = root,
                    None => found.push(root),
                }
            }
        }
        commit = match commit.parent(0) {
            Ok(parent) => parent,
            // The first commit, or the end of a shallow clone.
            Err(_) => break,
        };
    }
    Ok(found)
}

fn at(commit: &Commit<'_>, path: &str) -> Result<Option<Oid>, git2::Error> {
    let entry = commit.tree()?.get_path(Path::new(path));
    Ok(entry.ok().map(|entry| entry.id()))
}

fn within(
    repository: &Repository,
    tree: Oid,
    commit: &Commit<'_>,
) -> Result<Vec<PastRoot>, git2::Error> {
    let tree = repository.find_tree(tree)?;
    let root = |entry: &git2::TreeEntry<'_>| {
        let name = entry.name().ok()?;
        name.ends_with(".root.json").then(|| PastRoot {
            path: format!("keys/root/{name}"),
            content: entry.id().to_string(),
            commit: commit.id().to_string(),
        })
    };
    Ok(tree.iter().filter_map(|entry| root(&entry)).collect())
}
