//! Owns the directory that is written beside the target, and its disappearance if the build fails.
//! Must never write outside that directory, or write a file twice.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use caveat_artifact::{Artifact, Sink, SinkError};
use caveat_sign::Bundle;

use crate::Error;
use crate::ours::{directory_or_nothing, ours};
use crate::step::step;
use crate::swap::{Lock, durable, swap};

/// A new tree that readers cannot see yet.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    directory: PathBuf,
    made: Mutex<BTreeSet<String>>,
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
        directory_or_nothing(&target)?;
        if let Some(parent) = target.parent() {
            step();
            fs::create_dir_all(parent).map_err(Error::write(parent))?;
        }
        let directory = sibling(&target)?;
        let lock = Lock::take(&directory, &target)?;
        let staging = Self {
            target,
            directory,
            made: Mutex::default(),
            lock,
        };
        // From here on nobody else changes either of the two.
        ours(&staging.target)?;
        empty(&staging.directory)?;
        Ok(staging)
    }

    /// Adds the signatures and shows readers the new tree.
    ///
    /// # Errors
    /// [`Error::Write`]; the old tree is untouched then.
    pub fn publish(self, bundle: Bundle) -> Result<(), Error> {
        self.complete(bundle)?;
        swap(&self.directory, &self.target, &self.lock)
    }

    /// As on a file system that cannot exchange.
    #[cfg(test)]
    pub(crate) fn publish_in_two_steps(self, bundle: Bundle) -> Result<(), Error> {
        self.complete(bundle)?;
        crate::swap::in_two_steps(&self.directory, &self.target)
    }

    /// Adds the signatures, and waits until all of it is on the disk.
    fn complete(&self, bundle: Bundle) -> Result<(), Error> {
        for artifact in bundle.into_artifacts() {
            self.write(&artifact)?;
        }
        durable(&self.directory)
    }

    fn write(&self, artifact: &Artifact) -> Result<(), Error> {
        let path = self.directory.join(artifact.path().as_ref());
        self.make_parent(artifact.path().as_ref())?;
        step();
        let mut file = File::create_new(&path).map_err(Error::write(&path))?;
        step();
        file.write_all(artifact.bytes())
            .map_err(Error::write(&path))
    }

    fn make_parent(&self, path: &str) -> Result<(), Error> {
        let Some((parent, _)) = path.rsplit_once('/') else {
            return Ok(());
        };
        let mut made = self
            .made
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if !made.contains(parent) {
            let directory = self.directory.join(parent);
            step();
            fs::create_dir_all(&directory).map_err(Error::write(&directory))?;
            made.insert(parent.to_owned());
        }
        Ok(())
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
