//! Owns the shape of a CSAF 2.0 document as we write it. Fields stand in the order of their names.
//! Must never hold an empty list, or a key that the schema does not define.

use std::borrow::Cow;

use caveat_advisory::Timestamp;
use serde::{Serialize, Serializer};

#[derive(Serialize)]
pub(crate) struct Csaf<'e> {
    pub(crate) document: Document<'e>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) product_tree: Option<ProductTree<'e>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) vulnerabilities: Vec<Vulnerability<'e>>,
}

#[derive(Serialize)]
pub(crate) struct Document<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) aggregate_severity: Option<Severity<'e>>,
    pub(crate) category: &'static str,
    pub(crate) csaf_version: &'static str,
    pub(crate) distribution: Distribution,
    pub(crate) lang: &'static str,
    pub(crate) notes: Vec<Note<'e>>,
    pub(crate) publisher: PublisherName<'e>,
    pub(crate) references: Vec<Link>,
    pub(crate) title: String,
    pub(crate) tracking: Tracking<'e>,
}

#[derive(Serialize)]
pub(crate) struct Severity<'e> {
    pub(crate) namespace: String,
    pub(crate) text: &'e str,
}

#[derive(Serialize)]
pub(crate) struct Distribution {
    pub(crate) text: String,
    pub(crate) tlp: Tlp,
}

#[derive(Serialize)]
pub(crate) struct Tlp {
    pub(crate) label: &'static str,
    pub(crate) url: &'static str,
}

#[derive(Serialize)]
pub(crate) struct Note<'e> {
    pub(crate) category: &'static str,
    pub(crate) text: Cow<'e, str>,
    pub(crate) title: Cow<'e, str>,
}

#[derive(Serialize)]
pub(crate) struct PublisherName<'e> {
    pub(crate) category: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) contact_details: Option<String>,
    pub(crate) name: &'e str,
    pub(crate) namespace: &'e str,
}

#[derive(Serialize)]
pub(crate) struct Link {
    pub(crate) category: &'static str,
    pub(crate) summary: String,
    pub(crate) url: String,
}

#[derive(Serialize)]
pub(crate) struct Tracking<'e> {
    pub(crate) current_release_date: Time,
    pub(crate) generator: Generator,
    pub(crate) id: Cow<'e, str>,
    pub(crate) initial_release_date: Time,
    pub(crate) revision_history: Vec<Revision<'e>>,
    pub(crate) status: &'static str,
    pub(crate) version: String,
}

/// Without a version and a date: a document changes only with its advisory.
#[derive(Serialize)]
pub(crate) struct Generator {
    pub(crate) engine: Engine,
}

#[derive(Serialize)]
pub(crate) struct Engine {
    pub(crate) name: &'static str,
}

#[derive(Serialize)]
pub(crate) struct Revision<'e> {
    pub(crate) date: Time,
    pub(crate) number: String,
    pub(crate) summary: Cow<'e, str>,
}

#[derive(Serialize)]
pub(crate) struct ProductTree<'e> {
    pub(crate) branches: Vec<Branch<'e>>,
}

#[derive(Serialize)]
pub(crate) struct Branch<'e> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) branches: Vec<Self>,
    pub(crate) category: &'static str,
    pub(crate) name: Cow<'e, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) product: Option<FullName<'e>>,
}

impl<'e> Branch<'e> {
    pub(crate) fn inner(category: &'static str, name: Cow<'e, str>, branches: Vec<Self>) -> Self {
        Self {
            branches,
            category,
            name,
            product: None,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct FullName<'e> {
    pub(crate) name: &'e str,
    pub(crate) product_id: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) product_identification_helper: Option<Helper<'e>>,
}

#[derive(Serialize)]
pub(crate) struct Helper<'e> {
    pub(crate) purl: &'e str,
}

#[derive(Serialize)]
pub(crate) struct Vulnerability<'e> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) acknowledgments: Vec<Acknowledgment<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cve: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cwe: Option<Cwe>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) discovery_date: Option<Time>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) flags: Vec<Flag<'e>>,
    pub(crate) ids: Vec<Id<'e>>,
    pub(crate) notes: Vec<Note<'e>>,
    pub(crate) product_status: ProductStatus<'e>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) references: Vec<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) release_date: Option<Time>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) remediations: Vec<Remediation<'e>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) scores: Vec<crate::score::ScoreOf<'e>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) threats: Vec<Threat<'e>>,
    pub(crate) title: String,
}

#[derive(Serialize)]
pub(crate) struct Acknowledgment<'e> {
    pub(crate) names: [&'e str; 1],
    pub(crate) summary: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) urls: Vec<&'e str>,
}

#[derive(Serialize)]
pub(crate) struct Cwe {
    pub(crate) id: String,
    pub(crate) name: &'static str,
}

#[derive(Serialize)]
pub(crate) struct Flag<'e> {
    pub(crate) label: &'static str,
    pub(crate) product_ids: Vec<&'e str>,
}

#[derive(Serialize)]
pub(crate) struct Id<'e> {
    pub(crate) system_name: &'e str,
    pub(crate) text: &'e str,
}

#[derive(Serialize)]
pub(crate) struct ProductStatus<'e> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) first_fixed: Vec<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fixed: Vec<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) known_affected: Vec<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) known_not_affected: Vec<&'e str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) recommended: Vec<&'e str>,
}

#[derive(Serialize)]
pub(crate) struct Remediation<'e> {
    pub(crate) category: &'static str,
    pub(crate) details: Cow<'e, str>,
    pub(crate) product_ids: Vec<&'e str>,
}

#[derive(Serialize)]
pub(crate) struct Threat<'e> {
    pub(crate) category: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<Time>,
    pub(crate) details: Cow<'e, str>,
    pub(crate) product_ids: Vec<&'e str>,
}

/// UTC, with `Z`.
#[derive(Clone, Copy)]
pub(crate) struct Time(pub(crate) Timestamp);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
