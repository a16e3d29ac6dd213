//! Owns what the files of a directory ever held, as far as git remembers, and which commit brought it.
//! Must never interpret a file, or read the same content twice.

use std::collections::BTreeSet;
use std::path::Path;

use git2::{ObjectType, Oid, Repository, Sort, Tree};

use crate::Error;
use crate::commit::{prefix, with_commits};
use crate::place::LARGEST_OTHER;

/// What a file once held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Where it was, relative to the project's root.
    pub path: String,
    /// The commit that brought it, in full.
    pub commit: String,
    /// What was in it.
    pub bytes: Vec<u8>,
}

/// Shows `look` every content that a file below `directory` (relative to the project's root) had in any commit up to `rev`,
/// merged branches too, the oldest first and each once. Nothing outside a repository; files too large for a key are let be.
///
/// # Errors
/// An unknown revision, or git cannot say.
pub fn contents_ever(
    root: &Path,
    rev: &str,
    directory: &str,
    look: &mut dyn FnMut(Held),
) -> Result<(), Error> {
    let Some(repository) = with_commits(root)? else {
        return Ok(());
    };
    let tip = repository
        .revparse_single(rev)
        .and_then(|object| object.peel_to_commit());
    let tip = tip
        .map_err(|_| Error::UnknownRevision(rev.to_owned()))?
        .id();
    let place = format!("{}{directory}", prefix(&repository, root));
    let mut walk = Walk {
        repository: &repository,
        seen: BTreeSet::new(),
        look,
    };
    walk.up_to(tip, &place, directory)
        .map_err(|source| Error::Git {
            path: root.to_owned(),
            source,
        })
}

struct Walk<'r, 'l> {
    repository: &'r Repository,
    /// Trees and files that were looked at: most commits leave the directory as it was.
    seen: BTreeSet<Oid>,
    look: &'l mut dyn FnMut(Held),
}

impl Walk<'_, '_> {
    fn up_to(&mut self, tip: Oid, place: &str, directory: &str) -> Result<(), git2::Error> {
        let mut commits = self.repository.revwalk()?;
        commits.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE)?;
        commits.push(tip)?;
        for id in commits {
            let id = id?;
            let tree = self.repository.find_commit(id)?.tree()?;
            let Ok(entry) = tree.get_path(Path::new(place)) else {
                continue;
            };
            if entry.kind() == Some(ObjectType::Tree) && self.seen.insert(entry.id()) {
                let tree = self.repository.find_tree(entry.id())?;
                self.within(&tree, directory, id)?;
            }
        }
        Ok(())
    }

    fn within(&mut self, tree: &Tree<'_>, place: &str, commit: Oid) -> Result<(), git2::Error> {
        for entry in tree {
            // A submodule is in another repository.
            let known = matches!(entry.kind(), Some(ObjectType::Blob | ObjectType::Tree));
            if !known || !self.seen.insert(entry.id()) {
                continue;
            }
            let path = format!("{place}/{}", String::from_utf8_lossy(entry.name_bytes()));
            if entry.kind() == Some(ObjectType::Tree) {
                let inner = self.repository.find_tree(entry.id())?;
                self.within(&inner, &path, commit)?;
                continue;
            }
            // A partial clone may lack old files; what it lacks cannot be looked at.
            let Ok(blob) = self.repository.find_blob(entry.id()) else {
                continue;
            };
            if u64::try_from(blob.size()).is_ok_and(|size| size <= LARGEST_OTHER) {
                (self.look)(Held {
                    path,
                    commit: commit.to_string(),
                    bytes: blob.content().to_vec(),
                });
            }
        }
        Ok(())
    }
}
