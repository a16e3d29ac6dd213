//! Owns who is trusted: keys, authorities that may vouch for keys, and what was revoked.
//! Must never let a certificate make a revoked key good again.

use crate::certificate::{Certificate, CertificateError};
use crate::{PublicKey, SignatureError};

/// Whose signatures count, at one moment.
#[derive(Clone, Debug, Default)]
pub struct Trusted {
    /// Keys that may sign by themselves.
    pub keys: Vec<PublicKey>,
    /// Authorities: what they certified may sign, for as long as it says.
    pub authorities: Vec<PublicKey>,
    /// Neither keys nor authorities, whatever else is said of them.
    pub revoked: Vec<PublicKey>,
    /// Seconds since 1970; only certificates ask for it.
    pub at: u64,
}

/// Who made a signature that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The key.
    pub key: PublicKey,
    /// Who says that it may, where it is not trusted by itself.
    pub certificate: Option<Certificate>,
}

impl Signed {
    /// Who signed, in OpenSSH's binary form.
    pub(crate) fn blob(&self) -> (Vec<u8>, &Self) {
        let blob = match &self.certificate {
            Some(certificate) => certificate.as_blob().to_vec(),
            None => self.key.to_blob(),
        };
        (blob, self)
    }
}

impl Trusted {
    /// One key, by itself.
    pub fn key(key: &PublicKey) -> Self {
        Self {
            keys: vec![*key],
            ..Self::default()
        }
    }

    /// Is there anybody at all?
    pub(crate) fn anybody(&self) -> bool {
        !(self.keys.is_empty() && self.authorities.is_empty())
    }

    /// Is this signer trusted? It is the binary form of a key or of a certificate.
    pub(crate) fn judge(&self, signer: &[u8], principal: &str) -> Result<Signed, SignatureError> {
        // A key that is trusted was looked at before: that it is strong takes as long to find out as to check a signature.
        let known = self.keys.iter().find(|key| key.is_blob(signer));
        let (key, certificate) = if let Some(key) = known {
            (*key, None)
        } else if let Ok(key) = PublicKey::from_blob(signer) {
            (key, None)
        } else {
            let certificate = Certificate::from_blob(signer).map_err(not_one)?;
            (*certificate.key(), Some(certificate))
        };
        self.refuse_revoked(&key)?;
        if let Some(certificate) = &certificate {
            self.refuse_revoked(certificate.authority())?;
        }
        // A key that is trusted by itself needs no certificate, nor one that is good: what it carries may have ended.
        if self.keys.contains(&key) {
            return Ok(Signed { key, certificate });
        }
        match &certificate {
            None => return Err(SignatureError::Key(key.fingerprint())),
            Some(one) => one.allows(&self.authorities, principal, self.at)?,
        }
        Ok(Signed { key, certificate })
    }

    fn refuse_revoked(&self, key: &PublicKey) -> Result<(), SignatureError> {
        if self.revoked.contains(key) {
            return Err(SignatureError::Revoked(key.fingerprint()));
        }
        Ok(())
    }
}

fn not_one(error: CertificateError) -> SignatureError {
    match error {
        CertificateError::Format => SignatureError::Format("an SSH signature by an Ed25519 key"),
        other => SignatureError::Certificate(other),
    }
}
