//! Owns single records: what one says that it is, and who signed it.
//! Must never take a record for the one of its file's name: the wrong advisory is as good as none.

use crate::strict::{self, Scalar, Unique};
use crate::{SignatureError, Signed, Trusted, sshsig};

/// Where all records are.
pub(crate) const DIRECTORY: &str = "osv/";
/// What a signature's file is called, after the record's.
pub(crate) const SIGNATURE: &str = ".sig";
/// A list beside the records that is none.
const LIST: &str = "all";

/// Why a file is not the record that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFlaw {
    /// No JSON, or a key twice.
    #[error("it is no record: {0}")]
    Json(String),
    /// No id or no time.
    #[error("it has no `{0}`")]
    Missing(&'static str),
    /// Another record, served under this name.
    #[error("it says that it is `{}`: another record was put under this name", .0.escape_debug())]
    Other(String),
    /// Its own signature.
    #[error("its own signature: {0}")]
    Signature(#[from] SignatureError),
}

/// Checks one record as it was fetched: its own signature, and that it is the one that was asked for.
///
/// # Errors
/// [`RecordFlaw`].
pub fn verify_record(
    id: &str,
    bytes: &[u8],
    signature: &str,
    feed: &str,
    trusted: &Trusted,
) -> Result<Signed, RecordFlaw> {
    let signed = sshsig::verify(signature, bytes, feed, trusted)?;
    facts(id, bytes).map(|_| signed)
}

/// The id of the record at this path, if one should be there.
pub(crate) fn id_of(path: &str) -> Option<&str> {
    let id = path.strip_prefix(DIRECTORY)?.strip_suffix(".json")?;
    (!id.contains('/') && id != LIST).then_some(id)
}

/// When the record was modified, if it is this one.
pub(crate) fn facts(id: &str, bytes: &[u8]) -> Result<String, RecordFlaw> {
    let Unique(mut fields) = strict::read::<Scalar>(bytes).map_err(RecordFlaw::Json)?;
    let mut text = |name| match fields.remove(name) {
        Some(Scalar::Text(text)) => Ok(text),
        _ => Err(RecordFlaw::Missing(name)),
    };
    let found = text("id")?;
    if found != id {
        return Err(RecordFlaw::Other(found));
    }
    text("modified")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_the_one_that_was_asked_for_or_none() {
        let good = br#"{"affected":[{"id":"X"}],"id":"A-1","modified":"2026-11-22T00:00:00Z"}"#;
        assert_eq!(facts("A-1", good), Ok("2026-11-22T00:00:00Z".to_owned()));
        assert_eq!(facts("B-1", good), Err(RecordFlaw::Other("A-1".to_owned())));
        for (bad, reason) in [
            (r#"{"id":"B-1","id":"A-1","modified":"x"}"#, "twice"),
            (r#"{"modified":"x"}"#, "no `id`"),
            (r#"{"id":"A-1","modified":1}"#, "no `modified`"),
            (r#"{"id":"A-1","modified":"x"} "#, ""),
            (r#"{"id":"A-1","modified":"x"}{}"#, "trailing"),
            ("\u{feff}{}", "no record"),
            ("[]", "no record"),
        ] {
            match facts("A-1", bad.as_bytes()) {
                Err(flaw) => assert!(flaw.to_string().contains(reason), "{bad}: {flaw}"),
                Ok(_) => assert_eq!(reason, "", "{bad}"),
            }
        }
    }

    #[test]
    fn only_files_beside_the_archive_are_records() {
        assert_eq!(id_of("osv/A-1.json"), Some("A-1"));
        for path in [
            "osv/all.json",
            "osv/npm/A-1.json",
            "osv/A-1.json.sig",
            "A-1.json",
            "osv/all.zip",
        ] {
            assert_eq!(id_of(path), None, "{path}");
        }
    }
}
