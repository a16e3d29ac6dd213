//! Owns where the file of a key is that the policy names: on the site itself, or a copy in `keys/`.
//! Must never look into a file.

use caveat_advisory::{Draft, Project, ReportKey};

/// Where a key of the policy is.
pub(crate) enum Home {
    /// A build publishes this file at the address that the policy names.
    Site(String),
    /// Below the site, where no build puts a key.
    Nowhere,
    /// Elsewhere; a file of the same name here would be a copy.
    Elsewhere(String),
}

impl Home {
    pub(crate) fn of(project: &Project, key: &ReportKey) -> Self {
        let (_, name) = key.url.rsplit_once('/').unwrap_or(("", &key.url));
        let path = format!("keys/{name}");
        let below = key.url.strip_prefix(&project.feed.url);
        match below.and_then(|rest| rest.strip_prefix('/')) {
            Some(rest) if rest == path && is_key(&path) => Self::Site(path),
            Some(_) => Self::Nowhere,
            None => Self::Elsewhere(path),
        }
    }

    /// Its file in the repository.
    pub(crate) fn path(&self) -> Option<&str> {
        match self {
            Self::Site(path) | Self::Elsewhere(path) => Some(path),
            Self::Nowhere => None,
        }
    }
}

fn is_key(path: &str) -> bool {
    let name = path
        .strip_prefix("keys/")
        .and_then(|name| name.strip_suffix(".asc"));
    name.is_some_and(|name| !name.is_empty() && !name.contains(['?', '#', '%']))
}

/// Could the policy name this file as the file of a key?
pub fn is_key_file(draft: &Draft) -> bool {
    is_key(&draft.path)
}

/// The files that a build publishes because the policy says that they are there, each once.
pub fn site_keys<'d>(project: &Project, files: &'d [Draft]) -> Vec<&'d Draft> {
    let keys = project.policy.keys.iter();
    let homes: Vec<Home> = keys.map(|key| Home::of(project, key)).collect();
    let named = |draft: &&Draft| {
        let at_home = |home: &Home| matches!(home, Home::Site(path) if *path == draft.path);
        homes.iter().any(at_home)
    };
    files.iter().filter(named).collect()
}
