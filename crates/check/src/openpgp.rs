//! Owns what the keys in an OpenPGP file are called: its packets (RFC 9580, 4 and 5.5), armored or not, to fingerprints.
//! Must never say that a key is good: no signature is looked at.

use base16ct::upper::encode_string;
use base64ct::{Base64, Encoding as _};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// A public key of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// As policies write it: hexadecimal, capital letters.
    pub(crate) fingerprint: String,
    /// A part of the key before it: nobody names a key by it.
    pub(crate) subkey: bool,
}

const BEGIN: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
const END: &str = "-----END PGP PUBLIC KEY BLOCK-----";

/// Every key of a file, in its order.
///
/// # Errors
/// Why it holds none, or cannot be read to its end.
pub(crate) fn keys(bytes: &[u8]) -> Result<Vec<Key>, &'static str> {
    let mut found = Vec::new();
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(BEGIN) => return Err("this is no OpenPGP public key"),
        Ok(text) => {
            for block in text.split(BEGIN).skip(1) {
                packets(&dearmored(block)?, &mut found)?;
            }
        }
        Err(_) => packets(bytes, &mut found)?,
    }
    match found.first() {
        Some(Key { subkey: false, .. }) => Ok(found),
        _ => Err("this is no OpenPGP public key"),
    }
}

/// The bytes of one armored block, of which the first line is gone.
fn dearmored(block: &str) -> Result<Vec<u8>, &'static str> {
    let (inside, _) = block.split_once(END).ok_or("this key has no end")?;
    // Headers end with an empty line.
    let lines = inside.lines().map(str::trim).skip(1);
    let mut lines = lines.skip_while(|line| line.contains(':'));
    let mut base64 = String::new();
    // The checksum at the end begins with a sign that no other line begins with.
    for line in lines.by_ref().take_while(|line| !line.starts_with('=')) {
        base64.push_str(line);
    }
    Base64::decode_vec(&base64).map_err(|_| "this key is damaged")
}

fn packets(mut bytes: &[u8], found: &mut Vec<Key>) -> Result<(), &'static str> {
    while let Some((tag, body, rest)) = packet(bytes)? {
        match tag {
            6 | 14 => found.push(Key {
                fingerprint: fingerprint(body)?,
                subkey: tag == 14,
            }),
            5 | 7 => return Err("this is a private key"),
            _ => {}
        }
        bytes = rest;
    }
    Ok(())
}

/// A packet's tag, its body, and what follows.
type Packet<'a> = (u8, &'a [u8], &'a [u8]);

/// The packet that these bytes begin with; none at their end.
fn packet(bytes: &[u8]) -> Result<Option<Packet<'_>>, &'static str> {
    const DAMAGED: &str = "this key is damaged";
    let Some((first, rest)) = bytes.split_first() else {
        return Ok(None);
    };
    let read = match first {
        0xc0.. => length(rest).map(|(length, rest)| (first & 0x3f, length, rest)),
        // The older form says in two bits how long the length is.
        0x80..=0xbf if first & 3 < 3 => {
            let length = number(rest, 1 << (first & 3));
            length.map(|(length, rest)| ((first >> 2) & 0xf, length, rest))
        }
        _ => None,
    };
    let (tag, length, rest) = read.ok_or(DAMAGED)?;
    let (body, rest) = rest.split_at_checked(length).ok_or(DAMAGED)?;
    Ok(Some((tag, body, rest)))
}

/// A length of the newer form. Keys never come in parts.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    match first {
        0..=191 => Some((usize::from(*first), rest)),
        192..=223 => {
            let (second, rest) = rest.split_first()?;
            let high = usize::from(*first) - 192;
            Some(((high << 8) + usize::from(*second) + 192, rest))
        }
        255 => number(rest, 4),
        _ => None,
    }
}

fn number(bytes: &[u8], count: usize) -> Option<(usize, &[u8])> {
    let (digits, rest) = bytes.split_at_checked(count)?;
    let value = digits
        .iter()
        .fold(0, |value, digit| value << 8 | usize::from(*digit));
    Some((value, rest))
}

/// The hash over the body, after a sign and a length that depend on the version.
fn fingerprint(body: &[u8]) -> Result<String, &'static str> {
    let short = u16::try_from(body.len()).map_err(|_| "this key is too large")?;
    let long = u32::from(short).to_be_bytes();
    match body.first() {
        Some(4) => {
            let hash = Sha1::new().chain_update([0x99]);
            Ok(encode_string(
                &hash
                    .chain_update(short.to_be_bytes())
                    .chain_update(body)
                    .finalize(),
            ))
        }
        Some(6) => {
            let hash = Sha256::new().chain_update([0x9b]);
            Ok(encode_string(
                &hash.chain_update(long).chain_update(body).finalize(),
            ))
        }
        Some(_) => Err("this key is of a version that is not known here; 4 and 6 are"),
        None => Err("this key is damaged"),
    }
}

#[cfg(test)]
mod tests;
