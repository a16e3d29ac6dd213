//! Owns a document with its signatures, as bytes and back, and whether those who must have signed did.
//! Must never count a key twice, pass over a signature that does not fit, or read what it would write otherwise.

use std::collections::BTreeMap;

use crate::document::Document;
use crate::fields::Fields;
use crate::json::{self, Value};
use crate::{Flaw, Holders, Key, KeyId, Role, hex};

/// Signatures by the id of the key that made them. One key has one (specification 4.2.1).
pub(crate) type Signatures = BTreeMap<KeyId, [u8; 64]>;

/// Why signatures do not carry a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFlaw {
    /// A signature that does not fit, of a key that may sign.
    #[error("the signature of the key {0} does not fit: one of the two was changed")]
    Mismatch(KeyId),
    /// A signature of a key that may not sign: it never could, or it was taken out.
    #[error("it is signed with the key {0}, which may not sign for {1}")]
    Stranger(KeyId, Role),
    /// Fewer good signatures than the role needs.
    #[error("root {root} asks for {needed} signatures of {role}, and {valid} are there")]
    TooFew {
        /// For which role.
        role: Role,
        /// The version of the root that asks.
        root: u64,
        /// How many it asks for.
        needed: u64,
        /// How many distinct keys of that role have signed.
        valid: u64,
    },
}

/// A document and its signatures.
#[derive(Clone, Debug)]
pub(crate) struct Envelope<T> {
    pub(crate) signatures: Signatures,
    pub(crate) signed: T,
    /// The bytes that the signatures are of.
    pub(crate) message: Vec<u8>,
}

/// The holders of a role, by the word of this version of root.
pub(crate) type Asked<'a> = (u64, &'a Holders);

impl<T: Document> Envelope<T> {
    /// A document that nobody has signed yet.
    pub(crate) fn unsigned(signed: T) -> Self {
        let message = signed.to_value().to_bytes();
        Self {
            signatures: Signatures::new(),
            signed,
            message,
        }
    }

    /// The file (specification 4.2.1).
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let one = |(id, signature): (&KeyId, &[u8; 64])| {
            let sig = Value::Text(hex::write(signature));
            Value::map([("keyid", Value::text(&id)), ("sig", sig)])
        };
        let signatures = Value::List(self.signatures.iter().map(one).collect());
        let parts: [&[u8]; 5] = [
            b"{\"signatures\":",
            &signatures.to_bytes(),
            b",\"signed\":",
            &self.message,
            b"}",
        ];
        parts.concat()
    }

    /// Reads a signed file that [`Envelope::to_bytes`] wrote, and no other.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        let read = Self::read_draft(bytes)?;
        if read.signatures.is_empty() {
            Err(Flaw::Unsigned)
        } else {
            Ok(read)
        }
    }

    /// The same of one that nobody may have signed yet.
    pub(crate) fn read_draft(bytes: &[u8]) -> Result<Self, Flaw> {
        let mut fields = Fields::of(json::read(bytes)?)?;
        let signatures = read_signatures(fields.list("signatures")?)?;
        let signed = T::read(fields.map("signed")?)?;
        fields.end()?;
        let read = Self {
            signatures,
            ..Self::unsigned(signed)
        };
        // The reader takes nothing else by itself; this says so of every field that it will ever learn.
        if read.to_bytes() == bytes {
            Ok(read)
        } else {
            Err(Flaw::Form)
        }
    }

    /// Every signature is of a key that may sign, and each of the askers has enough (specification 5.3.4, 5.4.2).
    pub(crate) fn judge(&self, asked: &[Asked<'_>]) -> Result<(), SignatureFlaw> {
        self.fitting(asked, true)?;
        self.enough(asked)
    }

    /// As [`Envelope::judge`], but signatures of keys that nobody here knows are passed over: those of the root before.
    pub(crate) fn judge_alone(&self, asked: &[Asked<'_>]) -> Result<(), SignatureFlaw> {
        self.fitting(asked, false)?;
        self.enough(asked)
    }

    pub(crate) fn fitting(&self, asked: &[Asked<'_>], all: bool) -> Result<(), SignatureFlaw> {
        for (id, signature) in &self.signatures {
            match known(asked, id) {
                None if all => return Err(SignatureFlaw::Stranger(*id, T::ROLE)),
                Some(key) if !key.verifies(&self.message, signature) => {
                    return Err(SignatureFlaw::Mismatch(*id));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn enough(&self, asked: &[Asked<'_>]) -> Result<(), SignatureFlaw> {
        for (root, holders) in asked {
            let valid = holders.counted(self.signatures.keys());
            if valid < holders.threshold {
                return Err(SignatureFlaw::TooFew {
                    role: T::ROLE,
                    root: *root,
                    needed: holders.threshold,
                    valid,
                });
            }
        }
        Ok(())
    }
}

/// The key of this id, where any of the askers knows it.
pub(crate) fn known<'a>(asked: &[Asked<'a>], id: &KeyId) -> Option<&'a Key> {
    asked.iter().find_map(|(_, holders)| holders.keys.get(id))
}

fn read_signatures(items: Vec<Value>) -> Result<Signatures, Flaw> {
    let mut signatures = Signatures::new();
    for item in items {
        let mut fields = Fields::of(item)?;
        let id = KeyId::read(&fields.text("keyid")?);
        let id =
            id.ok_or_else(|| Flaw::Shape("keyid".to_owned(), "64 lower-case hexadecimal digits"))?;
        let signature = fields.hex("sig")?;
        fields.end()?;
        let last = signatures.last_key_value().map(|(last, _)| *last);
        if signatures.insert(id, signature).is_some() {
            return Err(Flaw::RepeatedSignature(id));
        }
        if last > Some(id) {
            return Err(Flaw::Order("signatures"));
        }
    }
    Ok(signatures)
}
