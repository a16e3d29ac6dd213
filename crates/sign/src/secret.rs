//! Owns private keys: read from OpenSSH or PKCS#8 text, made anew, wiped when dropped.
//! Must never show a secret: errors and `Debug` name the key by its public half, or not at all.

use base64ct::{Base64, Encoding as _};
use caveat_verify::PublicKey;
use ed25519_dalek::{Signer as _, SigningKey};
use zeroize::Zeroizing;

const OPENSSH: [&str; 2] = [
    "-----BEGIN OPENSSH PRIVATE KEY-----",
    "-----END OPENSSH PRIVATE KEY-----",
];
const PKCS8: [&str; 2] = ["-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"];
/// What every unencrypted OpenSSH key begins with: magic, no cipher, no key function, no options, one key.
const PLAIN: &[u8] = b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01";
/// RFC 8410, section 7: version 1 or 2, the algorithm Ed25519, 32 bytes.
const PKCS8_ALGORITHM: &[u8] = &[
    0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/// An Ed25519 private key.
pub struct SecretKey(SigningKey);

/// Not a key that can sign here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No text at all.
    #[error("the key is empty")]
    Empty,
    /// Needs a passphrase.
    #[error(
        "the key is encrypted; `ssh-keygen -p -N '' -f COPY` makes a copy without a passphrase"
    )]
    Encrypted,
    /// The other half.
    #[error("this is a public key; signing needs the private one")]
    Public,
    /// RSA, ECDSA and others.
    #[error("this is no Ed25519 key; `ssh-keygen -t ed25519 -N '' -f KEY` makes one")]
    Algorithm,
    /// minisign's own form.
    #[error(
        "minisign's own key files cannot be read; `ssh-keygen -t ed25519 -N '' -f KEY` makes a key for both kinds of signature"
    )]
    Minisign,
    /// Damaged, or something else.
    #[error(
        "this is no private key: it should begin with `-----BEGIN OPENSSH PRIVATE KEY-----` or `-----BEGIN PRIVATE KEY-----`"
    )]
    Format,
    /// The operating system has no randomness.
    #[error("the operating system gives no random numbers")]
    Randomness,
}

impl SecretKey {
    /// Reads an unencrypted key: OpenSSH's form or PKCS#8, in PEM.
    ///
    /// # Errors
    /// What it is instead, and what to do.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let text = text.trim();
        if let Some(body) = body(text, OPENSSH) {
            return from_openssh(&decode(body)?);
        }
        if let Some(body) = body(text, PKCS8) {
            return from_pkcs8(&decode(body)?);
        }
        Err(other(text))
    }

    /// Makes a new key.
    ///
    /// # Errors
    /// [`KeyError::Randomness`].
    pub fn generate() -> Result<Self, KeyError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut()).map_err(|_| KeyError::Randomness)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// The public half.
    ///
    /// # Errors
    /// [`KeyError::Format`] for the one secret in 2^250 whose public half is weak.
    pub fn public(&self) -> Result<PublicKey, KeyError> {
        PublicKey::from_bytes(self.0.verifying_key().as_bytes()).map_err(|_| KeyError::Format)
    }

    /// The text of a key file that OpenSSH reads.
    pub fn to_openssh(&self, comment: &str) -> Zeroizing<String> {
        let public = self.0.verifying_key();
        let mut blob = Vec::new();
        caveat_verify::put(&mut blob, b"ssh-ed25519");
        caveat_verify::put(&mut blob, public.as_bytes());
        // Capacity first: a vector that grows leaves copies of the secret behind.
        let mut inner = Zeroizing::new(Vec::with_capacity(512 + comment.len()));
        inner.extend_from_slice(&[0; 8]);
        inner.extend_from_slice(&blob);
        caveat_verify::put(&mut inner, self.0.to_keypair_bytes().as_slice());
        caveat_verify::put(&mut inner, comment.as_bytes());
        for pad in (1..=8).take((8 - inner.len() % 8) % 8) {
            inner.push(pad);
        }
        let mut whole = Zeroizing::new(Vec::with_capacity(1024 + comment.len()));
        whole.extend_from_slice(PLAIN);
        caveat_verify::put(&mut whole, &blob);
        caveat_verify::put(&mut whole, &inner);
        armour(&whole)
    }

    pub(crate) fn sign(&self, data: &[u8]) -> [u8; 64] {
        self.0.sign(data).to_bytes()
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(..)")
    }
}

fn armour(bytes: &[u8]) -> Zeroizing<String> {
    let base64 = Zeroizing::new(Base64::encode_string(bytes));
    let mut text = Zeroizing::new(String::with_capacity(base64.len() * 2 + 100));
    text.push_str(OPENSSH[0]);
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(70));
        text.push('\n');
        text.push_str(line);
        rest = after;
    }
    text.push('\n');
    text.push_str(OPENSSH[1]);
    text.push('\n');
    text
}

