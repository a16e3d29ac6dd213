//! Owns a certificate: a key, its name, and the key's own word that they belong together; and what it says of signatures.
//! Must never be held without having been verified.

use caveat_sign::Hand;
use jiff::Timestamp;
use sha2::{Digest as _, Sha512};

use crate::armour::{Kind, armour, dearmour};
use crate::owner::{Owner, time};
use crate::packet::{KEY, SIGNATURE, USER, put_packet, take_packet};
use crate::signature::{self, Found, TEXT, part};
use crate::{Flaw, SealError};

const CERTIFICATE: &str = "OpenPGP certificate";
const DETACHED: &str = "OpenPGP signature";

/// A public key that readers import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    owner: Owner,
    armoured: String,
}

impl Certificate {
    /// Lets a key sign its own name. The same key, name and times make the same bytes.
    ///
    /// # Errors
    /// A hand that does not sign, or not with this key.
    pub fn make(owner: &Owner, hand: &dyn Hand) -> Result<Self, SealError> {
        let mut bytes = named(owner);
        for created in owner.dates()? {
            let head = signature::of_owner(owner, created)?;
            let digest = signature::digest(signature::owner_hash(owner)?, &head);
            let signed = hand.sign(&digest)?;
            let body = signature::body(&head, [digest[0], digest[1]], &signed);
            put_packet(&mut bytes, SIGNATURE, &body);
        }
        Self::read(&armour(Kind::Key, &bytes)).map_err(SealError::Unproven)
    }

    /// Reads what [`Certificate::make`] wrote, and nothing else.
    ///
    /// # Errors
    /// [`Flaw::Form`], [`Flaw::Mismatch`], or what is wrong with the key.
    pub fn read(text: &str) -> Result<Self, Flaw> {
        let form = Flaw::Form(CERTIFICATE);
        let bytes = dearmour(Kind::Key, text).ok_or(form.clone())?;
        let (owner, found) = parts(&bytes).ok_or(form.clone())?;
        let (owner, dates) = (owner?, found.len());
        let mut again = named(&owner);
        let mut holds = true;
        for (created, found) in owner.dates()?.into_iter().zip(&found) {
            let head = signature::of_owner(&owner, created)?;
            let digest = signature::digest(signature::owner_hash(&owner)?, &head);
            let body = signature::body(&head, found.start, &found.signature);
            put_packet(&mut again, SIGNATURE, &body);
            holds &= found.holds(&owner, &digest);
        }
        match (again == bytes && dates == owner.dates()?.len(), holds) {
            (false, _) => Err(form),
            (true, false) => Err(Flaw::Mismatch),
            (true, true) => Ok(Self {
                owner,
                armoured: text.to_owned(),
            }),
        }
    }

    /// The text that readers import.
    pub fn as_str(&self) -> &str {
        &self.armoured
    }

    /// Whose it is, and until when.
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Does a signature fit the bytes of a file, as of `at`? When it was made.
    ///
    /// # Errors
    /// [`Flaw`].
    pub fn verify(&self, text: &str, file: &[u8], at: Timestamp) -> Result<Timestamp, Flaw> {
        let (created, head, bytes) = self.head(text)?;
        let form = Flaw::Form(DETACHED);
        let (body, _) = take_packet(&bytes, SIGNATURE).ok_or(form.clone())?;
        let found = Found::read(body).ok_or(form)?;
        let fits = |hash: Sha512| found.holds(&self.owner, &signature::digest(hash, &head));
        if !fits(Sha512::new_with_prefix(file)) {
            let mut converted = [unix(file), windows(&unix(file))].into_iter();
            let ends = converted.any(|file| fits(Sha512::new_with_prefix(file)));
            return Err(if ends { Flaw::LineEnds } else { Flaw::Mismatch });
        }
        self.timely(time(created), at)
    }

    /// What a signature says, where it is one of ours: when it was made, all that was hashed of it, its packet.
    fn head(&self, text: &str) -> Result<(u32, Vec<u8>, Vec<u8>), Flaw> {
        let form = Flaw::Form(DETACHED);
        let bytes = dearmour(Kind::Signature, text).ok_or(form.clone())?;
        let (body, _) = take_packet(&bytes, SIGNATURE)
            .or_else(|| older(&bytes))
            .ok_or(form.clone())?;
        if body.get(1) == Some(&TEXT) {
            return Err(Flaw::Text);
        }
        let found = Found::read(body).ok_or(form.clone())?;
        let issuer = found
            .part(part::ISSUER)
            .and_then(|part| part.strip_prefix(&[4]));
        let issuer = issuer.ok_or(form.clone())?;
        if issuer != self.owner.digest() {
            return Err(Flaw::Key(base16ct::upper::encode_string(issuer)));
        }
        let created = found.seconds(part::CREATED).ok_or(form.clone())?;
        let head = signature::of_bytes(&self.owner, created);
        let mut again = Vec::new();
        let body = signature::body(&head, found.start, &found.signature);
        put_packet(&mut again, SIGNATURE, &body);
        if again == bytes {
            Ok((created, head, bytes))
        } else {
            Err(form)
        }
    }

    /// Was it made while the key was good, and is the key good now?
    fn timely(&self, made: Timestamp, at: Timestamp) -> Result<Timestamp, Flaw> {
        let (from, until) = (self.owner.from(), self.owner.until());
        match made {
            _ if made < from => Err(Flaw::BeforeKey),
            _ if made >= until => Err(Flaw::AfterKey(until)),
            _ if made > at => Err(Flaw::Future(made)),
            _ if at >= until => Err(Flaw::Expired(until)),
            _ => Ok(made),
        }
    }
}

/// The packets of a key and its name.
fn named(owner: &Owner) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_packet(&mut bytes, KEY, &owner.body());
    put_packet(&mut bytes, USER, owner.user().as_bytes());
    bytes
}

/// What a certificate says, and its signatures, none of them verified.
fn parts(bytes: &[u8]) -> Option<(Result<Owner, Flaw>, Vec<Found<'_>>)> {
    let (key, rest) = take_packet(bytes, KEY)?;
    let (user, mut rest) = take_packet(rest, USER)?;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (body, after) = take_packet(rest, SIGNATURE)?;
        found.push(Found::read(body)?);
        rest = after;
    }
    let (from, public) = Owner::parts(key)?;
    let life = found.first()?.seconds(part::LIFE)?;
    let until = time(u32::try_from(from.as_second()).ok()?.checked_add(life)?);
    let user = std::str::from_utf8(user).ok()?;
    Some((Owner::new(public, user, from, Some(until)), found))
}

/// The body of a signature packet as GnuPG writes it: in the older form, with a length of one byte. It is read for its kind alone.
fn older(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, body) = bytes.strip_prefix(&[0x88])?.split_first()?;
    body.split_at_checked(usize::from(*length))
}

/// Every line end as one line feed.
fn unix(file: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(file.len());
    for (at, byte) in file.iter().enumerate() {
        if *byte != b'\r' || file.get(at + 1) != Some(&b'\n') {
            out.push(*byte);
        }
    }
    out
}

/// Every line end as CR and LF.
fn windows(file: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(file.len() + 100);
    for byte in file {
        if *byte == b'\n' {
            out.push(b'\r');
        }
        out.push(*byte);
    }
    out
}
