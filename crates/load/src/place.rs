//! Owns what a path is for.
//! Must never look into a file.

use std::path::Path;

use caveat_advisory::{Draft, Input};

/// Where advisories are.
const ADVISORIES: &str = "advisories/";
/// Where templates are.
const TEMPLATES: &str = "site-templates/";
/// Where public keys are.
const KEYS: &str = "keys/";
/// The one file at the root that is read.
pub(crate) const PROJECT: &str = "caveat.toml";

/// What a path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Project,
    Advisory,
    Stray,
    Template,
    Key,
    Other,
    Nothing,
}

/// Directories that are read; all others are not even listed.
pub(crate) const DIRECTORIES: [&str; 3] = ["advisories", "site-templates", "keys"];

impl Use {
    /// Sorts a path relative to the project's root.
    pub(crate) fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = Path::new(path)
            .extension()
            .and_then(|extension| extension.to_str());
        match path {
            PROJECT => Self::Project,
            _ if path.starts_with(KEYS) && extension == Some("pub") => Self::Key,
            _ if path.starts_with(KEYS) => Self::Other,
            _ if name.starts_with('.') || name == "README.md" => Self::Nothing,
            _ if path.starts_with(ADVISORIES) && extension == Some("toml") => Self::Advisory,
            _ if path.starts_with(ADVISORIES) => Self::Stray,
            _ if path.starts_with(TEMPLATES) => Self::Template,
            _ if path.contains('/') => Self::Nothing,
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
        Use::Stray => input.strays.push(path),
        Use::Template => {
            input
                .templates
                .insert(path[TEMPLATES.len()..].to_owned(), bytes);
        }
        Use::Key => input.keys.push(Draft { path, bytes }),
        Use::Other => input.others.push(Draft { path, bytes }),
        Use::Nothing => {}
    }
}
