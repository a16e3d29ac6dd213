//! Owns what a reader of a document looks at beside it: its two digests, as `sha256sum` and `sha512sum` read them, its signature.
//! Must never let one of the three stand for another.

use caveat_artifact::sha256;
use jiff::Timestamp;
use sha2::{Digest as _, Sha512};

use crate::{Certificate, Flaw};

/// The files beside `NAME.json`.
#[derive(Clone, Copy, Debug)]
pub struct Beside<'t> {
    /// `NAME.json.sha256`.
    pub sha256: &'t str,
    /// `NAME.json.sha512`.
    pub sha512: &'t str,
    /// `NAME.json.asc`.
    pub signature: &'t str,
}

impl Certificate {
    /// Does all that lies beside a document fit it, as of `at`? When it was signed.
    ///
    /// # Errors
    /// [`Flaw`]; the signature speaks first, for it alone says who.
    pub fn vouches(
        &self,
        name: &str,
        document: &[u8],
        beside: &Beside<'_>,
        at: Timestamp,
    ) -> Result<Timestamp, Flaw> {
        let made = self.verify(beside.signature, document, at)?;
        let digest = Sha512::digest(document);
        let sha512 = digest.iter().map(|byte| format!("{byte:02x}"));
        let sums = [
            ("sha256", beside.sha256, sha256(document)),
            ("sha512", beside.sha512, sha512.collect()),
        ];
        for (kind, told, sum) in sums {
            if told != format!("{sum}  {name}\n") {
                return Err(Flaw::Digest(kind));
            }
        }
        Ok(made)
    }
}
