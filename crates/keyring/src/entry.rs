//! Owns one key of a keyring: what it is called, when it may sign, and why it may not.
//! Must never take a moment from anywhere but its caller.

use caveat_advisory::{KeyPeriod, Revocation};
use caveat_verify::PublicKey;
use jiff::Timestamp;

use crate::Role;

/// A key of the keyring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of its file, without `.pub`.
    pub name: String,
    /// The key.
    pub public: PublicKey,
    /// It may sign from then on.
    pub from: Option<Timestamp>,
    /// It may sign until then, and not at it.
    pub until: Option<Timestamp>,
    /// The certificate in `keys/NAME-cert.pub`, in OpenSSH's binary form.
    pub certificate: Option<Vec<u8>>,
    /// It is trusted no more.
    pub revoked: Option<Revocation>,
}

/// Why a key may not sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is in no keyring at all.
    #[error("the key {0} is not in keys/keyring.toml")]
    Unknown(String),
    /// It is for something else.
    #[error("the key `{name}` may not sign for the role {}: {}", .asked.as_str(), roles(.has))]
    Role {
        /// The key.
        name: String,
        /// What it was to sign for.
        asked: Role,
        /// The roles that it has.
        has: Vec<Role>,
    },
    /// Not yet.
    #[error("the key `{name}` may not sign before {from}")]
    Early {
        /// The key.
        name: String,
        /// Its first moment.
        from: Timestamp,
    },
    /// No more.
    #[error("the key `{name}` may not sign since {until}")]
    Late {
        /// The key.
        name: String,
        /// The end of its time.
        until: Timestamp,
    },
    /// Trusted no more.
    #[error("the key `{name}` was revoked on {}: {}", .revocation.at, .revocation.reason)]
    Revoked {
        /// The key.
        name: String,
        /// Since when, and why.
        revocation: Revocation,
    },
}

fn roles(has: &[Role]) -> String {
    if has.is_empty() {
        return "it has no role".to_owned();
    }
    let words: Vec<_> = has.iter().map(|role| role.as_str()).collect();
    format!("it is of {}", words.join(" and "))
}

impl Entry {
    pub(crate) fn new(name: &str, public: PublicKey, period: KeyPeriod) -> Self {
        Self {
            name: name.to_owned(),
            public,
            from: period.from,
            until: period.until,
            certificate: None,
            revoked: None,
        }
    }

    /// May it sign at this moment, whatever its roles?
    pub(crate) fn in_time(&self, at: Timestamp) -> Result<(), Refused> {
        let name = self.name.clone();
        if let Some(revocation) = self.revoked.clone() {
            return Err(Refused::Revoked { name, revocation });
        }
        match (self.from, self.until) {
            (Some(from), _) if at < from => Err(Refused::Early { name, from }),
            (_, Some(until)) if at >= until => Err(Refused::Late { name, until }),
            _ => Ok(()),
        }
    }
}
