//! Owns the verdict over a directory: is it what was signed, whole, and nothing else?
//! Must never follow a link, or stop at the first fault.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use caveat_artifact::{Digest, Manifest, SitePath};
use sha2::{Digest as _, Sha256};

use crate::site::{NotAFile, plain, read_error};
use crate::{KeyError, PublicKey, SignatureError, minisign, sshsig};

/// The list of all files and their hashes.
pub const SUMS: &str = "SHA256SUMS";
/// Its two signatures: OpenSSH's and minisign's.
pub const SIGNATURES: [&str; 2] = ["SHA256SUMS.sig", "SHA256SUMS.minisig"];

/// Why there is no verdict.
#[derive(Debug, thiserror::Error)]
pub enum Error {
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

/// Something that is not as it was signed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The list itself, or a signature over it.
    Signature {
        /// Which file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Listed, but not there.
    Missing(String),
    /// There, but with other bytes.
    Changed(String),
    /// There, but not listed.
    Extra(String),
    /// There, but a link or something else that is no file.
    NotAFile(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Signature { file, reason } => write!(f, "{file}: {reason}"),
            Self::Missing(path) => write!(f, "missing: {}", path.escape_debug()),
            Self::Changed(path) => write!(f, "changed: {}", path.escape_debug()),
            Self::Extra(path) => write!(f, "extra: {}", path.escape_debug()),
            Self::NotAFile(path) => write!(f, "not a file: {}", path.escape_debug()),
        }
    }
}

/// What was found.
#[derive(Debug)]
pub struct Verdict {
    /// Everything that is wrong, sorted. Empty is good.
    pub faults: Vec<Fault>,
    /// How many files were read.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// What the signer says in minisign's trusted comment; empty if it could not be trusted.
    pub comment: String,
}

impl Verdict {
    fn of(fault: Fault) -> Self {
        Self {
            faults: vec![fault],
            files: 0,
            bytes: 0,
            comment: String::new(),
        }
    }
}

/// Compares a directory with what `key` signed for `namespace`.
///
/// # Errors
/// [`Error`] if there can be no verdict.
pub fn verify_directory(
    directory: &Path,
    namespace: &str,
    key: &PublicKey,
) -> Result<Verdict, Error> {
    let sums = match plain(&directory.join(SUMS))? {
        Some(Ok(sums)) => sums,
        None => return Err(Error::NotASite(directory.to_owned())),
        Some(Err(NotAFile)) => return Ok(Verdict::of(Fault::NotAFile(SUMS.to_owned()))),
    };
    let (mut faults, comment) = signatures(directory, namespace, key, &sums)?;
    let manifest = Manifest::parse_sums(&sums).unwrap_or_else(|error| {
        faults.push(Fault::Signature {
            file: SUMS.to_owned(),
            reason: error.to_string(),
        });
        Manifest::default()
    });
    let mut there = BTreeSet::new();
    walk(directory, "", &mut there, &mut faults)?;
    let (found, files, bytes) = compare(directory, &manifest, &there)?;
    faults.extend(found);
    faults.sort();
    // The walk names what is no file, too.
    faults.dedup();
    Ok(Verdict {
        faults,
        files,
        bytes,
        comment,
    })
}

pub(crate) fn signatures(
    directory: &Path,
    namespace: &str,
    key: &PublicKey,
    sums: &[u8],
) -> Result<(Vec<Fault>, String), Error> {
    let mut faults = Vec::new();
    let mut comment = String::new();
    for file in SIGNATURES {
        let result = match plain(&directory.join(file))? {
            Some(Ok(text)) => check(file, &String::from_utf8_lossy(&text), sums, namespace, key),
            Some(Err(NotAFile)) => {
                faults.push(Fault::NotAFile(file.to_owned()));
                continue;
            }
            None => {
                faults.push(Fault::Missing(file.to_owned()));
                continue;
            }
        };
        match result {
            Ok(said) => comment.push_str(&said),
            Err(error) => faults.push(Fault::Signature {
                file: file.to_owned(),
                reason: error.to_string(),
            }),
        }
    }
    Ok((faults, comment))
}

fn check(
    file: &str,
    text: &str,
    sums: &[u8],
    namespace: &str,
    key: &PublicKey,
) -> Result<String, SignatureError> {
    if file == SIGNATURES[0] {
        return sshsig::verify(text, sums, namespace, key).map(|()| String::new());
    }
    minisign::verify(text, sums, key)
}

/// Lists all files below a directory; what is neither file nor directory is a fault.
fn walk(
    directory: &Path,
    prefix: &str,
    there: &mut BTreeSet<String>,
    faults: &mut Vec<Fault>,
) -> Result<(), Error> {
    for entry in fs::read_dir(directory).map_err(read_error(directory))? {
        let entry = entry.map_err(read_error(directory))?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(read_error(&entry.path()))?;
        if kind.is_dir() {
            let before = there.len() + faults.len();
            walk(&entry.path(), &format!("{path}/"), there, faults)?;
            if before == there.len() + faults.len() {
                faults.push(Fault::Extra(format!("{path}/")));
            }
        } else if !kind.is_file() {
            faults.push(Fault::NotAFile(path));
        } else if !own(&path) {
            there.insert(path);
        }
    }
    Ok(())
}

/// The list cannot list itself.
fn own(path: &str) -> bool {
    path == SUMS || SIGNATURES.contains(&path)
}

/// Hashes every listed file, on all cores.
fn compare(
    directory: &Path,
    manifest: &Manifest,
    there: &BTreeSet<String>,
) -> Result<(Vec<Fault>, usize, u64), Error> {
    let listed: Vec<(&SitePath, &Digest)> = manifest.files().iter().collect();
    let names: BTreeSet<&str> = listed.iter().map(|(path, _)| path.as_ref()).collect();
    let extra = there.iter().filter(|path| !names.contains(path.as_str()));
    let mut faults: Vec<Fault> = extra.cloned().map(Fault::Extra).collect();
    let (next, bytes, trouble) = (
        AtomicUsize::new(0),
        AtomicU64::new(0),
        Mutex::new(Vec::new()),
    );
    let work = || {
        while let Some((path, digest)) = listed.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = one(directory, path, digest, there, &bytes);
            if !matches!(result, Ok(None)) {
                trouble
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .push(result);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    for result in trouble
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
    {
        faults.extend(result?);
    }
    Ok((faults, listed.len(), bytes.into_inner()))
}

fn one(
    directory: &Path,
    path: &SitePath,
    expected: &Digest,
    there: &BTreeSet<String>,
    bytes: &AtomicU64,
) -> Result<Option<Fault>, Error> {
    if !there.contains(path.as_ref()) {
        return Ok(Some(Fault::Missing(path.to_string())));
    }
    let file = directory.join(path.as_ref());
    let (digest, length) = hash(&file).map_err(read_error(&file))?;
    bytes.fetch_add(length, Ordering::Relaxed);
    Ok((digest != *expected).then(|| Fault::Changed(path.to_string())))
}

fn hash(path: &Path) -> io::Result<(Digest, u64)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut length, mut buffer) = (Sha256::new(), 0, vec![0; 64 << 10]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((hasher.finalize().into(), length)),
            read => {
                hasher.update(&buffer[..read]);
                length += read as u64;
            }
        }
    }
}
