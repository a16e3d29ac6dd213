//! Owns the list of files that a feed vouches for: name, length and hash of each.
//! Must never hold a name that is not plain, or two that some machine takes for one.

use std::collections::BTreeMap;

use jiff::Timestamp as Time;
use sha2::{Digest as _, Sha256};

use crate::document::{Document, Head};
use crate::envelope::Envelope;
use crate::fields::Fields;
use crate::json::{LARGEST, Value};
use crate::{Flaw, Role, hex, name};

/// Some bytes, by what tells them from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// How many bytes.
    pub length: u64,
    /// Their SHA-256.
    pub sha256: [u8; 32],
}

impl Fingerprint {
    /// The fingerprint of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            length: bytes.len() as u64,
            sha256: Sha256::digest(bytes).into(),
        }
    }

    pub(crate) fn to_value(self) -> Value {
        Value::Map(self.fields().into())
    }

    pub(crate) fn fields(self) -> [(String, Value); 2] {
        let hashes = Value::map([("sha256", Value::Text(hex::write(&self.sha256)))]);
        [
            ("hashes".to_owned(), hashes),
            ("length".to_owned(), Value::Number(self.length)),
        ]
    }

    pub(crate) fn read(fields: &mut Fields) -> Result<Self, Flaw> {
        let length = fields.number("length")?;
        let mut hashes = fields.map("hashes")?;
        let sha256 = hashes.hex("sha256")?;
        hashes.end()?;
        Ok(Self { length, sha256 })
    }
}

/// Why some bytes are not the file that the list means.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetFlaw {
    /// Nobody vouches for this name.
    #[error("`{0}` is not listed")]
    Unlisted(String),
    /// More or fewer bytes.
    #[error("`{name}` has {found} bytes, not {listed}")]
    Length {
        /// The target.
        name: String,
        /// What the list says.
        listed: u64,
        /// What there is.
        found: u64,
    },
    /// Other bytes.
    #[error("`{0}` has another SHA-256 than is listed: it was changed")]
    Hash(String),
}

/// A list of files (specification 4.5), without delegations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    head: Head,
    files: BTreeMap<String, Fingerprint>,
}

impl Targets {
    pub(crate) fn new(
        version: u64,
        files: BTreeMap<String, Fingerprint>,
        expires: Time,
    ) -> Result<Self, Flaw> {
        let head = Head::new(version, expires)?;
        judge(&files)?;
        match files.values().find(|file| file.length > LARGEST) {
            Some(_) => Err(Flaw::Large("length")),
            None => Ok(Self { head, files }),
        }
    }

    /// Reads a list whose bytes are known to be what was signed: no signature is looked at.
    ///
    /// # Errors
    /// [`Flaw`] for what is no list.
    pub fn known(bytes: &[u8]) -> Result<Self, Flaw> {
        Envelope::<Self>::read(bytes).map(|envelope| envelope.signed)
    }

    /// Its version.
    pub fn version(&self) -> u64 {
        self.head.version
    }

    /// Until when it may be relied on.
    pub fn expires(&self) -> Time {
        self.head.expires
    }

    /// The files, by name.
    pub fn files(&self) -> &BTreeMap<String, Fingerprint> {
        &self.files
    }

    /// Are these bytes the file of this name?
    ///
    /// # Errors
    /// [`TargetFlaw`].
    pub fn verify(&self, name: &str, bytes: &[u8]) -> Result<(), TargetFlaw> {
        let Some(listed) = self.files.get(name) else {
            return Err(TargetFlaw::Unlisted(name.to_owned()));
        };
        let found = Fingerprint::of(bytes);
        if found.length != listed.length {
            Err(TargetFlaw::Length {
                name: name.to_owned(),
                listed: listed.length,
                found: found.length,
            })
        } else if found == *listed {
            Ok(())
        } else {
            Err(TargetFlaw::Hash(name.to_owned()))
        }
    }
}

/// Where a target lies below `tuf/`: its hash is part of its name, so no two editions share a file (specification 6.2.1).
pub fn target_path(name: &str, file: &Fingerprint) -> String {
    format!("t/{}.{name}", hex::write(&file.sha256))
}

fn judge(files: &BTreeMap<String, Fingerprint>) -> Result<(), Flaw> {
    let mut seen = BTreeMap::new();
    for file in files.keys() {
        name::judge(file).map_err(|flaw| Flaw::Name(file.escape_default().to_string(), flaw))?;
        if let Some(other) = seen.insert(file.to_ascii_lowercase(), file) {
            return Err(Flaw::Collision(other.clone(), file.clone()));
        }
    }
    Ok(())
}

impl Document for Targets {
    const ROLE: Role = Role::Targets;

    fn head(&self) -> &Head {
        &self.head
    }

    fn body(&self) -> Vec<(&'static str, Value)> {
        let files = self
            .files
            .iter()
            .map(|(name, file)| (name.clone(), file.to_value()));
        vec![("targets", Value::Map(files.collect()))]
    }

    fn read_body(head: Head, fields: &mut Fields) -> Result<Self, Flaw> {
        let mut listed = fields.map("targets")?;
        let mut files = BTreeMap::new();
        for name in listed.names() {
            let mut file = listed.map(&name)?;
            files.insert(name, Fingerprint::read(&mut file)?);
            file.end()?;
        }
        judge(&files)?;
        Ok(Self { head, files })
    }
}
