//! Owns why nothing may be counted on: the next number is not known to be free, or the roots do not fit.
//! Must never be returned once something was signed.

use std::path::PathBuf;

use caveat_advisory::Timestamp;

/// Nothing was signed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Uncounted {
    #[error(
        "{fork}, at `{place}`; nothing was signed, for two contents under one number are a forgery: fetch the branch `{branch}` \
         and keys/root from where they are newer; docs/publishing.md says what to do where they are lost"
    )]
    Fork {
        place: PathBuf,
        branch: String,
        fork: caveat_tuf::Fork,
    },
    #[error(
        "keys/root/{version}.root.json ended on {ends}, and every client calls the feed stale: draft the next root \
         (`caveat keys root draft`), have it signed, commit it, and run this again; nothing was signed"
    )]
    RootEnded { version: u64, ends: Timestamp },
    #[error(
        "keys/keyring.toml names other keys than keys/root/{0}.root.json, which clients believe: draft the next root \
         (`caveat keys root draft`), have it signed and commit it first; nothing was signed"
    )]
    RootBehind(u64),
    #[error(
        "there is no keys/keyring.toml with a signed root in keys/root/ at this commit: nothing is counted, so nothing can be \
         kept fresh"
    )]
    Nothing,
    #[error(
        "number {seq} was signed last, and `{place}` is not what it names ({file}): publish, a heartbeat is not enough"
    )]
    NotOut {
        seq: u64,
        place: PathBuf,
        file: String,
    },
    #[error(
        "only `caveat publish` signs for readers, for it counts editions, and this key is of keys/keyring.toml; leave the key \
         out to build with a key of this machine"
    )]
    Build,
    #[error(
        "{0}, and this commit has no signed root in keys/root/: whoever pinned one would call what comes next invalid, so nothing \
         was signed; bring keys/keyring.toml and keys/root back (`git log -- keys/root` finds the commit that removed them), or \
         begin another line as docs/keys.md says"
    )]
    NoRoots(String),
    #[error(
        "edition {seq} is out, as the branch `{branch}` says, and at `{place}` is nothing to compare with; nothing was signed: name \
         a copy of what is out with --against, or say --anew where no copy exists any more, or this is another place"
    )]
    NothingThere {
        seq: u64,
        branch: String,
        place: PathBuf,
    },
    #[error(
        "version {version} of root was published, as the branch `{branch}` says, and is not the one in keys/root; nothing was \
         signed: fetch keys/root from where it is newer, or, where another line begins on purpose, write `[state]` with \
         `branch = \"{branch}-2\"` into keys/keyring.toml, as docs/keys.md says"
    )]
    OtherLine { version: u64, branch: String },
    #[error(
        "readers see an edition at `{0}`, and a build is none: `caveat publish --to` replaces it; build into another directory"
    )]
    Edition(PathBuf),
    #[error("no key that may sign for readers was brought")]
    Nobody,
    #[error("without keys/keyring.toml one key signs, and {0} were brought; name one of them")]
    Many(usize),
}
