//! Owns the index of all records: `index.json`, or 256 of them by the first byte of SHA-256 of the id.
//! Must never hold a record in two parts, or in one where nobody would look for it.

use std::collections::BTreeMap;

use caveat_artifact::unhex;
use sha2::{Digest as _, Sha256};

use crate::strict::{self, Scalar, Unique};

/// What the index says of one record: `{"length":1234,"modified":"2026-11-22T00:00:00Z","sha256":"..."}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// RFC 3339, as the record says it.
    pub modified: String,
    /// How many bytes.
    pub length: u64,
    /// Of the bytes of `osv/ID.json`.
    pub sha256: [u8; 32],
}

/// Why some bytes are no part of an index.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IndexFlaw {
    /// No JSON of that form, or a key twice.
    #[error("it is no index: {0}")]
    Json(String),
    /// An entry without one of its fields, or with more.
    #[error("the entry of `{}` is not `length`, `modified` and `sha256`", .0.escape_debug())]
    Entry(String),
    /// A record in the wrong part.
    #[error("`{}` belongs in another part of the index", .0.escape_debug())]
    Part(String),
}

/// The part that a record is in.
pub fn index_part(id: &str) -> u8 {
    Sha256::digest(id.as_bytes())[0]
}

/// How much of the index a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Whole,
    Of(u8),
}

/// Which part a file of this name is, if it is one.
pub(crate) fn part_of(name: &str) -> Option<Part> {
    if name == "index.json" {
        return Some(Part::Whole);
    }
    let digits = name.strip_prefix("index-")?.strip_suffix(".json")?;
    let part = u8::from_str_radix(digits, 16).ok()?;
    (format!("{part:02x}") == digits).then_some(Part::Of(part))
}

/// Reads a part.
pub(crate) fn read(bytes: &[u8], part: Part) -> Result<BTreeMap<String, Entry>, IndexFlaw> {
    let Unique(records) = strict::read::<Unique<Scalar>>(bytes).map_err(IndexFlaw::Json)?;
    let one = |(id, fields): (String, Unique<Scalar>)| {
        if matches!(part, Part::Of(part) if part != index_part(&id)) {
            return Err(IndexFlaw::Part(id));
        }
        match entry(fields.0) {
            Some(entry) => Ok((id, entry)),
            None => Err(IndexFlaw::Entry(id)),
        }
    };
    records.into_iter().map(one).collect()
}

fn entry(mut fields: BTreeMap<String, Scalar>) -> Option<Entry> {
    let Scalar::Number(length) = fields.remove("length")? else {
        return None;
    };
    let Scalar::Text(modified) = fields.remove("modified")? else {
        return None;
    };
    let Scalar::Text(sha256) = fields.remove("sha256")? else {
        return None;
    };
    let sha256 = unhex(&sha256)?;
    fields.is_empty().then_some(Entry {
        modified,
        length,
        sha256,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn an_index_is_read_strictly() {
        let entry = format!(r#"{{"length":0,"modified":"x","sha256":"{HASH}"}}"#);
        let good = format!(r#"{{"A-1":{entry}}}"#);
        let read_all = |text: &str| read(text.as_bytes(), Part::Whole);
        assert_eq!(read_all(&good).expect("good")["A-1"].length, 0);
        for bad in [
            format!(r#"{{"A-1":{entry},"A-1":{entry}}}"#),
            good.replace("length", "size"),
            good.replace(":0", ":-1"),
            good.replace("\"x\"", "\"x\",\"y\":1"),
            good.replace("e3b0", "E3b0"),
            good.replace("e3b0", "e3b"),
        ] {
            assert!(read_all(&bad).is_err(), "{bad}");
        }
        let part = index_part("A-1");
        assert!(read(good.as_bytes(), Part::Of(part)).is_ok());
        assert_eq!(
            read(good.as_bytes(), Part::Of(part ^ 1)),
            Err(IndexFlaw::Part("A-1".to_owned()))
        );
    }

    #[test]
    fn parts_have_two_small_digits() {
        assert_eq!(part_of("index.json"), Some(Part::Whole));
        assert_eq!(part_of("index-0f.json"), Some(Part::Of(15)));
        for name in [
            "index-F0.json",
            "index-f.json",
            "index-+f.json",
            "index-100.json",
            "all.zip",
        ] {
            assert_eq!(part_of(name), None, "{name}");
        }
    }
}
