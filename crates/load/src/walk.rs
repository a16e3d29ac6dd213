//! Owns the walk along the published line of commits: which states each advisory file had.
//! Must never read a file's content, or follow merged branches.

use std::collections::BTreeMap;
use std::path::Path;

use caveat_advisory::{Commit, PastState, Timestamp};
use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository};

use crate::earlier::Earlier;
use crate::place::Use;
use crate::trees::Trees;

/// Where advisories are.
pub(crate) const DIRECTORY: &str = "advisories";

/// The states of every file name, newest first.
pub(crate) type States = BTreeMap<String, Vec<PastState>>;

/// What is known of one file name while the walk goes back in time.
#[derive(Debug, Default)]
struct Line {
    /// What the commit at hand holds.
    now: Option<(Oid, String)>,
    /// When that was replaced.
    until: Option<Timestamp>,
    states: Vec<PastState>,
}

type Lines = BTreeMap<String, Line>;

/// What a walk found.
pub(crate) struct Found {
    pub(crate) states: States,
    /// The commit at which a shallow clone ends.
    pub(crate) end: Option<String>,
    /// Some commit had two files of one name. Where a walk begins then decides which of them it follows.
    pub(crate) doubled: bool,
}

/// The states below `place` up to `tip`. What an earlier walk saw is not walked again.
pub(crate) fn walk(
    repository: &Repository,
    tip: Oid,
    place: &str,
    earlier: Option<Earlier>,
) -> Result<Found, git2::Error> {
    let (mut lines, odb) = (Lines::new(), repository.odb()?);
    let (known, mut doubled) = (earlier.as_ref().map(|earlier| earlier.tip), false);
    let mut trees = Trees::of(&odb);
    let mut commit = repository.find_commit(tip)?;
    let mut tree = subtree(&commit, place)?;
    if known != Some(tip) {
        trees.differences(None, tree, &mut |path, _, new| {
            if let (Some(name), Some(id)) = (name(path), new) {
                let now = &mut lines.entry(name).or_default().now;
                doubled |= now.replace((id, path.to_owned())).is_some();
            }
        })?;
    }
    while known != Some(commit.id()) {
        let parent = parent(repository, &commit)?;
        let before = match &parent {
            Some(parent) => subtree(parent, place)?,
            None => None,
        };
        if before != tree || parent.is_none() {
            doubled |= step(&mut trees, &mut lines, &commit, (before, tree))?;
        }
        let Some(parent) = parent else {
            let end = repository.is_shallow().then(|| commit.id().to_string());
            let states = join(lines, None);
            return Ok(Found {
                states,
                end,
                doubled,
            });
        };
        (commit, tree) = (parent, before);
    }
    let (states, end) = (join(lines, earlier), None);
    Ok(Found {
        states,
        end,
        doubled,
    })
}

/// What the walk found, and after it what an earlier one found from there on.
fn join(lines: Lines, earlier: Option<Earlier>) -> States {
    let mut states = earlier.map_or_else(States::new, |earlier| earlier.states);
    for (name, line) in lines {
        let older = states.entry(name).or_default();
        if let Some(newest) = older.first_mut()
            && newest.until.is_none()
        {
            newest.until = line.until;
        }
        older.splice(0..0, line.states);
    }
    states
}
/// Where the files of one name were before and after a commit, and what they held before.
#[derive(Default)]
struct Moved {
    old: Option<(Oid, String)>,
    new: Option<String>,
    doubled: bool,
}

impl Moved {
    /// Is this no change of the one file that `now` says?
    fn doubled(&self, now: Option<&(Oid, String)>) -> bool {
        self.doubled || self.new.as_ref() != now.map(|(_, path)| path)
    }
}

/// Writes down the states that this commit made, and says whether one name had two files.
fn step(
    trees: &mut Trees<'_>,
    lines: &mut Lines,
    commit: &git2::Commit<'_>,
    (before, after): (Option<Oid>, Option<Oid>),
) -> Result<bool, git2::Error> {
    let (mut all, mut doubled) = (BTreeMap::<String, Moved>::new(), false);
    trees.differences(before, after, &mut |path, old, new| {
        let Some(name) = name(path) else { return };
        let moved = all.entry(name).or_default();
        // A file that moved is gone in one place and new in another.
        if let Some(id) = old {
            moved.doubled |= moved.old.replace((id, path.to_owned())).is_some();
        }
        if new.is_some() {
            moved.doubled |= moved.new.replace(path.to_owned()).is_some();
        }
    })?;
    let time = Timestamp::from_second(commit.time().seconds()).unwrap_or(Timestamp::UNIX_EPOCH);
    let commit = Commit {
        id: commit.id().to_string(),
        time,
    };
    for (name, moved) in all {
        let line = lines.entry(name).or_default();
        doubled |= moved.doubled(line.now.as_ref());
        line.back(moved.old, &commit);
    }
    Ok(doubled)
}

impl Line {
    /// One commit back in time, before which the file held `old`.
    fn back(&mut self, old: Option<(Oid, String)>, commit: &Commit) {
        let same = |now: &(Oid, String)| old.as_ref().is_some_and(|old| old.0 == now.0);
        if self.now.as_ref().is_some_and(same) {
            self.now = old;
            return;
        }
        if let Some((id, path)) = self.now.take() {
            self.states.push(PastState {
                path,
                commit: commit.clone(),
                until: self.until,
                content: id.to_string(),
            });
        }
        self.until = Some(commit.time);
        self.now = old;
    }
}

/// The commit before it; none for a root, or where a shallow clone was cut. One that was lost is an error.
fn parent<'r>(
    repository: &Repository,
    commit: &git2::Commit<'r>,
) -> Result<Option<git2::Commit<'r>>, git2::Error> {
    match commit.parent(0) {
        Ok(parent) => Ok(Some(parent)),
        Err(_) if commit.parent_count() == 0 || repository.is_shallow() => Ok(None),
        Err(error) => Err(error),
    }
}

fn subtree(commit: &git2::Commit<'_>, place: &str) -> Result<Option<Oid>, git2::Error> {
    let entry = match commit.tree()?.get_path(Path::new(place)) {
        Ok(entry) => Some(entry),
        // No such name, while no tree is lost.
        Err(error) if error.code() == ErrorCode::NotFound && error.class() != ErrorClass::Odb => {
            None
        }
        Err(error) => return Err(error),
    };
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
