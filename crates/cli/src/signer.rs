//! Owns the key that signs a publication, and how far readers can trust it.
//! Must never call a key trusted that readers cannot know.

use std::path::Path;

use caveat_advisory::Draft;
use caveat_render::{Edition, Key};
use caveat_sign::SecretKey;
use caveat_verify::PublicKey;

use crate::failure::Failure;
use crate::key::{is_published, signing_key};
use crate::output;

/// The key of a publication.
pub(crate) struct Signer {
    pub(crate) secret: SecretKey,
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
        let public = secret.public().map_err(|source| Failure::Key {
            place: "the signing key".to_owned(),
            source,
        })?;
        let published = is_published(&public, published)?;
        Ok(Self {
            secret,
            public,
            local,
            published,
        })
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
    }
}
