//! Owns the one step in which readers change from the old tree to the new: the only door to `rustix`.
//! Must never leave the target without a tree where the system can exchange two names at once.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use rustix::fs::{CWD, FlockOperation, RenameFlags, flock, renameat_with, syncfs};
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
        // A pipe would keep whoever opens it waiting.
        if !fs::symlink_metadata(staging).is_ok_and(|there| there.is_dir()) {
            return Err(Error::NotADirectory(staging.to_owned()));
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
pub(crate) fn in_two_steps(new: &Path, target: &Path) -> Result<(), Error> {
    let old = new.with_extension("caveat-old");
    // A killed build may have left it; its successor is what readers see now.
    if old.exists() {
        fs::remove_dir_all(&old).map_err(Error::write(&old))?;
    }
    fs::rename(target, &old).map_err(Error::write(target))?;
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&old, target).map_err(Error::write(target))?;
        return Err(Error::write(target)(error));
    }
    // Readers see the new tree: what fails from here on is only untidy.
    if fs::rename(&old, new).is_err() {
        drop(fs::remove_dir_all(&old));
    }
    Ok(())
}

/// Waits until all of the new tree is on the disk: the old one is removed right after the swap.
pub(crate) fn durable(new: &Path) -> Result<(), Error> {
    let directory = File::open(new).map_err(Error::write(new))?;
    syncfs(&directory).map_err(|error| Error::write(new)(error.into()))
}
