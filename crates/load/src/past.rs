//! Owns the walk along the published line of commits: which states each advisory file had.
//! Must never read a file's content before it is asked for, or follow merged branches.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use caveat_advisory::{Commit, Past, PastState, Timestamp};
use git2::{ErrorCode, ObjectType, Oid, Repository};

use crate::Error;
use crate::commit::{open, prefix};
use crate::place::Use;
use crate::trees::Trees;

/// Where advisories are.
const DIRECTORY: &str = "advisories";

/// What is known of one file name while the walk goes back in time.
#[derive(Debug, Default)]
struct Line {
    /// What the commit at hand holds.
    now: Option<(Oid, String)>,
    /// When that was replaced.
    until: Option<Timestamp>,
    states: Vec<PastState>,
}

struct Walked {
    repository: Mutex<Repository>,
    lines: BTreeMap<String, Line>,
    end: Option<String>,
}

/// The past of the project at `root` up to `rev`, as far as it was published: from where `rev` left the branch that
/// `origin` publishes, or from `rev` itself where there is no `origin`. Nothing outside a repository.
///
/// # Errors
/// An unknown revision, or git cannot say.
pub fn past(root: &Path, rev: &str) -> Result<Option<Arc<dyn Past>>, Error> {
    let repository = match open(root) {
        Ok(repository) => repository,
        Err(Error::NotARepository(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    match repository.head() {
        Err(error) if error.code() == ErrorCode::UnbornBranch => return Ok(None),
        _ => {}
    }
    let found = repository
        .revparse_single(rev)
        .and_then(|object| object.peel_to_commit());
    let tip = found
        .map_err(|_| Error::UnknownRevision(rev.to_owned()))?
        .id();
    let place = format!("{}{DIRECTORY}", prefix(&repository, root));
    let fail = |source| Error::Git {
        path: root.to_owned(),
        source,
    };
    // Git does not hash again what it reads either; over thousands of trees that is half of the time.
    git2::opts::strict_hash_verification(false);
    let walked = walk(&repository, left(&repository, tip), &place);
    git2::opts::strict_hash_verification(true);
    let (lines, end) = walked.map_err(fail)?;
    Ok(Some(Arc::new(Walked {
        repository: Mutex::new(repository),
        lines,
        end,
    })))
}

/// Where a line of commits left the one that readers see.
fn left(repository: &Repository, tip: Oid) -> Oid {
    let branches = ["origin/HEAD", "origin/main", "origin/master"];
    let public = branches.iter().find_map(|name| {
        let reference = repository.find_reference(&format!("refs/remotes/{name}"));
        reference.ok()?.peel_to_commit().ok()
    });
    let parted = public.and_then(|public| repository.merge_base(public.id(), tip).ok());
    parted.unwrap_or(tip)
}

type Lines = BTreeMap<String, Line>;

fn walk(
    repository: &Repository,
    tip: Oid,
    place: &str,
) -> Result<(Lines, Option<String>), git2::Error> {
    let (mut lines, odb) = (Lines::new(), repository.odb()?);
    let mut trees = Trees::of(&odb);
    let mut commit = repository.find_commit(tip)?;
    let mut tree = subtree(&commit, place)?;
    trees.differences(None, tree, &mut |path, _, new| {
        if let (Some(name), Some(id)) = (name(path), new) {
            lines.entry(name).or_default().now = Some((id, path.to_owned()));
        }
    })?;
    loop {
        let parent = commit.parent(0).ok();
        let before = match &parent {
            Some(parent) => subtree(parent, place)?,
            None => None,
        };
        if before != tree || parent.is_none() {
            step(&mut trees, &mut lines, &commit, (before, tree))?;
        }
        let Some(parent) = parent else { break };
        (commit, tree) = (parent, before);
    }
    let end = repository.is_shallow().then(|| commit.id().to_string());
    Ok((lines, end))
}

/// Writes down the states that this commit made.
fn step(
    trees: &mut Trees<'_>,
    lines: &mut Lines,
    commit: &git2::Commit<'_>,
    (before, after): (Option<Oid>, Option<Oid>),
) -> Result<(), git2::Error> {
    let mut older: BTreeMap<String, Option<(Oid, String)>> = BTreeMap::new();
    trees.differences(before, after, &mut |path, old, _| {
        let Some(name) = name(path) else { return };
        let known = older.entry(name).or_default();
        // A file that moved is gone in one place and new in another.
        if let Some(id) = old {
            *known = Some((id, path.to_owned()));
        }
    })?;
    let at = Timestamp::from_second(commit.time().seconds()).unwrap_or(Timestamp::UNIX_EPOCH);
    for (name, old) in older {
        let line = lines.entry(name).or_default();
        let same = |now: &(Oid, String)| old.as_ref().is_some_and(|old| old.0 == now.0);
        if line.now.as_ref().is_some_and(same) {
            line.now = old;
            continue;
        }
        if let Some((id, path)) = line.now.take() {
            line.states.push(PastState {
                path,
                commit: Commit {
                    id: commit.id().to_string(),
                    time: at,
                },
                until: line.until,
                content: id.to_string(),
            });
        }
        line.until = Some(at);
        line.now = old;
    }
    Ok(())
}

fn subtree(commit: &git2::Commit<'_>, place: &str) -> Result<Option<Oid>, git2::Error> {
    let entry = commit.tree()?.get_path(Path::new(place)).ok();
    let tree = entry.filter(|entry| entry.kind() == Some(ObjectType::Tree));
    Ok(tree.map(|entry| entry.id()))
}

/// The name of an advisory file that is no draft, from its path below the directory of advisories.
fn name(path: &str) -> Option<String> {
    let path = format!("{DIRECTORY}/{path}");
    let draft = path.starts_with("advisories/drafts/");
    if draft || Use::of(&path) != Use::Advisory {
        return None;
    }
    let name = path.rsplit('/').next()?;
    name.strip_suffix(".toml").map(str::to_owned)
}

impl std::fmt::Debug for Walked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the past of {} files", self.lines.len())
    }
}

impl Past for Walked {
    fn end(&self) -> Option<&str> {
        self.end.as_deref()
    }

    fn names(&self) -> Vec<&str> {
        self.lines.keys().map(String::as_str).collect()
    }

    fn states(&self, name: &str) -> &[PastState] {
        self.lines.get(name).map_or(&[], |line| &line.states)
    }

    fn content(&self, bytes: &[u8]) -> String {
        let id = Oid::hash_object(ObjectType::Blob, bytes);
        id.map(|id| id.to_string()).unwrap_or_default()
    }

    fn bytes(&self, state: &PastState) -> Option<Vec<u8>> {
        let id = Oid::from_str(&state.content).ok()?;
        let repository = self
            .repository
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let blob = repository.find_blob(id).ok()?;
        Some(blob.content().to_vec())
    }
}
