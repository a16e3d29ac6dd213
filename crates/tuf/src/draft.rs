//! Owns a root that is being agreed on: drafted by one person, signed by several, one after the other.
//! Must never take a signature that does not fit, or call a root whole that a client would refuse.

use jiff::Timestamp as Time;

use crate::envelope::{Asked, Envelope, known};
use crate::{Flaw, Key, Keyring, Role, Root, SignatureFlaw};

/// A root on its way to being signed. Between two signers it is a file like any root, with too few signatures.
#[derive(Clone, Debug)]
pub struct Draft {
    envelope: Envelope<Root>,
    previous: Option<Root>,
}

/// Signatures that a draft still needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The version of the root that asks for them: the one before, or the draft itself.
    pub root: u64,
    /// How many more.
    pub needed: u64,
    /// Keys of that root that have not signed.
    pub keys: Vec<Key>,
}

impl Draft {
    /// A feed's first root.
    ///
    /// # Errors
    /// [`Flaw`].
    pub fn first(keyring: Keyring, expires: Time) -> Result<Self, Flaw> {
        let root = Root::new(1, keyring, expires)?;
        Ok(Self {
            envelope: Envelope::unsigned(root),
            previous: None,
        })
    }

    /// The root after this one (specification 6.1).
    ///
    /// # Errors
    /// [`Flaw`].
    pub fn next(previous: &Root, keyring: Keyring, expires: Time) -> Result<Self, Flaw> {
        let root = Root::new(previous.version() + 1, keyring, expires)?;
        Ok(Self {
            envelope: Envelope::unsigned(root),
            previous: Some(previous.clone()),
        })
    }

    /// Reads a draft that somebody else has begun. `previous` is the newest root that is whole; none for a first root.
    ///
    /// # Errors
    /// [`DraftError`] for a draft of another version, and for signatures that do not fit.
    pub fn read(bytes: &[u8], previous: Option<&Root>) -> Result<Self, DraftError> {
        let draft = Self {
            envelope: Envelope::read_draft(bytes)?,
            previous: previous.cloned(),
        };
        let expected = previous.map_or(1, |root| root.version() + 1);
        let found = draft.root().version();
        if found != expected {
            return Err(DraftError::Version { expected, found });
        }
        draft.envelope.fitting(&draft.asked(), true)?;
        Ok(draft)
    }

    /// What it says.
    pub fn root(&self) -> &Root {
        &self.envelope.signed
    }

    /// The bytes to sign.
    pub fn message(&self) -> &[u8] {
        &self.envelope.message
    }

    /// Adds a signature.
    ///
    /// # Errors
    /// [`SignatureFlaw`] for a key that need not sign, and for a signature that does not fit.
    pub fn sign(&mut self, key: &Key, signature: [u8; 64]) -> Result<(), SignatureFlaw> {
        if known(&self.asked(), &key.id()).is_none() {
            return Err(SignatureFlaw::Stranger(key.id(), Role::Root));
        }
        if !key.verifies(self.message(), &signature) {
            return Err(SignatureFlaw::Mismatch(key.id()));
        }
        self.envelope.signatures.insert(key.id(), signature);
        Ok(())
    }

    /// Whose signatures are still needed, by the word of the old and of the new root; nothing when it is whole.
    pub fn missing(&self) -> Vec<Missing> {
        let signatures = &self.envelope.signatures;
        let mut missing = Vec::new();
        for (root, holders) in self.asked() {
            let needed = holders
                .threshold
                .saturating_sub(holders.counted(signatures.keys()));
            let unsigned = |key: &&Key| !signatures.contains_key(&key.id());
            if needed > 0 {
                let keys = holders.keys().filter(unsigned).copied().collect();
                missing.push(Missing { root, needed, keys });
            }
        }
        missing
    }

    /// The keys that have signed, each once.
    pub fn signed(&self) -> impl Iterator<Item = &Key> {
        let signatures = &self.envelope.signatures;
        let holders = self
            .asked()
            .into_iter()
            .flat_map(|(_, holders)| holders.keys());
        let signed = holders.filter(|key| signatures.contains_key(&key.id()));
        let each: std::collections::BTreeMap<_, _> = signed.map(|key| (key.id(), key)).collect();
        each.into_values()
    }

    /// Does this root make every client forget the versions it has seen below root? Only then can a feed recover whose
    /// versions a thief has pushed up, with the clients that forget for a replaced key each role by itself.
    pub fn forgets(&self) -> bool {
        let cut = |role| {
            self.previous
                .as_ref()
                .is_some_and(|old| self.root().cuts(old, role))
        };
        cut(Role::Timestamp) && cut(Role::Snapshot)
    }

    /// The file as it is now, whole or not.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.envelope.to_bytes()
    }

    /// The file to publish.
    ///
    /// # Errors
    /// [`SignatureFlaw::TooFew`].
    pub fn finish(&self) -> Result<Vec<u8>, SignatureFlaw> {
        self.envelope.judge(&self.asked())?;
        Ok(self.to_bytes())
    }

    fn asked(&self) -> Vec<Asked<'_>> {
        let previous = self.previous.as_ref();
        let roots = previous.into_iter().chain([self.root()]);
        roots
            .map(|root| (root.version(), &root.keyring().root))
            .collect()
    }
}

/// A file that is no draft to go on with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// No root of ours.
    #[error(transparent)]
    Flaw(#[from] Flaw),
    /// A draft of another version than the next.
    #[error("the draft is of version {found}; the next root is version {expected}")]
    Version {
        /// The next version.
        expected: u64,
        /// What the draft says.
        found: u64,
    },
    /// A signature in it that does not fit.
    #[error(transparent)]
    Signature(#[from] SignatureFlaw),
}
