//! Owns looking for private keys that git remembers, of public keys that are trusted yet.
//! Must never repeat a private key, or say anything of one whose public half is trusted no more.

use std::path::Path;
use std::sync::Arc;

use caveat_advisory::Draft;
use caveat_diag::{Diagnostic, Report, Source};
use caveat_keyring::is_public_key;
use caveat_load::{Held, Recall, contents_ever};
use caveat_sign::public_halves;
use caveat_verify::PublicKey;

use crate::args::Time;
use crate::failure::Failure;
use crate::key::keyring;
use crate::progress::Progress;
use crate::street::{self, Ready};

/// The rule, which has a page.
const CODE: &str = "private-key";

/// A key that readers believe, and how to end that.
struct Trusted {
    public: PublicKey,
    name: String,
    help: String,
}

/// What `street::ready` gives, where no key that may sign was ever in `keys/`.
pub(crate) fn ready(
    root: &Path,
    rev: &str,
    time: &Time,
    progress: &Progress,
) -> Result<Result<Ready, Report>, Failure> {
    let ready = match street::ready(root, rev, time, progress)? {
        Ok(ready) => ready,
        Err(report) => return Ok(Err(report)),
    };
    let mut report = Report::default();
    look(root, rev, &ready.keys, Recall::None, &mut report)?;
    Ok(if report.is_empty() {
        Ok(ready)
    } else {
        Err(report)
    })
}

/// Reports every private key that was in `keys/` at a commit up to `rev`, also where it was removed since: whoever has a clone
/// has the key. `keys` are the files that say who is trusted now.
fn look(
    root: &Path,
    rev: &str,
    keys: &[Draft],
    memory: Recall,
    report: &mut Report,
) -> Result<(), Failure> {
    let trusted = trusted(keys)?;
    if trusted.is_empty() {
        return Ok(());
    }
    contents_ever(root, rev, "keys", memory, &mut |held| {
        // Some shells write UTF-16: of letters that a key is made of, every second byte is none.
        let bytes: Vec<u8> = held
            .bytes
            .iter()
            .copied()
            .filter(|byte| *byte != 0)
            .collect();
        let text = String::from_utf8_lossy(&bytes);
        for half in public_halves(&text) {
            let known = trusted.iter().find(|known| known.public == half);
            if let Some(known) = known {
                report.push(found(&held, known));
            }
        }
    })?;
    Ok(())
}

/// The same of a work tree and the commits below it, but for what `report` says already. Of a faulty keyring nobody knows
/// whom it trusts.
pub(crate) fn beside(root: &Path, keys: &[Draft], report: &Report) -> Result<Report, Failure> {
    let mut found = Report::default();
    if keyring(keys).is_ok() {
        look(root, "HEAD", keys, Recall::Kept, &mut found)?;
    }
    let known = |path: &str| {
        let mut told = report.sorted().into_iter();
        told.any(|told| told.code == CODE && told.primary().source.path() == path)
    };
    found.retain(|path| !known(path));
    Ok(found)
}

/// With a keyring every key that has a role; without one every key of the repository.
fn trusted(keys: &[Draft]) -> Result<Vec<Trusted>, Failure> {
    if let Some(keyring) = keyring(keys)? {
        let all = keyring.all().into_iter();
        let entries = all.filter(|entry| !keyring.roles_of(&entry.public).is_empty());
        let trusted = entries.map(|entry| Trusted {
            public: entry.public,
            name: format!("the key `{}`", entry.name),
            help: format!(
                "`caveat keys revoke {} --reason leaked --replace NEW` ends that; then a root, where there are roots",
                entry.name
            ),
        });
        return Ok(trusted.collect());
    }
    let public = keys.iter().filter(|draft| is_public_key(&draft.path));
    let trusted = public.filter_map(|draft| {
        let text = String::from_utf8_lossy(&draft.bytes);
        Some(Trusted {
            public: PublicKey::from_openssh(&text).ok()?,
            name: draft.path.clone(),
            help: format!(
                "`caveat keys generate NAME --role publish` begins a keyring with another key: {} stays and has no role there, so that what \
                 it signed is known, and nothing new is",
                draft.path
            ),
        })
    });
    Ok(trusted.collect())
}

fn found(held: &Held, known: &Trusted) -> Diagnostic {
    let Held { path, commit, .. } = held;
    let name = &known.name;
    let message = format!(
        "commit {} has the private half of {name}, which is trusted yet",
        &commit[..12]
    );
    let source = Arc::new(Source::new(path, ""));
    let found = Diagnostic::error(CODE, message, &source, source.first_line());
    let found = found.note("git remembers a file that was removed: whoever can read the repository can sign in your name");
    found.help(&known.help)
}
