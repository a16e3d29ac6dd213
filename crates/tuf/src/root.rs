//! Owns the root document: which keys each role has, and how many of them must sign.
//! Must never hold a key without a role, a role without keys, or one key twice in a role.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp as Time;

use crate::document::{Document, Head};
use crate::fields::Fields;
use crate::json::Value;
use crate::{Flaw, Key, KeyId, Role};

/// Who signs for a role, and how many of them it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holders {
    pub(crate) keys: BTreeMap<KeyId, Key>,
    pub(crate) threshold: u64,
}

impl Holders {
    /// Keys, and how many of them have to sign.
    ///
    /// # Errors
    /// [`Flaw`] for no keys, one key twice, a threshold of 0, and one that all keys together do not reach.
    pub fn new(role: Role, keys: &[Key], threshold: u64) -> Result<Self, Flaw> {
        let mut held = BTreeMap::new();
        for key in keys {
            if held.insert(key.id(), *key).is_some() {
                return Err(Flaw::RepeatedKey(role, key.id()));
            }
        }
        let count = held.len() as u64;
        if count == 0 {
            Err(Flaw::NoKeys(role))
        } else if threshold == 0 {
            Err(Flaw::ThresholdZero(role))
        } else if threshold > count {
            Err(Flaw::Unreachable(role, threshold, count))
        } else {
            Ok(Self {
                keys: held,
                threshold,
            })
        }
    }

    /// The keys, by id.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.keys.values()
    }

    /// How many of them have to sign.
    pub fn threshold(&self) -> u64 {
        self.threshold
    }

    /// How many of these keys count here.
    pub(crate) fn counted<'a>(&self, keys: impl IntoIterator<Item = &'a KeyId>) -> u64 {
        keys.into_iter()
            .filter(|id| self.keys.contains_key(id))
            .count() as u64
    }

    fn to_value(&self) -> Value {
        Value::map([
            (
                "keyids",
                Value::List(self.keys.keys().map(Value::text).collect()),
            ),
            ("threshold", Value::Number(self.threshold)),
        ])
    }
}

/// The holders of all roles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyring {
    /// People, offline.
    pub root: Holders,
    /// Those who say what is published.
    pub targets: Holders,
    /// Usually the same.
    pub snapshot: Holders,
    /// Whoever signs every day.
    pub timestamp: Holders,
}

impl Keyring {
    /// The holders of a role.
    pub fn holders(&self, role: Role) -> &Holders {
        match role {
            Role::Root => &self.root,
            Role::Targets => &self.targets,
            Role::Snapshot => &self.snapshot,
            Role::Timestamp => &self.timestamp,
        }
    }
}

/// A root document (specification 4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    head: Head,
    keyring: Keyring,
}

impl Root {
    pub(crate) fn new(version: u64, keyring: Keyring, expires: Time) -> Result<Self, Flaw> {
        let head = Head::new(version, expires)?;
        Ok(Self { head, keyring })
    }

    /// Its version, from 1 on without a gap.
    pub fn version(&self) -> u64 {
        self.head.version
    }

    /// Until when it may be relied on without a later one.
    pub fn expires(&self) -> Time {
        self.head.expires
    }

    /// Who signs what.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Do signatures of `older`'s keys for this role no longer count? Then clients forget what they saw of it.
    pub fn cuts(&self, older: &Self, role: Role) -> bool {
        let (now, then) = (self.keyring.holders(role), older.keyring.holders(role));
        now.counted(then.keys.keys()) < now.threshold
    }
}

impl Document for Root {
    const ROLE: Role = Role::Root;

    fn head(&self) -> &Head {
        &self.head
    }

    fn body(&self) -> Vec<(&'static str, Value)> {
        let mut keys = BTreeMap::new();
        let mut roles = BTreeMap::new();
        for role in Role::ALL {
            let holders = self.keyring.holders(role);
            roles.insert(role.name().to_owned(), holders.to_value());
            keys.extend(
                holders
                    .keys
                    .iter()
                    .map(|(id, key)| (id.to_string(), key.to_value())),
            );
        }
        vec![
            ("consistent_snapshot", Value::Bool(true)),
            ("keys", Value::Map(keys)),
            ("roles", Value::Map(roles)),
        ]
    }

    fn read_body(head: Head, fields: &mut Fields) -> Result<Self, Flaw> {
        if fields.take("consistent_snapshot")? != Value::Bool(true) {
            return Err(Flaw::NotConsistent);
        }
        let keys = read_keys(fields.map("keys")?)?;
        let mut roles = fields.map("roles")?;
        let mut idle: BTreeSet<_> = keys.keys().copied().collect();
        let mut next = |role: Role| {
            let holders = read_holders(roles.map(role.name())?, role, &keys)?;
            idle.retain(|id| !holders.keys.contains_key(id));
            Ok::<_, Flaw>(holders)
        };
        let keyring = Keyring {
            root: next(Role::Root)?,
            targets: next(Role::Targets)?,
            snapshot: next(Role::Snapshot)?,
            timestamp: next(Role::Timestamp)?,
        };
        roles.end()?;
        match idle.first() {
            Some(id) => Err(Flaw::IdleKey(*id)),
            None => Ok(Self { head, keyring }),
        }
    }
}

/// Every key must be listed under the id that it has.
fn read_keys(mut fields: Fields) -> Result<BTreeMap<KeyId, Key>, Flaw> {
    let mut keys = BTreeMap::new();
    for name in fields.names() {
        let key = Key::read(fields.map(&name)?)?;
        if key.id().to_string() != name {
            return Err(Flaw::WrongKeyId(name, key.id()));
        }
        keys.insert(key.id(), key);
    }
    Ok(keys)
}

fn read_holders(
    mut fields: Fields,
    role: Role,
    keys: &BTreeMap<KeyId, Key>,
) -> Result<Holders, Flaw> {
    let mut held = Vec::new();
    for item in fields.list("keyids")? {
        let Value::Text(text) = item else {
            return Err(Flaw::Shape(
                format!("signed.roles.{role}.keyids"),
                "a list of texts",
            ));
        };
        let known = KeyId::read(&text).and_then(|id| keys.get(&id));
        held.push(*known.ok_or(Flaw::UnknownKey(role, text))?);
    }
    let threshold = fields.number("threshold")?;
    fields.end()?;
    let holders = Holders::new(role, &held, threshold)?;
    if held.is_sorted_by_key(Key::id) {
        Ok(holders)
    } else {
        Err(Flaw::Order("keyids"))
    }
}
