//! Owns the walk along the published line of commits: which states each advisory had, its lock among them.
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

/// A file of some content, and where it was.
type File = (Oid, String);

/// What is known of one file name while the walk goes back in time.
#[derive(Debug, Default)]
struct History {
    /// What the commit at hand holds.
    now: Option<File>,
    /// The lock beside it there.
    lock: Option<File>,
    /// When that was replaced.
    until: Option<Timestamp>,
    states: Vec<PastState>,
}

type Histories = BTreeMap<String, History>;

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
    let odb = repository.odb()?;
    let known = earlier.as_ref().map(|earlier| earlier.tip);
    let mut trees = Trees::of(&odb);
    let mut commit = repository.find_commit(tip)?;
    let mut tree = subtree(&commit, place)?;
    let start = tree.filter(|_| known != Some(tip));
    let (mut lines, mut doubled) = at(&mut trees, start)?;
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

/// What is there where the walk begins, and whether one name has two files.
fn at(trees: &mut Trees<'_>, tree: Option<Oid>) -> Result<(Histories, bool), git2::Error> {
    let (mut lines, mut doubled) = (Histories::new(), false);
    trees.differences(None, tree, &mut |path, _, new| {
        if let (Some((name, kind)), Some(id)) = (name(path), new) {
            let line = lines.entry(name).or_default();
            let side = match kind {
                Use::Lock => &mut line.lock,
                _ => &mut line.now,
            };
            doubled |= side.replace((id, path.to_owned())).is_some();
        }
    })?;
    Ok((lines, doubled))
}

/// What the walk found, and after it what an earlier one found from there on.
fn join(lines: Histories, earlier: Option<Earlier>) -> States {
    let mut states = earlier.map_or_else(States::new, |earlier| earlier.states);
    for (name, line) in lines {
        // A lock beside which there never was a file.
        if line.states.is_empty() && !states.contains_key(&name) {
            continue;
        }
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

/// Where the files of one name and kind were before and after a commit, and what they held before.
#[derive(Default)]
struct Side {
    old: Option<File>,
    new: Option<String>,
    doubled: bool,
}

/// What a commit did to an advisory and to its lock.
#[derive(Default)]
struct Moved {
    file: Side,
    lock: Side,
}

impl Side {
    /// A file that moved is gone in one place and new in another.
    fn add(&mut self, path: &str, old: Option<Oid>, new: Option<Oid>) {
        if let Some(id) = old {
            self.doubled |= self.old.replace((id, path.to_owned())).is_some();
        }
        if new.is_some() {
            self.doubled |= self.new.replace(path.to_owned()).is_some();
        }
    }

    fn is_touched(&self) -> bool {
        self.old.is_some() || self.new.is_some()
    }

    /// Is this no change of the one file that `now` says?
    fn doubled(&self, now: Option<&File>) -> bool {
        let another = self.new.as_ref() != now.map(|(_, path)| path);
        self.doubled || self.is_touched() && another
    }

    /// What was there before, where `now` is there.
    fn before(self, now: Option<&File>) -> Option<File> {
        if self.is_touched() {
            self.old
        } else {
            now.cloned()
        }
    }
}

/// Writes down the states that this commit made, and says whether one name had two files.
fn step(
    trees: &mut Trees<'_>,
    lines: &mut Histories,
    commit: &git2::Commit<'_>,
    (before, after): (Option<Oid>, Option<Oid>),
) -> Result<bool, git2::Error> {
    let (mut all, mut doubled) = (BTreeMap::<String, Moved>::new(), false);
    trees.differences(before, after, &mut |path, old, new| {
        let Some((name, kind)) = name(path) else {
            return;
        };
        let moved = all.entry(name).or_default();
        let side = if kind == Use::Lock {
            &mut moved.lock
        } else {
            &mut moved.file
        };
        side.add(path, old, new);
    })?;
    let time = Timestamp::from_second(commit.time().seconds()).unwrap_or(Timestamp::UNIX_EPOCH);
    let commit = Commit {
        id: commit.id().to_string(),
        time,
    };
    for (name, moved) in all {
        let line = lines.entry(name).or_default();
        let (file, lock) = (line.now.as_ref(), line.lock.as_ref());
        doubled |= moved.file.doubled(file) || moved.lock.doubled(lock);
        line.back(moved, &commit);
    }
    Ok(doubled)
}

impl History {
    /// One commit back in time, before which there was what it `moved`.
    fn back(&mut self, moved: Moved, commit: &Commit) {
        let old = moved.file.before(self.now.as_ref());
        let lock = moved.lock.before(self.lock.as_ref());
        let id = |file: &Option<File>| file.as_ref().map(|(id, _)| *id);
        let same = id(&old) == id(&self.now) && (old.is_none() || id(&lock) == id(&self.lock));
        if let Some((content, path)) = self.now.take().filter(|_| !same) {
            self.states.push(PastState {
                path,
                commit: commit.clone(),
                until: self.until,
                content: content.to_string(),
                lock: id(&self.lock).map(|id| id.to_string()),
            });
        }
        if !same {
            self.until = Some(commit.time);
        }
        (self.now, self.lock) = (old, lock);
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

/// The name of an advisory that is no draft, and whether this is its file or its lock, from a path below the directory of advisories.
fn name(path: &str) -> Option<(String, Use)> {
    let path = format!("{DIRECTORY}/{path}");
    let kind = Use::of(&path);
    let ours = matches!(kind, Use::Advisory | Use::Lock);
    if !ours || path.starts_with("advisories/drafts/") {
        return None;
    }
    let (name, _) = path.rsplit('/').next()?.rsplit_once('.')?;
    Some((name.to_owned(), kind))
}
