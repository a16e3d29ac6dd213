//! Owns the branch: reading its newest state, and adding the next one where nobody else has added one.
//! Must never move a reference that is not what it was, or say that a state is kept before it is.

use std::path::{Path, PathBuf};

use caveat_tuf::State;
use git2::{Oid, Repository, Signature, Time};

use crate::Error;
use crate::remote::Remote;
use crate::walk::{self, History};

/// The branch that holds the state, here and where it is shared.
pub struct Branch {
    repository: Repository,
    name: String,
    remote: Option<String>,
}

/// What was known when it was asked: the newest state, and the commit that the next one follows.
#[derive(Clone, Debug)]
pub struct Known {
    commit: Option<Oid>,
    state: Option<State>,
}

impl Known {
    /// The newest state; none before the first publication.
    pub fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }

    /// The commit that holds it, for people.
    pub fn commit(&self) -> Option<String> {
        self.commit.map(walk::short)
    }
}

impl std::fmt::Debug for Branch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Branch");
        shown
            .field("name", &self.name)
            .field("remote", &self.remote);
        shown.finish_non_exhaustive()
    }
}

impl Branch {
    /// The branch `name` of the repository around `directory`, shared by `remote`, or by nobody.
    ///
    /// # Errors
    /// [`Error::NotARepository`], [`Error::Name`], [`Error::NoRemote`].
    pub fn open(directory: &Path, name: &str, remote: Option<&str>) -> Result<Self, Error> {
        let none = |_| Error::NotARepository(directory.to_owned());
        let repository = Repository::discover(directory).map_err(none)?;
        if !git2::Reference::is_valid_name(&format!("refs/heads/{name}")) {
            return Err(Error::Name(name.to_owned()));
        }
        if let Some(remote) = remote
            && repository.find_remote(remote).is_err()
        {
            return Err(Error::NoRemote(remote.to_owned()));
        }
        Ok(Self {
            repository,
            name: name.to_owned(),
            remote: remote.map(str::to_owned),
        })
    }

    /// What was signed last: asks the remote where there is one.
    ///
    /// # Errors
    /// [`Error`]: then nothing is known, and nothing may be signed.
    pub fn latest(&self) -> Result<Known, Error> {
        let here = self.here()?;
        let newest = match self.remote() {
            None => here,
            Some(remote) => self.fetched(&remote, here)?,
        };
        let Some(commit) = newest else {
            return Ok(Known {
                commit: None,
                state: None,
            });
        };
        let state = walk::state(&self.repository, &self.name, commit)?;
        Ok(Known {
            commit: Some(commit),
            state: Some(state),
        })
    }

