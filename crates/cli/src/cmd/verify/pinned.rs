//! Owns the files that a reader pins, beside plain keys: a root, an authority.
//! Must never judge a tree by a file that is not what it was given for.

use std::convert::Infallible;
use std::path::Path;

use caveat_tuf::{Check, Reason, Verdict, When};
use caveat_verify::PublicKey;
use jiff::{SignedDuration, Timestamp as Time};

use super::{AskError, LONGEST, bytes};
use crate::failure::Failure;

/// Why these bytes are no root that its own keys signed.
fn no_root(bytes: &[u8]) -> Option<Reason> {
    let check = Check {
        root: bytes,
        memory: None,
        when: When::OfflineAt(Time::UNIX_EPOCH),
        max_stale: SignedDuration::ZERO,
    };
    // A tree without files: a good root finds nothing there, and a bad one is refused before.
    let Ok(outcome) = check.run(|_, _| Ok::<_, Infallible>(None));
    match outcome.verdict {
        Verdict::Invalid(reason @ (Reason::Flaw(..) | Reason::Signature(..))) => Some(reason),
        _ => None,
    }
}

/// A key that signs by itself: one OpenSSH line.
pub(super) fn key(path: &Path) -> Result<PublicKey, Failure> {
    line(path, &String::from_utf8_lossy(&bytes(path)?))
}

fn line(path: &Path, text: &str) -> Result<PublicKey, Failure> {
    let place = path.display().to_string();
    PublicKey::from_openssh(text).map_err(|source| Failure::PublicKey { place, source })
}

/// Keys, one on each line.
pub(super) fn keys(path: &Path) -> Result<Vec<PublicKey>, Failure> {
    let text = bytes(path)?;
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|one| line(path, one)).collect()
}

/// A root of The Update Framework.
pub(super) fn root(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = bytes(path)?;
    let path = path.to_owned();
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::Asked(AskError::LongRoot(path)));
    }
    match no_root(&bytes) {
        Some(reason) => Err(Failure::Asked(AskError::NoRoot { path, reason })),
        None => Ok(bytes),
    }
}

/// The key of an authority: one OpenSSH line, also as it stands in a file of allowed signers.
pub(super) fn authority(path: &Path) -> Result<PublicKey, Failure> {
    let text = bytes(path)?;
    let text = String::from_utf8_lossy(&text);
    line(path, allowed(&text).unwrap_or(&text))
}

/// The key of the only line, where that is one of allowed signers that certify: `FEED cert-authority,... ssh-ed25519 AAAA`.
fn allowed(text: &str) -> Option<&str> {
    let lines = text.lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (line, None) = (lines.next()?, lines.next()) else {
        return None;
    };
    let (_, rest) = line.split_once(' ')?;
    let (options, key) = rest.split_once(' ')?;
    let certifies = options.split(',').any(|option| option == "cert-authority");
    certifies.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_readers_are_shown_names_the_key_of_an_authority() {
        let line = "example.org cert-authority,namespaces=\"example.org\" ssh-ed25519 AAAA";
        assert_eq!(allowed(line), Some("ssh-ed25519 AAAA"));
        assert_eq!(allowed(&format!("# ours\n{line}\n")), allowed(line));
        for other in [
            "ssh-ed25519 AAAA comment",
            "example.org namespaces=\"example.org\" ssh-ed25519 AAAA",
            "",
            &format!("{line}\n{line}"),
        ] {
            assert_eq!(allowed(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_root_is_told_from_one() {
        assert!(no_root(b"{}").is_some() && no_root(b"").is_some());
    }
}
