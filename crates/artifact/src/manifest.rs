//! Owns the list of a site's files and their hashes, in the form that `sha256sum` reads.
//! Must never be written in any order but that of its paths.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::{PathError, SitePath};

/// SHA-256 (FIPS 180-4).
pub type Digest = [u8; 32];

/// The digest of some bytes in hexadecimal digits, as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes).into())
}

/// A digest in hexadecimal digits, as `sha256sum` prints it.
pub fn hex(digest: &Digest) -> String {
    base16ct::lower::encode_string(digest)
}

/// Reads what [`hex`] writes, and nothing else.
pub fn unhex(text: &str) -> Option<Digest> {
    let mut digest = [0; 32];
    let read = base16ct::lower::decode(text, &mut digest).ok()?;
    (read.len() == digest.len()).then_some(digest)
}

/// Every file with its hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<SitePath, Digest>,
}

/// Text that is no list of sums as we write it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SumsError {
    /// Not text.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// The last line does not end.
    #[error("it was cut off: the last line has no end")]
    CutOff,
    /// A line of another form.
    #[error("line {0} is not `HASH  PATH`")]
    Line(usize),
    /// A path that leads elsewhere.
    #[error("line {0}: {1}")]
    Path(usize, PathError),
    /// Twice the same path, or out of order.
    #[error("line {0} is out of order")]
    Order(usize),
}

impl Manifest {
    pub(crate) fn new(files: BTreeMap<SitePath, Digest>) -> Self {
        Self { files }
    }

    /// Every file in the order of paths.
    pub fn files(&self) -> &BTreeMap<SitePath, Digest> {
        &self.files
    }

    /// The bytes of `SHA256SUMS`: `sha256sum -c` reads them.
    pub fn to_sums(&self) -> Vec<u8> {
        let mut text = String::with_capacity(self.files.len() * 110);
        for (path, digest) in &self.files {
            let _ = writeln!(text, "{}  {path}", hex(digest));
        }
        text.into_bytes()
    }

    /// Reads what [`Manifest::to_sums`] wrote, and nothing else.
    ///
    /// # Errors
    /// The first line that differs from what we would have written.
    pub fn parse_sums(bytes: &[u8]) -> Result<Self, SumsError> {
        let text = std::str::from_utf8(bytes).map_err(|_| SumsError::NotUtf8)?;
        if !text.is_empty() && !text.ends_with('\n') {
            return Err(SumsError::CutOff);
        }
        let mut files = BTreeMap::new();
        for (at, line) in text.split_terminator('\n').enumerate() {
            let (digest, path) = line.split_once("  ").ok_or(SumsError::Line(at + 1))?;
            let digest = unhex(digest).ok_or(SumsError::Line(at + 1))?;
            let path = SitePath::new(path).map_err(|error| SumsError::Path(at + 1, error))?;
            if files
                .last_key_value()
                .is_some_and(|(last, _)| *last >= path)
            {
                return Err(SumsError::Order(at + 1));
            }
            files.insert(path, digest);
        }
        Ok(Self { files })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINE: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ";

    #[test]
    fn only_our_own_form_is_read() {
        let good = format!("{LINE}a\n{LINE}b\n");
        assert_eq!(
            Manifest::parse_sums(good.as_bytes())
                .expect("good")
                .to_sums(),
            good.as_bytes()
        );
        let upper = good.to_uppercase();
        let swapped = format!("{LINE}b\n{LINE}a\n");
        let twice = format!("{LINE}a\n{LINE}a\n");
        let outside = format!("{LINE}../a\n");
        for bad in [
            &good[..good.len() - 1],
            &upper,
            &swapped,
            &twice,
            &outside,
            "x\n",
            "\n",
            &good.replace("  ", " *"),
        ] {
            assert!(Manifest::parse_sums(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(text in "([0-9a-f]{64}  [a-z/.]{1,8}\n|\\PC){0,4}") {
            if let Ok(manifest) = Manifest::parse_sums(text.as_bytes()) {
                prop_assert_eq!(manifest.to_sums(), text.into_bytes());
            }
        }
    }
}
