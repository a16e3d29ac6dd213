//! Owns an advisory as TOML in our form: the order of keys, the shape of strings, comments above what they are about.
//! Must never write a comment that could be read as anything else.

use std::collections::BTreeSet;

use caveat_advisory::{Affected, Credit, PackageRef};
use toml_writer::{ToTomlValue as _, TomlStringBuilder};

use crate::sheet::Sheet;
use crate::write_extra;

/// The widest list that stands on one line.
const WIDEST: usize = 100;

/// The whole file.
pub(crate) fn text(sheet: &Sheet) -> String {
    let mut out = Writer {
        text: String::new(),
        sheet,
        in_head: true,
        said: BTreeSet::new(),
    };
    out.remarks("");
    out.head();
    out.in_head = false;
    out.tables();
    out.dates();
    out.other_remarks();
    write_extra::tables(&mut out.text, "extra", &sheet.advisory.extra);
    out.text
}

struct Writer<'s> {
    text: String,
    sheet: &'s Sheet,
    /// Remarks about rows stand above the row, not above its keys.
    in_head: bool,
    /// Fields whose remarks stand in the file.
    said: BTreeSet<String>,
}

impl Writer<'_> {
    fn head(&mut self) {
        let advisory = &self.sheet.advisory;
        self.string("id", advisory.id.as_deref());
        self.string("title", Some(&advisory.title));
        self.string("severity", Some(&advisory.severity));
        self.string("severity-reason", advisory.severity_reason.as_deref());
        self.list("cvss", &advisory.cvss);
        self.list("cwe", &advisory.cwe);
        self.list("aliases", &advisory.aliases);
        self.list("related", &advisory.related);
        self.list("upstream", &advisory.upstream);
        self.string("impact", Some(&advisory.impact));
        self.prose("description", Some(&advisory.description));
        self.prose("affected-if", advisory.affected_if.as_deref());
        self.prose("workaround", advisory.workaround.as_deref());
    }

    fn tables(&mut self) {
        let advisory = &self.sheet.advisory;
        for (at, row) in advisory.affected.iter().enumerate() {
            self.header("affected", at);
            self.affected(row);
        }
        for (at, link) in advisory.references.iter().enumerate() {
            self.header("reference", at);
            self.string("type", Some(link.kind.as_str()));
            self.string("url", Some(&link.url));
        }
        for (at, credit) in advisory.credits.iter().enumerate() {
            self.header("credit", at);
            self.credit(credit);
        }
    }

    fn affected(&mut self, row: &Affected) {
        match &row.package {
            PackageRef::Key(key) => self.string("package", Some(key)),
            PackageRef::Named { ecosystem, name } => {
                self.string("ecosystem", Some(ecosystem));
                self.string("name", Some(name));
            }
        }
        self.list("versions", &row.versions);
        self.list("introduced-by", &row.introduced_by);
        self.list("fixed-by", &row.fixed_by);
        self.list("functions", &row.functions);
        self.list("features", &row.features);
        write_extra::tables(&mut self.text, "affected.extra", &row.extra);
        let ecosystem = &row.ecosystem_extra;
        write_extra::tables(&mut self.text, "affected.ecosystem-extra", ecosystem);
    }

    fn credit(&mut self, credit: &Credit) {
        self.string("name", credit.name.as_deref());
        self.string("role", Some(credit.role.as_str()));
        self.string("url", credit.url.as_deref());
        let places: Vec<String> = credit
            .consent
            .iter()
            .map(|place| place.as_str().to_owned())
            .collect();
        self.list("consent", &places);
    }

    fn dates(&mut self) {
        let advisory = &self.sheet.advisory;
        for (at, revision) in advisory.revisions.iter().enumerate() {
            self.header("revision", at);
            self.line("at", &revision.at.to_string());
            self.string("note", Some(&revision.note));
        }
        if let Some(withdrawn) = &advisory.withdrawn {
            self.text.push('\n');
            self.remarks("withdrawn");
            self.text.push_str("[withdrawn]\n");
            self.line("at", &withdrawn.at.to_string());
            self.string("reason", Some(withdrawn.reason.as_str()));
        }
    }

    /// `[[name]]`, with what is to be said about this one above it.
    fn header(&mut self, name: &str, at: usize) {
        self.text.push('\n');
        self.remarks(&format!("{name}[{at}]"));
        self.text.push_str(&format!("[[{name}]]\n"));
    }

    fn string(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.remarks_of_key(key);
            self.line(key, &string(value));
        }
    }

    /// Markdown, on lines of its own.
    fn prose(&mut self, key: &str, value: Option<&str>) {
        let Some(value) = value else { return };
        self.remarks_of_key(key);
        let builder = TomlStringBuilder::new(value);
        let written = match (value.contains('\n'), builder.as_ml_literal()) {
            (true, Some(literal)) => literal.to_toml_value(),
            (true, None) => builder.as_ml_basic().to_toml_value(),
            (false, _) => string(value),
        };
        self.line(key, &written);
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        self.remarks_of_key(key);
        let values: Vec<String> = values.iter().map(|value| string(value)).collect();
        let short = format!("[{}]", values.join(", "));
        if key.len() + short.len() + 3 <= WIDEST {
            self.line(key, &short);
        } else {
            let long = values.iter().map(|value| format!("    {value},\n"));
            self.line(key, &format!("[\n{}]", long.collect::<String>()));
        }
    }

    fn line(&mut self, key: &str, value: &str) {
        self.text.push_str(&format!("{key} = {value}\n"));
    }

    fn remarks_of_key(&mut self, key: &str) {
        if self.in_head {
            self.remarks(key);
        }
    }

    /// What is to be said above a field.
    fn remarks(&mut self, field: &str) {
        self.said.insert(field.to_owned());
        let sheet = self.sheet;
        for remark in sheet.remarks.get(field).into_iter().flatten() {
            self.comment(remark);
        }
    }

    /// Remarks about rows that became one with another row.
    fn other_remarks(&mut self) {
        let sheet = self.sheet;
        let said = std::mem::take(&mut self.said);
        for (field, remarks) in &sheet.remarks {
            for remark in remarks.iter().filter(|_| !said.contains(field)) {
                self.text.push('\n');
                self.comment(&format!("{field}: {remark}"));
            }
        }
    }

    fn comment(&mut self, text: &str) {
        let hidden = |c: char| {
            c.is_control()
                || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        };
        self.text.push_str("# ");
        for c in text.chars() {
            if hidden(c) {
                self.text.extend(c.escape_unicode());
            } else {
                self.text.push(c);
            }
        }
        self.text.push('\n');
    }
}

/// On one line, in the quotes that need no escapes where there are such.
fn string(value: &str) -> String {
    let builder = TomlStringBuilder::new(value);
    let plain = builder.as_basic_pretty().or_else(|| builder.as_literal());
    plain.unwrap_or_else(|| builder.as_basic()).to_toml_value()
}
