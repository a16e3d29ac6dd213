//! Owns the reading of secrets: from a file that nobody else can read, or from the environment; and the shield around them.
//! Must never keep a copy that is not wiped, or read one into a process that leaves a core file.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read as _;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use rustix::process::{Resource, Rlimit, setrlimit};
use zeroize::Zeroizing;

use crate::exposed::is_private_key;
use crate::failure::Failure;
use crate::refusal::Refusal;

/// No key file is larger, in bytes; a device would never end.
const LARGEST: usize = 64 << 10;

/// Before a secret is read: this process leaves no core file, and nobody without special rights looks into it from outside.
/// Where the system does not know one of the two, the other still holds.
pub(crate) fn shield() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

/// The text of a file that nobody else can read. A pipe is taken, too: `--key <(..)`.
///
/// The directory around it is not looked at: whoever may write there could put another key in its place, which the keyring
/// does not know, but can never read this one.
pub(crate) fn secret_text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    shield();
    let read = |source| Failure::Read {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(read)?;
    // Of what was opened: the name may be another file by now.
    let there = file.metadata().map_err(read)?;
    if there.is_file() && there.permissions().mode() & 0o077 != 0 {
        return Err(Failure::KeyMode(path.to_owned()));
    }
    // Room for all of it: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LARGEST + 64));
    file.take(LARGEST as u64)
        .read_to_end(&mut bytes)
        .map_err(read)?;
    text(bytes).ok_or_else(|| {
        read(std::io::Error::new(
            std::io::ErrorKind::InvalidData,
            "it is not text",
        ))
    })
}

/// The secret in a variable; `None` where it is not set, or to nothing.
pub(crate) fn secret_variable(name: &'static str) -> Result<Option<Zeroizing<String>>, Failure> {
    let Some(value) = variable(name) else {
        return Ok(None);
    };
    shield();
    let bytes = Zeroizing::new(value.into_vec());
    if bytes.trim_ascii().is_empty() {
        return Ok(None);
    }
    text(bytes).map(Some).ok_or(Failure::SecretNotText(name))
}

/// The same bytes as text, without a copy.
fn text(mut bytes: Zeroizing<Vec<u8>>) -> Option<Zeroizing<String>> {
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Some(Zeroizing::new(text)),
        Err(error) => {
            drop(Zeroizing::new(error.into_bytes()));
            None
        }
    }
}

/// The path in a variable; `None` where it is not set, or to nothing.
pub(crate) fn path_variable(name: &'static str) -> Result<Option<PathBuf>, Failure> {
    let Some(value) = variable(name) else {
        return Ok(None);
    };
    if is_private_key(&value) {
        shield();
        drop(Zeroizing::new(value.into_vec()));
        return Err(Refusal::KeyForPath(name).into());
    }
    Ok(Some(PathBuf::from(value)))
}

/// A variable that is set to something.
#[expect(
    clippy::disallowed_methods,
    reason = "secrets come from the environment, and clap would take them from argv too"
)]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_others_can_read_is_refused_and_no_other() {
        let room = tempfile::tempdir().expect("a room");
        let path = room.path().join("key");
        fs::write(&path, "secret\r\n").expect("written");
        for mode in [
            0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o600, 0o400,
        ] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("set");
            let read = secret_text(&path);
            match mode {
                0o600 | 0o400 => assert_eq!(read.expect("read").as_str(), "secret\r\n"),
                _ => assert!(matches!(read, Err(Failure::KeyMode(_))), "{mode:o}"),
            }
        }
    }

    #[test]
    fn what_is_no_text_or_has_no_end_is_refused() {
        let room = tempfile::tempdir().expect("a room");
        let path = room.path().join("key");
        fs::write(&path, [0xff; 8]).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("set");
        assert!(matches!(secret_text(&path), Err(Failure::Read { .. })));
        let endless = secret_text(Path::new("/dev/zero")).expect("read in part");
        assert_eq!(endless.len(), LARGEST);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_that_read_a_secret_can_leave_no_core_file() {
        shield();
        let core = rustix::process::getrlimit(Resource::Core);
        assert_eq!((core.current, core.maximum), (Some(0), Some(0)));
        assert_eq!(
            rustix::process::dumpable_behavior().expect("known"),
            rustix::process::DumpableBehavior::NotDumpable
        );
    }
}
