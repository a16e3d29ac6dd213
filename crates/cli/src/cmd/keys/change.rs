//! Owns `caveat keys rotate` and `caveat keys revoke`: a key goes, and another may come.
//! Must never leave a role with fewer keys than it takes.

use std::process::ExitCode;

use caveat_advisory::{Draft, KeyRole, Timestamp};
use caveat_keyring::{Entry, Keyring};
use caveat_verify::Certificate;
use clap::builder::PossibleValuesParser;

use super::KeysFault;
use super::generate::{begun, keyring, role};
use super::private::{Halves, NewKey};
use super::ring::{Ring, forbids, named};
use crate::args::Args;
use crate::cmd::{instant, now};
use crate::desk::unwritten;
use crate::failure::Failure;
use crate::output;

/// Which role, and the new key.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The old key keeps its file and gets an `until`: what it signed is still compared with.

Examples:
  caveat keys rotate publish publish-2027
  caveat keys rotate root root-dora --old root-ben --public dora.pub"
)]
pub(crate) struct Rotate {
    /// The role
    #[arg(value_parser = PossibleValuesParser::new(KeyRole::WORDS))]
    role: String,
    /// What the new key is called
    name: String,
    /// The key that goes; needed where the role has several
    #[arg(long, value_name = "NAME")]
    old: Option<String>,
    /// What the keyring keeps as the old one's end, an RFC 3339 time [default: now]; out of its role it signs nothing from now on
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    #[command(flatten)]
    halves: Halves,
}

/// Which key, and why.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Its file stays, so that what it signed can be compared with and readers can be told. Whoever lost a key without a thief
revokes it, too: nobody can sign with it.

Examples:
  caveat keys revoke publish-2026 --reason 'stolen from the build machine' --replace publish-2026-b
  caveat keys revoke root-ben --reason lost"
)]
pub(crate) struct Revoke {
    /// The key
    name: String,
    /// Why, in a few words that readers see
    #[arg(long)]
    reason: String,
    /// Since when nobody should trust it, an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// Make a key of this name, and give it the roles
    #[arg(long, value_name = "NAME")]
    replace: Option<String>,
    #[command(flatten)]
    halves: Halves,
}

pub(crate) fn rotate(args: &Args, rotate: &Rotate) -> Result<ExitCode, Failure> {
    let until = moment(rotate.until.as_deref())?;
    let ring = Ring::open(args)?;
    let before = match ring.keyring()? {
        Ok(keyring) => keyring,
        Err(code) => return Ok(code),
    };
    let old = leaving(&before, role(&rotate.role)?, rotate.old.as_deref())?;
    no_certificate_by(&before, &old)?;
    let openpgp = before
        .keys(KeyRole::OpenPgp)
        .iter()
        .any(|entry| entry.name == old);
    let key = NewKey::new(&ring, &args.directory, &rotate.name, &rotate.halves)?;
    let text = begun(ring.text()?, openpgp, &rotate.name)?;
    let text = Ring::edited(&text, |text| {
        caveat_author::replace_key(text, &old, &rotate.name)
    })?;
    let text = Ring::edited(&text, |text| caveat_author::end_key(text, &old, until))?;
    let Some(code) = written(&ring, Some(&key), text)? else {
        output::done(&format!(
            "`{old}` is of no role any more, so it signs nothing from now on; the keyring keeps {until} as its end"
        ));
        follows(&before, &old);
        return Ok(ExitCode::SUCCESS);
    };
    Ok(code)
}

pub(crate) fn revoke(args: &Args, revoke: &Revoke) -> Result<ExitCode, Failure> {
    let at = moment(revoke.at.as_deref())?;
    let (name, reason) = (revoke.name.as_str(), revoke.reason.trim());
    if reason.is_empty() || reason.contains(char::is_control) {
        return Err(KeysFault::Reason.into());
    }
    let ring = Ring::open(args)?;
    let before = match ring.keyring()? {
        Ok(keyring) => keyring,
        Err(code) => return Ok(code),
    };
    if named(&before, name)?.revoked.is_some() {
        return Err(KeysFault::Revoked(name.to_owned()).into());
    }
    no_certificate_by(&before, name)?;
    let openpgp = before
        .keys(KeyRole::OpenPgp)
        .iter()
        .any(|entry| entry.name == name);
    let text = ring.text()?;
    let (key, text) = if let Some(new) = &revoke.replace {
        let key = NewKey::new(&ring, &args.directory, new, &revoke.halves)?;
        let text = Ring::edited(&text, |text| caveat_author::replace_key(text, name, new))?;
        let text = begun(text, openpgp, new)?;
        (Some(key), text)
    } else {
        enough_without(&before, name)?;
        let text = Ring::edited(&text, |text| caveat_author::remove_key(text, name))?;
        (None, text)
    };
    let text = Ring::edited(&text, |text| {
        caveat_author::revoke_key(text, name, at, reason)
    })?;
    let Some(code) = written(&ring, key.as_ref(), text)? else {
        output::done(&format!("`{name}` is revoked since {at}: {reason}"));
        follows(&before, name);
        return Ok(ExitCode::SUCCESS);
    };
    Ok(code)
}

