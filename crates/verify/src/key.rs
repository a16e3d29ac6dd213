//! Owns public keys: one Ed25519 key in every form that people and tools compare.
//! Must never accept a weak key, or check a signature other than strictly.

use base64ct::{Base64, Base64Unpadded, Encoding as _};
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha256};

use crate::wire::{Reader, put};

/// Name of the algorithm in every OpenSSH form.
const ALGORITHM: &[u8] = b"ssh-ed25519";

/// An Ed25519 public key (RFC 8032).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

/// Not a key that can be trusted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Another form than one OpenSSH line.
    #[error("this is no OpenSSH public key: it should be one line, `ssh-ed25519 AAAA... comment`")]
    Format,
    /// RSA, ECDSA and others.
    #[error("this is a `{}` key; only ssh-ed25519 keys are used", .0.escape_debug())]
    Algorithm(String),
    /// Anybody could sign for it.
    #[error("this key is weak: anybody could sign for it")]
    Weak,
}

impl PublicKey {
    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// [`KeyError::Weak`] for bytes that are no point of the curve, one of small order, or one with a part of small order,
    /// of which its owner could make seven others that take the same signatures.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::Weak)?;
        let point = key.to_edwards();
        if key.is_weak() || !point.is_torsion_free() || point.compress().as_bytes() != bytes {
            Err(KeyError::Weak)
        } else {
            Ok(Self(key))
        }
    }

    /// Reads one OpenSSH line; comment and empty lines around it are ignored.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_openssh(text: &str) -> Result<Self, KeyError> {
        let mut lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (Some(line), None) = (lines.next(), lines.next()) else {
            return Err(KeyError::Format);
        };
        let mut words = line.split_ascii_whitespace();
        let (Some(algorithm), Some(blob)) = (words.next(), words.next()) else {
            return Err(KeyError::Format);
        };
        if algorithm.as_bytes() != ALGORITHM {
            let known = ["ssh-", "ecdsa-", "sk-"]
                .iter()
                .any(|start| algorithm.starts_with(start));
            return Err(if known {
                KeyError::Algorithm(algorithm.to_owned())
            } else {
                KeyError::Format
            });
        }
        let blob = Base64::decode_vec(blob).map_err(|_| KeyError::Format)?;
        Self::from_blob(&blob)
    }

    /// Reads the binary form (RFC 8709, section 4).
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn from_blob(blob: &[u8]) -> Result<Self, KeyError> {
        let mut reader = Reader(blob);
        let algorithm = reader.string().ok_or(KeyError::Format)?;
        if algorithm != ALGORITHM {
            return Err(KeyError::Algorithm(
                String::from_utf8_lossy(algorithm).into_owned(),
            ));
        }
        let bytes = reader
            .string()
            .and_then(|bytes| <&[u8; 32]>::try_from(bytes).ok());
        reader.end().ok_or(KeyError::Format)?;
        Self::from_bytes(bytes.ok_or(KeyError::Format)?)
    }

    /// The binary form.
    pub fn to_blob(&self) -> Vec<u8> {
        let mut blob = Vec::with_capacity(51);
        put(&mut blob, ALGORITHM);
        put(&mut blob, self.0.as_bytes());
        blob
    }

    /// Is this the binary form of it? There is only one.
    pub(crate) fn is_blob(&self, blob: &[u8]) -> bool {
        blob == self.to_blob()
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// `SHA256:...`, as `ssh-keygen -l` prints it.
    pub fn fingerprint(&self) -> String {
        format!(
            "SHA256:{}",
            Base64Unpadded::encode_string(&Sha256::digest(self.to_blob()))
        )
    }

    /// One line of a `.pub` file, without line feed.
    pub fn to_openssh(&self, comment: &str) -> String {
        format!(
            "ssh-ed25519 {} {comment}",
            Base64::encode_string(&self.to_blob())
        )
    }

    /// One line of an `allowed_signers` file, good for one namespace, without line feed.
    pub fn to_allowed_signer(&self, principal: &str, namespace: &str) -> String {
        let blob = Base64::encode_string(&self.to_blob());
        format!("{principal} namespaces=\"{namespace}\" ssh-ed25519 {blob}")
    }

    /// The number minisign tells keys apart by: ours is the start of the key's hash, so it needs no memory.
    pub fn minisign_id(&self) -> [u8; 8] {
        let digest = Sha256::digest(self.0.as_bytes());
        let mut id = [0; 8];
        id.copy_from_slice(&digest[..8]);
        id
    }

    /// minisign's one-line form, `RW...`.
    pub fn to_minisign(&self) -> String {
        let mut bytes = b"Ed".to_vec();
        bytes.extend_from_slice(&self.minisign_id());
        bytes.extend_from_slice(self.0.as_bytes());
        Base64::encode_string(&bytes)
    }

    /// Does this signature fit? Strictly: no second signature for the same bytes can be made from it.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.0
            .verify_strict(message, &Signature::from_bytes(signature))
            .is_ok()
    }
}

impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Made by `ssh-keygen -t ed25519`; its fingerprint printed by `ssh-keygen -l`.
    const LINE: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea rfc8032";

    #[test]
    fn a_line_is_read_and_written_back() {
        let key = PublicKey::from_openssh(LINE).expect("good");
        assert_eq!(key.to_openssh("rfc8032"), LINE);
        assert_eq!(key.as_bytes()[..4], [0xd7, 0x5a, 0x98, 0x01]);
    }

    #[test]
    fn other_keys_say_what_they_are() {
        let read = |text: &str| PublicKey::from_openssh(text).expect_err("refused");
        assert_eq!(
            read("ssh-rsa AAAA x"),
            KeyError::Algorithm("ssh-rsa".to_owned())
        );
        assert_eq!(read(""), KeyError::Format);
        assert_eq!(read(&format!("{LINE}\n{LINE}")), KeyError::Format);
        assert_eq!(
            read(&LINE.replace("NTE5AAAA", "NTE4AAAA")),
            KeyError::Algorithm("ssh-ed25518".to_owned())
        );
        assert_eq!(read(&LINE.replace("1Ea ", "1E ")), KeyError::Format);
    }

    #[test]
    fn keys_that_anybody_can_sign_for_are_refused() {
        let mut one = [0; 32];
        one[0] = 1;
        for weak in [[0; 32], one] {
            assert_eq!(PublicKey::from_bytes(&weak), Err(KeyError::Weak));
        }
    }

    #[test]
    fn signatures_hold_as_in_rfc_8032_and_no_other_way() {
        let key = PublicKey::from_openssh(LINE).expect("good");
        let hex = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";
        let mut signature = [0; 64];
        for (byte, at) in signature.iter_mut().zip((0..128).step_by(2)) {
            *byte = u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
        }
        assert!(key.verifies(b"", &signature));
        assert!(!key.verifies(b"x", &signature) && !key.verifies(b"", &[0; 64]));
        // The same signature with the group's order added to S: other libraries accept it.
        let order: [u8; 32] = [
            0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9,
            0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
        ];
        let mut carry = 0u16;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = u8::try_from(sum & 0xff).expect("a byte");
            carry = sum >> 8;
        }
        assert!(!key.verifies(b"", &signature));
    }

    proptest! {
        #[test]
        fn any_text_is_a_key_or_a_reason(text in "(ssh-ed25519 )?(AAAAC3NzaC1lZDI1NTE5)?[A-Za-z0-9+/= ]{0,80}") {
            let _ = PublicKey::from_openssh(&text);
        }
    }
}
