//! Owns the shape of an OpenVEX document as we write it. Fields stand in the order of their names.
//! Must never hold an empty list or a null, or a key that the schema does not define.

use caveat_advisory::Timestamp;
use serde::{Serialize, Serializer};

#[derive(Serialize)]
pub(crate) struct Document<'e> {
    #[serde(rename = "@context")]
    pub(crate) context: &'static str,
    #[serde(rename = "@id")]
    pub(crate) id: String,
    pub(crate) author: &'e str,
    pub(crate) last_updated: Time,
    pub(crate) role: &'e str,
    pub(crate) statements: Vec<Statement<'e>>,
    pub(crate) timestamp: Time,
    /// Without a version: a document changes only with what it says.
    pub(crate) tooling: &'static str,
    pub(crate) version: usize,
}

#[derive(PartialEq, Serialize)]
pub(crate) struct Statement<'e> {
    #[serde(rename = "action_statement", skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<String>,
    #[serde(rename = "impact_statement", skip_serializing_if = "Option::is_none")]
    pub(crate) impact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) justification: Option<&'static str>,
    pub(crate) products: Vec<Product>,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status_notes: Option<String>,
    pub(crate) timestamp: Time,
    pub(crate) vulnerability: Vulnerability<'e>,
}

/// A package URL is its own identifier: said twice it would only make documents larger.
#[derive(PartialEq, Serialize)]
pub(crate) struct Product {
    #[serde(rename = "@id")]
    pub(crate) id: String,
}

#[derive(Clone, PartialEq, Serialize)]
pub(crate) struct Vulnerability<'e> {
    #[serde(rename = "@id")]
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<&'e str>,
    pub(crate) description: String,
    pub(crate) name: &'e str,
}

/// UTC, with `Z`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Time(pub(crate) Timestamp);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Two spaces, one line feed at the end.
pub(crate) fn bytes(value: &impl Serialize) -> Vec<u8> {
    // The models have no map with keys that are not text, and no number that is none, so nothing can fail to be written.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
