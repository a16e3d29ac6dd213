//! Owns one advisory while it is brought over: what is known so far, remarks beside it, and what went to the report.
//! Must never hold a doubt that is only in the file or only in the report: each goes to both.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use caveat_advisory::{Advisory, Data, Extra, LateReason, RECORD_KEYS};
use caveat_diag::{Diagnostic, Level, Report, Source};

use crate::fields::{Fields, Left};
use crate::keep;
use crate::node::Node;

/// The table of facts that have no better name than where they stood.
const SOURCE: &str = "source";

/// One advisory on its way.
pub(crate) struct Sheet {
    source: Arc<Source>,
    pub(crate) advisory: Advisory,
    /// Comments for the file, by the field they stand above; the empty name is the head of the file.
    pub(crate) remarks: BTreeMap<String, Vec<String>>,
    pub(crate) report: Report,
}

impl Sheet {
    pub(crate) fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            advisory: Advisory {
                id: None,
                title: String::new(),
                severity: String::new(),
                severity_reason: None,
                cvss: Vec::new(),
                cwe: Vec::new(),
                aliases: Vec::new(),
                cve: None,
                related: Vec::new(),
                upstream: Vec::new(),
                impact: String::new(),
                description: String::new(),
                affected_if: None,
                workaround: None,
                affected: Vec::new(),
                statuses: Vec::new(),
                references: Vec::new(),
                relations: Vec::new(),
                credits: Vec::new(),
                timeline: BTreeMap::new(),
                updates: Vec::new(),
                late_reason: LateReason::default(),
                revisions: Vec::new(),
                withdrawn: None,
                embargo: None,
                extra: Extra::new(),
            },
            remarks: BTreeMap::new(),
            report: Report::default(),
        }
    }

    pub(crate) fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Why this file is not imported.
    pub(crate) fn fault(&mut self, code: &'static str, at: Range<usize>, message: &str) {
        self.say(Level::Error, code, at, message);
    }

    /// Something that a person should look at: a comment above `field`, and a line of the report.
    pub(crate) fn doubt(
        &mut self,
        code: &'static str,
        field: &str,
        at: Range<usize>,
        message: &str,
    ) {
        self.remark(field, message);
        self.say(Level::Warning, code, at, message);
    }

    /// How a fact was brought over, where that is no doubt but should be known.
    pub(crate) fn note(
        &mut self,
        code: &'static str,
        field: &str,
        at: Range<usize>,
        message: &str,
    ) {
        self.remark(field, message);
        self.say(Level::Note, code, at, message);
    }

    /// A fact that the form has no place for: kept below `[extra.source]`, by the name that it has in the source.
    pub(crate) fn lose(&mut self, left: Left) {
        let Left { name, node, .. } = left;
        let Some(data) = self.data(&name, &node) else {
            return;
        };
        let message = format!("our form has no place for `{name}`: kept in `extra.source`");
        self.say(Level::Note, "not-in-form", node.span, &message);
        let extra = &mut self.advisory.extra;
        let source = extra
            .entry(SOURCE.to_owned())
            .or_insert_with(|| Data::Table(Extra::new()));
        if let Data::Table(rows) = source {
            rows.insert(name, data);
        }
    }

    /// A fact about the flaw that the form has no key for, but whose own key says what it is. A key that every record has is
    /// another fact there.
    pub(crate) fn keep(&mut self, left: Left) {
        let taken = RECORD_KEYS.contains(&left.key.as_str()) || left.key == SOURCE;
        if taken || self.advisory.extra.contains_key(&left.key) {
            return self.lose(left);
        }
        if let Some(data) = self.data(&left.name, &left.node) {
            let message = format!("`{}` is kept in `extra`", left.name);
            self.say(Level::Note, "not-in-form", left.node.span, &message);
            self.advisory.extra.insert(left.key, data);
        }
    }

    /// The same for a package: `rows` is one of its two tables.
    pub(crate) fn keep_in(&mut self, rows: &mut Extra, left: Left) {
        if rows.contains_key(&left.key) {
            return self.lose(left);
        }
        if let Some(data) = self.data(&left.name, &left.node) {
            let message = format!("`{}` is kept with its package", left.name);
            self.say(Level::Note, "not-in-form", left.node.span, &message);
            rows.insert(left.key, data);
        }
    }

    fn data(&mut self, name: &str, node: &Node) -> Option<Data> {
        let (data, doubts) = keep::data(node);
        for doubt in doubts {
            let message = format!("`{name}`: {doubt}");
            self.doubt("respelled", "", node.span.clone(), &message);
        }
        data
    }

    /// Everything that nobody took.
    pub(crate) fn lose_rest(&mut self, fields: &Fields<'_>) {
        for left in fields.left() {
            self.lose(left);
        }
    }

    /// A link that is already there says nothing new.
    pub(crate) fn add_reference(&mut self, link: caveat_advisory::Reference, at: Range<usize>) {
        if self.advisory.references.contains(&link) {
            let message = format!("the link `{}` is given twice: kept once", link.url);
            self.say(Level::Note, "given-twice", at, &message);
        } else {
            self.advisory.references.push(link);
        }
    }

    fn remark(&mut self, field: &str, text: &str) {
        let lines = self.remarks.entry(field.to_owned()).or_default();
        lines.push(text.to_owned());
    }

    fn say(&mut self, level: Level, code: &'static str, at: Range<usize>, message: &str) {
        let span = self.source.span(at);
        let found = Diagnostic::new(level, code, message, &self.source, span);
        self.report.push(found);
    }
}
