//! Owns the forms of a public key that are written for other programs, beside those of `verify`.
//! Must never be read back: the `.pub` file alone is the key.

use base64ct::{Base64, Encoding as _};
use caveat_verify::PublicKey;

/// RFC 8410, section 4: the algorithm Ed25519, then 32 bytes.
const SPKI: [u8; 12] = [
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
];

/// The key as OpenSSL reads it (RFC 8410), with line feeds.
pub fn pem(key: &PublicKey) -> String {
    let mut bytes = SPKI.to_vec();
    bytes.extend_from_slice(key.as_bytes());
    let body = Base64::encode_string(&bytes);
    format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n")
}

/// What TUF calls the key; none for a key that could count for several.
pub fn tuf_id(key: &PublicKey) -> Option<String> {
    let key = caveat_tuf::Key::from_bytes(key.as_bytes()).ok()?;
    Some(key.id().to_string())
}

/// The line by which readers trust every certificate of an authority for one feed, without line feed.
pub fn authority_line(key: &PublicKey, feed: &str) -> String {
    let blob = Base64::encode_string(&key.to_blob());
    format!("{feed} cert-authority,namespaces=\"{feed}\" ssh-ed25519 {blob}")
}
