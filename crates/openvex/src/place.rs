//! Owns where every file is.
//! Must never depend on anything that a later revision can change.

use caveat_check::Entry;

pub(crate) const INDEX: &str = "vex/index.json";

/// The path of the document of an advisory within the site.
pub fn document_path(entry: &Entry) -> String {
    format!("vex/{}.openvex.json", entry.id)
}

/// The path of the document of a package of caveat.toml.
pub fn package_path(key: &str) -> String {
    format!("vex/packages/{key}.openvex.json")
}
