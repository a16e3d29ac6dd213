//! Owns what reading a repository yields: every file that matters, sorted by what it is for.
//! Must never look into a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Draft, Past, Timestamp};

/// The commit that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Full hash.
    pub id: String,
    /// When it was committed.
    pub time: Timestamp,
}

impl Commit {
    /// As people write it.
    pub fn short(&self) -> &str {
        self.id.get(..12).unwrap_or(&self.id)
    }
}

/// Everything people wrote. Lists are sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// Where it was read from; `None` for the work tree.
    pub commit: Option<Commit>,
    /// `caveat.toml`.
    pub project: Option<Draft>,
    /// Advisory files, drafts among them.
    pub advisories: Vec<Draft>,
    /// What was derived from the history of code, beside the advisories.
    pub locks: Vec<Draft>,
    /// Files among the advisories that are no advisories.
    pub strays: Vec<String>,
    /// Encrypted drafts: nobody here can read them.
    pub sealed: Vec<String>,
    /// Templates by name, overriding the built-in ones.
    pub templates: BTreeMap<String, Vec<u8>>,
    /// Public keys, certificates, the keyring and its roots.
    pub keys: Vec<Draft>,
    /// Small files of no known use that must not hold secrets.
    pub others: Vec<Draft>,
    /// What git remembers; `None` where there is no git, or nobody asked.
    pub past: Option<Arc<dyn Past>>,
}

impl Input {
    /// Puts every list in the order of its paths.
    pub fn sort(&mut self) {
        self.advisories.sort_by(|a, b| a.path.cmp(&b.path));
        self.locks.sort_by(|a, b| a.path.cmp(&b.path));
        self.keys.sort_by(|a, b| a.path.cmp(&b.path));
        self.others.sort_by(|a, b| a.path.cmp(&b.path));
        self.strays.sort();
        self.sealed.sort();
    }
}
