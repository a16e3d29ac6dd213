//! Owns the directory that mail is written to: nobody else can read it, and nothing publishes it.
//! Must never write where a build or a commit would take it along.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use caveat_load::is_committable;

use super::{MailFault, Message, local};
use crate::failure::Failure;
use crate::output;

/// Refuses a place in a built site, one that git would commit, or one that others can look into.
pub(super) fn is_private(directory: &Path) -> Result<(), Failure> {
    let real = real(directory);
    let site =
        |path: &&Path| path.join("SHA256SUMS").is_file() && path.join("SHA256SUMS.sig").is_file();
    if let Some(site) = real.ancestors().find(site) {
        return Err(MailFault::InsideSite(site.to_owned()).into());
    }
    if is_committable(&real)? {
        return Err(MailFault::Committable(directory.to_owned()).into());
    }
    let mode = fs::metadata(&real).map(|found| found.permissions().mode());
    if mode.is_ok_and(|mode| mode & 0o077 != 0) {
        return Err(MailFault::OpenDirectory(directory.to_owned()).into());
    }
    Ok(())
}

/// Without links, as far as it exists.
fn real(directory: &Path) -> PathBuf {
    let directory = std::path::absolute(directory).unwrap_or_else(|_| directory.to_owned());
    let existing = directory.ancestors().find(|path| path.exists());
    let existing = existing.unwrap_or(&directory);
    let rest = directory.strip_prefix(existing).unwrap_or(Path::new(""));
    existing
        .canonicalize()
        .unwrap_or_else(|_| existing.to_owned())
        .join(rest)
}

/// Refuses two receivers whose letters would be one file.
pub(super) fn is_distinct(id: &str, messages: &[Message]) -> Result<(), Failure> {
    let mut seen = BTreeMap::new();
    for message in messages {
        let name = file_name(id, &message.receiver);
        // Some disks do not tell capitals from small letters.
        if let Some(other) = seen.insert(name.to_lowercase(), &message.receiver) {
            let (one, other) = (other.clone(), message.receiver.clone());
            return Err(MailFault::SameLetter { one, other, name }.into());
        }
    }
    Ok(())
}

/// `ID.RECEIVER.eml`, in the letters of any script.
fn file_name(id: &str, to: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_alphanumeric() || "-_.".contains(c) => c,
        _ => '-',
    };
    format!("{id}.{to}.eml").chars().map(plain).collect()
}

/// A letter that is written, and not yet in its place.
struct Letter {
    path: PathBuf,
    beside: PathBuf,
}

/// One file for each message; none, and nothing beside, if one cannot be written.
pub(super) fn write(directory: &Path, id: &str, messages: &[Message]) -> Result<(), Failure> {
    let made = DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory);
    made.map_err(failed(directory))?;
    let letters: Vec<Letter> = messages
        .iter()
        .map(|message| {
            let name = file_name(id, &message.receiver);
            Letter {
                path: directory.join(&name),
                beside: directory.join(format!(".{name}.new")),
            }
        })
        .collect();
    let placed = place(&letters, messages);
    if placed.is_err() {
        for letter in &letters {
            drop(fs::remove_file(&letter.beside));
        }
    }
    placed?;
    for letter in &letters {
        output::done(&format!("wrote {}", letter.path.display()));
    }
    Ok(())
}

/// All of them beside their places first: what can fail fails there.
fn place(letters: &[Letter], messages: &[Message]) -> Result<(), Failure> {
    for (letter, message) in letters.iter().zip(messages) {
        if letter.path.is_dir() {
            return Err(failed(&letter.path)(ErrorKind::IsADirectory.into()));
        }
        let bytes = local(message)?;
        beside(&letter.beside, &bytes).map_err(failed(&letter.path))?;
    }
    for letter in letters {
        fs::rename(&letter.beside, &letter.path).map_err(failed(&letter.path))?;
    }
    Ok(())
}

/// In a new file: one that was left there may be open to others.
fn beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::Write { path, source }
}
