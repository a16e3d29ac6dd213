//! Owns what can stop reading, in sentences that say what to do.
//! Must never describe a faulty advisory: that is a diagnostic.

use std::path::PathBuf;

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No `caveat.toml` here or above.
    #[error(
        "there is no caveat.toml in `{0}` or above it; `caveat -C DIR` names another directory"
    )]
    NoProject(PathBuf),
    /// The commit has no `caveat.toml` at that place.
    #[error("commit {commit} has no `{path}`; commit it first")]
    NotCommitted {
        /// Short hash.
        commit: String,
        /// Path within the repository.
        path: String,
    },
    /// A build reads a commit, so it needs git.
    #[error("`{0}` is not in a git repository; run `git init` and commit the advisories")]
    NotARepository(PathBuf),
    /// A bare repository has no files to lie beside.
    #[error("`{0}` is a bare repository; clone it and run caveat in the clone")]
    Bare(PathBuf),
    /// No commit yet.
    #[error("the git repository at `{0}` has no commit yet; commit the advisories first")]
    NoCommit(PathBuf),
    /// `--rev` names nothing.
    #[error("`{0}` names no commit of this repository")]
    UnknownRevision(String),
    /// `--changed` names nothing that this clone has.
    #[error(
        "`{0}` names no commit here; a shallow clone may lack it: run `git fetch --unshallow` or fetch that commit, then try again"
    )]
    UnknownBase(String),
    /// Two histories that never meet, or are cut off before they do.
    #[error(
        "`{0}` and HEAD have no commit in common here; a shallow clone is cut off too early: run `git fetch --unshallow`, then try again"
    )]
    NoCommonHistory(String),
    /// A symbolic link, where only files are read: it could lead anywhere.
    #[error("`{0}` is a symbolic link; put the file itself there")]
    Symlink(String),
    /// A socket, a device, a submodule.
    #[error("`{0}` is neither a file nor a directory")]
    NotAFile(String),
    /// Names are published, so they must be text.
    #[error("the name of `{0}` is not UTF-8; rename it")]
    NotUtf8(String),
    /// Names are printed, so they must not drive a terminal.
    #[error("the name of `{0}` has a control character; rename it")]
    Control(String),
    /// Git protects people from repositories of others.
    #[error(
        "the git repository at `{0}` belongs to another user; if you trust it, run `git config --global --add safe.directory` with its path"
    )]
    Owner(PathBuf),
    /// The operating system says no.
    #[error("cannot read `{path}`: {source}")]
    Read {
        /// Which file or directory.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// A partial clone, of which all is asked.
    #[error(
        "this clone does not have what `{path}` was in commit {commit}; `git fetch --refetch --no-filter` fetches what a partial clone left out"
    )]
    LeftOut {
        /// Relative to the project's root.
        path: String,
        /// Short hash.
        commit: String,
    },
    /// Nothing to derive from.
    #[error("there is no clone of a repository at `{0}`")]
    NoClone(PathBuf),
    /// History is cut off, and with it what a tag contains.
    #[error(
        "the clone at `{0}` is shallow: nobody can tell from it what a tag contains; run `git fetch --unshallow --tags` in it"
    )]
    Shallow(PathBuf),
    /// Another protocol, or none.
    #[error("`{0}` is neither a path nor an https or ssh address")]
    NotRemote(String),
    /// Addresses are fetched by git itself.
    #[error("addresses are fetched by `git`, and it cannot be started: {0}")]
    NoGit(std::io::Error),
    /// Git could not fetch.
    #[error("git cannot fetch `{url}`: {said}; `--clone PATH` names a clone that is here")]
    Fetch {
        /// From where.
        url: String,
        /// What git says.
        said: String,
    },
    /// Git says no.
    #[error("cannot read the git repository at `{path}`: {}", source.message())]
    Git {
        /// Which repository.
        path: PathBuf,
        /// What git says.
        source: git2::Error,
    },
}
