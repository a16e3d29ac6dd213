//! Owns the OpenPGP signatures of a publication: made by the key that the keyring names, beside each CSAF document.
//! Must never sign anything but CSAF documents.

use std::sync::Arc;

use caveat_advisory::{Project, Timestamp};
use caveat_artifact::{Artifact, PathError, Sink, SitePath};
use caveat_csaf::{OPENPGP_KEY, last_change};
use caveat_keyring::{Keyring, Role};
use caveat_openpgp::{RoleError, Sealing, rehearsal, seal};
use caveat_sign::SecretKey;

use crate::failure::Failure;
use crate::hands::Hands;
use crate::output;

/// Who signs.
pub(crate) struct Seal(caveat_openpgp::Seal);

impl Seal {
    /// The key that the keyring names, by whoever of these has it; `None` where it names nobody, or nobody publishes CSAF. In a
    /// rehearsal another key may stand in for it: readers never see what it signs.
    pub(crate) fn of(
        project: &Project,
        keyring: &Keyring,
        hands: &Hands,
        now: Timestamp,
        rehearsed: bool,
    ) -> Result<Option<Self>, Failure> {
        let Some(csaf) = &project.csaf else {
            return Ok(None);
        };
        let name = csaf.name.as_deref().unwrap_or(&project.feed.name);
        let user = format!("{} ({})", name.trim(), project.feed.principal());
        let keys = keyring.keys(Role::OpenPgp).iter();
        let here = keys.filter_map(|entry| hands.lend(&entry.public));
        let sealed = match seal(keyring, here, &user, now) {
            Err(RoleError::Nobody(_)) if rehearsed => {
                output::warning(
                    "the OpenPGP key is not here: every signature of a CSAF document counts as changed",
                );
                rehearsal(keyring, Arc::new(stand_in()?), &user, now)
            }
            sealed => sealed,
        };
        Ok(sealed.map_err(Failure::OpenPgp)?.map(Self))
    }

    /// What names the key.
    pub(crate) fn fingerprint(&self) -> String {
        self.0.certificate().owner().fingerprint()
    }

    /// The public key, as readers import it.
    pub(crate) fn key(&self) -> Result<Artifact, PathError> {
        let bytes = self.0.certificate().as_str().as_bytes();
        Ok(Artifact::new(SitePath::new(OPENPGP_KEY)?, bytes.to_vec()))
    }
}

fn stand_in() -> Result<SecretKey, Failure> {
    SecretKey::generate().map_err(|source| Failure::Key {
        place: "a throw-away key".to_owned(),
        source,
    })
}

/// A sink that signs on the way, where there is a seal.
pub(crate) fn sealing<S: Sink>(sink: S, seal: Option<&Seal>) -> Sealing<'_, S> {
    Sealing::new(sink, seal.map(|seal| &seal.0), last_change)
}
