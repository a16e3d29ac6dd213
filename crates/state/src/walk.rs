//! Owns reading states out of commits, from the newest back.
//! Must never skip one: what cannot be read is an error, not a shorter history.

use caveat_tuf::State;
use git2::{Commit, Oid, Repository};
use jiff::Timestamp;

use crate::Error;

/// The only file of the branch.
pub(crate) const FILE: &str = "state.json";

/// So far back a good one is looked for.
const FURTHEST: usize = 100;

/// The first twelve digits, for people.
pub(crate) fn short(commit: Oid) -> String {
    commit.to_string().chars().take(12).collect()
}

/// The state that a commit holds.
pub(crate) fn state(repository: &Repository, branch: &str, commit: Oid) -> Result<State, Error> {
    read(repository, branch, &repository.find_commit(commit)?)
}

fn read(repository: &Repository, branch: &str, commit: &Commit) -> Result<State, Error> {
    let (branch, hash) = (branch.to_owned(), short(commit.id()));
    let back = || back(repository, &branch, commit);
    let no_state = |reason: &str| Error::NoState {
        branch: branch.clone(),
        commit: hash.clone(),
        reason: reason.to_owned(),
        back: back(),
    };
    let tree = commit.tree()?;
    let file = tree.get_name(FILE);
    let file = file.ok_or_else(|| no_state("there is no state.json"))?;
    if tree.len() > 1 {
        return Err(no_state("there are other files"));
    }
    if commit.parent_count() > 1 {
        return Err(no_state("it is a merge"));
    }
    let blob = repository.find_blob(file.id());
    let blob = blob.map_err(|_| no_state("state.json is no file"))?;
    let bytes = blob.content().strip_suffix(b"\n");
    let bytes = bytes.ok_or_else(|| no_state("state.json has no end"))?;
    State::read(bytes).map_err(|source| Error::Unreadable {
        branch: branch.clone(),
        commit: hash.clone(),
        source: Box::new(source),
        back: back(),
    })
}

/// What to do about a commit that cannot be read: the newest one before it that can.
fn back(repository: &Repository, branch: &str, commit: &Commit) -> String {
    let parent = |commit: &Commit<'_>| commit.parent_ids().next();
    let mut next = parent(commit);
    for _ in 0..FURTHEST {
        let Some(commit) = next.and_then(|id| repository.find_commit(id).ok()) else {
            break;
        };
        if let Some(state) = content(repository, &commit) {
            let (id, seq) = (commit.id(), state.seq());
            return format!(
                "commit {id} before it holds number {seq}: where nothing later was signed, go back to it with \
                 `git push --force REMOTE {id}:refs/heads/{branch}`, and in each clone that has the other one \
                 `git update-ref refs/heads/{branch} {id}`"
            );
        }
        next = parent(&commit);
    }
    "no commit before it holds one: look in other clones, else docs/publishing.md says what to do where nobody has it".to_owned()
}

/// The state of a commit, if it has one.
fn content(repository: &Repository, commit: &Commit) -> Option<State> {
    let tree = commit.tree().ok()?;
    let blob = repository.find_blob(tree.get_name(FILE)?.id()).ok()?;
    State::read(blob.content().strip_suffix(b"\n")?).ok()
}

/// States from the newest back, each with the time of its commit.
pub struct History<'a> {
    repository: &'a Repository,
    branch: &'a str,
    remote: &'a str,
    next: Option<Oid>,
    last: Option<(Oid, u64)>,
}

impl<'a> History<'a> {
    pub(crate) fn new(
        repository: &'a Repository,
        branch: &'a str,
        remote: &'a str,
        next: Option<Oid>,
    ) -> Self {
        Self {
            repository,
            branch,
            remote,
            next,
            last: None,
        }
    }

    fn read(&mut self, at: Oid) -> Result<(Timestamp, State), Error> {
        let cut = |commit| Error::Cut {
            branch: self.branch.to_owned(),
            commit: short(commit),
            remote: self.remote.to_owned(),
        };
        let commit = match (self.repository.find_commit(at), self.last) {
            (Err(_), Some((before, _))) => return Err(cut(before)),
            (commit, _) => commit?,
        };
        let state = read(self.repository, self.branch, &commit)?;
        if let Some((_, last)) = self.last
            && state.seq() >= last
        {
            let branch = self.branch.to_owned();
            return Err(Error::Order {
                branch,
                last: state.seq(),
                next: last,
            });
        }
        self.last = Some((at, state.seq()));
        self.next = commit.parent_ids().next();
        // In a shallow clone the library shows no parent where the commit itself has one.
        let says = commit.raw_header().unwrap_or_default();
        if self.next.is_none() && says.lines().any(|line| line.starts_with("parent ")) {
            return Err(cut(at));
        }
        let time = Timestamp::from_second(commit.time().seconds());
        Ok((time.unwrap_or(state.issued()), state))
    }
}

impl Iterator for History<'_> {
    type Item = Result<(Timestamp, State), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.next.take()?;
        Some(self.read(at))
    }
}
