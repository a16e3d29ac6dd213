//! Owns OpenSSH user certificates of Ed25519 keys (PROTOCOL.certkeys): what they say, and whether they say it of a signer now.
//! Must never hand out a certificate whose authority did not sign it, or pass over an option that it does not know.

use base64ct::{Base64, Encoding as _};

use crate::wire::Reader;
use crate::{KeyError, PublicKey};

/// Name of the algorithm, in the binary form and on the line.
const ALGORITHM: &str = "ssh-ed25519-cert-v01@openssh.com";
/// Certificates are for users or for hosts; only the first kind signs files.
const USER: u32 = 1;
/// Longest binary form: no certificate that `ssh-keygen` makes for one feed comes near.
const LARGEST: usize = 16 << 10;

/// A certificate that its authority signed: a key, for whom and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    blob: Vec<u8>,
    key: PublicKey,
    authority: PublicKey,
    serial: u64,
    key_id: String,
    principals: Vec<String>,
    after: u64,
    before: u64,
}

/// Why a certificate is none, or says nothing of this signature.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Damaged, or something else.
    #[error("this is no OpenSSH certificate of an Ed25519 key")]
    Format,
    /// The key in it, or its authority's, cannot be trusted.
    #[error("in the certificate: {0}")]
    Key(#[from] KeyError),
    /// Of a machine.
    #[error("the certificate is for a host; `ssh-keygen -s CA` without -h makes one for signing")]
    Host,
    /// Good for less than everything, in a way that says nothing of files.
    #[error("the certificate has the critical option `{0}`, which allows no signing of files")]
    Option(String),
    /// Changed after it was made.
    #[error("the certificate is not what its authority signed")]
    Mismatch,
    /// Of an authority that is not trusted.
    #[error("the certificate is of another authority, {0}")]
    Authority(String),
    /// For somebody else, or for everybody.
    #[error("the certificate is not for `{0}`; `ssh-keygen -s CA -n {0}` makes one that is")]
    Principal(String),
    /// Its time has not begun.
    #[error("the certificate is not good yet")]
    Early,
    /// Its time is over.
    #[error("the certificate has ended")]
    Expired,
}

impl Certificate {
    /// Reads one OpenSSH line, as in a `-cert.pub` file.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn from_openssh(text: &str) -> Result<Self, CertificateError> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let (Some(line), None) = (lines.next(), lines.next()) else {
            return Err(CertificateError::Format);
        };
        let mut words = line.split_ascii_whitespace();
        let (Some(ALGORITHM), Some(blob)) = (words.next(), words.next()) else {
            return Err(CertificateError::Format);
        };
        let blob = Base64::decode_vec(blob).map_err(|_| CertificateError::Format)?;
        Self::from_blob(&blob)
    }

    /// Reads the binary form, and checks that its authority signed it.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn from_blob(blob: &[u8]) -> Result<Self, CertificateError> {
        let raw = Raw::read(blob).ok_or(CertificateError::Format)?;
        let key = PublicKey::from_bytes(raw.key)?;
        let authority = PublicKey::from_blob(raw.authority)?;
        let signature = ed25519(raw.signature).ok_or(CertificateError::Format)?;
        if !authority.verifies(raw.signed, &signature) {
            return Err(CertificateError::Mismatch);
        }
        if raw.kind != USER {
            return Err(CertificateError::Host);
        }
        if let Some(name) = pairs(raw.critical).ok_or(CertificateError::Format)?.first() {
            return Err(CertificateError::Option((*name).to_owned()));
        }
        // What extensions allow is about logging in: read, and of no consequence here.
        pairs(raw.extensions).ok_or(CertificateError::Format)?;
        let principals = names(raw.principals).ok_or(CertificateError::Format)?;
        Ok(Self {
            blob: blob.to_owned(),
            key,
            authority,
            serial: raw.serial,
            key_id: plain(raw.key_id)
                .ok_or(CertificateError::Format)?
                .to_owned(),
            principals,
            after: raw.after,
            before: raw.before,
        })
    }

    /// Does one of `authorities` say, at this time (seconds since 1970), that the key may sign as `principal`?
    ///
    /// # Errors
    /// Why it does not.
    pub fn allows(
        &self,
        authorities: &[PublicKey],
        principal: &str,
        at: u64,
    ) -> Result<(), CertificateError> {
        if !authorities.contains(&self.authority) {
            return Err(CertificateError::Authority(self.authority.fingerprint()));
        }
        // A certificate without principals is good for all of them: nobody means that.
        if !self.principals.iter().any(|name| name == principal) {
            return Err(CertificateError::Principal(principal.to_owned()));
        }
        if at < self.after {
            return Err(CertificateError::Early);
        }
        if at >= self.before {
            return Err(CertificateError::Expired);
        }
        Ok(())
    }

    /// The key that it is about.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// The key that signed it.
    pub fn authority(&self) -> &PublicKey {
        &self.authority
    }

    /// The number that its authority gave it.
    pub fn serial(&self) -> u64 {
        self.serial
    }

    /// The name that its authority gave it.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// For whom it is good.
    pub fn principals(&self) -> &[String] {
        &self.principals
    }

    /// From when it is good: seconds since 1970.
    pub fn after(&self) -> u64 {
        self.after
    }

    /// From when it is good no more: seconds since 1970; `u64::MAX` for one that never ends.
    pub fn before(&self) -> u64 {
        self.before
    }

    /// The binary form.
    pub fn as_blob(&self) -> &[u8] {
        &self.blob
    }
}

