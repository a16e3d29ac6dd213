//! Owns the signed list of a tree without the tree: for whoever needs a few files of it, each proven as it is read.
//! Must never hand out a byte that the list does not vouch for.

use std::path::{Path, PathBuf};

use caveat_artifact::{Manifest, SitePath};
use sha2::{Digest as _, Sha256};

use crate::people::signatures;
use crate::site::{LARGEST_LIST, plain};
use crate::{Error, Fault, PublicKey, SUMS, Trusted};

/// A list that was signed by a key that is trusted.
#[derive(Debug)]
pub struct List {
    directory: PathBuf,
    manifest: Manifest,
    comment: String,
    key: PublicKey,
}

/// Reads the list of `directory`, if one of `keys` signed it for `namespace`; else what is wrong, by the first key.
///
/// # Errors
/// [`Error`] if there can be no verdict.
pub fn verify_list(
    directory: &Path,
    namespace: &str,
    keys: &[PublicKey],
) -> Result<Result<List, Vec<Fault>>, Error> {
    let none = || Error::NotASite(directory.to_owned());
    let Some(Ok(sums)) = plain(directory, SUMS, LARGEST_LIST)? else {
        return Err(none());
    };
    let manifest = match Manifest::parse_sums(&sums) {
        Ok(manifest) => manifest,
        Err(error) => {
            let file = SUMS.to_owned();
            let reason = error.to_string();
            return Ok(Err(vec![Fault::Signature { file, reason }]));
        }
    };
    let mut first = None;
    for key in keys {
        let people = signatures(directory, namespace, &Trusted::key(key), &sums)?;
        if people.faults.is_empty() {
            return Ok(Ok(List {
                directory: directory.to_owned(),
                manifest,
                comment: people.comment,
                key: *key,
            }));
        }
        first.get_or_insert(people.faults);
    }
    let reason = "there is no key to compare it with".to_owned();
    let file = SUMS.to_owned();
    Ok(Err(first.unwrap_or_else(|| {
        vec![Fault::Signature { file, reason }]
    })))
}

impl List {
    /// Every file with its hash.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The key that signed it.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// When it was signed, as the signer says: RFC 3339.
    pub fn issued(&self) -> Option<&str> {
        let mut words = self.comment.split_ascii_whitespace();
        words.find_map(|word| word.strip_prefix("issued="))
    }

    /// The bytes of a file; `None` where it is not there or not listed.
    ///
    /// # Errors
    /// [`Error::Read`]; [`Error::Changed`] where it is not what was signed.
    pub fn file(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let listed = SitePath::new(path).ok();
        let Some(digest) = listed.and_then(|path| self.manifest.files().get(&path)) else {
            return Ok(None);
        };
        match plain(&self.directory, path, u64::MAX)? {
            None => Ok(None),
            Some(Ok(bytes)) if <[u8; 32]>::from(Sha256::digest(&bytes)) == *digest => {
                Ok(Some(bytes))
            }
            Some(_) => Err(Error::Changed(self.directory.join(path))),
        }
    }
}
