//! Owns the entry by which OSV.dev reads the feed: what is submitted to its list of sources.
//! Must never promise OSV.dev an address that this build does not make.

use caveat_advisory::Project;
use caveat_convert::Records;

/// The entry as YAML; none where the prefix is a local one, for OSV.dev takes registered prefixes alone.
pub(crate) fn entry(records: &Records, project: &Project) -> Option<String> {
    let feed = &project.feed;
    let prefix = &feed.id_prefix;
    if prefix.starts_with("x_") {
        return None;
    }
    let ecosystems: Vec<String> = records.ecosystems().into_iter().map(quoted).collect();
    let rows = [
        ("name", quoted(&prefix.to_ascii_lowercase())),
        ("type", "2".to_owned()),
        (
            "rest_api_url",
            quoted(&format!("{}/osv/all.json", feed.url)),
        ),
        ("link", quoted(&format!("{}/osv/", feed.url))),
        ("directory_path", quoted("osv")),
        ("extension", quoted(".json")),
        ("db_prefix", format!("[{}]", quoted(&format!("{prefix}-")))),
        (
            "accepted_ecosystems",
            format!("[{}]", ecosystems.join(", ")),
        ),
        (
            "human_link",
            quoted(&format!("{}/advisories/{{{{ BUG_ID }}}}/", feed.url)),
        ),
        (
            "ignore_patterns",
            format!("[{}]", quoted(&format!("^(?!{prefix}-).*$"))),
        ),
        ("ignore_git", "False".to_owned()),
        ("detect_cherrypicks", "False".to_owned()),
        ("editable", "False".to_owned()),
        ("versions_from_repo", "False".to_owned()),
        ("strict_validation", "True".to_owned()),
    ];
    let rows = rows.map(|(key, value)| format!("{key}: {value}\n"));
    Some(format!("- {}", rows.join("  ")))
}

/// A text of YAML in single quotes.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