/// The fields as they stand there.
struct Raw<'a> {
    key: &'a [u8; 32],
    serial: u64,
    kind: u32,
    key_id: &'a [u8],
    principals: &'a [u8],
    after: u64,
    before: u64,
    critical: &'a [u8],
    extensions: &'a [u8],
    authority: &'a [u8],
    signature: &'a [u8],
    /// Everything before the signature.
    signed: &'a [u8],
}

impl<'a> Raw<'a> {
    fn read(blob: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(blob);
        let algorithm = reader.string()?;
        let nonce = reader.string()?;
        // The nonce keeps whoever asks for a certificate from choosing all of what is signed.
        let whole = blob.len() <= LARGEST && nonce.len() >= 16;
        (whole && algorithm == ALGORITHM.as_bytes()).then_some(())?;
        let (key, serial, kind) = (reader.string()?, reader.long()?, reader.number()?);
        let (key_id, principals) = (reader.string()?, reader.string()?);
        let (after, before) = (reader.long()?, reader.long()?);
        let (critical, extensions) = (reader.string()?, reader.string()?);
        let (reserved, authority) = (reader.string()?, reader.string()?);
        let signed = &blob[..blob.len() - reader.0.len()];
        let signature = reader.string()?;
        reader.end()?;
        reserved.is_empty().then_some(())?;
        Some(Self {
            key: key.try_into().ok()?,
            serial,
            kind,
            key_id,
            principals,
            after,
            before,
            critical,
            extensions,
            authority,
            signature,
            signed,
        })
    }
}

/// A signature in its wire form (RFC 8709, section 6).
fn ed25519(wire: &[u8]) -> Option<[u8; 64]> {
    let mut reader = Reader(wire);
    (reader.string()? == b"ssh-ed25519").then_some(())?;
    let bytes = reader.string()?.try_into().ok()?;
    reader.end()?;
    Some(bytes)
}

/// Names one after another.
fn names(bytes: &[u8]) -> Option<Vec<String>> {
    let (mut reader, mut names) = (Reader(bytes), Vec::new());
    while reader.end().is_none() {
        names.push(plain(reader.string()?)?.to_owned());
    }
    Some(names)
}

/// The names of options, each with its data, which must be in order.
fn pairs(bytes: &[u8]) -> Option<Vec<&str>> {
    let (mut reader, mut names) = (Reader(bytes), Vec::new());
    while reader.end().is_none() {
        let (name, _) = (plain(reader.string()?)?, reader.string()?);
        names.last().is_none_or(|last| *last < name).then_some(())?;
        names.push(name);
    }
    Some(names)
}

/// Text that is printed as it stands.
fn plain(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    (!text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
#[path = "certificate_tests.rs"]
mod tests;
