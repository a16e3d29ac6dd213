//! Owns what a site says of itself, and reading single files of it.
//! Must never open what is no file: a pipe would never end, a link leads elsewhere.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::directory::{Error, SUMS};
use crate::{KeyError, PublicKey};

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
    match plain(&path)? {
        Some(Ok(text)) => Ok((path, String::from_utf8_lossy(&text).into_owned())),
        Some(Err(_)) | None => Err(Error::Key { path, source }),
    }
}

/// Not a file: a link, a pipe, a device, a directory. None of these is ever opened.
pub(crate) struct NotAFile;

/// The bytes of a file; `None` where there is none.
pub(crate) fn plain(path: &Path) -> Result<Option<Result<Vec<u8>, NotAFile>>, Error> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(read_error(path)(error)),
        Ok(there) if !there.is_file() => Ok(Some(Err(NotAFile))),
        Ok(_) => fs::read(path)
            .map(|bytes| Some(Ok(bytes)))
            .map_err(read_error(path)),
    }
}

pub(crate) fn read_error(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |source| Error::Read { path, source }
}
