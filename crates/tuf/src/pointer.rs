//! Owns the two documents that point at another one: a snapshot at the list of files, a timestamp at a snapshot.
//! Must never point without length and hash: a version alone lets two files pass for one.

use jiff::Timestamp as Time;

use crate::document::{Document, Head};
use crate::fields::Fields;
use crate::json::Value;
use crate::memory::Seen;
use crate::{Fingerprint, Flaw, Role};

/// A version of a file, and what tells its bytes from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pointer {
    pub(crate) version: u64,
    pub(crate) file: Fingerprint,
}

impl Pointer {
    pub(crate) fn seen(self) -> Seen {
        Seen {
            version: self.version,
            sha256: self.file.sha256,
        }
    }

    fn to_meta(self, name: &str) -> Vec<(&'static str, Value)> {
        let [hashes, length] = self.file.fields();
        let version = ("version".to_owned(), Value::Number(self.version));
        let pointer = Value::Map([hashes, length, version].into());
        vec![("meta", Value::map([(name, pointer)]))]
    }

    fn read_meta(fields: &mut Fields, name: &str) -> Result<Self, Flaw> {
        let mut meta = fields.map("meta")?;
        let mut pointer = meta.map(name)?;
        let version = pointer.number("version")?;
        let file = Fingerprint::read(&mut pointer)?;
        pointer.end()?;
        meta.end()?;
        match version {
            0 => Err(Flaw::VersionZero),
            _ => Ok(Self { version, file }),
        }
    }
}

/// Which list of files is the one (specification 4.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    head: Head,
    pub(crate) targets: Pointer,
}

/// Which snapshot is the newest (specification 4.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Newest {
    head: Head,
    pub(crate) snapshot: Pointer,
}

impl Snapshot {
    pub(crate) fn new(version: u64, targets: Pointer, expires: Time) -> Result<Self, Flaw> {
        let head = Head::new(version, expires)?;
        Ok(Self { head, targets })
    }
}

impl Newest {
    pub(crate) fn new(version: u64, snapshot: Pointer, expires: Time) -> Result<Self, Flaw> {
        let head = Head::new(version, expires)?;
        Ok(Self { head, snapshot })
    }
}

impl Document for Snapshot {
    const ROLE: Role = Role::Snapshot;

    fn head(&self) -> &Head {
        &self.head
    }

    fn body(&self) -> Vec<(&'static str, Value)> {
        self.targets.to_meta("targets.json")
    }

    fn read_body(head: Head, fields: &mut Fields) -> Result<Self, Flaw> {
        let targets = Pointer::read_meta(fields, "targets.json")?;
        Ok(Self { head, targets })
    }
}

impl Document for Newest {
    const ROLE: Role = Role::Timestamp;

    fn head(&self) -> &Head {
        &self.head
    }

    fn body(&self) -> Vec<(&'static str, Value)> {
        self.snapshot.to_meta("snapshot.json")
    }

    fn read_body(head: Head, fields: &mut Fields) -> Result<Self, Flaw> {
        let snapshot = Pointer::read_meta(fields, "snapshot.json")?;
        Ok(Self { head, snapshot })
    }
}
