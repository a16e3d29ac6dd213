//! Owns what is in a directory: every file of a tree, and nothing that is none.
//! Must never follow a link, or stop at the first fault.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use caveat_tuf::{DIRECTORY, When};
use jiff::{SignedDuration, Timestamp as Time};

use crate::site::read_error;
use crate::{Anchors, Answer, Check, Fault, KeyError, PublicKey};

/// The list of all files and their hashes.
pub const SUMS: &str = "SHA256SUMS";
/// Its two signatures: OpenSSH's and minisign's.
pub const SIGNATURES: [&str; 2] = ["SHA256SUMS.sig", "SHA256SUMS.minisig"];

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing at all.
    #[error("`{0}` is no directory: name the one that was published, or a copy of it")]
    NoDirectory(PathBuf),
    /// Nothing that says what should be here.
    #[error("`{0}` is no published feed: it has no SHA256SUMS")]
    NotASite(PathBuf),
    /// The operating system says no.
    #[error("cannot read `{path}`: {source}")]
    Read {
        /// Which file or directory.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// One file that is not what was signed.
    #[error("`{0}` is not what was signed")]
    Changed(PathBuf),
    /// A key file that is none.
    #[error("`{path}`: {source}")]
    Key {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        source: KeyError,
    },
}

/// Compares a directory with what `key` signed for `namespace`, whenever that was.
///
/// # Errors
/// [`Error`] if there can be no verdict.
pub fn verify_directory(
    directory: &Path,
    namespace: &str,
    key: &PublicKey,
) -> Result<Answer, Error> {
    let anchors = Anchors {
        keys: vec![*key],
        ..Anchors::default()
    };
    let check = Check {
        directory,
        anchors: &anchors,
        feed: Some(namespace),
        memory: None,
        // Late enough for whatever was signed, and with more grace than any end is away from that.
        when: When::OfflineAt(Time::MAX - SignedDuration::from_hours(24)),
        max_stale: SignedDuration::MAX,
    };
    check.run()
}

/// Every file of a tree.
#[derive(Debug, Default)]
pub(crate) struct Inventory {
    /// All but the list, its signatures and what is below `tuf/`.
    pub(crate) plain: BTreeSet<String>,
    /// What is below `tuf/`, without that.
    pub(crate) machine: BTreeSet<String>,
    /// All but the list and its signatures.
    pub(crate) all: BTreeSet<String>,
    /// What is no file, and directories without any.
    pub(crate) faults: Vec<Fault>,
}

impl Inventory {
    pub(crate) fn of(directory: &Path) -> Result<Self, Error> {
        let mut inventory = Self::default();
        inventory.walk(directory, "")?;
        for path in &inventory.all {
            match path.strip_prefix(DIRECTORY) {
                Some(name) => inventory.machine.insert(name.to_owned()),
                None => inventory.plain.insert(path.clone()),
            };
        }
        Ok(inventory)
    }

    /// Lists all files below a directory; what is neither file nor directory is a fault.
    fn walk(&mut self, directory: &Path, prefix: &str) -> Result<(), Error> {
        let entries = match fs::read_dir(directory) {
            // Deeper than a path can be long: nobody published that.
            Err(error) if error.kind() == io::ErrorKind::InvalidFilename => {
                self.faults.push(Fault::Extra(prefix.to_owned()));
                return Ok(());
            }
            entries => entries.map_err(read_error(directory))?,
        };
        for entry in entries {
            let entry = entry.map_err(read_error(directory))?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let kind = entry.file_type().map_err(read_error(&entry.path()))?;
            if kind.is_dir() {
                let before = self.all.len() + self.faults.len();
                self.walk(&entry.path(), &format!("{path}/"))?;
                if before == self.all.len() + self.faults.len() {
                    self.faults.push(Fault::Extra(format!("{path}/")));
                }
            } else if !kind.is_file() {
                self.faults.push(Fault::NotAFile(path));
            } else if !own(&path) {
                self.all.insert(path);
            }
        }
        Ok(())
    }
}

/// The list cannot list itself.
fn own(path: &str) -> bool {
    path == SUMS || SIGNATURES.contains(&path)
}
