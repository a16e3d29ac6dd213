//! Owns what every signer can do, wherever its private key is: say its public half, and sign.
//! Must never hand on a signature that was not checked.

use caveat_verify::PublicKey;

/// Whoever has a private key: this program, an agent, a machine elsewhere.
pub trait Hand: Send + Sync {
    /// The public half.
    fn public(&self) -> &PublicKey;

    /// Signs these bytes as they are (RFC 8032, Ed25519). They must be of a kind that can be taken for nothing else.
    ///
    /// # Errors
    /// [`HandError`], and then nothing is published.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], HandError>;

    /// The same for one of very many messages, where the first signature and the last are [`proven`]: a hand that is part of
    /// this program may have a cheaper way than that to find out that the machine failed in between.
    ///
    /// # Errors
    /// [`HandError`].
    fn one_of_many(&self, message: &[u8]) -> Result<[u8; 64], HandError> {
        let signature = self.sign(message)?;
        held(self.public(), message, signature)
    }
}

/// Why a hand did not sign, in its own words.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct HandError(Box<dyn std::error::Error + Send + Sync>);

impl HandError {
    /// The reason: a sentence, or an error that makes one.
    pub fn new(reason: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(reason.into())
    }
}

/// A signature that holds: one that does not is a fault of the hand or of the machine, and is never handed out.
///
/// # Errors
/// [`HandError`].
pub fn proven(hand: &dyn Hand, message: &[u8]) -> Result<[u8; 64], HandError> {
    let signature = hand.sign(message)?;
    held(hand.public(), message, signature)
}

fn held(key: &PublicKey, message: &[u8], signature: [u8; 64]) -> Result<[u8; 64], HandError> {
    if key.verifies(message, &signature) {
        return Ok(signature);
    }
    Err(HandError::new(format!(
        "the new signature by {} does not verify",
        key.fingerprint()
    )))
}