    /// All states from the newest on, each with the time of its commit.
    pub fn history<'a>(&'a self, known: &Known) -> History<'a> {
        let remote = self.remote.as_deref().unwrap_or("REMOTE");
        History::new(&self.repository, &self.name, remote, known.commit)
    }

    /// Adds a state behind the one that was known. Only then may what it names be shown to readers.
    ///
    /// # Errors
    /// [`Error::Raced`] where somebody else has added one; others where it could not be kept.
    pub fn advance(&self, known: &Known, state: &State, why: &str) -> Result<Known, Error> {
        let last = known.state.as_ref().map_or(0, State::seq);
        if state.seq() <= last {
            let (branch, next) = (self.name.clone(), state.seq());
            return Err(Error::Order { branch, last, next });
        }
        let commit = self.written(known.commit, state, why)?;
        if let Some(remote) = self.remote() {
            pushed(&remote, known.commit, commit)?;
            // It counts from here on. Another process here may have fetched it already.
            let _ = self.moved(self.here()?, commit);
        } else {
            self.moved(known.commit, commit)?;
        }
        Ok(Known {
            commit: Some(commit),
            state: Some(state.clone()),
        })
    }

    fn remote(&self) -> Option<Remote<'_>> {
        self.remote.as_deref().map(|name| Remote {
            repository: self.repository.path(),
            name,
            branch: &self.name,
        })
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.name)
    }

    /// The commit of the branch in this clone.
    fn here(&self) -> Result<Option<Oid>, Error> {
        self.commit_of(&self.reference())
    }

    fn commit_of(&self, reference: &str) -> Result<Option<Oid>, Error> {
        match self.repository.refname_to_id(reference) {
            Ok(commit) => Ok(Some(commit)),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The commit of the remote, brought here; this clone must not know a later one, as its branch or as what it last saw there.
    fn fetched(&self, remote: &Remote, here: Option<Oid>) -> Result<Option<Oid>, Error> {
        let tracking = format!("refs/remotes/{}/{}", remote.name, remote.branch);
        let seen = self.commit_of(&tracking)?;
        let known = [(self.reference(), here), (tracking.clone(), seen)];
        let known = known.map(|(name, commit)| commit.map(|commit| (name, commit)));
        let Some(there) = remote.head()? else {
            return self.newest(known).map_or(Ok(None), |known| {
                let (remote, branch) = (remote.name.to_owned(), remote.branch.to_owned());
                Err(Error::Gone {
                    remote,
                    branch,
                    known,
                })
            });
        };
        remote.fetch()?;
        for (known, commit) in known.into_iter().flatten() {
            if !self.follows(there, commit) {
                let (remote, branch) = (remote.name.to_owned(), remote.branch.to_owned());
                return Err(Error::Diverged {
                    remote,
                    branch,
                    known,
                });
            }
        }
        // What cannot be read is remembered by nobody.
        walk::state(&self.repository, &self.name, there)?;
        self.moved(here, there)?;
        let log = "caveat: what the remote has";
        self.repository.reference(&tracking, there, true, log)?;
        Ok(Some(there))
    }

    /// Is it the same commit, or a later one?
    fn follows(&self, there: Oid, commit: Oid) -> bool {
        let follows = || self.repository.graph_descendant_of(there, commit);
        there == commit || follows().unwrap_or(false)
    }

    /// The name of the reference that knows most.
    fn newest(&self, known: [Option<(String, Oid)>; 2]) -> Option<String> {
        let newest = known.into_iter().flatten().reduce(|last, next| {
            if self.follows(next.1, last.1) {
                next
            } else {
                last
            }
        });
        newest.map(|(name, _)| name)
    }

    /// A commit that no branch has yet: one file, and what it follows.
    fn written(&self, parent: Option<Oid>, state: &State, why: &str) -> Result<Oid, Error> {
        let repository = &self.repository;
        let blob = repository.blob(&[&state.to_bytes()[..], b"\n"].concat())?;
        let mut tree = repository.treebuilder(None)?;
        tree.insert(walk::FILE, blob, 0o100_644)?;
        let tree = repository.find_tree(tree.write()?)?;
        let time = Time::new(state.issued().as_second(), 0);
        let who = Signature::new("caveat", "caveat@localhost", &time)?;
        let message = format!("{}: {why}\n", state.seq());
        let parent = parent
            .map(|parent| repository.find_commit(parent))
            .transpose()?;
        let parents: Vec<_> = parent.iter().collect();
        Ok(repository.commit(None, &who, &who, &message, &tree, &parents)?)
    }

    /// Compare and swap in this clone.
    fn moved(&self, from: Option<Oid>, to: Oid) -> Result<(), Error> {
        let (name, log) = (self.reference(), "caveat: what was signed last");
        let moved = match from {
            Some(from) if from == to => return Ok(()),
            Some(from) => self
                .repository
                .reference_matching(&name, to, true, from, log),
            None => self.repository.reference(&name, to, false, log),
        };
        match moved {
            Ok(_) => Ok(()),
            Err(_) if self.here()? != from => Err(Error::Raced(self.name.clone())),
            Err(error) => Err(error.into()),
        }
    }

    /// Where git keeps its own files, which no output may replace.
    pub fn repository(&self) -> PathBuf {
        self.repository.path().to_owned()
    }
}

/// Compare and swap on another machine. Whatever git says, what counts is what is there afterwards.
fn pushed(remote: &Remote, known: Option<Oid>, commit: Oid) -> Result<(), Error> {
    let Err(said) = remote.push(commit)? else {
        return Ok(());
    };
    let (name, branch) = (remote.name.to_owned(), remote.branch.to_owned());
    match remote.head() {
        Ok(there) if there == Some(commit) => Ok(()),
        Ok(there) if there != known => Err(Error::Raced(branch)),
        _ => Err(Error::Refused {
            remote: name,
            branch,
            said,
        }),
    }
}
