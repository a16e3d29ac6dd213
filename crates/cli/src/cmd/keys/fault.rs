//! Owns why something cannot be done with keys, in sentences that say what to do instead.
//! Must never hold a word of a private key.

use std::path::PathBuf;

use caveat_advisory::KeyRole;

/// Nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeysFault {
    #[error("keys/keyring.toml is faulty; `caveat check` says where")]
    Faulty,
    #[error("there is no keys/keyring.toml; `caveat keys generate NAME --role publish` begins one")]
    None,
    #[error("`{0}` is no name of a key: letters, digits, `-` and `_`, and no `-cert` at the end")]
    Name(String),
    #[error("the keyring names no key `{0}`{1}")]
    Unknown(String, String),
    #[error("keys/{0}.pub is there already: a name is for one key; choose another")]
    Taken(String),
    #[error(
        "`{0}` is there already, and a private key is never overwritten; name another file with --out"
    )]
    PrivateThere(PathBuf),
    #[error(
        "`{0}` is inside a repository, where one `git add` publishes it; name a file elsewhere with --out"
    )]
    InRepository(PathBuf),
    #[error("the role {} has no keys; `caveat keys generate NAME --role {}` makes the first", .0.as_str(), .0.as_str())]
    EmptyRole(KeyRole),
    #[error("the role {} has {count} keys: say which one goes, with --old NAME", .role.as_str())]
    WhichOld { role: KeyRole, count: usize },
    #[error("`{name}` is no key of the role {}", .role.as_str())]
    NotInRole { role: KeyRole, name: String },
    #[error("`{0}` is revoked already")]
    Revoked(String),
    #[error(
        "without `{name}` the role {} has {left} keys, and it takes {needed}: name a new one with --replace NAME",
        .role.as_str()
    )]
    BelowThreshold {
        name: String,
        role: KeyRole,
        left: u64,
        needed: u64,
    },
    #[error(
        "the authority `{name}` made {files}, which would be worth nothing: `git rm {files}` first, then this again, then \
         certificates by the new authority"
    )]
    Certified { name: String, files: String },
    #[error("a reason is one line that readers see, and not empty")]
    Reason,
    #[error(
        "a root needs the roles root, publish and freshness in keys/keyring.toml; `caveat keys doctor` says what is missing"
    )]
    NoTuf,
    #[error("the root cannot be drafted: {0}")]
    Draft(caveat_tuf::Flaw),
    #[error(
        "keys/root/draft.json is there; `caveat keys root sign` goes on with it, --anew throws it and its signatures away"
    )]
    DraftThere,
    #[error("there is no draft; `caveat keys root draft` writes one")]
    NoDraft,
    #[error(
        "keys/root/draft.json does not follow the newest root in keys/root/: it was left from before, or is damaged; \
         `caveat keys root draft --anew` writes another, and throws its signatures away"
    )]
    DraftStray,
    #[error(
        "keys/root/draft.json does not say what keys/keyring.toml says; read the keyring, then `caveat keys root draft --anew`"
    )]
    DraftDiffers,
    #[error("the draft ends at {0}, which is over; `caveat keys root draft --anew`")]
    DraftEnded(caveat_advisory::Timestamp),
    #[error(
        "the draft is good until {0}, longer than `days` of the role root allows; where it was drafted with --at, sign it with the same \
         --at, and else write another with `caveat keys root draft --anew`"
    )]
    DraftLong(caveat_advisory::Timestamp),
    #[error("the root would have ended at {0}; leave --at out, and it begins now")]
    RootOver(caveat_advisory::Timestamp),
    #[error(
        "{at} is more than {days} days ahead, for which a root is good: nobody could sign it before; name a nearer time with --at, \
         or leave it out"
    )]
    RootFar {
        at: caveat_advisory::Timestamp,
        days: i64,
    },
    #[error(
        "{at} is before root {version}, which ends at {ends}: the next root would end earlier; leave --at out, and it begins now"
    )]
    RootBefore {
        at: caveat_advisory::Timestamp,
        version: u64,
        ends: caveat_advisory::Timestamp,
    },
    #[error(
        "root {version} ends at {ends}, and clients call everything stale from then on: name a time before it with --at, not {at}"
    )]
    RootLate {
        at: caveat_advisory::Timestamp,
        version: u64,
        ends: caveat_advisory::Timestamp,
    },
    #[error(
        "at {at} too few keys of the role {} may sign: name a time within `from` and `until` with --at, or `caveat keys rotate {} NEW` \
         first", .role.as_str(), .role.as_str()
    )]
    RootOutside {
        at: caveat_advisory::Timestamp,
        role: KeyRole,
    },
    #[error("no key was named; bring yours with --key FILE or --signer agent")]
    NoHand,
    #[error("none of the keys that were brought need sign root {version}; it waits for {waits}")]
    Stranger { version: u64, waits: String },
    #[error("{name}: {why}")]
    Hand { name: String, why: String },
    #[error(
        "caveat.toml is faulty, and the feed's name in signatures is in it; `caveat check` says where"
    )]
    NoFeed,
}
