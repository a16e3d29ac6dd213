//! Owns private keys: read from OpenSSH or PKCS#8 text, made anew, wiped when dropped.
//! Must never show a secret, or leave one in memory: errors and `Debug` name the key by its public half, or not at all.

use caveat_verify::PublicKey;
use ed25519_dalek::{Signer as _, SigningKey};
use zeroize::Zeroizing;

use crate::hand::{Hand, HandError};
use crate::pem::{self, KeyError, Seed};
use crate::stack::wiped;

/// An Ed25519 private key.
pub struct SecretKey {
    /// In one place of the heap: what moves leaves copies.
    key: Box<SigningKey>,
    public: PublicKey,
}

impl SecretKey {
    /// Reads an unencrypted key: OpenSSH's form or PKCS#8, in PEM.
    ///
    /// # Errors
    /// What it is instead, and what to do.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        wiped(|| {
            let (seed, said) = pem::read(text)?;
            let key = Self::new(&seed)?;
            // A damaged key signs nothing.
            let agrees = said.is_none_or(|said| said == *key.public.as_bytes());
            agrees.then_some(key).ok_or(KeyError::Format)
        })
    }

    /// Makes a new key.
    ///
    /// # Errors
    /// [`KeyError::Randomness`].
    pub fn generate() -> Result<Self, KeyError> {
        wiped(|| {
            let mut seed = Box::new(Seed::default());
            getrandom::fill(seed.as_mut_slice()).map_err(|_| KeyError::Randomness)?;
            Self::new(&seed)
        })
    }

    fn new(seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = Box::new(SigningKey::from_bytes(seed));
        // One secret in 2^250 has a public half that is weak.
        let public = PublicKey::from_bytes(key.verifying_key().as_bytes());
        let public = public.map_err(|_| KeyError::Format)?;
        Ok(Self { key, public })
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The text of a key file that OpenSSH reads.
    pub fn to_openssh(&self, comment: &str) -> Zeroizing<String> {
        wiped(|| pem::write(self.key.as_bytes(), &self.public, comment))
    }
}

impl Hand for SecretKey {
    fn public(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
        Ok(wiped(|| self.key.sign(message).to_bytes()))
    }

    /// Made twice: the same key and bytes give the same signature (RFC 8032, section 5.1.6), unless something failed. It
    /// takes half the time of verifying.
    fn one_of_many(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
        let (signature, again) = (self.sign(message)?, self.sign(message)?);
        if signature == again {
            return Ok(signature);
        }
        Err(HandError::new(format!(
            "two signatures of the same bytes by {} differ: this machine makes mistakes",
            self.public.fingerprint()
        )))
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 8410, section 10.3: the example key, without and with its public half.
    const V1: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";

    #[test]
    fn the_example_of_rfc_8410_is_read() {
        let key = SecretKey::parse(V1).expect("good");
        assert_eq!(key.public().as_bytes()[..4], [0x19, 0xbf, 0x44, 0x09]);
        assert!(SecretKey::parse(&V1.replace('\n', "\r\n")).is_ok());
        assert!(SecretKey::parse(&format!("\u{feff}{V1}\n\n")).is_ok());
    }

    #[test]
    fn a_new_key_is_written_and_read_back() {
        let key = SecretKey::generate().expect("random");
        let again = SecretKey::parse(&key.to_openssh("a comment")).expect("ours");
        assert_eq!(key.public(), again.public());
        assert_ne!(
            key.public(),
            SecretKey::generate().expect("random").public()
        );
    }

    #[test]
    fn what_is_no_key_of_ours_is_named() {
        let refused = |text: &str| SecretKey::parse(text).expect_err("refused");
        assert_eq!(refused(" \n"), KeyError::Empty);
        assert_eq!(refused("/run/keys/feed"), KeyError::Path);
        assert_eq!(refused("LS0tLS1CRUdJTiBPUEVO"), KeyError::Encoded);
        assert_eq!(refused("ssh-ed25519 AAAA x"), KeyError::Public);
        assert_eq!(
            refused("-----BEGIN RSA PRIVATE KEY-----\n"),
            KeyError::Algorithm
        );
        assert_eq!(
            refused("-----BEGIN ENCRYPTED PRIVATE KEY-----"),
            KeyError::EncryptedPkcs8
        );
        assert_eq!(
            refused("untrusted comment: minisign encrypted secret key\nRWRT"),
            KeyError::Minisign
        );
        assert_eq!(
            refused(include_str!("../tests/data/locked")),
            KeyError::Encrypted
        );
        assert_eq!(refused(&V1.replace("VwBC", "VvBC")), KeyError::Algorithm);
    }

    #[test]
    fn a_key_that_is_cut_anywhere_is_called_cut() {
        let text = SecretKey::generate()
            .expect("random")
            .to_openssh("a comment");
        for whole in [text.trim_end(), V1.trim_end()] {
            for at in "-----BEGIN ".len()..whole.len() {
                let refused = SecretKey::parse(&whole[..at]).expect_err("refused");
                assert_eq!(refused, KeyError::Cut, "{at}");
            }
            // Lines in the middle are missing.
            let lines: Vec<&str> = whole.lines().collect();
            for from in 2..lines.len() - 1 {
                let rest = [&lines[..from], &lines[lines.len() - 1..]].concat();
                let refused = SecretKey::parse(&rest.join("\n")).expect_err("refused");
                assert_eq!(refused, KeyError::Cut, "{from}");
            }
        }
        let said = KeyError::Cut.to_string();
        assert!(said.contains("copy the whole file again"), "{said}");
    }

    #[test]
    fn two_keys_in_one_file_are_told_apart_by_people() {
        let text = SecretKey::generate().expect("random").to_openssh("");
        let public = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
        for second in [text.as_str(), V1, public, &V1[..40]] {
            for both in [
                format!("{V1}{second}"),
                format!("{}\n{second}", text.as_str()),
            ] {
                let refused = SecretKey::parse(&both).expect_err("refused");
                assert_eq!(refused, KeyError::Several, "{both}");
            }
        }
        let said = KeyError::Several.to_string();
        assert!(said.contains("a file of its own"), "{said}");
    }

    #[test]
    fn an_encrypted_key_is_answered_with_the_program_that_can_read_it() {
        let pkcs8 = KeyError::EncryptedPkcs8.to_string();
        assert!(
            pkcs8.contains("`openssl pkcs8 -in FILE -out NEW`"),
            "{pkcs8}"
        );
        assert!(pkcs8.contains("--signer agent"), "{pkcs8}");
        let openssh = KeyError::Encrypted.to_string();
        assert!(
            openssh.contains("`ssh-keygen -p -N '' -f COPY`"),
            "{openssh}"
        );
    }

    #[test]
    fn a_key_never_shows_itself() {
        assert_eq!(
            format!("{:?}", SecretKey::parse(V1).expect("good")),
            "SecretKey(..)"
        );
    }

    proptest! {
        #[test]
        fn any_damage_to_a_key_is_noticed_or_harmless(at in 0usize..400, to in "[A-Za-z0-9+/]") {
            let key = SecretKey::parse(V1).expect("good");
            let mut text = key.to_openssh("c").to_string();
            let at = at % (text.len() - 1);
            text.replace_range(at..=at, &to);
            if let Ok(read) = SecretKey::parse(&text) {
                prop_assert_eq!(read.public(), key.public());
            }
        }
    }
}
