//! Owns public keys, and the ids that are computed from them.
//! Must never believe an id that somebody wrote, accept a weak key, or check a signature other than strictly.

use std::fmt;

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::{Flaw, fields::Fields, hex, json::Value};

/// The only kind of key, and the only scheme (specification 4.2).
const ED25519: &str = "ed25519";

/// An Ed25519 public key (RFC 8032).
#[derive(Clone, Copy)]
pub struct Key {
    verifying: VerifyingKey,
    id: KeyId,
}

/// SHA-256 of the canonical form of a key (specification 4.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId([u8; 32]);

impl Key {
    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// [`Flaw::WeakKey`] for bytes that are no point of the curve, one of small order, or one with a part of small order:
    /// of such a key its owner could make seven others that take the same signatures, and count for eight.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Flaw> {
        let verifying = VerifyingKey::from_bytes(bytes).map_err(|_| Flaw::WeakKey)?;
        let point = verifying.to_edwards();
        if verifying.is_weak() || !point.is_torsion_free() || point.compress().as_bytes() != bytes {
            return Err(Flaw::WeakKey);
        }
        let id = KeyId(Sha256::digest(object(bytes).to_bytes()).into());
        Ok(Self { verifying, id })
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.verifying.as_bytes()
    }

    /// What TUF calls this key.
    pub fn id(&self) -> KeyId {
        self.id
    }

    pub(crate) fn to_value(self) -> Value {
        object(self.as_bytes())
    }

    pub(crate) fn read(mut fields: Fields) -> Result<Self, Flaw> {
        let kind = fields.text("keytype")?;
        if kind != ED25519 {
            return Err(Flaw::KeyType(kind));
        }
        let scheme = fields.text("scheme")?;
        if scheme != ED25519 {
            return Err(Flaw::Scheme(scheme));
        }
        let mut value = fields.map("keyval")?;
        let bytes = value.hex("public")?;
        value.end()?;
        fields.end()?;
        Self::from_bytes(&bytes)
    }

    /// Does this signature fit? Strictly: no second signature of the same bytes can be made from it.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.verifying
            .verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    }
}

fn object(bytes: &[u8; 32]) -> Value {
    Value::map([
        ("keytype", Value::text(ED25519)),
        (
            "keyval",
            Value::map([("public", Value::Text(hex::write(bytes)))]),
        ),
        ("scheme", Value::text(ED25519)),
    ])
}

impl KeyId {
    /// Reads an id, 64 digits.
    pub(crate) fn read(text: &str) -> Option<Self> {
        hex::read(text).map(Self)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::write(&self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", hex::write(self.as_bytes()))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Key {}
