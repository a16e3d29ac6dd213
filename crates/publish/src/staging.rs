//! Owns the directory that is written beside the target, and its disappearance if the build fails.
//! Must never write outside that directory, or write a file twice.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use caveat_artifact::{Artifact, Sink, SinkError, SitePath};
use caveat_edition::Kept;
use caveat_sign::{Bundle, Renewal};
use caveat_tuf::Fingerprint;

use crate::Error;
use crate::ours::{directory_or_nothing, ours};
use crate::step::step;
use crate::swap::{Lock, durable, swap};

/// A new tree that readers cannot see yet.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    directory: PathBuf,
    lock: Lock,
}

impl Staging {
    /// Starts a new tree beside `target`. `inputs` are files and directories that are read from.
    ///
    /// # Errors
    /// Everything that would make the swap surprising: see [`Error`].
    pub fn beside(target: &Path, inputs: &[PathBuf]) -> Result<Self, Error> {
        let target = absolute(target)?;
        apart(&target, inputs)?;
        let room = target.parent().map(Path::to_owned);
        let staging = Self::locked(target, room.as_deref())?;
        // From here on nobody else changes either of the two.
        ours(&staging.target)?;
        empty(&staging.directory)?;
        Ok(staging)
    }

    /// Starts files that take the place of others in a tree that stays: nothing else in it is looked at.
    ///
    /// # Errors
    /// See [`Error`].
    pub fn over(target: &Path) -> Result<Self, Error> {
        let target = absolute(target)?;
        let staging = Self::locked(target.clone(), Some(&target))?;
        empty(&staging.directory)?;
        Ok(staging)
    }

    /// Both directories, for us alone; `needed` is made where it is not there.
    fn locked(target: PathBuf, needed: Option<&Path>) -> Result<Self, Error> {
        directory_or_nothing(&target)?;
        if let Some(needed) = needed {
            step();
            fs::create_dir_all(needed).map_err(Error::write(needed))?;
        }
        let directory = sibling(&target)?;
        let lock = Lock::take(&directory, &target)?;
        Ok(Self {
            target,
            directory,
            lock,
        })
    }

    /// Adds the signatures and shows readers the new tree.
    ///
    /// # Errors
    /// [`Error::Write`]; the old tree is untouched then.
    pub fn publish(self, bundle: Bundle) -> Result<(), Error> {
        self.sealed(bundle)?.show()
    }

    /// As on a file system that cannot exchange.
    #[cfg(test)]
    pub(crate) fn publish_in_two_steps(self, bundle: Bundle) -> Result<(), Error> {
        let Sealed(staging) = self.sealed(bundle)?;
        durable(&staging.directory)?;
        crate::swap::in_two_steps(&staging.directory, &staging.target)
    }

    /// Adds the signatures.
    ///
    /// # Errors
    /// [`Error::Write`]; the old tree is untouched then.
    pub fn sealed(self, bundle: Bundle) -> Result<Sealed, Error> {
        for artifact in bundle.into_artifacts() {
            self.write(&artifact)?;
        }
        Ok(Sealed(self))
    }

    /// Puts each file of a renewal in the place of the one that is there, in their order, each at once.
    ///
    /// # Errors
    /// [`Error::Write`]; the timestamp that readers see is the old one then.
    pub fn renew(self, renewal: Renewal) -> Result<Vec<SitePath>, Error> {
        let mut renewed = Vec::new();
        for artifact in renewal.into_artifacts() {
            let there = self.target.join(artifact.path().as_ref());
            if fs::read(&there).is_ok_and(|bytes| bytes == artifact.bytes()) {
                continue;
            }
            self.write(&artifact)?;
            renewed.push(artifact.path().clone());
        }
        durable(&self.directory)?;
        for path in &renewed {
            let there = self.target.join(path.as_ref());
            if let Some(parent) = there.parent() {
                step();
                fs::create_dir_all(parent).map_err(Error::write(parent))?;
            }
            step();
            fs::rename(self.directory.join(path.as_ref()), &there).map_err(Error::write(&there))?;
            // What comes next points at this one.
            durable(&self.target)?;
        }
        Ok(renewed)
    }

