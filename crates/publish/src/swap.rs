//! Owns the one step in which readers change from the old tree to the new: the only door to `rustix`.
//! Must never leave the target without a tree where the system can exchange two names at once.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FlockOperation, RenameFlags, flock, renameat_with, syncfs};
use rustix::io::Errno;

use crate::Error;
use crate::staging::sibling;
use crate::step::step;

/// Both directories, locked: while it lives, no other build touches either.
#[derive(Debug)]
pub(crate) struct Lock {
    _staging: Locked,
    target: Option<Locked>,
}

/// A directory that is locked until this is dropped, not until its last copy is closed: a process that is just being
/// started holds copies of all files for a moment (flock(2)).
#[derive(Debug)]
pub(crate) struct Locked(pub(crate) File);

impl Drop for Locked {
    fn drop(&mut self) {
        // Closing it unlocks it as well, only perhaps later.
        let _ = flock(&self.0, FlockOperation::Unlock);
    }
}

impl Lock {
    /// Makes the staging directory if needed, and locks it together with the target.
    pub(crate) fn take(staging: &Path, target: &Path) -> Result<Self, Error> {
        let busy = || Error::Busy(target.to_owned());
        step();
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
        let opened = file.0.metadata().map_err(Error::write(staging))?.ino();
        let there = fs::symlink_metadata(staging).map_err(|_| busy())?.ino();
        if opened != there {
            return Err(busy());
        }
        restore(staging, target)?;
        let target = match target.exists().then(|| open(target)).transpose() {
            Ok(target) => target,
            Err(error) => {
                // Nobody needs the empty directory that was made for this.
                drop(fs::remove_dir(staging));
                return Err(error);
            }
        };
        Ok(Self {
            _staging: file,
            target,
        })
    }
}

pub(crate) fn open(directory: &Path) -> Result<Locked, Error> {
    let file = File::open(directory).map_err(Error::write(directory))?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Locked(file)),
        Err(Errno::WOULDBLOCK) => Err(Error::Busy(directory.to_owned())),
        Err(error) => Err(Error::write(directory)(error.into())),
    }
}

/// Where the old tree is for a moment, on file systems that cannot exchange.
fn aside(new: &Path) -> PathBuf {
    new.with_extension("caveat-old")
}

/// After a kill between two steps there is no tree: the old one comes back. After a later one, it is in nobody's way.
fn restore(staging: &Path, target: &Path) -> Result<(), Error> {
    let old = aside(staging);
    if !old.exists() {
        return Ok(());
    }
    step();
    if target.exists() {
        fs::remove_dir_all(&old).map_err(Error::write(&old))
    } else {
        fs::rename(&old, target).map_err(Error::write(target))
    }
}

/// Where the tree is that readers saw last: the target, or beside it where a publisher was killed between two steps.
///
/// For who only looks: the next publisher brings it back.
pub fn last_seen(target: &Path) -> PathBuf {
    let old = sibling(target).map(|new| aside(&new));
    match old {
        Ok(old) if !target.exists() && old.is_dir() => old,
        _ => target.to_owned(),
    }
}

/// Exchanges the two directories; afterwards the old tree is where the new one was.
pub(crate) fn swap(new: &Path, target: &Path, lock: &Lock) -> Result<(), Error> {
    step();
    if lock.target.is_none() {
        fs::rename(new, target).map_err(Error::write(target))?;
    } else {
        match renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => {}
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => in_two_steps(new, target)?,
            Err(error) => return Err(Error::write(target)(error.into())),
        }
    }
    remember(target);
    Ok(())
}

/// Waits until the exchange is on the disk: the old tree is removed next. Readers see the new one, so nothing fails here.
fn remember(target: &Path) {
    step();
    if let Some(parent) = target.parent() {
        drop(File::open(parent).and_then(|parent| parent.sync_all()));
    }
}

/// For file systems that cannot exchange: for a moment there is no tree, never half of one.
pub(crate) fn in_two_steps(new: &Path, target: &Path) -> Result<(), Error> {
    let old = aside(new);
    // A killed build may have left it; its successor is what readers see now.
    if old.exists() {
        step();
        fs::remove_dir_all(&old).map_err(Error::write(&old))?;
    }
    step();
    fs::rename(target, &old).map_err(Error::write(target))?;
    step();
    if let Err(error) = fs::rename(new, target) {
        fs::rename(&old, target).map_err(Error::write(target))?;
        return Err(Error::write(target)(error));
    }
    // Readers see the new tree: what fails from here on is only untidy.
    step();
    if fs::rename(&old, new).is_err() {
        drop(fs::remove_dir_all(&old));
    }
    Ok(())
}

/// Waits until all of the new tree is on the disk: the old one is removed right after the swap.
pub(crate) fn durable(new: &Path) -> Result<(), Error> {
    step();
    let directory = File::open(new).map_err(Error::write(new))?;
    syncfs(&directory).map_err(|error| Error::write(new)(error.into()))
}
