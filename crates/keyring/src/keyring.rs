//! Owns the keyring as others ask it: who may sign what, for how long, and what signs no more.
//! Must never be changed once it is read.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat_advisory::{Document, KeyringFile, StatePlace};
use caveat_diag::{Source, Span};
use caveat_tuf::Chain;
use caveat_verify::PublicKey;
use jiff::{SignedDuration, Timestamp};

use crate::roots::{self, Loss};
use crate::{Entry, Refused, Role};

/// Who may sign what. Made by [`Keyring::read`] alone.
#[derive(Clone, Debug)]
pub struct Keyring {
    pub(crate) document: Document<KeyringFile>,
    pub(crate) roles: BTreeMap<Role, Vec<Entry>>,
    pub(crate) revoked: Vec<Entry>,
    pub(crate) others: Vec<Entry>,
    pub(crate) tuf: Option<caveat_tuf::Keyring>,
    pub(crate) chain: Option<Chain>,
    pub(crate) draft: Option<caveat_tuf::Draft>,
}

impl Keyring {
    /// The keys of a role, in the order of the file; none where the role is not written.
    pub fn keys(&self, role: Role) -> &[Entry] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// How many of them have to sign.
    pub fn threshold(&self, role: Role) -> u64 {
        let found = self.table(role).map(|table| table.threshold);
        found.map_or(1, u64::from)
    }

    /// How long what the role signs is good.
    pub fn lifetime(&self, role: Role) -> SignedDuration {
        let own = match role {
            Role::Root => 365,
            Role::SshCa => 90,
            Role::Publish => 180,
            Role::OpenPgp => 3 * 365,
            Role::Freshness => 7,
        };
        let days = self.table(role).and_then(|table| table.days).unwrap_or(own);
        SignedDuration::from_hours(24 * i64::from(days))
    }

    /// Keys that are trusted for nothing new, in the order of the file.
    pub fn revoked(&self) -> &[Entry] {
        &self.revoked
    }

    /// Keys without a role that are not revoked: those that were rotated out, and strangers.
    pub fn others(&self) -> &[Entry] {
        &self.others
    }

    /// Every key that has a file, each once: by role, then the revoked, then the others.
    pub fn all(&self) -> Vec<&Entry> {
        let roles = self.roles.values().flatten();
        let mut all: Vec<&Entry> = Vec::new();
        for entry in roles.chain(&self.revoked).chain(&self.others) {
            if !all.iter().any(|known| known.name == entry.name) {
                all.push(entry);
            }
        }
        all
    }

    /// The roles of a key.
    pub fn roles_of(&self, key: &PublicKey) -> Vec<Role> {
        let has = |(role, keys): (&Role, &Vec<Entry>)| {
            keys.iter()
                .any(|entry| entry.public == *key)
                .then_some(*role)
        };
        self.roles.iter().filter_map(has).collect()
    }

    /// May this key sign for this role at this moment?
    ///
    /// # Errors
    /// [`Refused`], with the reason.
    pub fn may_sign(&self, role: Role, key: &PublicKey, at: Timestamp) -> Result<&Entry, Refused> {
        let all = self.all();
        let Some(entry) = all.into_iter().find(|entry| entry.public == *key) else {
            return Err(Refused::Unknown(key.fingerprint()));
        };
        entry.in_time(at)?;
        let has = self.roles_of(key);
        if has.contains(&role) {
            return Ok(entry);
        }
        Err(Refused::Role {
            name: entry.name.clone(),
            asked: role,
            has,
        })
    }

    /// Where the publisher's memory is.
    pub fn state(&self) -> &StatePlace {
        &self.document.data().state
    }

    /// The one branch whose newest commit may be published.
    pub fn branch(&self) -> Option<&str> {
        self.document.data().branch.as_deref()
    }

    /// The same for TUF: targets and snapshot are of publish, timestamp is of freshness. None without keys for
    /// root or freshness.
    pub fn to_tuf(&self) -> Option<caveat_tuf::Keyring> {
        self.tuf.clone()
    }

    /// The signed roots in `keys/root/`; none where there is no first one.
    pub fn chain(&self) -> Option<&Chain> {
        self.chain.as_ref()
    }

    /// The root that is being signed, `keys/root/draft.json`.
    pub fn draft(&self) -> Option<&caveat_tuf::Draft> {
        self.draft.as_ref()
    }

    /// Keys of the newest signed root that are revoked; none where there are no such.
    pub fn loss(&self) -> Option<Loss> {
        roots::loss(self)
    }

    /// The text of `keys/keyring.toml`.
    pub fn source(&self) -> &Arc<Source> {
        self.document.source()
    }

    /// Where a field such as `role.publish.keys[0]` stands in it.
    pub fn at(&self, field: &str) -> Span {
        self.document.at(field)
    }

    pub(crate) fn table(&self, role: Role) -> Option<&caveat_advisory::RoleTable> {
        let roles = &self.document.data().roles;
        let found = roles.iter().find(|(known, _)| *known == role);
        found.map(|(_, table)| table)
    }
}
