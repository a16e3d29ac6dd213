//! Owns `keys/keyring.toml` as plain data: which keys each role has, until when, and which are trusted no more.
//! Must never hold a key: the files beside it do.

use crate::Timestamp;
use crate::leaf::vocabulary;

vocabulary! {
    /// What a key is for.
    KeyRole, "role" {
        /// People, offline: they sign which keys all roles have.
        Root = "root" / "Root",
        /// Signs what is published.
        Publish = "publish" / "Publish",
        /// Signs every day that nothing newer is out.
        Freshness = "freshness" / "Freshness",
        /// Signs certificates for the keys that publish.
        SshCa = "ssh-ca" / "SSH certificate authority",
        /// Signs CSAF documents.
        OpenPgp = "openpgp" / "OpenPGP",
    }
}

/// `keys/keyring.toml`.
#[derive(Clone, Debug)]
pub struct KeyringFile {
    /// The roles that are written, in the order of [`KeyRole::ALL`].
    pub roles: Vec<(KeyRole, RoleTable)>,
    /// `[key.NAME]`, in the order of the file.
    pub keys: Vec<(String, KeyPeriod)>,
    /// `[revoked.NAME]`, in the order of the file.
    pub revoked: Vec<(String, Revocation)>,
    /// Where the publisher's memory is.
    pub state: StatePlace,
    /// The one branch whose newest commit may be published; any where absent.
    pub branch: Option<String>,
}

/// `[role.ROLE]`.
#[derive(Clone, Debug)]
pub struct RoleTable {
    /// Names of files in `keys/`, without `.pub`.
    pub keys: Vec<String>,
    /// How many of them have to sign.
    pub threshold: u8,
    /// How long what they sign is good; the role's own where absent.
    pub days: Option<u16>,
}

/// When a key may sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyPeriod {
    /// From then on.
    pub from: Option<Timestamp>,
    /// Until then, and not at it.
    pub until: Option<Timestamp>,
}

/// Why a key is trusted no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Since when.
    pub at: Timestamp,
    /// In a few words.
    pub reason: String,
}

/// `[state]`: where the publisher keeps what it signed last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatePlace {
    /// A branch that holds nothing else.
    pub branch: String,
    /// Where it is pushed to; none keeps it in this repository alone.
    pub remote: Option<String>,
}

impl Default for StatePlace {
    fn default() -> Self {
        Self {
            branch: "publish-state".to_owned(),
            remote: None,
        }
    }
}
