//! Owns mail: an advisory, a release, a period or an embargo becomes a body and what is around it. The door to the mail library.
//! Must never send anything, name a date that is not in the record, or need anything outside the text to be understood.

mod ahead;
mod bulletin;
mod early;
mod encoding;
mod envelope;
mod facts;
mod letter;
mod lists;
mod news;
mod occasion;
mod release;
mod reporter;

use caveat_advisory::Timestamp;
use sha2::{Digest as _, Sha256};

pub use ahead::{Ahead, ahead_mails};
pub use bulletin::{Digest, Period, digests, thread};
pub use early::{Patch, early_mail};
pub use letter::{earlier_paths, letters, over_mails, path, planned_paths, text};
pub use occasion::Occasion;
pub use release::{
    mails_of_release, planned_release_paths, release_mails, release_path, release_paths,
};
pub use reporter::reporter_mail;

/// Why a message could not be made.
#[derive(Clone, Debug, thiserror::Error)]
#[error("cannot write `{path}`: {reason}")]
pub struct Error {
    /// Which message.
    pub path: String,
    /// What is wrong.
    pub reason: String,
}

/// One message to one receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Where its files are, below the root of the site and without their endings; for what is private, only a name.
    pub path: String,
    /// The list, packager or person, by name.
    pub receiver: String,
    /// `Name <address>`.
    pub from: String,
    /// One address; none where somebody else writes it.
    pub to: Option<String>,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
    /// What it is about.
    pub subject: String,
    /// When what it says was true.
    pub date: Timestamp,
    /// Message-ID without angle brackets: the same for every build.
    pub id: String,
    /// Ids of what it follows, the last one answered.
    pub earlier: Vec<String>,
    /// The text.
    pub body: String,
    /// Files that go with it.
    pub patches: Vec<Patch>,
}

impl Mail {
    /// The whole message (RFC 5322, MIME).
    ///
    /// # Errors
    /// What the library cannot write.
    pub fn message(&self) -> Result<Vec<u8>, Error> {
        envelope::seal(self)
    }
}

/// The first digits of a SHA-256: tells nothing of what it was made of.
fn digest(of: &str, bytes: usize) -> String {
    base16ct::lower::encode_string(&Sha256::digest(of.as_bytes())[..bytes])
}
