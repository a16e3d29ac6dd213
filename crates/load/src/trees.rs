//! Owns what differs between two trees, by name of content alone.
//! Must never open a tree that both sides share.

use std::collections::BTreeMap;

use git2::{ObjectType, Oid, Repository};

/// Called for each file that differs: its path, and what it was and is.
pub(crate) type Found<'f> = dyn FnMut(&str, Option<Oid>, Option<Oid>) + 'f;

/// Directories deeper than this are none of ours.
const DEEPEST: usize = 16;

/// Tells of every file that differs between two trees, of which either may be absent.
pub(crate) fn differences(
    repository: &Repository,
    old: Option<Oid>,
    new: Option<Oid>,
    found: &mut Found<'_>,
) -> Result<(), git2::Error> {
    below(repository, (old, new), "", 0, found)
}

fn below(
    repository: &Repository,
    (old, new): (Option<Oid>, Option<Oid>),
    path: &str,
    depth: usize,
    found: &mut Found<'_>,
) -> Result<(), git2::Error> {
    if old == new || depth > DEEPEST {
        return Ok(());
    }
    let (old, new) = (entries(repository, old)?, entries(repository, new)?);
    let mut names: Vec<&(String, bool)> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for key in names {
        let sides = (old.get(key).copied(), new.get(key).copied());
        let (name, directory) = key;
        let path = format!("{path}{name}");
        if sides.0 == sides.1 {
            continue;
        }
        if *directory {
            below(repository, sides, &format!("{path}/"), depth + 1, found)?;
        } else {
            found(&path, sides.0, sides.1);
        }
    }
    Ok(())
}

/// Names, each with whether it is a directory. What is neither file nor directory is left out.
fn entries(
    repository: &Repository,
    tree: Option<Oid>,
) -> Result<BTreeMap<(String, bool), Oid>, git2::Error> {
    let mut entries = BTreeMap::new();
    let Some(tree) = tree else { return Ok(entries) };
    for entry in &repository.find_tree(tree)? {
        let directory = match entry.kind() {
            Some(ObjectType::Tree) => true,
            Some(ObjectType::Blob) => false,
            _ => continue,
        };
        let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
        entries.insert((name, directory), entry.id());
    }
    Ok(entries)
}
