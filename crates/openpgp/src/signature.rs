//! Owns signature packets of version 4 (RFC 9580, 5.2): what is hashed, and how the two numbers are kept.
//! Must never leave a byte of one unsigned: all that it says is in the part that is hashed.

use sha2::{Digest as _, Sha512};

use crate::Flaw;
use crate::owner::Owner;
use crate::packet::{put_number, put_part, take_number};

/// What a signature is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Kind {
    /// The bytes of a file.
    Bytes = 0x00,
    /// A key and its name, by somebody who knows that they belong together.
    Owner = 0x13,
}

/// A signature of a text, with all line ends as CR and LF.
pub(crate) const TEXT: u8 = 0x01;
/// Version, then behind the kind `EdDSA` and SHA-512.
const VERSION: u8 = 4;
const ALGORITHMS: [u8; 2] = [22, 10];

/// Kinds of parts (5.2.3.7).
pub(crate) mod part {
    pub(crate) const CREATED: u8 = 2;
    pub(crate) const LIFE: u8 = 9;
    pub(crate) const ISSUER_ID: u8 = 16;
    pub(crate) const HASHES: u8 = 21;
    pub(crate) const FLAGS: u8 = 27;
    pub(crate) const ISSUER: u8 = 33;
}

/// The key may sign keys (its own name) and data.
const CERTIFY_AND_SIGN: u8 = 0x03;
/// SHA-512, then SHA-256.
const HASHES: [u8; 2] = [10, 8];

/// All that is hashed of a signature of a file.
pub(crate) fn of_bytes(owner: &Owner, created: u32) -> Vec<u8> {
    head(Kind::Bytes, &issued(owner, created))
}

/// All that is hashed of a signature by which a key takes its name.
pub(crate) fn of_owner(owner: &Owner, created: u32) -> Result<Vec<u8>, Flaw> {
    let mut parts = issued(owner, created);
    put_part(&mut parts, part::FLAGS, &[CERTIFY_AND_SIGN]);
    put_part(&mut parts, part::LIFE, &owner.life()?.to_be_bytes());
    put_part(&mut parts, part::HASHES, &HASHES);
    Ok(head(Kind::Owner, &parts))
}

/// Who, and when. The short name is for readers that know no other.
fn issued(owner: &Owner, created: u32) -> Vec<u8> {
    let mut parts = Vec::new();
    let mut issuer = vec![VERSION];
    issuer.extend_from_slice(&owner.digest());
    put_part(&mut parts, part::ISSUER, &issuer);
    put_part(&mut parts, part::CREATED, &created.to_be_bytes());
    put_part(&mut parts, part::ISSUER_ID, &owner.id());
    parts
}

fn head(kind: Kind, parts: &[u8]) -> Vec<u8> {
    let mut head = vec![VERSION, kind as u8];
    head.extend_from_slice(&ALGORITHMS);
    let length = u16::try_from(parts.len()).unwrap_or(u16::MAX);
    head.extend_from_slice(&length.to_be_bytes());
    head.extend_from_slice(parts);
    head
}

/// What is signed: the hash of something, of the head of its signature, and of how long that is.
pub(crate) fn digest(signed: Sha512, head: &[u8]) -> [u8; 64] {
    let length = u32::try_from(head.len()).unwrap_or(u32::MAX);
    let hash = signed.chain_update(head).chain_update([VERSION, 0xff]);
    hash.chain_update(length.to_be_bytes()).finalize().into()
}

/// What a name is hashed as, behind its key.
pub(crate) fn owner_hash(owner: &Owner) -> Result<Sha512, Flaw> {
    let user = owner.user().as_bytes();
    let length = u32::try_from(user.len()).map_err(|_| Flaw::Name(owner.user().to_owned()))?;
    let hash = Sha512::new_with_prefix(owner.framed()).chain_update([0xb4]);
    Ok(hash.chain_update(length.to_be_bytes()).chain_update(user))
}

/// The body of a packet. Nothing stands in the part that is not hashed.
pub(crate) fn body(head: &[u8], start: [u8; 2], signature: &[u8; 64]) -> Vec<u8> {
    let mut body = head.to_vec();
    body.extend_from_slice(&[0, 0]);
    body.extend_from_slice(&start);
    put_number(&mut body, &signature[..32]);
    put_number(&mut body, &signature[32..]);
    body
}

/// A signature as it was found. Its head is not yet what it should be.
pub(crate) struct Found<'a> {
    parts: &'a [u8],
    /// The first two bytes of the hash.
    pub(crate) start: [u8; 2],
    pub(crate) signature: [u8; 64],
}

impl<'a> Found<'a> {
    pub(crate) fn read(body: &'a [u8]) -> Option<Self> {
        let (length, rest) = body.get(4..)?.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (parts, rest) = rest.split_at_checked(length)?;
        let (start, rest) = rest.strip_prefix(&[0, 0])?.split_first_chunk::<2>()?;
        let (first, rest) = take_number::<32>(rest)?;
        let (second, rest) = take_number::<32>(rest)?;
        let mut signature = [0; 64];
        signature[..32].copy_from_slice(&first);
        signature[32..].copy_from_slice(&second);
        rest.is_empty().then_some(Self {
            parts,
            start: *start,
            signature,
        })
    }

    /// What a part says.
    pub(crate) fn part(&self, kind: u8) -> Option<&'a [u8]> {
        let mut rest = self.parts;
        while let Some((length, after)) = rest.split_first() {
            let (part, after) = after.split_at_checked(usize::from(*length))?;
            match part.split_first()? {
                (found, data) if *found == kind => return Some(data),
                _ => rest = after,
            }
        }
        None
    }

    /// A part that is a number of seconds.
    pub(crate) fn seconds(&self, kind: u8) -> Option<u32> {
        Some(u32::from_be_bytes(self.part(kind)?.try_into().ok()?))
    }

    /// Does it hold?
    pub(crate) fn holds(&self, owner: &Owner, digest: &[u8; 64]) -> bool {
        digest.starts_with(&self.start) && owner.public().verifies(digest, &self.signature)
    }
}
