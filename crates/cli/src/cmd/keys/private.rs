//! Owns new keys: the private half in a file for its owner alone, the public half as a file of the repository.
//! Must never overwrite a file, or leave a private key where git could see it.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use caveat_advisory::{Draft, is_name};
use caveat_load::is_in_repository;
use caveat_sign::SecretKey;
use caveat_verify::PublicKey;

use super::KeysFault;
use super::ring::Ring;
use crate::failure::Failure;
use crate::key::{public_key, state_directory};
use crate::output;
use crate::secret::shield;

/// Where the halves of a new key go, or come from.
#[derive(Debug, clap::Args)]
pub(super) struct Halves {
    /// Write the private key to this file, outside every repository [default: ~/.local/state/caveat/keys/NAME]
    #[arg(long, value_name = "FILE", conflicts_with = "public")]
    out: Option<PathBuf>,
    /// Make no key: take this public half, of a key that was made elsewhere
    #[arg(long, value_name = "FILE.pub")]
    public: Option<PathBuf>,
}

/// A key that is in no file yet, or in somebody else's.
pub(super) struct NewKey {
    name: String,
    pub(super) public: PublicKey,
    /// Not for a key that was made elsewhere.
    private: Option<(SecretKey, PathBuf)>,
}

impl NewKey {
    /// Makes a key, and looks whether both halves have a place. Nothing is written.
    pub(super) fn new(
        ring: &Ring,
        at: &Path,
        name: &str,
        halves: &Halves,
    ) -> Result<Self, Failure> {
        if !is_name(name) || name.ends_with("-cert") {
            return Err(KeysFault::Name(name.to_owned()).into());
        }
        if ring.has(&format!("keys/{name}.pub")) {
            return Err(KeysFault::Taken(name.to_owned()).into());
        }
        let (public, private) = if let Some(public) = &halves.public {
            (public_key(&at.join(public))?, None)
        } else {
            let path = match &halves.out {
                Some(path) => at.join(path),
                None => state_directory()?.join("keys").join(name),
            };
            let secret = secret(&path)?;
            (*secret.public(), Some((secret, path)))
        };
        Ok(Self {
            name: name.to_owned(),
            public,
            private,
        })
    }

    /// The file of its public half.
    pub(super) fn draft(&self) -> Draft {
        Draft {
            path: format!("keys/{}.pub", self.name),
            bytes: (self.public.to_openssh(&self.name) + "\n").into_bytes(),
        }
    }

    /// Writes the private half, then `rest`. Where that fails, the private half is gone again.
    pub(super) fn write(&self, rest: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
        let Some((secret, path)) = &self.private else {
            return rest();
        };
        private_file(path, &secret.to_openssh(&self.name))?;
        let written = rest();
        if written.is_err() {
            drop(std::fs::remove_file(path));
        }
        written
    }

    /// Says where the halves are.
    pub(super) fn tell(&self) {
        let (name, fingerprint) = (&self.name, self.public.fingerprint());
        output::done(&format!("keys/{name}.pub  {fingerprint}"));
        if let Some((_, path)) = &self.private {
            let path = path.display();
            output::done(&format!(
                "the private key is in {path}, without a passphrase: `ssh-keygen -p -f {path}` gives it one for use with ssh-agent"
            ));
        }
    }
}

/// A new key for this file.
fn secret(path: &Path) -> Result<SecretKey, Failure> {
    free(path)?;
    shield();
    SecretKey::generate().map_err(|source| Failure::Key {
        place: "the new key".to_owned(),
        source,
    })
}

/// Nothing is there, and git is not around it.
fn free(path: &Path) -> Result<(), Failure> {
    if path.symlink_metadata().is_ok() {
        return Err(KeysFault::PrivateThere(path.to_owned()).into());
    }
    // Where the links lead is where the file would be.
    let directory = path.parent().unwrap_or(Path::new("."));
    let there = directory
        .ancestors()
        .find_map(|path| path.canonicalize().ok());
    if is_in_repository(there.as_deref().unwrap_or(directory))? {
        return Err(KeysFault::InRepository(path.to_owned()).into());
    }
    Ok(())
}

fn private_file(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |source| Failure::Write {
        path: path.to_owned(),
        source,
    };
    if let Some(directory) = path.parent() {
        let mut builder = DirBuilder::new();
        builder
            .recursive(true)
            .mode(0o700)
            .create(directory)
            .map_err(failed)?;
    }
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = match file {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(KeysFault::PrivateThere(path.to_owned()).into());
        }
        file => file.map_err(failed)?,
    };
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        drop(std::fs::remove_file(path));
    }
    written.map_err(failed)
}
