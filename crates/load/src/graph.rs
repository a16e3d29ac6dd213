//! Owns reading the history of a package's code: commits, branches and tags, as a plain graph.
//! Must never change that repository, or read a file of it but to compare what two commits change.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use caveat_derive::{Commit, Graph, Id, PatchId, Tag, Way, mentions, subject};
use git2::{ErrorCode, Oid, Repository};

use crate::Error;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tagged;
#[cfg(test)]
mod tests;

/// A clone of a package's repository.
pub struct History {
    repository: Repository,
    path: PathBuf,
}

/// Branches and tags; forges keep pull requests elsewhere.
const PLACES: [&str; 3] = ["refs/heads/*", "refs/remotes/*", "refs/tags/*"];

impl History {
    /// Opens a clone, bare or not, by its path or `file://` address.
    ///
    /// # Errors
    /// No repository there, one of somebody else, or a shallow one.
    pub fn open(place: &Path) -> Result<Self, Error> {
        let text = place.to_string_lossy();
        let path = text.strip_prefix("file://").map_or(place, Path::new);
        let repository = Repository::open(path).map_err(|source| match source.code() {
            ErrorCode::NotFound => Error::NoClone(path.to_owned()),
            ErrorCode::Owner => Error::Owner(path.to_owned()),
            _ => Error::Git {
                path: path.to_owned(),
                source,
            },
        })?;
        if repository.is_shallow() {
            return Err(Error::Shallow(path.to_owned()));
        }
        Ok(Self {
            repository,
            path: path.to_owned(),
        })
    }

    /// Everything that branches and tags reach; `step` is called for each commit.
    ///
    /// # Errors
    /// Git cannot read what it should have.
    pub fn graph(&self, step: &dyn Fn()) -> Result<Graph, Error> {
        let tags = self.tags()?;
        let mut walk = Walk::default();
        for tip in self.tips()? {
            walk.from(&self.repository, tip, step)
                .map_err(|source| self.fail(source))?;
        }
        let tags = tags.into_iter().filter_map(|(name, id)| {
            let commit = *walk.places.get(&id)?;
            Some(Tag { name, commit })
        });
        let tags = tags.collect();
        let graph = Graph::new(walk.commits, tags);
        // Parents are put first below, and tags are among the tips.
        graph.ok_or_else(|| self.fail(git2::Error::from_str("the history has a loop")))
    }

    /// A hash of what a commit changes, or of what takes that back; `None` for a merge, for nothing, and where git cannot say.
    pub fn patch(&self, id: Id, way: Way) -> Option<PatchId> {
        let oid = Oid::from_str(&id.to_string()).ok()?;
        let commit = self.repository.find_commit(oid).ok()?;
        if commit.parent_count() > 1 {
            return None;
        }
        let before = commit.parent(0).ok().and_then(|parent| parent.tree().ok());
        let after = commit.tree().ok()?;
        let after = Some(after);
        let [from, to] = match way {
            Way::Forth => [&before, &after],
            Way::Back => [&after, &before],
        };
        let diff = self
            .repository
            .diff_tree_to_tree(from.as_ref(), to.as_ref(), None);
        let diff = diff.ok().filter(|diff| diff.deltas().len() > 0)?;
        diff.patchid(None).ok()?.as_bytes().try_into().ok()
    }

    /// Does the clone have this commit at all, be it on no branch any more?
    pub fn has(&self, hash: &str) -> bool {
        Oid::from_str(hash).is_ok_and(|id| self.repository.find_commit(id).is_ok())
    }

    fn fail(&self, source: git2::Error) -> Error {
        Error::Git {
            path: self.path.clone(),
            source,
        }
    }

    /// Every commit that a branch or a tag is at.
    fn tips(&self) -> Result<BTreeSet<Oid>, Error> {
        let mut tips = BTreeSet::new();
        for place in PLACES {
            let found = self.repository.references_glob(place);
            for reference in found.map_err(|source| self.fail(source))? {
                let reference = reference.map_err(|source| self.fail(source))?;
                // A tag may be at a file, and a branch at nothing yet.
                tips.extend(reference.peel_to_commit().ok().map(|commit| commit.id()));
            }
        }
        let head = self
            .repository
            .head()
            .and_then(|head| head.peel_to_commit());
        tips.extend(head.ok().map(|commit| commit.id()));
        Ok(tips)
    }

    fn tags(&self) -> Result<Vec<(String, Oid)>, Error> {
        let found = self.repository.references_glob("refs/tags/*");
        let mut tags = Vec::new();
        for reference in found.map_err(|source| self.fail(source))? {
            let reference = reference.map_err(|source| self.fail(source))?;
            let name = std::str::from_utf8(reference.name_bytes()).ok();
            let name = name.and_then(|name| name.strip_prefix("refs/tags/"));
            let commit = reference.peel_to_commit().ok();
            tags.extend(name.map(str::to_owned).zip(commit.map(|one| one.id())));
        }
        Ok(tags)
    }
}

/// Commits in an order in which parents come first.
#[derive(Default)]
struct Walk {
    commits: Vec<Commit>,
    places: BTreeMap<Oid, u32>,
    /// Seen, perhaps waiting for its parents.
    seen: BTreeSet<Oid>,
    /// Few people write many commits.
    authors: BTreeMap<Vec<u8>, Arc<str>>,
}

enum Task {
    Enter(Oid),
    Leave(Commit, Vec<Oid>),
}

impl Walk {
    fn from(
        &mut self,
        repository: &Repository,
        tip: Oid,
        step: &dyn Fn(),
    ) -> Result<(), git2::Error> {
        let mut tasks = vec![Task::Enter(tip)];
        while let Some(task) = tasks.pop() {
            match task {
                Task::Enter(id) if self.seen.insert(id) => {
                    step();
                    let found = repository.find_commit(id)?;
                    let parents: Vec<Oid> = found.parent_ids().collect();
                    let entered = parents.iter().copied().map(Task::Enter);
                    let entered: Vec<Task> = entered.collect();
                    tasks.push(Task::Leave(self.read(&found), parents));
                    tasks.extend(entered);
                }
                Task::Enter(_) => {}
                Task::Leave(mut commit, parents) => {
                    let places = parents.iter().filter_map(|id| self.places.get(id));
                    commit.parents = places.copied().collect();
                    let place = u32::try_from(self.commits.len()).unwrap_or(u32::MAX);
                    self.places.insert(oid(commit.id)?, place);
                    self.commits.push(commit);
                }
            }
        }
        Ok(())
    }

    fn read(&mut self, found: &git2::Commit<'_>) -> Commit {
        let message = String::from_utf8_lossy(found.message_bytes());
        let mentions = mentions(&message);
        let mut bytes = [0; 20];
        for (to, from) in bytes.iter_mut().zip(found.id().as_bytes()) {
            *to = *from;
        }
        let author = found.author();
        Commit {
            id: Id::new(bytes),
            parents: Vec::new(),
            author: self.author(&author),
            written: author.when().seconds(),
            subject: subject(&message).into(),
            picked: mentions.picked,
            reverts: mentions.reverts,
        }
    }

    fn author(&mut self, author: &git2::Signature<'_>) -> Arc<str> {
        let key = [author.name_bytes(), b" <", author.email_bytes(), b">"].concat();
        let text = String::from_utf8_lossy(&key).as_ref().into();
        Arc::clone(self.authors.entry(key).or_insert(text))
    }
}

fn oid(id: Id) -> Result<Oid, git2::Error> {
    Oid::from_str(&id.to_string())
}
