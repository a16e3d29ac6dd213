//! Owns SARIF 2.1.0, the form that code scanning services read, with a page for each rule.
//! Must never count columns in bytes: the run says `unicodeCodePoints`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{document, whole_text};
use crate::fingerprint::{Known, known};
use crate::{Fix, Level, Report, Source, Span};

/// Who found it.
#[derive(Clone, Debug)]
pub struct Tool<'a> {
    /// Semantic version of the program.
    pub version: &'a str,
    /// Every rule that was applied, by code.
    pub rules: Vec<RulePage>,
}

/// One rule as a service shows it.
#[derive(Clone, Debug)]
pub struct RulePage {
    /// Stable name.
    pub code: &'static str,
    /// A sentence: what holds.
    pub says: String,
    /// Markdown: why.
    pub why: &'static str,
    /// How bad it is to break it.
    pub level: Level,
    /// Where it is explained, if it is published anywhere.
    pub page: Option<String>,
}

/// The report as a log of one run. `prefix` leads from the repository's root to the project's: empty, or ending in `/`.
pub fn sarif(report: &Report, prefix: &str, tool: &Tool<'_>) -> String {
    let index: BTreeMap<&str, usize> = tool.rules.iter().map(|rule| rule.code).zip(0..).collect();
    let form = Form { prefix, index };
    let all = known(report.sorted());
    let results: Vec<Value> = all.iter().map(|known| form.result(known)).collect();
    document(&json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "caveat",
                "semanticVersion": tool.version,
                "rules": tool.rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(page: &RulePage) -> Value {
    let mut rule = json!({
        "id": page.code,
        "shortDescription": { "text": page.says },
        "fullDescription": { "text": page.why },
        "help": { "text": page.why, "markdown": page.why },
        "defaultConfiguration": { "level": page.level.word() },
    });
    if let Some(address) = &page.page {
        rule["helpUri"] = json!(address);
    }
    rule
}

/// What all results of a run share.
struct Form<'a> {
    prefix: &'a str,
    index: BTreeMap<&'a str, usize>,
}

impl Form<'_> {
    fn result(&self, (found, fingerprint): &Known<'_>) -> Value {
        let at = found.primary();
        let mut result = json!({
            "ruleId": found.code,
            "level": found.level.word(),
            "message": { "text": plain(&whole_text(found)) },
            "locations": [{ "physicalLocation": self.place(&at.source, &at.span) }],
            "partialFingerprints": { "caveatFinding/v1": fingerprint },
        });
        if let Some(index) = self.index.get(found.code) {
            result["ruleIndex"] = json!(index);
        }
        let related: Vec<Value> = (found.labels.iter().enumerate().skip(1))
            .map(|(id, label)| {
                json!({
                    "id": id,
                    "message": { "text": plain(&label.text) },
                    "physicalLocation": self.place(&label.source, &label.span),
                })
            })
            .collect();
        if !related.is_empty() {
            result["relatedLocations"] = Value::Array(related);
        }
        if !found.fixes.is_empty() {
            result["fixes"] = found.fixes.iter().map(|fix| self.fix(fix)).collect();
        }
        result
    }

    fn place(&self, source: &Source, span: &Span) -> Value {
        json!({ "artifactLocation": self.artifact(source), "region": region(source, span) })
    }

    fn artifact(&self, source: &Source) -> Value {
        let path = format!("{}{}", self.prefix, source.path());
        json!({ "uri": reference(&path), "uriBaseId": "%SRCROOT%" })
    }

    fn fix(&self, fix: &Fix) -> Value {
        json!({
            "description": { "text": plain(&fix.title) },
            "artifactChanges": [{
                "artifactLocation": self.artifact(&fix.source),
                "replacements": [{
                    "deletedRegion": region(&fix.source, &fix.span),
                    "insertedContent": { "text": fix.replacement },
                }],
            }],
        })
    }
}

fn region(source: &Source, span: &Span) -> Value {
    let (start, end) = (source.position(span), source.end_position(span));
    json!({
        "startLine": start.line, "startColumn": start.column,
        "endLine": end.line, "endColumn": end.column,
    })
}

/// What a file says must not become a link.
fn plain(text: &str) -> String {
    if text.contains("](") {
        text.replace('[', "\\[").replace(']', "\\]")
    } else {
        text.to_owned()
    }
}

/// A path as a relative URI.
fn reference(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
