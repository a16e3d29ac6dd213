//! Owns what the files in `keys/` are called, and what each is by its name.
//! Must never look into a file.

/// The keyring itself.
pub const KEYRING: &str = "keys/keyring.toml";

/// A root on its way to being signed.
pub(crate) const DRAFT: &str = "keys/root/draft.json";

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind<'p> {
    /// `keys/keyring.toml`
    Keyring,
    /// `keys/NAME.pub`
    Key(&'p str),
    /// `keys/NAME-cert.pub`
    Certificate(&'p str),
    /// `keys/root/N.root.json`
    Root(u64),
    /// `keys/root/draft.json`
    Draft,
    /// Another file in `keys/root/`.
    StrayRoot,
    /// None of this crate's.
    Other,
}

impl<'p> Kind<'p> {
    pub(crate) fn of(path: &'p str) -> Self {
        let Some(name) = path.strip_prefix("keys/") else {
            return Self::Other;
        };
        if path == KEYRING {
            Self::Keyring
        } else if let Some(file) = name.strip_prefix("root/") {
            root(file)
        } else if name.contains('/') {
            Self::Other
        } else if let Some(name) = name.strip_suffix("-cert.pub") {
            Self::Certificate(name)
        } else if let Some(name) = name.strip_suffix(".pub") {
            Self::Key(name)
        } else {
            Self::Other
        }
    }
}

fn root<'p>(file: &str) -> Kind<'p> {
    if file == "draft.json" {
        return Kind::Draft;
    }
    let version = file.strip_suffix(".root.json");
    // One name for each version: `01.root.json` and `+1.root.json` are read by nobody.
    let plain = version.filter(|text| !text.starts_with(['0', '+']));
    match plain.and_then(|text| text.parse().ok()) {
        Some(version) => Kind::Root(version),
        None if extension(file) == Some("json") => Kind::StrayRoot,
        None => Kind::Other,
    }
}

fn extension(path: &str) -> Option<&str> {
    let extension = std::path::Path::new(path).extension();
    extension.and_then(|extension| extension.to_str())
}

/// Could a keyring be made of this file: itself, a key, a certificate, a root?
pub fn is_of_keyring(path: &str) -> bool {
    Kind::of(path) != Kind::Other
}

/// Is this a plain public key, and no certificate?
pub fn is_public_key(path: &str) -> bool {
    let key = extension(path) == Some("pub") && !path.ends_with("-cert.pub");
    key && path.starts_with("keys/")
}

/// What the keyring calls the key in this file.
pub fn name_of(path: &str) -> Option<&str> {
    match Kind::of(path) {
        Kind::Key(name) => Some(name),
        _ => None,
    }
}

/// Where the key of this name is.
pub(crate) fn path_of(name: &str) -> String {
    format!("keys/{name}.pub")
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_file_is_what_its_name_says() {
        for (path, kind) in [
            ("keys/keyring.toml", Kind::Keyring),
            ("keys/publish-2026.pub", Kind::Key("publish-2026")),
            (
                "keys/publish-2026-cert.pub",
                Kind::Certificate("publish-2026"),
            ),
            ("keys/root/12.root.json", Kind::Root(12)),
            ("keys/root/draft.json", Kind::Draft),
            ("keys/root/012.root.json", Kind::StrayRoot),
            ("keys/root/README.md", Kind::Other),
            ("keys/team/x.pub", Kind::Other),
            ("advisories/keyring.toml", Kind::Other),
        ] {
            assert_eq!(Kind::of(path), kind, "{path}");
        }
    }
}
