//! Owns the key files of a site: what people's tools read to know whom to trust, and whom no more.
//! Must never name a key that may not sign for readers, or forget one that was revoked.

use caveat_verify::PublicKey;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};

use crate::{Entry, Keyring, Role, authority_line, keyring_json, pem};

/// Paths and texts of everything that a site has below `keys/`. `signer` is the key that signs this tree; one that is not of
/// the role publish is of a build that proves nothing, and is the only one that its list of signers names.
pub fn site_files(keyring: &Keyring, signer: &PublicKey, feed: &str) -> Vec<(String, Vec<u8>)> {
    let minisign = format!(
        "untrusted comment: minisign public key of {feed}\n{}\n",
        signer.to_minisign()
    );
    let files = [
        ("allowed_signers", allowed_signers(keyring, signer, feed)),
        ("feed.pub", signer.to_openssh(feed) + "\n"),
        ("feed.pem", pem(signer)),
        ("minisign.pub", minisign),
        ("revoked", revoked(keyring)),
    ];
    let document = ("keyring.json".to_owned(), keyring_json(keyring, feed));
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let all = files.into_iter().chain([document]);
    all.map(|(name, bytes)| (format!("keys/{name}"), bytes))
        .collect()
}

fn allowed_signers(keyring: &Keyring, signer: &PublicKey, feed: &str) -> String {
    let publish = keyring.keys(Role::Publish);
    if !publish.iter().any(|entry| entry.public == *signer) {
        return signer.to_allowed_signer(feed, feed) + "\n";
    }
    let keys = publish.iter().filter(|entry| entry.revoked.is_none());
    let keys = keys.map(|entry| line(entry, feed));
    let authorities = keyring.keys(Role::SshCa).iter();
    let authorities = authorities.filter(|entry| entry.revoked.is_none());
    let authorities = authorities.map(|entry| authority_line(&entry.public, feed));
    keys.chain(authorities)
        .fold(String::new(), |text, line| text + &line + "\n")
}

/// A key with its time. OpenSSH before 9.1 reads days of its own time zone only: so much is added at both ends that
/// the key is good everywhere for as long as it is meant to be.
fn line(entry: &Entry, feed: &str) -> String {
    let day = |time: Timestamp, days: i64| {
        let day = time.to_zoned(TimeZone::UTC).date();
        let day = day.saturating_add(days.days());
        day.strftime("%Y%m%d").to_string()
    };
    let mut options = format!("namespaces=\"{feed}\"");
    if let Some(from) = entry.from {
        options += &format!(",valid-after=\"{}\"", day(from, -1));
    }
    if let Some(until) = entry.until {
        options += &format!(",valid-before=\"{}\"", day(until, 2));
    }
    let key = entry.public.to_openssh("");
    format!("{feed} {options} {}", key.trim_end())
}

/// One line for each key: `ssh-keygen -Y verify -r` reads it, and refuses what they signed.
fn revoked(keyring: &Keyring) -> String {
    let line = |entry: &Entry| entry.public.to_openssh(&entry.name) + "\n";
    let head = "# keys of this feed that are trusted for nothing\n".to_owned();
    head + &keyring.revoked().iter().map(line).collect::<String>()
}
