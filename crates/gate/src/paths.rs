//! Owns addresses: what was ever published stays, or leads on.
//! Must never accept an address that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use caveat_artifact::SitePath;

use crate::tree::{ids, is_signature};
use crate::{Finding, Tree};

const SECURITY_TXT: &str = ".well-known/security.txt";
/// Files whose names follow from their bytes: only pages that are built with them ask for them.
const NAMED_BY_BYTES: [&str; 3] = ["assets/", "search/words/", "search/documents/"];

/// What would be gone, and what would lead nowhere.
pub(crate) fn judge(old: &Tree, new: &Tree, found: &mut Vec<Finding>) {
    let there: BTreeSet<String> = new.files.files().keys().map(SitePath::address).collect();
    let stays = |address: &String| there.contains(address) || new.redirects.contains_key(address);
    let lost_ids = lost_ids(old, new);
    // What goes with an advisory is told with it.
    // CSAF has its own spelling of an id in names of files: small letters.
    let small: BTreeSet<String> = lost_ids.iter().map(|id| id.to_lowercase()).collect();
    let told = |path: &str| {
        let mut parts = path.split(['/', '.']);
        parts.any(|part| lost_ids.contains(part) || small.contains(part))
    };
    let files = old.files.files().keys();
    let files = files.filter(|path| !told(path.as_ref()) && !is_signature(path.as_ref()));
    let files = files.filter(|path| {
        NAMED_BY_BYTES
            .iter()
            .all(|part| !path.as_ref().starts_with(part))
    });
    let lost = files.map(|path| (path.address(), path.to_string()));
    let led = old.redirects.keys().filter(|from| !told(from));
    let led = led.map(|from| (from.clone(), from.clone()));
    let lost: BTreeMap<String, String> = lost
        .chain(led)
        .filter(|(address, _)| !stays(address))
        .collect();
    found.extend(lost.into_values().map(|path| gone(&path, new)));
    for (from, to) in &new.redirects {
        if !to.starts_with("https://") && !there.contains(to) {
            let sentence = format!("`{from}` would lead to `{to}`, where nothing is");
            let finding = Finding::refused("gate-redirect", sentence);
            found.push(finding.was(from).help("name a page that is there"));
        }
    }
}

fn gone(path: &str, new: &Tree) -> Finding {
    if path == SECURITY_TXT {
        // It is gone when the policy is out of date: that must not keep an advisory back.
        let finding = Finding::warning("gate-path", "there would be no security.txt any more");
        return finding.was(path).help("`caveat publish` says why");
    }
    let to = nearest(path, new);
    let help = format!("lead it on, in caveat.toml: [[redirect]] from = \"{path}\", to = \"{to}\"");
    let says = format!("`{path}` was published, and would be gone");
    Finding::refused("gate-path", says).was(path).help(help)
}

fn lost_ids<'a>(old: &'a Tree, new: &Tree) -> BTreeSet<&'a str> {
    let after = ids(&new.files);
    ids(&old.files)
        .into_keys()
        .filter(|id| !after.contains_key(id))
        .collect()
}

/// A page above it that is still there.
fn nearest(path: &str, new: &Tree) -> String {
    let mut above = path;
    while let Some((parent, _)) = above.trim_end_matches('/').rsplit_once('/') {
        let there = SitePath::new(format!("{parent}/index.html"));
        if there.is_ok_and(|page| new.files.files().contains_key(&page)) {
            return format!("{parent}/");
        }
        above = parent;
    }
    "index.html".to_owned()
}

/// Files of two trees, by what becomes of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Pages {
    /// In the new one only.
    pub added: Vec<String>,
    /// In both, with other bytes.
    pub changed: Vec<String>,
    /// In the old one only, and nothing leads on.
    pub removed: Vec<String>,
    /// In the old one only, and the address leads on.
    pub redirected: Vec<String>,
    /// How many are the same in both.
    pub same: usize,
}

/// Compares all files.
pub fn pages(old: &Tree, new: &Tree) -> Pages {
    let mut pages = Pages::default();
    let counts = |path: &&SitePath| !is_signature(path.as_ref());
    for path in new.files.files().keys().filter(counts) {
        let digest = &new.files.files()[path];
        match old.files.files().get(path) {
            None => pages.added.push(path.to_string()),
            Some(before) if before == digest => pages.same += 1,
            Some(_) => pages.changed.push(path.to_string()),
        }
    }
    for path in old.files.files().keys().filter(counts) {
        if new.files.files().contains_key(path) {
            continue;
        }
        if new.redirects.contains_key(&path.address()) {
            pages.redirected.push(path.to_string());
        } else {
            pages.removed.push(path.to_string());
        }
    }
    pages
}
