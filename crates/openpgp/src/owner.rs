//! Owns whose key a certificate is of, and when it begins and ends.
//! Must never change a fingerprint: it is of the key and of when it begins, and of nothing else.

use base16ct::upper::encode_string;
use caveat_verify::PublicKey;
use jiff::{SignedDuration, Timestamp};
use sha1::{Digest as _, Sha1};

use crate::Flaw;
use crate::packet::{put_number, take_number};

/// How long a key is good where nobody says, and how far ahead its end may be.
pub const LIFE_DAYS: i64 = 3 * 365;
/// From then on somebody should hear that it ends.
const SOON_DAYS: i64 = 180;
/// CSAF 2.1 wants signatures that are good for so long after they were made.
const LAST_DAYS: i64 = 30;
/// Bytes of a name.
const LONGEST: usize = 1000;
/// The key has version 4, is for `EdDSA`, on Ed25519: the old numbers, which GnuPG 2.2 knows.
const EDDSA: u8 = 22;
const CURVE: &[u8] = &[9, 0x2b, 0x06, 0x01, 0x04, 0x01, 0xda, 0x47, 0x0f, 0x01];
/// A point follows as it is.
const NATIVE: u8 = 0x40;

/// A key, its owner's name, its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    public: PublicKey,
    user: String,
    from: Timestamp,
    until: Timestamp,
}

/// What a moment is to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has not begun.
    NotYet,
    /// Good, and for long enough.
    Good,
    /// It ends in so many days: time to move its end.
    EndsSoon(i64),
    /// It ends in so many days: too few for what is signed now.
    TooShort(i64),
    /// It has ended.
    Ended,
}

impl Owner {
    /// A key and whose it is. Where nobody says when it ends, it ends after [`LIFE_DAYS`].
    ///
    /// # Errors
    /// Times that cannot be written, in any order but theirs; a name of more than one line.
    pub fn new(
        public: PublicKey,
        user: &str,
        from: Timestamp,
        until: Option<Timestamp>,
    ) -> Result<Self, Flaw> {
        let from = whole(from)?;
        let until = until.map_or_else(|| later(from, LIFE_DAYS), whole)?;
        if until <= from {
            return Err(Flaw::Period { from, until });
        }
        if user.trim().is_empty() || user.len() > LONGEST || user.contains(char::is_control) {
            return Err(Flaw::Name(user.to_owned()));
        }
        let user = user.to_owned();
        Ok(Self {
            public,
            user,
            from,
            until,
        })
    }

    /// The key.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// What readers are shown as its name.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// When it begins.
    pub fn from(&self) -> Timestamp {
        self.from
    }

    /// When it ends.
    pub fn until(&self) -> Timestamp {
        self.until
    }

    /// Forty digits and capital letters, as CSAF and policies write them.
    pub fn fingerprint(&self) -> String {
        encode_string(&self.digest())
    }

    /// What a moment is to the key.
    pub fn standing(&self, at: Timestamp) -> Standing {
        let left = self.until.duration_since(at).as_hours() / 24;
        match left {
            _ if at < self.from => Standing::NotYet,
            _ if at >= self.until => Standing::Ended,
            ..LAST_DAYS => Standing::TooShort(left),
            LAST_DAYS..SOON_DAYS => Standing::EndsSoon(left),
            _ => Standing::Good,
        }
    }

    /// When the key signed itself: at its beginning, and again when its end was moved, at most [`LIFE_DAYS`] before that end. Readers
    /// go by the last one, but for signatures that are older: some of them then ask for one that was there already.
    pub(crate) fn dates(&self) -> Result<Vec<u32>, Flaw> {
        let (first, last) = (seconds(self.from)?, seconds(self.until)?);
        let life = u32::try_from(LIFE_DAYS * 86400).unwrap_or(u32::MAX);
        let again = last.checked_sub(life).filter(|again| *again > first);
        Ok([first].into_iter().chain(again).collect())
    }

    /// The newest of [`Owner::dates`].
    pub(crate) fn renewed(&self) -> Timestamp {
        let renewed = later(self.until, -LIFE_DAYS);
        renewed.unwrap_or(self.from).max(self.from)
    }

    /// From the beginning to the end, in seconds.
    pub(crate) fn life(&self) -> Result<u32, Flaw> {
        Ok(seconds(self.until)?.saturating_sub(seconds(self.from)?))
    }

    /// RFC 9580, 5.5.4.2: what names the key of version 4.
    pub(crate) fn digest(&self) -> [u8; 20] {
        Sha1::digest(self.framed()).into()
    }

    /// The last 8 bytes of it.
    pub(crate) fn id(&self) -> [u8; 8] {
        let digest = self.digest();
        *digest.last_chunk::<8>().unwrap_or(&[0; 8])
    }

    /// The body of the packet, as it is hashed: behind a sign and its length.
    pub(crate) fn framed(&self) -> Vec<u8> {
        let body = self.body();
        let length = u16::try_from(body.len()).unwrap_or(u16::MAX);
        let mut framed = vec![0x99];
        framed.extend_from_slice(&length.to_be_bytes());
        framed.extend_from_slice(&body);
        framed
    }

    /// The body of the packet.
    pub(crate) fn body(&self) -> Vec<u8> {
        let mut body = vec![4];
        body.extend_from_slice(&seconds(self.from).unwrap_or_default().to_be_bytes());
        body.push(EDDSA);
        body.extend_from_slice(CURVE);
        let mut point = [NATIVE; 33];
        point[1..].copy_from_slice(self.public.as_bytes());
        put_number(&mut body, &point);
        body
    }

    /// When the key begins, and the key, from the body of its packet.
    pub(crate) fn parts(body: &[u8]) -> Option<(Timestamp, PublicKey)> {
        let (from, rest) = body.strip_prefix(&[4])?.split_first_chunk::<4>()?;
        let rest = rest.strip_prefix(&[EDDSA])?.strip_prefix(CURVE)?;
        let (point, rest) = take_number::<33>(rest)?;
        let public = point.strip_prefix(&[NATIVE])?.try_into().ok()?;
        let public = PublicKey::from_bytes(public).ok()?;
        let from = time(u32::from_be_bytes(*from));
        rest.is_empty().then_some((from, public))
    }
}

/// Seconds since 1970.
pub(crate) fn seconds(at: Timestamp) -> Result<u32, Flaw> {
    u32::try_from(at.as_second()).map_err(|_| Flaw::Time(at))
}

/// The moment that is so many seconds after 1970 began.
pub(crate) fn time(seconds: u32) -> Timestamp {
    Timestamp::from_second(i64::from(seconds)).unwrap_or_default()
}

/// Without parts of a second.
fn whole(at: Timestamp) -> Result<Timestamp, Flaw> {
    seconds(at).map(time)
}

fn later(at: Timestamp, days: i64) -> Result<Timestamp, Flaw> {
    let then = at.checked_add(SignedDuration::from_hours(days * 24));
    whole(then.map_err(|_| Flaw::Time(at))?)
}
