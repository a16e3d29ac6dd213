//! Owns the directory that mail is written to: nobody else can read it, and nothing publishes it.
//! Must never write where a build or a commit would take it along.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use caveat_load::is_committable;

use super::Message;
use crate::failure::Failure;
use crate::output;

/// Refuses a place in a built site, or one that git would commit.
pub(super) fn is_private(directory: &Path) -> Result<(), Failure> {
    let real = real(directory);
    let site =
        |path: &&Path| path.join("SHA256SUMS").is_file() && path.join("SHA256SUMS.sig").is_file();
    if let Some(site) = real.ancestors().find(site) {
        return Err(Failure::InsideSite(site.to_owned()));
    }
    if is_committable(&real)? {
        return Err(Failure::Committable(directory.to_owned()));
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

/// `ID.RECEIVER.eml` for each message, beside which nothing is left if one cannot be written.
pub(super) fn write(directory: &Path, id: &str, messages: &[Message]) -> Result<(), Failure> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| Failure::Write { path, source }
    };
    let made = DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory);
    made.map_err(failed(directory))?;
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '-'
        }
    };
    for message in messages {
        let name: String = format!("{id}.{}.eml", message.to)
            .chars()
            .map(plain)
            .collect();
        let (path, beside) = (
            directory.join(&name),
            directory.join(format!(".{name}.new")),
        );
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside);
        let written = file.and_then(|mut file| file.write_all(&message.bytes));
        let placed = written.and_then(|()| fs::rename(&beside, &path));
        if placed.is_err() {
            drop(fs::remove_file(&beside));
        }
        placed.map_err(failed(&path))?;
        output::done(&format!("wrote {}", path.display()));
    }
    Ok(())
}
