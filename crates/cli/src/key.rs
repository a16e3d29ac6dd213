//! Owns where keys and passwords come from: a file, the environment, or a local key made for this machine.
//! Must never take a secret from the command line, or keep one inside a repository.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use caveat_advisory::Draft;
use caveat_post::Login;
use caveat_sign::SecretKey;
use caveat_verify::PublicKey;
use zeroize::Zeroizing;

use crate::failure::Failure;

/// The key to sign with, and whether it was made for this machine only.
pub(crate) fn signing_key(root: &Path, file: Option<&Path>) -> Result<(SecretKey, bool), Failure> {
    let (text, path) = (variable("CAVEAT_KEY"), variable("CAVEAT_KEY_FILE"));
    match (file, text, path) {
        (Some(file), _, _) => Ok((from_file(file)?, false)),
        (None, Some(_), Some(_)) => Err(Failure::TwoKeys),
        (None, Some(text), None) => {
            let text = Zeroizing::new(text.into_string().map_err(|_| Failure::KeyNotText)?);
            Ok((parse("CAVEAT_KEY", &text)?, false))
        }
        (None, None, Some(path)) => Ok((from_file(Path::new(&path))?, false)),
        (None, None, None) => Ok((local_key(root)?, true)),
    }
}

/// The repository's keys.
pub(crate) fn published_keys(published: &[Draft]) -> Result<Vec<PublicKey>, Failure> {
    let read = |draft: &Draft| {
        let text = String::from_utf8_lossy(&draft.bytes);
        PublicKey::from_openssh(&text).map_err(|source| Failure::PublicKey {
            place: draft.path.clone(),
            source,
        })
    };
    published.iter().map(read).collect()
}

/// Is the public half among the repository's keys? Only then can readers know it.
pub(crate) fn is_published(key: &PublicKey, published: &[Draft]) -> Result<bool, Failure> {
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

/// No key file is larger, in bytes; a device would never end.
const LARGEST_KEY: u64 = 64 << 10;

fn from_file(path: &Path) -> Result<SecretKey, Failure> {
    let text = secret_text(path)?;
    parse(&path.display().to_string(), &text)
}

/// A file that nobody else can read.
fn secret_text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let read = |source| Failure::Read {
        path: path.to_owned(),
        source,
    };
    let metadata = fs::metadata(path).map_err(read)?;
    if metadata.is_file() && metadata.permissions().mode() & 0o077 != 0 {
        return Err(Failure::KeyMode(path.to_owned()));
    }
    let mut text = Zeroizing::new(String::new());
    let file = fs::File::open(path).map_err(read)?;
    file.take(LARGEST_KEY)
        .read_to_string(&mut text)
        .map_err(read)?;
    Ok(text)
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
    let file = variable("CAVEAT_SMTP_PASSWORD_FILE").map(PathBuf::from);
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

/// A variable that is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "secrets come from the environment, and clap would take them from argv too"
)]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}
