//! Owns what a repository remembers of its advisories: the states that readers could have seen.
//! Must never say what a state means, or read more of the past than it is asked for.

use std::fmt::Debug;

use crate::{Commit, Timestamp};

/// One state of an advisory file, from the commit that made it to the one that replaced it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Where the file was, relative to the project's root.
    pub path: String,
    /// The commit that made it.
    pub commit: Commit,
    /// When another state took its place; `None` for the newest.
    pub until: Option<Timestamp>,
    /// What names its content: equal for equal bytes.
    pub content: String,
}

/// The name of an advisory file, by which its past is known: without directories and `.toml`.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The line of commits that was published: each with the one before it, merged branches left out.
pub trait Past: Debug + Send + Sync {
    /// The commit at which a shallow clone ends; `None` where nothing is missing.
    fn end(&self) -> Option<&str>;

    /// The names, without `.toml`, of all files that ever were advisories and no drafts.
    fn names(&self) -> Vec<&str>;

    /// The states of the file of this name, newest first; neighbours differ.
    fn states(&self, name: &str) -> &[State];

    /// What names the content of these bytes.
    fn content(&self, bytes: &[u8]) -> String;

    /// The bytes of a state; `None` where the clone lost them.
    fn bytes(&self, state: &State) -> Option<Vec<u8>>;

    /// What `say` finds in the bytes of a state. It is asked one question only, so that the answers can be remembered.
    fn said(&self, state: &State, say: &dyn Fn(&[u8]) -> Vec<String>) -> Vec<String> {
        self.bytes(state).map_or_else(Vec::new, |bytes| say(&bytes))
    }

    /// Nothing more is asked.
    fn close(&self) {}
}
