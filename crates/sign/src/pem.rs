//! Owns the forms of private key files: OpenSSH's and PKCS#8, both in PEM, neither encrypted.
//! Must never leave a copy of a secret in memory that it gives back: buffers have their size before they are filled.

use base64ct::{Base64, Encoding as _};
use caveat_verify::PublicKey;
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

/// The secret half: what everything else is computed from.
pub(crate) type Seed = Zeroizing<[u8; 32]>;

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
    /// The same in the form that ssh-keygen does not read.
    #[error(
        "the key is encrypted PKCS#8; `openssl pkcs8 -in FILE -out NEW` makes a copy without a passphrase, and an ssh-agent \
         that has the key signs with `--signer agent`"
    )]
    EncryptedPkcs8,
    /// Its end is missing, or something before it.
    #[error(
        "the key is cut: less of it is here than it says; copy the whole file again, from BEGIN to END"
    )]
    Cut,
    /// Nobody knows which is meant.
    #[error(
        "there is more than one key in this file; put each into a file of its own, and name the one that is to sign"
    )]
    Several,
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
    /// Where the key is, and not the key.
    #[error("this is a path and not a key; the variable whose name ends in _FILE takes paths")]
    Path,
    /// A key file in base64, as some keep it to have one line.
    #[error("this is a key that was encoded once more; `base64 -d` gives the text that is needed")]
    Encoded,
    /// Damaged, or something else.
    #[error(
        "this is no private key: it should begin with `-----BEGIN OPENSSH PRIVATE KEY-----` or `-----BEGIN PRIVATE KEY-----`"
    )]
    Format,
    /// The operating system has no randomness.
    #[error("the operating system gives no random numbers")]
    Randomness,
}

/// The secret in the text of a key file, and the public half that the file says it has.
pub(crate) fn read(text: &str) -> Result<(Box<Seed>, Option<[u8; 32]>), KeyError> {
    // Editors of Windows begin a file with a mark.
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with("-----BEGIN ") && text.matches("-----BEGIN ").count() > 1 {
        return Err(KeyError::Several);
    }
    if let Some(body) = body(text, OPENSSH) {
        return from_openssh(&decode(body)?);
    }
    if let Some(body) = body(text, PKCS8) {
        return Ok((from_pkcs8(&decode(body)?)?, None));
    }
    Err(other(text))
}

/// The text of a key file that OpenSSH reads.
pub(crate) fn write(seed: &[u8; 32], public: &PublicKey, comment: &str) -> Zeroizing<String> {
    let blob = public.to_blob();
    // Capacity first: a vector that grows leaves copies of the secret behind.
    let mut inner = Zeroizing::new(Vec::with_capacity(512 + comment.len()));
    inner.extend_from_slice(&[0; 8]);
    inner.extend_from_slice(&blob);
    inner.extend_from_slice(&64u32.to_be_bytes());
    inner.extend_from_slice(seed);
    inner.extend_from_slice(public.as_bytes());
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
    // Four signs are three bytes: a file that breaks off within them is whole nowhere else.
    if !packed.len().is_multiple_of(4) && !packed.ends_with('=') {
        return Err(KeyError::Cut);
    }
    let mut bytes = Zeroizing::new(vec![0; packed.len()]);
    let length = Base64::decode(packed.as_str(), &mut bytes)
        .map(<[u8]>::len)
        .map_err(|_| KeyError::Format)?;
    bytes.truncate(length);
    Ok(bytes)
}

/// The public half that an OpenSSH key says it has: it stands before what a passphrase hides.
pub(crate) fn public_in_openssh(text: &str) -> Option<PublicKey> {
    let bytes = decode(body(text.trim(), OPENSSH)?).ok()?;
    let mut rest = bytes.strip_prefix(b"openssh-key-v1\0")?;
    // Cipher, key function, its options.
    for _ in 0..3 {
        rest = string(rest)?.1;
    }
    let (_, rest) = rest.split_first_chunk::<4>()?;
    PublicKey::from_blob(string(rest)?.0).ok()
}

/// Both copies of the public half must agree: the one that comes back is for the caller to compare with the secret.
fn from_openssh(bytes: &[u8]) -> Result<(Box<Seed>, Option<[u8; 32]>), KeyError> {
    if !bytes.starts_with(b"openssh-key-v1\0") {
        return Err(KeyError::Format);
    }
    if PLAIN.starts_with(bytes) {
        return Err(KeyError::Cut);
    }
    let rest = bytes.strip_prefix(PLAIN).ok_or(KeyError::Encrypted)?;
    let (public, rest) = string(rest).ok_or(KeyError::Cut)?;
    let (inner, rest) = string(rest).ok_or(KeyError::Cut)?;
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
    let said = PublicKey::from_blob(public).map_err(|_| KeyError::Format)?;
    if pair[32..] != said.as_bytes()[..] {
        return Err(KeyError::Format);
    }
    Ok((boxed(&pair[..32])?, Some(*said.as_bytes())))
}

/// Filled where it stays: a value that moves leaves its bytes behind.
fn boxed(bytes: &[u8]) -> Result<Box<Seed>, KeyError> {
    let mut seed = Box::new(Zeroizing::new([0; 32]));
    if bytes.len() != seed.len() {
        return Err(KeyError::Format);
    }
    seed.copy_from_slice(bytes);
    Ok(seed)
}

fn from_pkcs8(bytes: &[u8]) -> Result<Box<Seed>, KeyError> {
    let (header, rest) = bytes.split_at_checked(5).ok_or(KeyError::Cut)?;
    if header[0] == 0x30 && usize::from(header[1]) > bytes.len() - 2 {
        return Err(KeyError::Cut);
    }
    let fits = header[0] == 0x30 && usize::from(header[1]) == bytes.len() - 2;
    let version = header[2..4] == [0x02, 0x01] && header[4] <= 1;
    let seed = rest
        .strip_prefix(PKCS8_ALGORITHM)
        .ok_or(KeyError::Algorithm)?;
    let seed = seed
        .get(..32)
        .filter(|_| fits && version)
        .ok_or(KeyError::Format)?;
    boxed(seed)
}

fn string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// Begins as a key of ours, and does not end as one; half of such a beginning, too.
fn is_cut(text: &str) -> bool {
    let forms = [OPENSSH, PKCS8].into_iter();
    let mut of = forms.filter(|[begin, _]| text.starts_with(begin) || begin.starts_with(text));
    text.starts_with("-----BEGIN") && of.any(|[_, end]| !text.ends_with(end))
}

/// What a text is that is no key of ours.
fn other(text: &str) -> KeyError {
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    match text {
        "" => KeyError::Empty,
        _ if starts(&["-----BEGIN ENCRYPTED"]) => KeyError::EncryptedPkcs8,
        _ if is_cut(text) => KeyError::Cut,
        _ if starts(&["ssh-", "ecdsa-", "sk-", "-----BEGIN PUBLIC", "RW"]) => KeyError::Public,
        _ if starts(&["-----BEGIN RSA", "-----BEGIN EC", "-----BEGIN DSA"]) => KeyError::Algorithm,
        _ if starts(&["untrusted comment:"]) && text.contains("public key") => KeyError::Public,
        _ if starts(&["untrusted comment:"]) => KeyError::Minisign,
        _ if starts(&["LS0tLS1CRUdJTiB"]) => KeyError::Encoded,
        _ if starts(&["/", "./", "~/"]) && !text.contains('\n') => KeyError::Path,
        _ => KeyError::Format,
    }
}
