//! Owns what is the newest of a branch: for whoever may publish nothing else.
//! Must never fetch: what the clone does not know, it does not know.

use std::path::Path;

use git2::Repository;

use crate::Error;
use crate::commit::open;

/// Variables with secrets of ours: no program that is started gets them.
pub const SECRETS: [&str; 8] = [
    "CAVEAT_KEY",
    "CAVEAT_KEY_FILE",
    "CAVEAT_KEY_FRESHNESS",
    "CAVEAT_KEY_FRESHNESS_FILE",
    "CAVEAT_KEY_OPENPGP",
    "CAVEAT_KEY_OPENPGP_FILE",
    "CAVEAT_SMTP_PASSWORD",
    "CAVEAT_SMTP_PASSWORD_FILE",
];

/// How a commit stands to a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tip {
    /// It is its newest.
    This,
    /// Another is: the short id of it.
    Other(String),
    /// There is no such branch here.
    NoBranch,
}

/// Is `rev` the newest commit of a branch? Where the remote has the branch, too, that one counts: what is only here was not
/// pushed, and perhaps not reviewed.
///
/// # Errors
/// No repository, or an unknown revision.
pub fn tip(root: &Path, rev: &str, branch: &str, remote: Option<&str>) -> Result<Tip, Error> {
    let repository = open(root)?;
    let found = repository
        .revparse_single(rev)
        .and_then(|object| object.peel_to_commit());
    let commit = found.map_err(|_| Error::UnknownRevision(rev.to_owned()))?;
    let remote = remote.unwrap_or("origin");
    let places = [
        format!("refs/remotes/{remote}/{branch}"),
        format!("refs/heads/{branch}"),
    ];
    let newest = places.iter().find_map(|place| newest(&repository, place));
    Ok(match newest {
        None => Tip::NoBranch,
        Some(id) if id == commit.id() => Tip::This,
        Some(id) => Tip::Other(id.to_string()[..12].to_owned()),
    })
}

fn newest(repository: &Repository, place: &str) -> Option<git2::Oid> {
    let reference = repository.find_reference(place).ok()?;
    Some(reference.peel_to_commit().ok()?.id())
}
