//! Owns the one step in which readers change from the old tree to the new: the only door to `rustix`.
//! Must never leave the target without a tree where the system can exchange two names at once.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::{CWD, FlockOperation, RenameFlags, flock, renameat_with};
use rustix::io::Errno;

use crate::Error;

/// Both directories, locked: while it lives, no other build touches either.
#[derive(Debug)]
pub(crate) struct Lock {
    _staging: File,
    target: Option<File>,
}

impl Lock {
    /// Makes the staging directory if needed, and locks it together with the target.
    pub(crate) fn take(staging: &Path, target: &Path) -> Result<Self, Error> {
        let busy = || Error::Busy(target.to_owned());
        match fs::create_dir(staging) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                return Err(Error::write(staging)(error));
            }
            _ => {}
        }
        let file = open(staging)?;
        // Another build may have swapped the directory away between these two lines.
        let opened = file.metadata().map_err(Error::write(staging))?.ino();
        let there = fs::symlink_metadata(staging).map_err(|_| busy())?.ino();
        if opened != there {
            return Err(busy());
        }
        let target = if target.exists() {
            Some(open(target)?)
        } else {
            None
        };
        Ok(Self {
            _staging: file,
            target,
        })
    }
}

fn open(directory: &Path) -> Result<File, Error> {
    let file = File::open(directory).map_err(Error::write(directory))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(Errno::WOULDBLOCK) => Err(Error::Busy(directory.to_owned())),
        Err(error) => Err(Error::write(directory)(error.into())),
    }
}

/// Exchanges the two directories; afterwards the old tree is where the new one was.
pub(crate) fn swap(new: &Path, target: &Path, lock: &Lock) -> Result<(), Error> {
    if lock.target.is_none() {
        return fs::rename(new, target).map_err(Error::write(target));
    }
    match renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => in_two_steps(new, target),
        Err(error) => Err(Error::write(target)(error.into())),
    }
}

/// For file systems that cannot exchange: for a moment there is no tree, never half of one.
fn in_two_steps(new: &Path, target: &Path) -> Result<(), Error> {
    let old = new.with_extension("caveat-old");
    fs::rename(target, &old).map_err(Error::write(target))?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&old, target).map_err(Error::write(target))?;
        return Err(Error::write(target)(error));
    }
    fs::rename(&old, new).map_err(Error::write(&old))
}
