//! Owns what a client remembers of a feed from one check to the next: enough to notice a rollback.
//! Must never hold a file, a key to trust, or anything that makes a forged tree look good: forgetting it is safe, only blind.

use jiff::Timestamp as Time;

use crate::document::read_own;
use crate::json::Value;
use crate::{Flaw, KeyId, Reason, Role, Root, fields::Fields, hex};

const KIND: &str = "tuf-memory-1";

/// A version that was seen, and the hash of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) version: u64,
    pub(crate) sha256: [u8; 32],
}

/// What was seen of the roles below root, and who could sign for two of them then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Below {
    pub(crate) timestamp: Seen,
    /// The newest that a timestamp pointed at, whether it could be had or not.
    pub(crate) snapshot: Seen,
    pub(crate) targets: Option<Seen>,
    timestamp_keys: Vec<KeyId>,
    snapshot_keys: Vec<KeyId>,
}

/// What a client remembers. It is as worth keeping as the trusted root, and holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    pub(crate) root: Seen,
    pub(crate) below: Option<Below>,
    /// When a check was last fresh by this machine's clock.
    pub(crate) at: Option<Time>,
}

impl Below {
    pub(crate) fn new(timestamp: Seen, snapshot: Seen, root: &Root) -> Self {
        let keys = |role| root.keyring().holders(role).keys.keys().copied().collect();
        Self {
            timestamp,
            snapshot,
            targets: None,
            timestamp_keys: keys(Role::Timestamp),
            snapshot_keys: keys(Role::Snapshot),
        }
    }

    /// Were the keys of either role replaced? Then versions may start anew (specification 5.3.11).
    pub(crate) fn is_cut(&self, root: &Root) -> bool {
        let cut = |role, keys: &[KeyId]| {
            let holders = root.keyring().holders(role);
            holders.counted(keys) < holders.threshold
        };
        cut(Role::Timestamp, &self.timestamp_keys) || cut(Role::Snapshot, &self.snapshot_keys)
    }

    fn to_fields(&self) -> Vec<(&'static str, Value)> {
        let keys = |ids: &[KeyId]| Value::List(ids.iter().map(Value::text).collect());
        let mut fields = vec![
            ("snapshot", self.snapshot.to_value()),
            ("snapshot_keys", keys(&self.snapshot_keys)),
            ("timestamp", self.timestamp.to_value()),
            ("timestamp_keys", keys(&self.timestamp_keys)),
        ];
        fields.extend(self.targets.map(|seen| ("targets", seen.to_value())));
        fields
    }

    fn read(mut fields: Fields) -> Result<Self, Flaw> {
        let targets = fields
            .has("targets")
            .then(|| Seen::read(&mut fields, "targets"));
        let below = Self {
            targets: targets.transpose()?,
            timestamp: Seen::read(&mut fields, "timestamp")?,
            snapshot: Seen::read(&mut fields, "snapshot")?,
            timestamp_keys: read_keys(&mut fields, "timestamp_keys")?,
            snapshot_keys: read_keys(&mut fields, "snapshot_keys")?,
        };
        fields.end().map(|()| below)
    }
}

impl Seen {
    /// May this follow what was seen? A version may stay with its content, or grow.
    pub(crate) fn allows(self, role: Role, new: Self) -> Result<(), Reason> {
        if new.version < self.version {
            let (seen, offered) = (self.version, new.version);
            Err(Reason::Rollback {
                role,
                seen,
                offered,
            })
        } else if new.version == self.version && new.sha256 != self.sha256 {
            Err(Reason::TwoContents(role, new.version))
        } else {
            Ok(())
        }
    }

    pub(crate) fn to_value(self) -> Value {
        Value::map([
            ("sha256", Value::Text(hex::write(&self.sha256))),
            ("version", Value::Number(self.version)),
        ])
    }

    pub(crate) fn read(fields: &mut Fields, name: &str) -> Result<Self, Flaw> {
        let mut seen = fields.map(name)?;
        let read = Self {
            version: seen.number("version")?,
            sha256: seen.hex("sha256")?,
        };
        seen.end().map(|()| read)
    }
}

fn read_keys(fields: &mut Fields, name: &'static str) -> Result<Vec<KeyId>, Flaw> {
    let id = |item| match item {
        Value::Text(text) => KeyId::read(&text),
        _ => None,
    };
    let ids: Option<Vec<_>> = fields.list(name)?.into_iter().map(id).collect();
    ids.ok_or_else(|| Flaw::Shape(name.to_owned(), "a list of key ids"))
}

impl Memory {
    /// The document to keep.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut fields = vec![("_type", Value::text(KIND)), ("root", self.root.to_value())];
        fields.extend(self.at.map(|at| ("at", Value::text(&at))));
        if let Some(below) = &self.below {
            fields.extend(below.to_fields());
        }
        Value::Map(
            fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
        .to_bytes()
    }

    /// Reads what [`Memory::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Flaw`].
    pub fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        let mut fields = read_own(bytes, KIND)?;
        let root = Seen::read(&mut fields, "root")?;
        let at = fields.has("at").then(|| fields.time("at")).transpose()?;
        let below = if fields.has("timestamp") {
            Some(Below::read(fields)?)
        } else {
            fields.end()?;
            None
        };
        Ok(Self { root, below, at })
    }
}
