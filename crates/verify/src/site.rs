//! Owns what a site says of itself, and reading single files of it.
//! Must never open what is no file: a pipe would never end, a link leads elsewhere; nor read what has no end.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::directory::{Error, SUMS};
use crate::{Fault, KeyError, PublicKey};

/// Where a site keeps a copy of the key it was signed with.
const SITE_KEY: &str = "keys/feed.pub";

/// The key that a site says it was signed with. Good to compare with, not to trust.
///
/// # Errors
/// [`Error`].
pub fn site_key(directory: &Path) -> Result<PublicKey, Error> {
    let (path, text) = site_key_text(directory)?;
    PublicKey::from_openssh(&text).map_err(|source| Error::Key { path, source })
}

/// The feed that a site says it is: what stands behind its key. Part of what is signed, so it cannot be changed unseen.
///
/// # Errors
/// [`Error`].
pub fn site_feed(directory: &Path) -> Result<String, Error> {
    let (path, text) = site_key_text(directory)?;
    let feed = text.split_ascii_whitespace().nth(2);
    feed.map(str::to_owned).ok_or(Error::Key {
        path,
        source: KeyError::Format,
    })
}

fn site_key_text(directory: &Path) -> Result<(PathBuf, String), Error> {
    if fs::symlink_metadata(directory.join(SUMS)).is_err() {
        return Err(Error::NotASite(directory.to_owned()));
    }
    let path = directory.join(SITE_KEY);
    let source = KeyError::Format;
    match plain(directory, SITE_KEY, LARGEST)? {
        Some(Ok(text)) => Ok((path, String::from_utf8_lossy(&text).into_owned())),
        Some(Err(_)) | None => Err(Error::Key { path, source }),
    }
}

/// No list of files is longer: it would be one of half a million.
pub(crate) const LARGEST_LIST: u64 = 64 << 20;
/// Nor a signature, or a file of keys.
pub(crate) const LARGEST: u64 = 1 << 20;

/// A file that is not read.
#[derive(Clone, Copy)]
pub(crate) enum Unread {
    /// A link, a pipe, a device, a directory. None of these is ever opened.
    NotAFile,
    /// Longer than any of its kind.
    Long(u64),
}

impl Unread {
    pub(crate) fn fault(self, file: &str) -> Fault {
        let file = file.to_owned();
        match self {
            Self::NotAFile => Fault::NotAFile(file),
            Self::Long(most) => Fault::Signature {
                file,
                reason: format!("it is longer than {most} bytes, and none is"),
            },
        }
    }
}

/// The bytes of a file below a directory, of at most so many; `None` where there is none.
pub(crate) fn plain(
    directory: &Path,
    name: &str,
    most: u64,
) -> Result<Option<Result<Vec<u8>, Unread>>, Error> {
    let mut path = directory.to_owned();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(read_error(&path)(error)),
            Ok(there) if there.is_dir() && parts.peek().is_some() => {}
            Ok(there) if there.is_file() && parts.peek().is_none() => {}
            Ok(_) => return Ok(Some(Err(Unread::NotAFile))),
        }
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(&path).map_err(read_error(&path))?;
    let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(read_error(&path))?;
    let long = bytes.len() as u64 > most;
    Ok(Some(if long {
        Err(Unread::Long(most))
    } else {
        Ok(bytes)
    }))
}

pub(crate) fn read_error(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Read { path, source }
}