/// Writes the keyring and the new key; the exit code where something forbids it.
fn written(ring: &Ring, key: Option<&NewKey>, text: String) -> Result<Option<ExitCode>, Failure> {
    let mut files: Vec<Draft> = key.iter().map(|key| key.draft()).collect();
    files.push(keyring(text));
    let report = ring.after(&files);
    if forbids(&report) {
        return Ok(Some(unwritten(&report)));
    }
    match key {
        Some(key) => {
            key.write(|| ring.write(&files, None))?;
            key.tell();
        }
        None => ring.write(&files, None)?,
    }
    Ok(None)
}

/// The key that goes.
fn leaving(keyring: &Keyring, role: KeyRole, old: Option<&str>) -> Result<String, KeysFault> {
    let keys = keyring.keys(role);
    match (old, keys) {
        (_, []) => Err(KeysFault::EmptyRole(role)),
        (None, [one]) => Ok(one.name.clone()),
        (None, _) => Err(KeysFault::WhichOld {
            role,
            count: keys.len(),
        }),
        (Some(old), _) if keys.iter().any(|entry| entry.name == old) => Ok(old.to_owned()),
        (Some(old), _) => Err(KeysFault::NotInRole {
            role,
            name: old.to_owned(),
        }),
    }
}

/// What an authority certified is nothing without it.
fn no_certificate_by(keyring: &Keyring, name: &str) -> Result<(), KeysFault> {
    let authorities = keyring.keys(KeyRole::SshCa).iter();
    let Some(authority) = authorities.into_iter().find(|entry| entry.name == name) else {
        return Ok(());
    };
    let by = |entry: &&Entry| {
        let blob = entry.certificate.as_deref();
        let read = blob.and_then(|blob| Certificate::from_blob(blob).ok());
        read.is_some_and(|read| *read.authority() == authority.public)
    };
    let publish = keyring.keys(KeyRole::Publish).iter().filter(by);
    let files: Vec<_> = publish
        .map(|entry| format!("keys/{}-cert.pub", entry.name))
        .collect();
    if files.is_empty() {
        return Ok(());
    }
    Err(KeysFault::Certified {
        name: name.to_owned(),
        files: files.join(" "),
    })
}

/// Every role of a key can do without it.
fn enough_without(keyring: &Keyring, name: &str) -> Result<(), KeysFault> {
    for role in KeyRole::ALL.iter().copied() {
        let keys = keyring.keys(role);
        if !keys.iter().any(|entry| entry.name == name) {
            continue;
        }
        let (left, needed) = (keys.len() as u64 - 1, keyring.threshold(role));
        if left < needed {
            return Err(KeysFault::BelowThreshold {
                name: name.to_owned(),
                role,
                left,
                needed,
            });
        }
    }
    Ok(())
}

/// Says what is to be done elsewhere, now that a key has gone.
fn follows(before: &Keyring, old: &str) {
    let has = |role| {
        before
            .keys(role)
            .iter()
            .any(|entry: &caveat_keyring::Entry| entry.name == old)
    };
    let mut steps = Vec::new();
    if has(KeyRole::Publish) || has(KeyRole::Freshness) || has(KeyRole::OpenPgp) {
        steps.push("the new private key into the secrets of the machine that signs, and the old one out of them");
    }
    if has(KeyRole::Publish) && !before.keys(KeyRole::SshCa).is_empty() {
        steps.push("`ssh-keygen -s CA -I NAME -n FEED -V +90d keys/NAME.pub` for the new key");
    }
    if has(KeyRole::SshCa) {
        steps.push("a certificate by the new authority for each key that publishes; its line for readers, who pin it (`caveat keys show`)");
    }
    let roots = has(KeyRole::Root) || has(KeyRole::Publish) || has(KeyRole::Freshness);
    if roots && before.to_tuf().is_some() {
        steps.push("`caveat keys root draft`, then `caveat keys root sign` by those who hold root keys: until then clients trust the old key");
    }
    if has(KeyRole::Publish) != has(KeyRole::Freshness) {
        steps.push("after a theft: replace the keys of publish and of freshness in one root, or versions that a thief pushed up stay (`caveat keys root status`)");
    }
    for step in steps {
        output::done(&format!("next: {step}"));
    }
}

/// A moment as `--at` takes it.
pub(super) fn moment(text: Option<&str>) -> Result<Timestamp, Failure> {
    let text = text.filter(|text| *text != "now");
    text.map_or_else(|| Ok(now()), instant)
}