    fn write(&self, artifact: &Artifact) -> Result<(), Error> {
        let path = self.directory.join(artifact.path().as_ref());
        let mut file = create(&path).map_err(Error::write(&path))?;
        step();
        file.write_all(artifact.bytes())
            .map_err(Error::write(&path))
    }
}

/// A new tree with its signatures, that readers cannot see yet.
#[derive(Debug)]
pub struct Sealed(Staging);

impl Sealed {
    /// Takes a file over from a tree that is out, if it is there and has exactly these bytes.
    ///
    /// # Errors
    /// [`Error::Write`].
    pub fn keep(&self, out: &Path, kept: &Kept) -> Result<bool, Error> {
        let from = out.join(kept.path.as_ref());
        // What the new edition has as well is named by its hash or its number: it is the same.
        if self.0.directory.join(kept.path.as_ref()).exists() {
            return Ok(true);
        }
        let there = fs::symlink_metadata(&from);
        if !there.is_ok_and(|there| there.is_file() && there.len() == kept.file.length) {
            return Ok(false);
        }
        let bytes = fs::read(&from).map_err(Error::write(&from))?;
        if Fingerprint::of(&bytes) != kept.file {
            return Ok(false);
        }
        self.0.write(&Artifact::new(kept.path.clone(), bytes))?;
        Ok(true)
    }

    /// Waits until all of it is on the disk: from here on nothing can fail but the exchange.
    ///
    /// # Errors
    /// [`Error::Write`]; the old tree is untouched then.
    pub fn settle(&self) -> Result<(), Error> {
        durable(&self.0.directory)
    }

    /// Shows readers the new tree.
    ///
    /// # Errors
    /// [`Error::Write`]; the old tree is untouched then.
    pub fn show(self) -> Result<(), Error> {
        self.settle()?;
        let Self(staging) = self;
        swap(&staging.directory, &staging.target, &staging.lock)
    }
}

/// A new file, and its directory where it is the first there: which there are, the file system remembers.
fn create(path: &Path) -> io::Result<File> {
    step();
    match (File::create_new(path), path.parent()) {
        (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
            step();
            fs::create_dir_all(parent)?;
            step();
            File::create_new(path)
        }
        (made, _) => made,
    }
}

impl Sink for Staging {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        self.write(&artifact)
            .map_err(|error| SinkError::new(artifact.path().clone(), error))
    }
}

impl Drop for Staging {
    /// Removes what was written but not shown, and after a swap the old tree.
    fn drop(&mut self) {
        step();
        // Nothing can be told from here; the next build removes what is left.
        drop(fs::remove_dir_all(&self.directory));
    }
}

/// The real place of a target, of which only the beginning may exist yet.
fn absolute(target: &Path) -> Result<PathBuf, Error> {
    let nameless = || Error::Nameless(target.to_owned());
    let name = target.file_name().ok_or_else(nameless)?;
    let parent = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let there = parent.ancestors().find(|path| path.exists());
    let there = there.filter(|path| !path.as_os_str().is_empty());
    let there = there.unwrap_or(Path::new("."));
    let rest = parent.strip_prefix(there).unwrap_or(parent);
    let plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if !rest.components().all(plain) {
        return Err(nameless());
    }
    let there = there.canonicalize().map_err(Error::write(there))?;
    Ok(there.join(rest).join(name))
}

/// Neither is the output inside an input, nor an input inside the output.
fn apart(target: &Path, inputs: &[PathBuf]) -> Result<(), Error> {
    for input in inputs {
        let real = input.canonicalize().unwrap_or_else(|_| input.clone());
        if target.starts_with(&real) || real.starts_with(target) {
            return Err(Error::InsideInput {
                out: target.to_owned(),
                input: real,
            });
        }
    }
    Ok(())
}

pub(crate) fn sibling(target: &Path) -> Result<PathBuf, Error> {
    let name = target
        .file_name()
        .ok_or_else(|| Error::Nameless(target.to_owned()))?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(".caveat-new");
    Ok(target.with_file_name(hidden))
}

/// Removes what a killed build left behind; the directory itself stays, for it is locked.
fn empty(directory: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(directory).map_err(Error::write(directory))? {
        let path = entry.map_err(Error::write(directory))?.path();
        let kind = fs::symlink_metadata(&path).map_err(Error::write(&path))?;
        step();
        let removed = if kind.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.map_err(Error::write(&path))?;
    }
    Ok(())
}