fn body<'t>(text: &'t str, [begin, end]: [&str; 2]) -> Option<&'t str> {
    text.strip_prefix(begin)?.strip_suffix(end)
}

fn decode(body: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let mut packed = Zeroizing::new(String::with_capacity(body.len()));
    packed.extend(body.chars().filter(|c| !c.is_ascii_whitespace()));
    Base64::decode_vec(&packed)
        .map(Zeroizing::new)
        .map_err(|_| KeyError::Format)
}

/// Both copies of the public half must agree with the secret: a damaged key signs nothing.
fn from_openssh(bytes: &[u8]) -> Result<SecretKey, KeyError> {
    if !bytes.starts_with(b"openssh-key-v1\0") {
        return Err(KeyError::Format);
    }
    let rest = bytes.strip_prefix(PLAIN).ok_or(KeyError::Encrypted)?;
    let (public, rest) = string(rest).ok_or(KeyError::Format)?;
    let (inner, rest) = string(rest).ok_or(KeyError::Format)?;
    let (checks, inner) = inner.split_at_checked(8).ok_or(KeyError::Format)?;
    if !rest.is_empty() || checks[..4] != checks[4..] {
        return Err(KeyError::Format);
    }
    let (algorithm, inner) = string(inner).ok_or(KeyError::Format)?;
    if algorithm != b"ssh-ed25519" {
        return Err(KeyError::Algorithm);
    }
    let (_, inner) = string(inner).ok_or(KeyError::Format)?;
    let (pair, _) = string(inner).ok_or(KeyError::Format)?;
    let pair: &[u8; 64] = pair.try_into().map_err(|_| KeyError::Format)?;
    let key = SecretKey(SigningKey::from_keypair_bytes(pair).map_err(|_| KeyError::Format)?);
    (key.public()?.to_blob() == public)
        .then_some(key)
        .ok_or(KeyError::Format)
}

fn from_pkcs8(bytes: &[u8]) -> Result<SecretKey, KeyError> {
    let (header, rest) = bytes.split_at_checked(5).ok_or(KeyError::Format)?;
    let fits = header[0] == 0x30 && usize::from(header[1]) == bytes.len() - 2;
    let version = header[2..4] == [0x02, 0x01] && header[4] <= 1;
    let seed = rest
        .strip_prefix(PKCS8_ALGORITHM)
        .ok_or(KeyError::Algorithm)?;
    let seed = seed
        .first_chunk::<32>()
        .filter(|_| fits && version)
        .ok_or(KeyError::Format)?;
    Ok(SecretKey(SigningKey::from_bytes(seed)))
}

fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// What a text is that is no key of ours.
fn other(text: &str) -> KeyError {
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match text {
        "" => KeyError::Empty,
        _ if starts(&["-----BEGIN ENCRYPTED"]) => KeyError::Encrypted,
        _ if starts(&["ssh-", "ecdsa-", "sk-", "-----BEGIN PUBLIC", "RW"]) => KeyError::Public,
        _ if starts(&["-----BEGIN RSA", "-----BEGIN EC", "-----BEGIN DSA"]) => KeyError::Algorithm,
        _ if starts(&["untrusted comment:"]) && text.contains("public key") => KeyError::Public,
        _ if starts(&["untrusted comment:"]) => KeyError::Minisign,
        _ => KeyError::Format,
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
        let key = SecretKey::parse(V1)
            .and_then(|key| key.public())
            .expect("good");
        assert_eq!(key.as_bytes()[..4], [0x19, 0xbf, 0x44, 0x09]);
        assert!(SecretKey::parse(&V1.replace('\n', "\r\n")).is_ok());
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
        let text = SecretKey::generate().expect("random").to_openssh("");
        let refused = |text: &str| SecretKey::parse(text).expect_err("refused");
        assert_eq!(refused(" \n"), KeyError::Empty);
        assert_eq!(refused("ssh-ed25519 AAAA x"), KeyError::Public);
        assert_eq!(
            refused("-----BEGIN RSA PRIVATE KEY-----\n"),
            KeyError::Algorithm
        );
        assert_eq!(
            refused("-----BEGIN ENCRYPTED PRIVATE KEY-----"),
            KeyError::Encrypted
        );
        assert_eq!(
            refused("untrusted comment: minisign encrypted secret key\nRWRT"),
            KeyError::Minisign
        );
        assert_eq!(refused(&text[..text.len() - 60]), KeyError::Format);
        assert_eq!(refused(&V1.replace("VwBC", "VvBC")), KeyError::Algorithm);
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
