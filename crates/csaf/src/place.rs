//! Owns where everything of the tree is. The path of a document follows from its id and the year of its publication alone.
//! Must never depend on anything that a later revision can change.

use caveat_advisory::Project;
use caveat_check::Entry;

/// Where the documents of one label of the traffic light protocol are.
pub(crate) const WHITE: &str = "csaf/white/";
pub(crate) const FEED: &str = "csaf/white/csaf-feed-tlp-white.json";
pub(crate) const SERVICE: &str = "csaf/service.json";
pub(crate) const METADATA: &str = ".well-known/csaf/provider-metadata.json";
/// Where the public key is that documents are signed with, where they are.
pub const OPENPGP_KEY: &str = "keys/openpgp.asc";
pub(crate) const METADATA_COPY: &str = "csaf/provider-metadata.json";

/// The path of a document within the site.
pub fn document_path(entry: &Entry) -> String {
    format!("{WHITE}{}", within(entry))
}

/// The id of the document of a package: of what was published of it in a year.
pub(crate) fn package_id(prefix: &str, key: &str, year: &str) -> String {
    format!("{prefix}-vex-{key}-{year}")
}

/// The path of the document of a package that an advisory is in. `prefix` is what ids of the feed begin with.
pub fn package_path(prefix: &str, key: &str, entry: &Entry) -> String {
    let year = year(entry);
    let name = file_name(&package_id(prefix, key, &year));
    format!("{WHITE}{year}/{name}")
}

/// The year of the first publication, which no revision changes.
pub(crate) fn year(entry: &Entry) -> String {
    let published = entry.published.to_string();
    let year = published.split('-').next().unwrap_or_default();
    year.to_owned()
}

/// The same within the directory that has `index.txt`.
fn within(entry: &Entry) -> String {
    format!("{}/{}", year(entry), file_name(&entry.id))
}

/// The address of the metadata, where there is a tree.
pub fn metadata_url(project: &Project) -> Option<String> {
    let tree = project.csaf.as_ref();
    tree.map(|_| format!("{}/{METADATA}", project.feed.url))
}

/// CSAF 2.0, section 5.1: in small letters, and whatever is no letter, digit, plus or hyphen becomes one underscore.
fn file_name(id: &str) -> String {
    let mut name = String::with_capacity(id.len() + 5);
    for letter in id.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' | '+' | '-' => name.push(letter),
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    name.push_str(".json");
    name
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_is_called_as_the_standard_says() {
        for (id, name) in [
            ("x_MLSA-2026-0001", "x_mlsa-2026-0001.json"),
            ("RHBA-2019_0024", "rhba-2019_0024.json"),
            ("2022 #01-A", "2022_01-a.json"),
            ("A+__B", "a+_b.json"),
        ] {
            assert_eq!(file_name(id), name);
        }
    }
}
