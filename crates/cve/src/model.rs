//! Owns the shape of a CVE record as we write it. Fields stand in the order of their names.
//! Must never hold an empty list, or a key that the schema does not define.

use std::collections::BTreeMap;

use caveat_advisory::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// A whole record; the container is that of a state.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record<'e, C> {
    pub(crate) containers: Containers<C>,
    pub(crate) cve_metadata: Metadata<'e>,
    pub(crate) data_type: &'static str,
    pub(crate) data_version: &'static str,
}

#[derive(Serialize)]
pub(crate) struct Containers<C> {
    pub(crate) cna: C,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Metadata<'e> {
    pub(crate) assigner_org_id: &'e str,
    pub(crate) assigner_short_name: &'e str,
    pub(crate) cve_id: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) date_rejected: Option<Time>,
    pub(crate) date_updated: Time,
    pub(crate) state: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Container<'e> {
    pub(crate) affected: Vec<Product<'e>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) configurations: Vec<Description>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) credits: Vec<Credit<'e>>,
    pub(crate) date_public: Time,
    pub(crate) descriptions: [Description; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) exploits: Vec<Description>,
    pub(crate) impacts: [Impact; 1],
    pub(crate) metrics: Vec<Metric<'e>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) problem_types: Vec<ProblemType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) provider_metadata: Option<Provider<'e>>,
    pub(crate) references: Vec<Reference>,
    pub(crate) solutions: Vec<Description>,
    pub(crate) source: Source<'e>,
    pub(crate) timeline: Vec<Moment>,
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) workarounds: Vec<Description>,
    #[serde(rename = "x_aliases", skip_serializing_if = "Vec::is_empty")]
    pub(crate) aliases: Vec<&'e str>,
    #[serde(rename = "x_generator")]
    pub(crate) generator: Generator,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rejected<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) provider_metadata: Option<Provider<'e>>,
    #[serde(rename = "rejectedReasons")]
    pub(crate) reasons: [Description; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) replaced_by: Vec<&'e str>,
    #[serde(rename = "x_generator")]
    pub(crate) generator: Generator,
}

/// Without a version: a record changes only with its advisory.
#[derive(Serialize)]
pub(crate) struct Generator {
    pub(crate) engine: &'static str,
}

impl Generator {
    pub(crate) const CAVEAT: Self = Self { engine: "Caveat" };
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Provider<'e> {
    pub(crate) date_updated: Time,
    pub(crate) org_id: &'e str,
    pub(crate) short_name: &'e str,
}

#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Description {
    pub(crate) lang: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) supporting_media: Option<[Media; 1]>,
    pub(crate) value: String,
}

#[derive(Clone, PartialEq, Serialize)]
pub(crate) struct Media {
    pub(crate) base64: bool,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) value: String,
}

#[derive(Serialize)]
pub(crate) struct Impact {
    pub(crate) descriptions: [Description; 1],
}

#[derive(PartialEq, Serialize)]
pub(crate) struct Credit<'e> {
    pub(crate) lang: &'static str,
    #[serde(rename = "type")]
    pub(crate) role: String,
    pub(crate) value: &'e str,
}

/// One of the first four, or `other`.
#[derive(Default, Serialize)]
pub(crate) struct Metric<'e> {
    #[serde(rename = "cvssV2_0", skip_serializing_if = "Option::is_none")]
    pub(crate) v2_0: Option<Cvss>,
    #[serde(rename = "cvssV3_0", skip_serializing_if = "Option::is_none")]
    pub(crate) v3_0: Option<Cvss>,
    #[serde(rename = "cvssV3_1", skip_serializing_if = "Option::is_none")]
    pub(crate) v3_1: Option<Cvss>,
    #[serde(rename = "cvssV4_0", skip_serializing_if = "Option::is_none")]
    pub(crate) v4_0: Option<Cvss>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) other: Option<OtherMetric<'e>>,
}

/// Score, vector and base metrics in words.
pub(crate) type Cvss = BTreeMap<&'static str, Value>;

#[derive(Serialize)]
pub(crate) struct OtherMetric<'e> {
    pub(crate) content: SeverityClass<'e>,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
}

#[derive(Serialize)]
pub(crate) struct SeverityClass<'e> {
    pub(crate) namespace: String,
    pub(crate) value: &'e str,
}

#[derive(Serialize)]
pub(crate) struct ProblemType {
    pub(crate) descriptions: [Weakness; 1],
}

#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Weakness {
    pub(crate) cwe_id: String,
    pub(crate) description: String,
    pub(crate) lang: &'static str,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
}

#[derive(Serialize)]
pub(crate) struct Reference {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<&'static str>,
    pub(crate) url: String,
}

#[derive(Serialize)]
pub(crate) struct Source<'e> {
    pub(crate) advisory: &'e str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) defect: Vec<&'e str>,
    pub(crate) discovery: &'static str,
}

#[derive(PartialEq, Serialize)]
pub(crate) struct Moment {
    pub(crate) lang: &'static str,
    pub(crate) time: Time,
    pub(crate) value: String,
}

#[derive(Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Product<'e> {
    #[serde(rename = "collectionURL", skip_serializing_if = "Option::is_none")]
    pub(crate) collection_url: Option<String>,
    pub(crate) default_status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) modules: Vec<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) package_name: Option<&'e str>,
    #[serde(rename = "packageURL", skip_serializing_if = "Option::is_none")]
    pub(crate) package_url: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) platforms: Vec<&'e str>,
    #[serde(rename = "product")]
    pub(crate) name: &'e str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) program_routines: Vec<Routine<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) repo: Option<&'e str>,
    pub(crate) vendor: &'e str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) versions: Vec<Versions>,
}

#[derive(PartialEq, Serialize)]
pub(crate) struct Routine<'e> {
    pub(crate) name: &'e str,
}

/// One version, or a stretch of them.
#[derive(PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Versions {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) changes: Vec<Change>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) less_than: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) less_than_or_equal: Option<String>,
    pub(crate) status: &'static str,
    pub(crate) version: String,
    pub(crate) version_type: &'static str,
}

#[derive(PartialEq, Serialize)]
pub(crate) struct Change {
    pub(crate) at: String,
    pub(crate) status: &'static str,
}

/// UTC, with `Z`.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Time(pub(crate) Timestamp);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
