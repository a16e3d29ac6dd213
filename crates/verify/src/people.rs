//! Owns the layer that people check by hand: the list of files, its two signatures, and what the signer says of it.
//! Must never believe a word of a comment whose signature does not hold.

use std::path::Path;

use caveat_tuf::When;
use jiff::{SignedDuration, Timestamp as Time};
use sha2::{Digest as _, Sha256};

use crate::directory::{Error, SIGNATURES, SUMS};
use crate::memory::List;
use crate::site::{LARGEST, plain};
use crate::{
    Comment, Ended, Fault, Memory, Older, PublicKey, SignatureError, Signed, Trusted, minisign,
    sshsig,
};

/// What the keys that are trusted let the list say.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) faults: Vec<Fault>,
    /// Who signed in OpenSSH's form.
    pub(crate) signed: Option<Signed>,
    /// minisign's trusted comment; empty if it could not be trusted.
    pub(crate) comment: String,
    pub(crate) said: Option<Comment>,
}

/// Checks both signatures over a list.
pub(crate) fn signatures(
    directory: &Path,
    feed: &str,
    trusted: &Trusted,
    sums: &[u8],
) -> Result<People, Error> {
    let mut people = People::default();
    let [ssh, mini] = SIGNATURES;
    if let Some(text) = people.text(directory, ssh)? {
        match sshsig::verify(&String::from_utf8_lossy(&text), sums, feed, trusted) {
            Ok(signed) => people.signed = Some(signed),
            Err(error) => people.fault(ssh, &error),
        }
    }
    if let Some(text) = people.text(directory, mini)? {
        match people.minisigned(&text, sums, trusted) {
            Ok(comment) => people.read(comment, feed),
            Err(error) => people.fault(mini, &error),
        }
    }
    Ok(people)
}

impl People {
    fn fault(&mut self, file: &str, reason: &impl ToString) {
        self.faults.push(Fault::Signature {
            file: file.to_owned(),
            reason: reason.to_string(),
        });
    }

    fn text(&mut self, directory: &Path, file: &str) -> Result<Option<Vec<u8>>, Error> {
        match plain(directory, file, LARGEST)? {
            Some(Ok(text)) => return Ok(Some(text)),
            Some(Err(unread)) => self.faults.push(unread.fault(file)),
            None => self.faults.push(Fault::Missing(file.to_owned())),
        }
        Ok(None)
    }

    /// The trusted comment, by the key that signed in OpenSSH's form, or another one that is trusted.
    fn minisigned(
        &self,
        text: &[u8],
        sums: &[u8],
        trusted: &Trusted,
    ) -> Result<String, SignatureError> {
        let text = String::from_utf8_lossy(text);
        let signed = self.signed.as_ref().map(|signed| signed.key);
        let keys = signed.iter().chain(&trusted.keys);
        let keys = keys.filter(|key| !trusted.revoked.contains(key));
        let mut last = None;
        for key in keys {
            match minisign::verify(&text, sums, key) {
                // Nobody signs the first line, and a tree has no byte that does not matter.
                Ok(_) if !text.starts_with(minisign::FIRST_LINE) => {
                    return Err(SignatureError::Format(
                        "a minisign signature as it is published",
                    ));
                }
                Ok(comment) => return Ok(comment),
                Err(error @ SignatureError::Key(_)) => drop(last.get_or_insert(error)),
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| SignatureError::Key(minisign::signer(&text))))
    }

    fn read(&mut self, comment: String, feed: &str) {
        match Comment::parse(&comment) {
            Ok(said) => {
                let found = said.feed.clone().unwrap_or_default();
                if found != feed {
                    let expected = feed.to_owned();
                    self.faults.push(Fault::Feed { expected, found });
                }
                if said.file.as_deref() != Some(SUMS) {
                    let reason = "it was made for another file";
                    self.fault(SIGNATURES[1], &reason);
                }
                self.said = Some(said);
            }
            Err(error) => self.fault(SIGNATURES[1], &error),
        }
        self.comment = comment;
    }

    fn time(said: Option<&String>) -> Option<Time> {
        said.and_then(|text| text.parse().ok())
    }

    /// Until when the signer lets readers take the list for new.
    pub(crate) fn expires(&self) -> Option<Time> {
        Self::time(self.said.as_ref()?.expires.as_ref())
    }

    /// When the signer says that it was signed, where both signatures hold.
    pub(crate) fn issued(&self) -> Option<Time> {
        let said = self.said.as_ref().filter(|_| self.faults.is_empty());
        Self::time(said?.issued.as_ref())
    }

    /// What has ended.
    pub(crate) fn ended(&self, when: When, max_stale: SignedDuration) -> Option<Ended> {
        let (When::Now(now) | When::OfflineAt(now)) = when;
        let at = self.expires()?;
        let end = at.saturating_add(max_stale).unwrap_or(at);
        let file = Some(SIGNATURES[1].to_owned());
        let what = SIGNATURES[1].to_owned();
        (end <= now).then_some(Ended { what, file, at })
    }

    /// What to remember, if both signatures hold.
    pub(crate) fn list(&self, sums: &[u8]) -> Option<List> {
        let (signed, said) = (self.signed.as_ref()?, self.said.as_ref()?);
        self.faults.is_empty().then(|| List {
            seq: said.seq,
            issued: Self::time(said.issued.as_ref()),
            sums: Sha256::digest(sums).into(),
            key: signed.key.fingerprint(),
        })
    }
}

/// A list against the one that is remembered.
pub(crate) fn older(memory: Option<&Memory>, new: &List, gone: &[PublicKey]) -> Compared {
    let old = memory.and_then(|memory| memory.list.as_ref());
    // Whoever stole a key may have counted far ahead with it: what it signed is forgotten with the key.
    let revoked = |old: &&List| gone.iter().any(|key| key.fingerprint() == old.key);
    let Some(old) = old.filter(|old| !revoked(old)) else {
        return Compared::Later;
    };
    if let (Some(seen), Some(seq)) = (old.seq, new.seq)
        && seen == seq
        && old.sums != new.sums
    {
        return Compared::Fault(Fault::TwoContents(seq));
    }
    if new.place() >= old.place() {
        return Compared::Later;
    }
    let say = |list: &List| match (list.seq, list.issued) {
        (Some(seq), _) => format!("seq={seq}"),
        (None, Some(issued)) => format!("issued={issued}"),
        (None, None) => "without a number".to_owned(),
    };
    Compared::Older(Older {
        what: SIGNATURES[1].to_owned(),
        seen: say(old),
        offered: say(new),
    })
}

/// What memory makes of a list.
pub(crate) enum Compared {
    Later,
    Older(Older),
    Fault(Fault),
}
