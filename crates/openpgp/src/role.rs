//! Owns the role `openpgp` of a keyring: which of the hands that are here makes the signatures, and of which key.
//! Must never go on without a signature where the keyring promises one.

use std::sync::Arc;

use caveat_keyring::{Entry, Keyring, Refused, Role};
use caveat_sign::Hand;
use jiff::Timestamp;

use crate::{Flaw, Owner, Seal, SealError};

/// Why a keyring's role cannot be filled.
#[derive(Debug, thiserror::Error)]
pub enum RoleError {
    /// Readers were promised signatures, and would get none.
    #[error(
        "keys/keyring.toml says that {0} signs CSAF documents, and nobody here has its private half: set CAVEAT_KEY_OPENPGP or \
         CAVEAT_KEY_OPENPGP_FILE"
    )]
    Nobody(String),
    /// The key is here, and may not sign.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// OpenPGP counts everything from the moment at which a key was made.
    #[error(
        "`[key.{0}]` in keys/keyring.toml needs `from`: an OpenPGP key is named by when it was made"
    )]
    NoBeginning(String),
    /// The certificate cannot be made.
    #[error("the OpenPGP key `{name}`: {source}")]
    Key {
        /// The key.
        name: String,
        /// Why not.
        source: SealError,
    },
}

/// Whose OpenPGP key an entry is: it begins at `from`, and ends at `until` or after the days of the role.
///
/// # Errors
/// [`RoleError::NoBeginning`], or a [`Flaw`] of its times or name.
pub fn owner(keyring: &Keyring, entry: &Entry, user: &str) -> Result<Owner, RoleError> {
    let from = entry.from;
    let from = from.ok_or_else(|| RoleError::NoBeginning(entry.name.clone()))?;
    let end = || from.checked_add(keyring.lifetime(Role::OpenPgp));
    let until = entry.until.map_or_else(end, Ok);
    let until = until.map_err(|_| Flaw::Time(from));
    let owner = until.and_then(|until| Owner::new(entry.public, user, from, Some(until)));
    owner.map_err(|flaw| failed(entry, flaw.into()))
}

/// The seal of the role, by whichever hand has a key of it; `None` where the keyring has no such role. `user` is the name that
/// readers see.
///
/// # Errors
/// [`RoleError`].
pub fn seal(
    keyring: &Keyring,
    hands: impl IntoIterator<Item = Arc<dyn Hand>>,
    user: &str,
    now: Timestamp,
) -> Result<Option<Seal>, RoleError> {
    let keys = keyring.keys(Role::OpenPgp);
    if keys.is_empty() {
        return Ok(None);
    }
    let mut hands = hands.into_iter();
    let ours = |hand: &Arc<dyn Hand>| keys.iter().any(|entry| entry.public == *hand.public());
    let Some(hand) = hands.find(ours) else {
        let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
        return Err(RoleError::Nobody(names.join(" or ")));
    };
    let entry = keyring.may_sign(Role::OpenPgp, hand.public(), now)?;
    let owner = owner(keyring, entry, user)?;
    let seal = Seal::new(&owner, hand, now);
    seal.map(Some).map_err(|source| failed(entry, source))
}

/// The same by another key, to see what would be signed: for whoever has not the private half, and publishes nothing.
///
/// # Errors
/// [`RoleError`].
pub fn rehearsal(
    keyring: &Keyring,
    stand_in: Arc<dyn Hand>,
    user: &str,
    now: Timestamp,
) -> Result<Option<Seal>, RoleError> {
    let Some(entry) = keyring.keys(Role::OpenPgp).first() else {
        return Ok(None);
    };
    let other = Entry {
        public: *stand_in.public(),
        ..entry.clone()
    };
    let owner = owner(keyring, &other, user)?;
    let seal = Seal::new(&owner, stand_in, now);
    seal.map(Some).map_err(|source| failed(entry, source))
}

fn failed(entry: &Entry, source: SealError) -> RoleError {
    let name = entry.name.clone();
    RoleError::Key { name, source }
}
