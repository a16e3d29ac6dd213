//! Owns what a path is for.
//! Must never look into a file.

use std::path::Path;

use caveat_advisory::{Draft, Input};

use crate::Error;

/// Where advisories are.
const ADVISORIES: &str = "advisories/";
/// Where drafts are.
const DRAFTS: &str = "advisories/drafts/";
/// How the name of an encrypted draft ends.
const SEALED: &str = ".toml.age";
/// Where templates are.
const TEMPLATES: &str = "site-templates/";
/// Where public keys are.
const KEYS: &str = "keys/";
/// Which key is for what.
const KEYRING: &str = "keys/keyring.toml";
/// Where signed roots are.
const ROOTS: &str = "keys/root/";
/// The one file at the root that is read.
pub(crate) const PROJECT: &str = "caveat.toml";

/// What a path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Project,
    Advisory,
    Lock,
    Stray,
    Sealed,
    Template,
    Key,
    Other,
}

/// Directories that are read; all others are not even listed.
pub const DIRECTORIES: [&str; 3] = ["advisories", "site-templates", "keys"];

impl Use {
    /// Sorts a path relative to the project's root.
    pub(crate) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = Path::new(path)
            .extension()
            .and_then(|extension| extension.to_str());
        match path {
            PROJECT => Self::Project,
            KEYRING => Self::Key,
            _ if path.starts_with(KEYS) && extension == Some("pub") => Self::Key,
            _ if path.starts_with(ROOTS) && extension == Some("json") => Self::Key,
            _ if path.starts_with(KEYS) => Self::Other,
            _ if name.starts_with('.') || name == "README.md" => Self::Other,
            _ if path.starts_with(ADVISORIES) && extension == Some("toml") => Self::Advisory,
            _ if path.starts_with(ADVISORIES) && extension == Some("lock") => Self::Lock,
            _ if path.starts_with(DRAFTS) && path.ends_with(SEALED) => Self::Sealed,
            _ if path.starts_with(ADVISORIES) => Self::Stray,
            _ if path.starts_with(TEMPLATES) => Self::Template,
            _ => Self::Other,
        }
    }
}

/// Files of no known use that are larger are not searched for secrets: no key is.
pub(crate) const LARGEST_OTHER: u64 = 64 << 10;

/// Puts a file where it belongs.
pub(crate) fn add(input: &mut Input, path: String, bytes: Vec<u8>) {
    match Use::of(&path) {
        Use::Project => input.project = Some(Draft { path, bytes }),
        Use::Advisory => input.advisories.push(Draft { path, bytes }),
        Use::Lock => input.locks.push(Draft { path, bytes }),
        Use::Stray => {
            input.strays.push(path.clone());
            input.others.push(Draft { path, bytes });
        }
        Use::Sealed => input.sealed.push(path),
        Use::Template => {
            input
                .templates
                .insert(path[TEMPLATES.len()..].to_owned(), bytes);
        }
        Use::Key => input.keys.push(Draft { path, bytes }),
        Use::Other => input.others.push(Draft { path, bytes }),
    }
}

/// Editors mark with such links what is being edited; nobody publishes them.
pub(crate) fn is_dot_file(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.starts_with('.'))
}

/// A name that can be published and printed.
pub(crate) fn plain_name(shown: &str, name: Option<&str>) -> Result<String, Error> {
    match name {
        None => Err(Error::NotUtf8(shown.escape_debug().to_string())),
        Some(name) if name.contains(char::is_control) => {
            Err(Error::Control(shown.escape_debug().to_string()))
        }
        Some(name) => Ok(name.to_owned()),
    }
}
