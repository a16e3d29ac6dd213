//! Owns what a repository remembers of its advisories: the states that readers could have seen.
//! Must never say what a state means, or read more of the past than it is asked for.

use std::fmt::Debug;

use crate::{Commit, Timestamp};

/// One state of an advisory file, from the commit that made it to the one that replaced it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Where the file was, relative to the project's root.
    pub path: String,
    /// The commit that made it, or gave it this lock.
    pub commit: Commit,
    /// When another state took its place; `None` for the newest.
    pub until: Option<Timestamp>,
    /// What names its content: equal for equal bytes.
    pub content: String,
    /// The same of the lock beside it.
    pub lock: Option<String>,
}

/// A signed root as it was first published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRoot {
    /// Where it was, relative to the project's root.
    pub path: String,
    /// What names its content: equal for equal bytes.
    pub content: String,
    /// A commit that has it so, in full.
    pub commit: String,
}

/// The name of an advisory file, by which its past is known: without directories and `.toml`.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// A line of commits: each with the one before it, merged branches left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// What readers could see.
    Public,
    /// What they could, were all commits pushed as they are.
    Pushed,
}

/// What was published, and what a push would add to it.
pub trait Past: Debug + Send + Sync {
    /// The commit at which a shallow clone ends; `None` where nothing is missing.
    fn end(&self) -> Option<&str>;

    /// The names, without `.toml`, of all files that ever were advisories and no drafts.
    fn names(&self, line: Line) -> Vec<&str>;

    /// The states of the file of this name, newest first; neighbours differ.
    fn states(&self, line: Line, name: &str) -> &[State];

    /// What names the content of these bytes.
    fn content(&self, bytes: &[u8]) -> String;

    /// The bytes that have this name; `None` where the clone does not have them.
    fn bytes(&self, content: &str) -> Option<Vec<u8>>;

    /// What `say` finds in bytes of this name; `None` where the clone does not have them. It is asked one question only, so that
    /// the answers can be remembered.
    fn said(&self, content: &str, say: &dyn Fn(Vec<u8>) -> Vec<String>) -> Option<Vec<String>> {
        self.bytes(content).map(say)
    }

    /// Signed roots as they were first published, each once.
    fn roots(&self) -> &[PastRoot] {
        &[]
    }

    /// Nothing more is asked.
    fn close(&self) {}
}
