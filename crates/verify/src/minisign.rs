//! Owns minisign's signature files, prehashed kind only: what is signed, the text, the check.
//! Must never accept the legacy kind: a signature over raw bytes could be taken for something else.

use base64ct::{Base64, Encoding as _};
use blake2::{Blake2b512, Digest as _};

use crate::{PublicKey, SignatureError};

const NOT: SignatureError = SignatureError::Format("a minisign signature");
const UNTRUSTED: &str = "untrusted comment: ";
/// How a file that is published begins. Nobody signs it, and no stranger's word belongs there.
pub(crate) const FIRST_LINE: &str = "untrusted comment: signature of SHA256SUMS\n";
const TRUSTED: &str = "trusted comment: ";

/// The bytes that the key signs for a message.
pub fn signed_data(message: &[u8]) -> Vec<u8> {
    Blake2b512::digest(message).to_vec()
}

/// The bytes that the key signs for the trusted comment.
pub fn signed_comment(signature: &[u8; 64], comment: &str) -> Vec<u8> {
    let mut data = signature.to_vec();
    data.extend_from_slice(comment.as_bytes());
    data
}

/// The text of a signature file. Comments are one line of ASCII each.
pub fn encode(key: &PublicKey, signature: &[u8; 64], comment: &str, global: &[u8; 64]) -> String {
    let mut bytes = b"ED".to_vec();
    bytes.extend_from_slice(&key.minisign_id());
    bytes.extend_from_slice(signature);
    let (signature, global) = (Base64::encode_string(&bytes), Base64::encode_string(global));
    format!("{UNTRUSTED}signature of SHA256SUMS\n{signature}\n{TRUSTED}{comment}\n{global}\n")
}

/// The number of the key that a signature file names, as minisign prints it. Good to say, not to trust.
pub(crate) fn signer(text: &str) -> String {
    let blob = text.lines().nth(1).unwrap_or_default();
    let blob = Base64::decode_vec(blob).unwrap_or_default();
    let id = blob.get(2..10).and_then(|id| <[u8; 8]>::try_from(id).ok());
    id.map_or_else(
        || "of no number".to_owned(),
        |id| format!("{:016X}", u64::from_le_bytes(id)),
    )
}

/// Checks a signature file; the trusted comment comes back.
///
/// # Errors
/// Why it does not hold.
pub fn verify(text: &str, message: &[u8], key: &PublicKey) -> Result<String, SignatureError> {
    let mut lines = text.split('\n');
    let mut line = || lines.next().ok_or(NOT);
    let (untrusted, signature, comment, global) = (line()?, line()?, line()?, line()?);
    if (lines.next(), lines.next()) != (Some(""), None) || !untrusted.starts_with(UNTRUSTED) {
        return Err(NOT);
    }
    let comment = comment.strip_prefix(TRUSTED).ok_or(NOT)?;
    let signature = Base64::decode_vec(signature).map_err(|_| NOT)?;
    let global: [u8; 64] = Base64::decode_vec(global)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(NOT)?;
    let (algorithm, rest) = signature.split_at_checked(2).ok_or(NOT)?;
    let (id, signature) = rest.split_at_checked(8).ok_or(NOT)?;
    let signature: [u8; 64] = signature.try_into().map_err(|_| NOT)?;
    match algorithm {
        b"ED" => {}
        b"Ed" => return Err(SignatureError::Legacy),
        _ => return Err(NOT),
    }
    if id != key.minisign_id() {
        let id = u64::from_le_bytes(id.try_into().map_err(|_| NOT)?);
        return Err(SignatureError::Key(format!("{id:016X}")));
    }
    let whole = key.verifies(&signed_comment(&signature, comment), &global);
    let good = whole && key.verifies(&signed_data(message), &signature);
    good.then(|| comment.to_owned())
        .ok_or(SignatureError::Mismatch)
}
