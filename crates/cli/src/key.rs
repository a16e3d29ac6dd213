//! Owns where keys and passwords come from: a file, the environment, or a local key made for this machine.
//! Must never take a secret from the command line, or keep one inside a repository.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use caveat_advisory::Draft;
use caveat_diag::Report;
use caveat_keyring::{Keyring, Role, is_public_key};
use caveat_post::Login;
use caveat_sign::SecretKey;
use caveat_verify::PublicKey;

use crate::cmd::keys::KeysFault;
use crate::failure::Failure;
use crate::secret::{path_variable, secret_text, secret_variable, shield, variable};

/// The key to sign with, and whether it was made for this machine only.
pub(crate) fn signing_key(root: &Path, file: Option<&Path>) -> Result<(SecretKey, bool), Failure> {
    let (text, path) = (
        secret_variable("CAVEAT_KEY")?,
        path_variable("CAVEAT_KEY_FILE")?,
    );
    match (file, text, path) {
        (Some(file), _, _) => Ok((from_file(file)?, false)),
        (None, Some(_), Some(_)) => Err(Failure::TwoKeys),
        (None, Some(text), None) => Ok((parse("CAVEAT_KEY", &text)?, false)),
        (None, None, Some(path)) => Ok((from_file(Path::new(&path))?, false)),
        (None, None, None) => {
            shield();
            Ok((local_key(root)?, true))
        }
    }
}

/// Keys that may have signed what is out: with a keyring those that publish or did, without one all of the repository.
pub(crate) fn published_keys(published: &[Draft]) -> Result<Vec<PublicKey>, Failure> {
    if let Some(keyring) = keyring(published)? {
        let past = keyring.revoked().iter().chain(keyring.others());
        let all = keyring.keys(Role::Publish).iter().chain(past);
        return Ok(all.map(|entry| entry.public).collect());
    }
    let read = |draft: &Draft| {
        let text = String::from_utf8_lossy(&draft.bytes);
        PublicKey::from_openssh(&text).map_err(|source| Failure::PublicKey {
            place: draft.path.clone(),
            source,
        })
    };
    let keys = published.iter().filter(|draft| is_public_key(&draft.path));
    keys.map(read).collect()
}

/// The repository's keyring, where it has one.
pub(crate) fn keyring(published: &[Draft]) -> Result<Option<Keyring>, Failure> {
    let keyring = Keyring::read(published, &mut Report::default());
    match keyring {
        None if Keyring::is_there(published) => Err(KeysFault::Faulty.into()),
        keyring => Ok(keyring),
    }
}

/// Is the public half among the repository's keys, and of those that publish where there is a keyring? Only then can
/// readers know it.
pub(crate) fn is_published(key: &PublicKey, published: &[Draft]) -> Result<bool, Failure> {
    if let Some(keyring) = keyring(published)? {
        let mut keys = keyring.keys(Role::Publish).iter();
        return Ok(keys.any(|entry| entry.public == *key));
    }
    Ok(published_keys(published)?.contains(key))
}

/// A public key file, and what stands after the key on its line.
pub(crate) fn public_key(path: &Path) -> Result<PublicKey, Failure> {
    let text = fs::read_to_string(path).map_err(|source| Failure::Read {
        path: path.to_owned(),
        source,
    })?;
    let place = path.display().to_string();
    PublicKey::from_openssh(&text).map_err(|source| Failure::PublicKey { place, source })
}

fn from_file(path: &Path) -> Result<SecretKey, Failure> {
    let text = secret_text(path)?;
    parse(&path.display().to_string(), &text)
}

fn parse(place: &str, text: &str) -> Result<SecretKey, Failure> {
    SecretKey::parse(text).map_err(|source| Failure::Key {
        place: place.to_owned(),
        source,
    })
}

/// The key of this machine, made when first needed.
fn local_key(root: &Path) -> Result<SecretKey, Failure> {
    let directory = state_directory()?;
    let there = directory
        .ancestors()
        .find_map(|path| path.canonicalize().ok());
    if there.is_some_and(|there| there.starts_with(root)) {
        return Err(Failure::LocalKeyInside(directory));
    }
    let path = directory.join("local.key");
    if path.exists() {
        return from_file(&path).map_err(|source| Failure::LocalKey(Box::new(source)));
    }
    let key = SecretKey::generate().map_err(|source| Failure::Key {
        place: "local key".to_owned(),
        source,
    })?;
    let write = |source| Failure::Write {
        path: path.clone(),
        source,
    };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&directory)
        .map_err(write)?;
    // Written whole, then linked: whoever finds the name finds the key, also after a crash.
    let unfinished = directory.join(format!("local.key.{}", std::process::id()));
    private_file(
        &unfinished,
        &key.to_openssh("caveat local key, trusted by nobody"),
    )
    .map_err(write)?;
    let linked = fs::hard_link(&unfinished, &path);
    drop(fs::remove_file(&unfinished));
    match linked {
        Ok(()) => Ok(key),
        // Another build was faster: its key is the key.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => from_file(&path),
        Err(error) => Err(write(error)),
    }
}

fn private_file(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())
}

/// Where programs keep what outlives a run but is no configuration (XDG base directories, 0.8).
pub(crate) fn state_directory() -> Result<PathBuf, Failure> {
    let state = variable("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || variable("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    let home = || home().filter(|path| path.is_absolute());
    Ok(state.or_else(home).ok_or(Failure::NoHome)?.join("caveat"))
}

/// The name and password for a mail server, where the environment has one.
pub(crate) fn smtp_login() -> Result<Option<Login>, Failure> {
    let text = |name: &str| {
        let value = variable(name).map(OsString::into_string).transpose();
        value.map_err(|_| Failure::LoginNotText(name.to_owned()))
    };
    let user = text("CAVEAT_SMTP_USER")?;
    let password = text("CAVEAT_SMTP_PASSWORD")?;
    let file = path_variable("CAVEAT_SMTP_PASSWORD_FILE")?;
    let password = match (password, file) {
        (Some(_), Some(_)) => return Err(Failure::TwoPasswords),
        (None, Some(file)) => Some(secret_text(&file)?.trim_end().to_owned()),
        (password, None) => password,
    };
    match (user, password) {
        (Some(user), Some(password)) => Ok(Some(Login { user, password })),
        (None, None) => Ok(None),
        _ => Err(Failure::HalfLogin),
    }
}
