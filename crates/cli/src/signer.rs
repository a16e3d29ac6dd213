//! Owns the key that signs a publication, and how far readers can trust it.
//! Must never call a key trusted that readers cannot know.

use std::path::Path;

use caveat_advisory::Draft;
use caveat_keyring::{Entry, Keyring};
use caveat_render::{Edition, Key};
use caveat_sign::{Hand, SecretKey};
use caveat_verify::PublicKey;

use crate::failure::Failure;
use crate::key::{is_published, keyring, signing_key};
use crate::output;
use crate::uncounted::Uncounted;

/// The key of a publication.
pub(crate) struct Signer {
    /// None where it is among the hands of the keyring, or where nothing is to be signed.
    secret: Option<SecretKey>,
    pub(crate) public: PublicKey,
    /// Made for this machine.
    local: bool,
    /// Its public half is in `keys/`.
    published: bool,
}

impl Signer {
    pub(crate) fn new(
        root: &Path,
        file: Option<&Path>,
        published: &[Draft],
    ) -> Result<Self, Failure> {
        let (secret, local) = signing_key(root, file)?;
        let public = *secret.public();
        let published = is_published(&public, published)?;
        Ok(Self {
            secret: Some(secret),
            public,
            local,
            published,
        })
    }

    /// A key of the keyring, which readers know.
    pub(crate) fn of(entry: &Entry) -> Self {
        Self {
            secret: None,
            public: entry.public,
            local: false,
            published: true,
        }
    }

    /// For a build, which may be anybody's but the publisher's.
    pub(crate) fn of_build(
        root: &Path,
        file: Option<&Path>,
        keys: &[Draft],
    ) -> Result<Self, Failure> {
        let signer = Self::new(root, file, keys)?;
        let keyring = keyring(keys)?;
        let known = |keyring: Keyring| {
            let mut all = keyring.all().into_iter();
            all.any(|entry| entry.public == signer.public)
        };
        if keyring.is_some_and(known) {
            return Err(Uncounted::Build.into());
        }
        Ok(signer)
    }

    /// Who signs, where it is a key of its own.
    pub(crate) fn hand(&self) -> Option<&dyn Hand> {
        self.secret.as_ref().map(|secret| -> &dyn Hand { secret })
    }

    pub(crate) fn edition(&self, feed: &str) -> Edition {
        edition(&self.public, feed, !self.published)
    }

    pub(crate) fn warn(&self) {
        if self.local && !self.published {
            output::warning(
                "signed with a key of this machine: every page says that this is a local, untrusted build",
            );
        } else if !self.published {
            let line = self.public.to_openssh("NAME");
            output::warning(&format!(
                "the signing key is not in keys/, so every page says that this build proves nothing; commit keys/NAME.pub with the line\n  {line}"
            ));
        }
    }
}

/// What pages say of the key that signs them.
pub(crate) fn edition(key: &PublicKey, feed: &str, local: bool) -> Edition {
    let key = Key {
        fingerprint: key.fingerprint(),
        openssh: key.to_openssh(feed),
        allowed_signers: key.to_allowed_signer(feed, feed),
        minisign: key.to_minisign(),
    };
    let generator = concat!("Caveat ", env!("CARGO_PKG_VERSION")).to_owned();
    Edition {
        generator,
        local,
        key,
        openpgp: None,
        layers: None,
    }
}
