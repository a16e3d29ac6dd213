//! Owns what a reader remembers of a feed from one check to the next: enough to notice that something is older.
//! Must never hold a key to trust: forgetting it makes nobody believe more.

use caveat_artifact::{hex, unhex};
use caveat_tuf::Memory as Machine;
use jiff::Timestamp as Time;
use serde_json::{Map, Value};

const KIND: &str = "caveat-memory-1";

/// What was seen of the list of files and its signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) seq: Option<u64>,
    pub(crate) issued: Option<Time>,
    /// SHA-256 of the list.
    pub(crate) sums: [u8; 32],
    /// Fingerprint of the key that signed it.
    pub(crate) key: String,
}

/// What a reader remembers of one feed. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    pub(crate) feed: String,
    /// Did nobody vouch for what is remembered, but the tree that said it?
    pub(crate) itself: bool,
    /// When a check was last fresh by this machine's clock.
    pub(crate) at: Option<Time>,
    pub(crate) list: Option<List>,
    pub(crate) machine: Option<Machine>,
}

/// Bytes that [`Memory::to_bytes`] did not write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no memory of `caveat verify`: {0}; without it no rollback is noticed, so delete it only if you know why"
)]
pub struct MemoryError(&'static str);

impl Memory {
    pub(crate) fn new(feed: &str) -> Self {
        Self {
            feed: feed.to_owned(),
            itself: false,
            at: None,
            list: None,
            machine: None,
        }
    }

    /// The feed that it is of.
    pub fn feed(&self) -> &str {
        &self.feed
    }

    /// Was it learnt with a root, an authority or a key that was trusted? Then a look without any does not change it.
    pub fn is_pinned(&self) -> bool {
        !self.itself
    }

    /// The document to keep: JSON, one line.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = Map::new();
        let mut set = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
        set("_type", KIND.into());
        if let Some(at) = self.at {
            set("at", at.to_string().into());
        }
        set("feed", self.feed.clone().into());
        if self.itself {
            set("itself", true.into());
        }
        if let Some(list) = &self.list {
            set("list", list.to_value());
        }
        if let Some(machine) = &self.machine {
            // Canonical JSON is JSON.
            set("tuf", String::from_utf8_lossy(&machine.to_bytes()).into());
        }
        let mut bytes = Value::Object(fields).to_string().into_bytes();
        bytes.push(b'\n');
        bytes
    }

    /// Reads what [`Memory::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`MemoryError`].
    pub fn read(bytes: &[u8]) -> Result<Self, MemoryError> {
        let error = |what| move || MemoryError(what);
        let value: Value = serde_json::from_slice(bytes).map_err(|_| MemoryError("no JSON"))?;
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if text("_type") != Some(KIND) {
            return Err(MemoryError("another `_type`"));
        }
        let list = value.get("list").map(List::read);
        let machine = text("tuf").map(|text| Machine::read(text.as_bytes()));
        let at = text("at").map(str::parse::<Time>);
        let memory = Self {
            feed: text("feed").ok_or_else(error("no `feed`"))?.to_owned(),
            itself: value.get("itself").is_some(),
            at: at.transpose().map_err(|_| MemoryError("`at` is no time"))?,
            list: list
                .map(|list| list.ok_or_else(error("`list` is not as it was written")))
                .transpose()?,
            machine: machine
                .transpose()
                .map_err(|_| MemoryError("`tuf` is not as it was written"))?,
        };
        // A key twice, or one that nobody knows, would be gone with the next check.
        if memory.to_bytes() == bytes {
            Ok(memory)
        } else {
            Err(MemoryError("it is not as it was written"))
        }
    }
}

impl List {
    fn to_value(&self) -> Value {
        let mut fields = Map::new();
        if let Some(issued) = self.issued {
            fields.insert("issued".to_owned(), issued.to_string().into());
        }
        fields.insert("key".to_owned(), self.key.clone().into());
        if let Some(seq) = self.seq {
            fields.insert("seq".to_owned(), seq.into());
        }
        fields.insert("sha256".to_owned(), hex(&self.sums).into());
        Value::Object(fields)
    }

    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let issued = text("issued").map(str::parse::<Time>).transpose().ok()?;
        Some(Self {
            seq: value.get("seq").and_then(Value::as_u64),
            issued,
            sums: unhex(text("sha256")?)?,
            key: text("key")?.to_owned(),
        })
    }

    /// Where it stands among editions: one that counts is later than one that does not.
    pub(crate) fn place(&self) -> (Option<u64>, Option<Time>) {
        (self.seq, self.issued)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_as_it_was_written_and_in_no_other_way() {
        let memory = Memory {
            feed: "example.org".to_owned(),
            itself: false,
            at: Some("2026-11-22T00:00:00Z".parse().expect("a time")),
            list: Some(List {
                seq: Some(7),
                issued: None,
                sums: [7; 32],
                key: "SHA256:x".to_owned(),
            }),
            machine: None,
        };
        let bytes = memory.to_bytes();
        assert_eq!(Memory::read(&bytes), Ok(memory));
        let text = String::from_utf8(bytes).expect("text");
        for (from, to) in [
            ("\"seq\":7", "\"seq\":7,\"seq\":8"),
            ("\"seq\":7", "\"seq\":-7"),
            ("0707", "070"),
            ("caveat-memory-1", "caveat-memory-2"),
            ("{", "{ "),
            ("2026-11-22T", "2026-11-22 "),
        ] {
            let bad = text.replacen(from, to, 1);
            assert!(Memory::read(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(Memory::read(b"").is_err());
    }
}
