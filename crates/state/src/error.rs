//! Owns what can keep a state from being read or moved on, in sentences that say what to do.
//! Must never repeat a password that an address holds.

use std::path::PathBuf;

use caveat_tuf::Flaw;

/// Why nothing is known of the last signing, or why the next one is not remembered. Nothing may be signed for readers then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not in a repository.
    #[error("`{0}` is not in a git repository: what was signed last is kept in one")]
    NotARepository(PathBuf),
    /// Not a name of a branch.
    #[error("`{0}` cannot be the name of a branch; see `[state] branch` in keys/keyring.toml")]
    Name(String),
    /// The remote is not one of this clone.
    #[error(
        "this clone has no remote `{0}`, where what was signed last is to be found: `git remote add {0} ADDRESS`, or name another one as `[state] remote` in keys/keyring.toml"
    )]
    NoRemote(String),
    /// What the remote has cannot be asked for.
    #[error(
        "git cannot ask the remote `{remote}` for the branch `{branch}`: {said}; nothing may be signed before it is known what was signed last"
    )]
    Unreachable {
        /// Its name.
        remote: String,
        /// The branch.
        branch: String,
        /// What git says.
        said: String,
    },
    /// The remote refuses, though nobody else was faster.
    #[error(
        "git cannot push the branch `{branch}` to the remote `{remote}`: {said}; nothing was published"
    )]
    Refused {
        /// Its name.
        remote: String,
        /// The branch.
        branch: String,
        /// What git says.
        said: String,
    },
    /// Somebody else was faster.
    #[error(
        "somebody else has signed meanwhile: the branch `{0}` is no longer what it was; nothing was published, run this again"
    )]
    Raced(String),
    /// This clone knows a state that the remote does not know.
    #[error(
        "the branch `{branch}` of the remote `{remote}` is not a later one of what is here: it was rolled back or written anew, or a push is missing; find out which, and `git push {remote} {known}:refs/heads/{branch}` where this clone is right; nothing was signed"
    )]
    Diverged {
        /// Its name.
        remote: String,
        /// The branch.
        branch: String,
        /// The reference of this clone that knows more.
        known: String,
    },
    /// This clone remembers the branch, and the remote has none.
    #[error(
        "the remote `{remote}` has no branch `{branch}`, and this clone knows it: it was removed there; `git push {remote} {known}:refs/heads/{branch}` brings it back; nothing was signed"
    )]
    Gone {
        /// Its name.
        remote: String,
        /// The branch.
        branch: String,
        /// The reference of this clone that knows it.
        known: String,
    },
    /// The branch holds something else.
    #[error(
        "the branch `{branch}` holds no state at commit {commit}: {reason}; it is for state.json alone, and only caveat writes it; {back}"
    )]
    NoState {
        /// The branch.
        branch: String,
        /// Abbreviated.
        commit: String,
        /// What is there instead.
        reason: String,
        /// Where to go back to.
        back: String,
    },
    /// A state that cannot be read.
    #[error(
        "state.json of the branch `{branch}` cannot be read at commit {commit}: {source}; {back}"
    )]
    Unreadable {
        /// The branch.
        branch: String,
        /// Abbreviated.
        commit: String,
        /// What is wrong with it.
        source: Box<Flaw>,
        /// Where to go back to.
        back: String,
    },
    /// A number that does not follow.
    #[error(
        "the branch `{branch}` says that {last} was signed last, and {next} is no later number: it was written anew"
    )]
    Order {
        /// The branch.
        branch: String,
        /// What it says.
        last: u64,
        /// What would follow.
        next: u64,
    },
    /// A clone whose copy of the branch is cut off.
    #[error(
        "the history of the branch `{branch}` is cut off here at commit {commit}: `git fetch --unshallow {remote} {branch}` brings the rest"
    )]
    Cut {
        /// The branch.
        branch: String,
        /// Abbreviated.
        commit: String,
        /// Where the rest is.
        remote: String,
    },
    /// No git.
    #[error("what was signed last is fetched by `git`, and it cannot be started: {0}")]
    NoGit(std::io::Error),
    /// Git says no.
    #[error("cannot read or write the git repository: {}", .0.message())]
    Git(#[from] git2::Error),
}
