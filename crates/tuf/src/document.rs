//! Owns what all metadata has: a head, a body, and one way to be printed.
//! Must never let a document be read that would be printed otherwise.

use jiff::Timestamp as Time;

use crate::{Flaw, Role, fields::Fields, json, json::LARGEST, json::Value};

/// The version of the specification that is written.
const SPECIFICATION: &str = "1.0.34";

/// What every document says first (specification 4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    specification: String,
    pub(crate) version: u64,
    pub(crate) expires: Time,
}

impl Head {
    /// The head of a new document. Parts of a second are cut off.
    pub(crate) fn new(version: u64, expires: Time) -> Result<Self, Flaw> {
        match version {
            0 => Err(Flaw::VersionZero),
            1..=LARGEST => Ok(Self {
                specification: SPECIFICATION.to_owned(),
                version,
                expires: whole(expires),
            }),
            _ => Err(Flaw::Large("version")),
        }
    }

    fn read(fields: &mut Fields, role: Role) -> Result<Self, Flaw> {
        let kind = fields.text("_type")?;
        if kind != role.name() {
            return Err(Flaw::Type(role, kind));
        }
        let specification = fields.text("spec_version")?;
        if !understood(&specification) {
            return Err(Flaw::SpecVersion(specification));
        }
        let version = fields.number("version")?;
        if version == 0 {
            return Err(Flaw::VersionZero);
        }
        let expires = fields.time("expires")?;
        Ok(Self {
            specification,
            version,
            expires,
        })
    }
}

/// The same time in whole seconds: metadata knows no parts.
pub(crate) fn whole(time: Time) -> Time {
    Time::from_second(time.as_second()).unwrap_or(time)
}

/// `1.x.y`: what comes later in the first major version may be read as this one (specification 4.3).
fn understood(version: &str) -> bool {
    let number = |text: &str| {
        !text.is_empty() && text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let mut parts = version.split('.');
    parts.next() == Some("1")
        && parts.next().is_some_and(number)
        && parts.next().is_some_and(number)
        && parts.next().is_none()
}

/// Metadata of one role.
pub(crate) trait Document: Sized {
    /// Whose it is.
    const ROLE: Role;
    /// What it says first.
    fn head(&self) -> &Head;
    /// All else that it says.
    fn body(&self) -> Vec<(&'static str, Value)>;
    /// Takes the body out of the fields.
    fn read_body(head: Head, fields: &mut Fields) -> Result<Self, Flaw>;

    /// What is signed (specification 4.2.1).
    fn to_value(&self) -> Value {
        let head = self.head();
        let first = [
            ("_type", Value::text(&Self::ROLE)),
            ("expires", Value::text(&head.expires)),
            ("spec_version", Value::text(&head.specification)),
            ("version", Value::Number(head.version)),
        ];
        let fields = first.into_iter().chain(self.body());
        Value::Map(
            fields
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }

    /// Reads what [`Document::to_value`] gives.
    fn read(mut fields: Fields) -> Result<Self, Flaw> {
        let head = Head::read(&mut fields, Self::ROLE)?;
        let document = Self::read_body(head, &mut fields)?;
        fields.end()?;
        Ok(document)
    }
}

/// Reads a document of our own: an object with a type that is no role's.
pub(crate) fn read_own(bytes: &[u8], kind: &'static str) -> Result<Fields, Flaw> {
    let mut fields = Fields::of(json::read(bytes)?)?;
    match fields.text("_type")? {
        found if found == kind => Ok(fields),
        _ => Err(Flaw::Shape("_type".to_owned(), kind)),
    }
}
