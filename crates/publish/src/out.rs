//! Owns reading what is out: the signed list, and the records that it vouches for.
//! Must never trust what no known key has signed, or need more of a tree than a reader can fetch.

use std::fs;
use std::io::{Cursor, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use caveat_artifact::Manifest;
use caveat_verify::{List, PublicKey, verify_list};
use zip::ZipArchive;

/// Why what is out cannot be compared with.
#[derive(Debug, thiserror::Error)]
pub enum OutError {
    /// It cannot be read.
    #[error(transparent)]
    Verify(#[from] caveat_verify::Error),
    /// It is there, but not as any known key signed it.
    #[error(
        "what is out at `{path}` does not verify: {reason}; a key that signed it must be in keys/, also after it is retired"
    )]
    Invalid {
        /// Where.
        path: PathBuf,
        /// The first fault.
        reason: String,
    },
    /// The archive of records is not there.
    #[error("`{0}` is missing: records are compared with what is in it")]
    NoRecords(PathBuf),
    /// It is signed, but cannot be opened.
    #[error("`{path}` cannot be read: {reason}")]
    Archive {
        /// Which archive.
        path: PathBuf,
        /// What the library says.
        reason: String,
    },
}

/// A tree that readers see.
#[derive(Debug)]
pub struct Out {
    list: List,
    directory: PathBuf,
    records: ZipArchive<Cursor<Vec<u8>>>,
}

/// Nothing is out only where nothing is: a directory that cannot be read may hold everything.
fn is_empty(directory: &Path) -> Result<bool, OutError> {
    match fs::read_dir(directory) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(source) => Err(OutError::Verify(caveat_verify::Error::Read {
            path: directory.to_owned(),
            source,
        })),
    }
}

/// Where all records are.
const RECORDS: &str = "osv/all.zip";

impl Out {
    /// Reads the tree at `directory`, which one of `keys` must have signed for `feed`; `None` where there is nothing.
    ///
    /// # Errors
    /// [`OutError`].
    pub fn read(
        directory: &Path,
        feed: &str,
        keys: &[PublicKey],
    ) -> Result<Option<Self>, OutError> {
        if is_empty(directory)? {
            return Ok(None);
        }
        let list = verify_list(directory, feed, keys)?.map_err(|faults| OutError::Invalid {
            path: directory.to_owned(),
            reason: faults.first().map(ToString::to_string).unwrap_or_default(),
        })?;
        let path = directory.join(RECORDS);
        let bytes = list.file(RECORDS)?;
        let bytes = bytes.ok_or_else(|| OutError::NoRecords(path.clone()))?;
        let records = ZipArchive::new(Cursor::new(bytes)).map_err(|error| OutError::Archive {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        Ok(Some(Self {
            list,
            directory: directory.to_owned(),
            records,
        }))
    }

    /// Every file with its hash.
    pub fn manifest(&self) -> &Manifest {
        self.list.manifest()
    }

    /// When it was signed, RFC 3339.
    pub fn issued(&self) -> Option<&str> {
        self.list.issued()
    }

    /// Where it is.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The key that signed it.
    pub fn key(&self) -> &PublicKey {
        self.list.key()
    }

    /// What leads on from addresses that are no more; `None` where it is listed but was not fetched.
    ///
    /// # Errors
    /// [`OutError::Verify`].
    pub fn redirects(&self) -> Result<Option<String>, OutError> {
        let name = "_redirects";
        let text = self.list.file(name)?;
        let listed = || {
            self.manifest()
                .files()
                .keys()
                .any(|path| path.as_ref() == name)
        };
        let text = text.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(text.or_else(|| (!listed()).then(String::new)))
    }

    /// The bytes of one record.
    ///
    /// # Errors
    /// [`OutError::Archive`].
    pub fn record(&mut self, id: &str) -> Result<Vec<u8>, OutError> {
        let fail = |reason: String| OutError::Archive {
            path: self.directory.join(RECORDS),
            reason: format!("{id}: {reason}"),
        };
        let mut bytes = Vec::new();
        let file = self.records.by_name(&format!("{id}.json"));
        let read = file.map(|mut file| file.read_to_end(&mut bytes));
        read.map_err(|error| fail(error.to_string()))?
            .map_err(|error| fail(error.to_string()))?;
        Ok(bytes)
    }
}
