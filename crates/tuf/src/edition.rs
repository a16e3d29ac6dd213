//! Owns what a publisher hands in and gets out: signers, lifetimes, a finished tree, and every reason for none.
//! Must never hold a private key.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp as Time};

use crate::{Flaw, Key, KeyId, Reason, Role, SignatureFlaw, State};

/// Where all of it lies below a feed's address.
pub const DIRECTORY: &str = "tuf/";

/// Why a signer did not sign, in its own words.
pub type Refusal = Box<dyn std::error::Error + Send + Sync>;

/// Whoever has private keys: a file, an agent, a machine elsewhere.
pub trait Signer {
    /// The signature of these bytes by this key for this role; none where the signer does not have the key.
    ///
    /// # Errors
    /// A key that is there and cannot be used. Then nothing is published.
    fn sign(&mut self, role: Role, key: &Key, message: &[u8]) -> Result<Option<[u8; 64]>, Refusal>;
}

/// For how long documents are good once they are signed.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// Of the list of files.
    pub targets: SignedDuration,
    /// Of the snapshot.
    pub snapshot: SignedDuration,
    /// Of the timestamp, which is the longest time that a mirror can withhold what is newer.
    pub timestamp: SignedDuration,
}

impl Default for Lifetimes {
    /// Half a year for what people publish, a week for what a machine renews every day.
    fn default() -> Self {
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        Self {
            targets: days(180),
            snapshot: days(180),
            timestamp: days(7),
        }
    }
}

/// A tree, in the order in which to let readers see it.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Metadata: path and bytes. The last one is the timestamp, and makes readers see the others.
    pub files: Vec<(String, Vec<u8>)>,
    /// Where each target has to lie before that, by name.
    pub targets: BTreeMap<String, String>,
    /// To be kept before anything is let out.
    pub state: State,
}

/// Why nothing was signed, or nothing is given out.
#[derive(Debug, thiserror::Error)]
pub enum EditionError {
    /// A clock that went back would sign what is older than what is out.
    #[error("the clock says {now}, but something was signed at {issued}")]
    Clock {
        /// What the clock says.
        now: Time,
        /// When something was signed last.
        issued: Time,
    },
    /// The roots here are not those that were published.
    #[error("version {0} of root was published, and is not the one that is here")]
    OtherRoot(u64),
    /// Clients call all of it stale that stands on this.
    #[error("the {0} document is good until {1} only: it has to be renewed first")]
    Expired(Role, Time),
    /// Keys changed since the last edition: a new timestamp alone would point at what they no longer carry.
    #[error("the keys of the role {0} changed: publish anew, a heartbeat is not enough")]
    Rekeyed(Role),
    /// There is nothing out.
    #[error("nothing was published yet")]
    Nothing,
    /// There is no larger version.
    #[error("versions are used up")]
    Spent,
    /// A signer refused.
    #[error("{role} cannot be signed with the key {key}: {source}")]
    Signer {
        /// For which role.
        role: Role,
        /// With which key.
        key: KeyId,
        /// What it said.
        source: Refusal,
    },
    /// Signatures that do not suffice, or do not fit.
    #[error(transparent)]
    Signature(#[from] SignatureFlaw),
    /// A document longer than clients read.
    #[error("the {0} document has {1} bytes, more than clients read")]
    Long(Role, u64),
    /// A list of files that is none.
    #[error(transparent)]
    Flaw(#[from] Flaw),
    /// What was made is refused by our own client.
    #[error("what was signed would be refused: {0}")]
    Refused(Reason),
    /// What was made is stale on the day it is made.
    #[error("what was signed would not be fresh")]
    NotFresh,
}
