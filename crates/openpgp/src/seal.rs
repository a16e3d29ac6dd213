//! Owns the making of signatures: a certificate, and the hand that has its private half.
//! Must never sign with a key that is about to end, nor hand out what its own reader refuses.

use std::sync::Arc;

use caveat_sign::{Hand, HandError};
use jiff::Timestamp;
use sha2::{Digest as _, Sha512};

use crate::armour::{Kind, armour};
use crate::owner::seconds;
use crate::packet::{SIGNATURE, put_packet};
use crate::signature;
use crate::{Certificate, Flaw, LIFE_DAYS, Owner, Standing};

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key cannot be used, or now is not its time.
    #[error(transparent)]
    Key(#[from] Flaw),
    /// It ends so soon that nobody could verify for long.
    #[error("the key ends in {0} days, and what it signs should be good for 30: move `until`")]
    TooShort(i64),
    /// Readers would be given a signature from the future.
    #[error("`until` is more than {LIFE_DAYS} days ahead: no key is renewed for so long")]
    TooLong,
    /// The key's hand did not sign.
    #[error(transparent)]
    Hand(#[from] HandError),
    /// What was signed does not hold: a fault of this program, or of the hand.
    #[error("the new signature does not verify: {0}; nothing was published")]
    Unproven(Flaw),
}

/// Signs files.
pub struct Seal {
    certificate: Certificate,
    hand: Arc<dyn Hand>,
}

impl Seal {
    /// Makes the certificate, where the key is good at `now` and for a while.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn new(owner: &Owner, hand: Arc<dyn Hand>, now: Timestamp) -> Result<Self, SealError> {
        match owner.standing(now) {
            Standing::NotYet => Err(Flaw::Future(owner.from()))?,
            Standing::Ended => Err(Flaw::Expired(owner.until()))?,
            Standing::TooShort(days) => return Err(SealError::TooShort(days)),
            Standing::Good | Standing::EndsSoon(_) => {}
        }
        if owner.renewed() > now {
            return Err(SealError::TooLong);
        }
        let certificate = Certificate::make(owner, &*hand)?;
        Ok(Self { certificate, hand })
    }

    /// The public key, as readers import it.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// A signature of a file, dated by its last change, so that a file that did not change keeps its signature; what is older
    /// than the key is dated by the key.
    ///
    /// # Errors
    /// [`SealError`].
    pub fn sign(&self, file: &[u8], changed: Timestamp) -> Result<String, SealError> {
        let owner = self.certificate.owner();
        let made = changed.max(owner.from());
        let head = signature::of_bytes(owner, seconds(made)?);
        let digest = signature::digest(Sha512::new_with_prefix(file), &head);
        let signed = self.hand.sign(&digest)?;
        let mut bytes = Vec::new();
        let body = signature::body(&head, [digest[0], digest[1]], &signed);
        put_packet(&mut bytes, SIGNATURE, &body);
        let text = armour(Kind::Signature, &bytes);
        let proven = self.certificate.verify(&text, file, made);
        proven.map(|_| text).map_err(SealError::Unproven)
    }
}
