//! Owns OpenSSH file signatures (PROTOCOL.sshsig, version 1): what is signed, the armour, the check.
//! Must never accept a signature of another namespace, key or version.

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256, Sha512};

use crate::wire::{Reader, put};
use crate::{SignatureError, Signed, Trusted};

const MAGIC: &[u8] = b"SSHSIG";
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
const NOT: SignatureError = SignatureError::Format("an SSH signature");

/// The bytes that the key signs for a message: they can be mistaken for nothing else.
pub fn signed_data(message: &[u8], namespace: &str) -> Vec<u8> {
    with_hash(namespace, "sha512", &Sha512::digest(message))
}

fn with_hash(namespace: &str, algorithm: &str, digest: &[u8]) -> Vec<u8> {
    let mut data = MAGIC.to_vec();
    for field in [namespace.as_bytes(), b"", algorithm.as_bytes(), digest] {
        put(&mut data, field);
    }
    data
}

/// The armoured file for a signature over [`signed_data`], as `ssh-keygen -Y sign` writes it. `signer` is the binary form of
/// the key, or of a certificate for it.
pub fn encode(signer: &[u8], namespace: &str, signature: &[u8; 64]) -> String {
    let mut inner = Vec::new();
    put(&mut inner, b"ssh-ed25519");
    put(&mut inner, signature);
    let mut blob = MAGIC.to_vec();
    blob.extend_from_slice(&1u32.to_be_bytes());
    for field in [signer, namespace.as_bytes(), b"", b"sha512", &inner] {
        put(&mut blob, field);
    }
    let text = Base64::encode_string(&blob);
    let mut armour = format!("{BEGIN}\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(70));
        armour.push_str(line);
        armour.push('\n');
        rest = after;
    }
    armour.push_str(END);
    armour.push('\n');
    armour
}

/// Checks an armoured signature; who made it comes back.
///
/// # Errors
/// Why it does not hold, or who made it that is not trusted.
pub fn verify(
    armour: &str,
    message: &[u8],
    namespace: &str,
    trusted: &Trusted,
) -> Result<Signed, SignatureError> {
    verify_by(armour, message, namespace, |signer| {
        trusted.judge(signer, namespace)
    })
}

/// The same for whoever has judged most signers before: each costs as much as a signature does.
pub(crate) fn verify_by(
    armour: &str,
    message: &[u8],
    namespace: &str,
    judge: impl FnOnce(&[u8]) -> Result<Signed, SignatureError>,
) -> Result<Signed, SignatureError> {
    let blob = unarmour(armour).ok_or(NOT)?;
    let parts = decode(&blob).ok_or(NOT)?;
    if parts.namespace != namespace.as_bytes() {
        let found = String::from_utf8_lossy(parts.namespace)
            .escape_debug()
            .to_string();
        return Err(SignatureError::Namespace(found));
    }
    let signed = judge(parts.signer)?;
    let data = match parts.hash {
        b"sha512" => signed_data(message, namespace),
        b"sha256" => with_hash(namespace, "sha256", &Sha256::digest(message)),
        _ => return Err(NOT),
    };
    signed
        .key
        .verifies(&data, &parts.signature)
        .then_some(signed)
        .ok_or(SignatureError::Mismatch)
}

struct Parts<'a> {
    signer: &'a [u8],
    namespace: &'a [u8],
    hash: &'a [u8],
    signature: [u8; 64],
}

fn decode(blob: &[u8]) -> Option<Parts<'_>> {
    let mut reader = Reader(blob);
    reader.literal(MAGIC)?;
    (reader.number()? == 1).then_some(())?;
    let (signer, namespace, reserved, hash) = (
        reader.string()?,
        reader.string()?,
        reader.string()?,
        reader.string()?,
    );
    let mut inner = Reader(reader.string()?);
    reader.end()?;
    (inner.string()? == b"ssh-ed25519" && reserved.is_empty()).then_some(())?;
    let signature = inner.string()?.try_into().ok()?;
    inner.end()?;
    Some(Parts {
        signer,
        namespace,
        hash,
        signature,
    })
}

fn unarmour(armour: &str) -> Option<Vec<u8>> {
    let body = armour.strip_prefix(BEGIN)?.strip_prefix('\n')?;
    let body = body
        .strip_suffix('\n')
        .unwrap_or(body)
        .strip_suffix(END)?
        .strip_suffix('\n')?;
    Base64::decode_vec(&body.replace('\n', "")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PublicKey;
    use proptest::prelude::*;

    /// Made by `ssh-keygen -Y sign -n test@example.org` of OpenSSH 9.2 over `hello\n`.
    const KEY: &str = include_str!("../tests/data/openssh.pub");
    const SIGNATURE: &str = include_str!("../tests/data/hello.sig");
    const SPACE: &str = "test@example.org";

    fn check(armour: &str, message: &[u8], namespace: &str) -> Result<(), SignatureError> {
        let key = PublicKey::from_openssh(KEY).expect("good");
        verify(armour, message, namespace, &Trusted::key(&key)).map(|signed| {
            assert_eq!((signed.key, signed.certificate), (key, None));
        })
    }

    #[test]
    fn a_signature_by_openssh_holds() {
        assert_eq!(check(SIGNATURE, b"hello\n", SPACE), Ok(()));
    }

    #[test]
    fn every_other_signature_is_refused_for_its_reason() {
        assert_eq!(
            check(SIGNATURE, b"hallo\n", SPACE),
            Err(SignatureError::Mismatch)
        );
        assert!(matches!(
            check(SIGNATURE, b"hello\n", "other"),
            Err(SignatureError::Namespace(_))
        ));
        let other = PublicKey::from_openssh(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea x",
        )
        .expect("good");
        assert!(matches!(
            verify(SIGNATURE, b"hello\n", SPACE, &Trusted::key(&other)),
            Err(SignatureError::Key(_))
        ));
        for cut in [0, 10, 40, SIGNATURE.len() - 30] {
            assert_eq!(check(&SIGNATURE[..cut], b"hello\n", SPACE), Err(NOT));
        }
    }

    #[test]
    fn bytes_after_the_signature_are_refused() {
        let mut blob = unarmour(SIGNATURE).expect("good");
        blob.extend_from_slice(b"\0\0\0\0\0\0");
        let armour = format!("{BEGIN}\n{}\n{END}\n", Base64::encode_string(&blob));
        assert_eq!(check(&armour, b"hello\n", SPACE), Err(NOT));
    }

    proptest! {
        #[test]
        fn any_damage_is_noticed(at in 0usize..400, to in any::<u8>()) {
            let mut blob = unarmour(SIGNATURE).expect("good");
            let at = at % blob.len();
            let changed = blob[at] != to;
            blob[at] = to;
            let armour = format!("{BEGIN}\n{}\n{END}\n", Base64::encode_string(&blob));
            prop_assert_eq!(check(&armour, b"hello\n", SPACE).is_err(), changed);
        }
    }
}
