//! Owns what a publisher remembers: the number of the last edition and what it signed, to be kept in git.
//! Must never let a number be used twice: a feed that signs two contents under one version has forged itself.

use jiff::Timestamp as Time;

use crate::document::read_own;
use crate::json::Value;
use crate::memory::Seen;
use crate::pointer::Pointer;
use crate::{Fingerprint, Flaw, Role, fields::Fields};

const KIND: &str = "publish-state-1";

/// What was published last. `seq` counts signings; a document's version is the `seq` at which it was signed, so that a
/// version can never grow in any way but by publishing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub(crate) seq: u64,
    pub(crate) issued: Time,
    pub(crate) root: Seen,
    pub(crate) targets: Issued,
    pub(crate) snapshot: Issued,
    pub(crate) timestamp: Issued,
}

/// A document that was signed: where it is, and when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Issued {
    pub(crate) pointer: Pointer,
    pub(crate) expires: Time,
}

impl Issued {
    fn to_value(self) -> Value {
        let [hashes, length] = self.pointer.file.fields();
        let expires = ("expires".to_owned(), Value::text(&self.expires));
        let version = ("version".to_owned(), Value::Number(self.pointer.version));
        Value::Map([expires, hashes, length, version].into())
    }

    /// A version beyond the number of signings was not made by publishing.
    fn read(fields: &mut Fields, name: &str, seq: u64) -> Result<Self, Flaw> {
        let mut issued = fields.map(name)?;
        let version = issued.number("version")?;
        let expires = issued.time("expires")?;
        let file = Fingerprint::read(&mut issued)?;
        issued.end()?;
        if version == 0 {
            Err(Flaw::VersionZero)
        } else if version > seq {
            Err(Flaw::Shape(format!("{name}.version"), "no more than seq"))
        } else {
            let pointer = Pointer { version, file };
            Ok(Self { pointer, expires })
        }
    }
}

impl State {
    /// How many times something was signed.
    pub fn seq(&self) -> u64 {
        self.seq
    }

    /// When something was signed last.
    pub fn issued(&self) -> Time {
        self.issued
    }

    /// When the newest of each role ends: targets, snapshot, timestamp.
    pub fn ends(&self) -> [Time; 3] {
        [
            self.targets.expires,
            self.snapshot.expires,
            self.timestamp.expires,
        ]
    }

    /// The list of files and the snapshot of it: what each is called below `tuf/`, and its bytes.
    pub fn documents(&self) -> [(String, Fingerprint); 2] {
        let named = |role: Role, issued: Issued| {
            let pointer = issued.pointer;
            (role.file(pointer.version), pointer.file)
        };
        [
            named(Role::Targets, self.targets),
            named(Role::Snapshot, self.snapshot),
        ]
    }

    /// The newest timestamp.
    pub fn timestamp(&self) -> Fingerprint {
        self.timestamp.pointer.file
    }

    /// The root that was the newest then.
    pub fn root(&self) -> u64 {
        self.root.version
    }

    /// The document to keep, one line.
    pub fn to_bytes(&self) -> Vec<u8> {
        Value::map([
            ("_type", Value::text(KIND)),
            ("issued", Value::text(&self.issued)),
            ("root", self.root.to_value()),
            ("seq", Value::Number(self.seq)),
            ("snapshot", self.snapshot.to_value()),
            ("targets", self.targets.to_value()),
            ("timestamp", self.timestamp.to_value()),
        ])
        .to_bytes()
    }

    /// Reads what [`State::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Flaw`].
    pub fn read(bytes: &[u8]) -> Result<Self, Flaw> {
        let mut fields = read_own(bytes, KIND)?;
        let seq = fields.number("seq")?;
        let state = Self {
            seq,
            issued: fields.time("issued")?,
            root: Seen::read(&mut fields, "root")?,
            targets: Issued::read(&mut fields, "targets", seq)?,
            snapshot: Issued::read(&mut fields, "snapshot", seq)?,
            timestamp: Issued::read(&mut fields, "timestamp", seq)?,
        };
        fields.end().map(|()| state)
    }
}
