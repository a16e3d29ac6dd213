//! Owns telling documents from the other files of a site, and when each says that it was changed last.
//! Must never take a list, a feed or the metadata for a document.

use caveat_advisory::Timestamp;
use serde::Deserialize;

use crate::place::WHITE;

#[derive(Deserialize)]
struct File {
    document: Document,
}

#[derive(Deserialize)]
struct Document {
    tracking: Tracking,
}

#[derive(Deserialize)]
struct Tracking {
    current_release_date: String,
}

/// Where the signature of a document is, if there is a document at `path`.
pub fn signature_path(path: &str) -> Option<String> {
    is_document(path).then(|| format!("{path}.asc"))
}

fn is_document(path: &str) -> bool {
    let within = path
        .strip_prefix(WHITE)
        .and_then(|path| path.split_once('/'));
    within.is_some_and(|(year, name)| {
        let digits = year.bytes().all(|byte| byte.is_ascii_digit());
        digits && !name.contains('/') && name.strip_suffix(".json").is_some()
    })
}

/// When the document that is published at `path` says that it was changed last; `None` where this is no document. A date that
/// cannot be read is as early as can be: a document is one all the same.
pub fn last_change(path: &str, bytes: &[u8]) -> Option<Timestamp> {
    is_document(path).then(|| said(bytes).unwrap_or(Timestamp::MIN))
}

fn said(bytes: &[u8]) -> Option<Timestamp> {
    let file: File = serde_json::from_slice(bytes).ok()?;
    file.document.tracking.current_release_date.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_what_lies_in_the_directory_of_a_year() {
        let text =
            br#"{"document": {"tracking": {"current_release_date": "2026-11-22T00:00:00Z"}}}"#;
        let said = Some("2026-11-22T00:00:00Z".parse().expect("a time"));
        assert_eq!(last_change("csaf/white/2026/a.json", text), said);
        let early = Some(Timestamp::MIN);
        assert_eq!(last_change("csaf/white/2026/a.json", b"{}"), early);
        for other in [
            "csaf/white/2026/a.json.sha512",
            "csaf/white/csaf-feed-tlp-white.json",
            "csaf/white/index.txt",
            "csaf/service.json",
            ".well-known/csaf/provider-metadata.json",
            "osv/a.json",
        ] {
            assert_eq!(last_change(other, text), None, "{other}");
        }
    }
}
