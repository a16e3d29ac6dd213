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
        "what is out at `{path}` does not verify: {reason}; a key that signed it must be in keys/, also after it is retired; where that is a build by a key of this machine, which no reader has, empty the directory, or name a copy of what readers have with --against"
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
    /// It would fill the memory.
    #[error(
        "`{path}`: {what} more than {limit} bytes, and no feed is so large: nothing was compared"
    )]
    TooLarge {
        /// Which archive.
        path: PathBuf,
        /// What is too large.
        what: String,
        /// How much would be read.
        limit: u64,
    },
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
    /// How many bytes all records may still have.
    left: u64,
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
/// An advisory has at most a sixteenth of it, and JSON its spaces. A signature says who packed an archive, not how much
/// is in it.
const LARGEST: u64 = 16 << 20;
/// Of all records that are read.
const LARGEST_SUM: u64 = 2 << 30;

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
            left: LARGEST_SUM,
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
    /// [`OutError::Archive`]; [`OutError::TooLarge`] where it, or all that was read so far, is more than any feed has.
    pub fn record(&mut self, id: &str) -> Result<Vec<u8>, OutError> {
        let path = self.directory.join(RECORDS);
        let fail = |reason: String| OutError::Archive {
            path: path.clone(),
            reason: format!("{id}: {reason}"),
        };
        let limit = LARGEST.min(self.left);
        let mut bytes = Vec::new();
        let file = self.records.by_name(&format!("{id}.json"));
        let file = file.map_err(|error| fail(error.to_string()))?;
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        let read = read.map_err(|error| fail(error.to_string()))? as u64;
        if read > limit {
            let (what, limit) = match limit {
                LARGEST => (format!("{id} has"), LARGEST),
                _ => ("its records have".to_owned(), LARGEST_SUM),
            };
            return Err(OutError::TooLarge { path, what, limit });
        }
        self.left -= read;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use caveat_artifact::{Artifact, Hashing, Sink as _, SitePath};
    use caveat_sign::{SecretKey, Stamp, sign};
    use tempfile::TempDir;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::Staging;

    /// A tree whose archive has records of so many zeros.
    fn out(room: &TempDir, records: &[(&str, usize)]) -> Out {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, length) in records {
            let options = SimpleFileOptions::default();
            zip.start_file(*name, options).expect("started");
            zip.write_all(&vec![0; *length]).expect("packed");
        }
        let bytes = zip.finish().expect("whole").into_inner();
        let place = room.path().join("site");
        let sink = Hashing::new(Staging::beside(&place, &[]).expect("started"));
        let path = SitePath::new(RECORDS).expect("a path");
        sink.put(Artifact::new(path, bytes)).expect("written");
        let (manifest, staging) = sink.finish();
        let stamp = Stamp {
            feed: "example.org".to_owned(),
            issued: "2026-11-20T00:00:00Z".to_owned(),
            ..Stamp::default()
        };
        let key = SecretKey::generate().expect("random");
        let bundle = sign(&manifest, &key, None, &stamp).expect("signed");
        staging.publish(bundle).expect("published");
        let out = Out::read(&place, "example.org", &[*key.public()]).expect("verified");
        out.expect("there")
    }

    #[test]
    fn a_record_that_unpacks_to_more_than_any_has_is_refused() {
        let room = TempDir::new().expect("a room");
        let largest = usize::try_from(LARGEST).expect("small");
        let records = [("a.json", largest), ("b.json", largest + 1)];
        let mut out = out(&room, &records);
        assert_eq!(out.record("a").expect("read").len(), largest);
        let error = out.record("b").expect_err("refused");
        assert!(
            error.to_string().contains("b has more than 16777216"),
            "{error}"
        );
        assert!(matches!(out.record("c"), Err(OutError::Archive { .. })));
    }

    #[test]
    fn a_list_whose_signatures_are_no_files_is_signed_by_nobody() {
        let room = TempDir::new().expect("a room");
        let key = *out(&room, &[("a.json", 1)]).key();
        let place = room.path().join("site");
        for name in ["SHA256SUMS.sig", "SHA256SUMS.minisig"] {
            let (signature, aside) = (place.join(name), room.path().join(name));
            std::fs::rename(&signature, &aside).expect("moved");
            std::os::unix::fs::symlink(&aside, &signature).expect("linked");
            let read = Out::read(&place, "example.org", &[key]);
            let error = read.expect_err("refused").to_string();
            assert!(error.contains("not a file: SHA256SUMS."), "{error}");
            std::fs::remove_file(&signature).expect("removed");
            std::fs::create_dir(&signature).expect("made");
            assert!(Out::read(&place, "example.org", &[key]).is_err(), "{name}");
        }
    }

    #[test]
    fn records_that_are_too_much_together_are_refused() {
        let room = TempDir::new().expect("a room");
        let mut out = out(&room, &[("a.json", 60), ("b.json", 60)]);
        out.left = 100;
        out.record("a").expect("read");
        let error = out.record("b").expect_err("refused");
        assert!(error.to_string().contains("its records have"), "{error}");
    }
}
