//! Owns reading a table by names: what is required, what is optional, and what is left over.
//! Must never stop at the first fault: every key of every table is looked at.

mod named;

use std::sync::Arc;

use caveat_diag::{Diagnostic, Report, Source, Span, quoted};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::data::{Data, Extra};
use crate::leaf::{Leaf, Problem, nearest};
use crate::places::Places;

pub use named::is_name;

/// What one file's reading shares: where trouble goes, and the map of places.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a Arc<Source>,
    pub(crate) report: &'a mut Report,
    pub(crate) places: Places,
    /// The syntax was faulty: a key may be missing only because its line could not be read.
    pub(crate) recovering: bool,
}

impl Reader<'_> {
    fn error(&mut self, code: &'static str, span: Span, message: &str, help: Option<&str>) {
        let mut found = Diagnostic::error(code, message, self.source, span);
        if let Some(help) = help {
            found = found.help(help);
        }
        self.report.push(found);
    }

    /// The parser puts an empty value where it could not read one, and has said so.
    fn lost(&self, value: &Spanned<DeValue<'_>>) -> bool {
        self.recovering && value.span().is_empty()
    }

    fn leaf<T: Leaf>(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Option<T> {
        if self.lost(value) {
            return None;
        }
        match T::read(value.get_ref()) {
            Ok(leaf) => Some(leaf),
            Err(Problem { message, help }) => {
                let span = self.source.span(value.span());
                let message = format!("`{name}`: {message}");
                self.error("wrong-value", span, &message, help.as_deref());
                None
            }
        }
    }
}

/// One table while it is being read.
pub(crate) struct Fields<'t, 'r, 'a> {
    reader: &'r mut Reader<'a>,
    table: &'t DeTable<'t>,
    prefix: String,
    span: Span,
    known: Vec<&'static str>,
}

impl<'t, 'r, 'a> Fields<'t, 'r, 'a> {
    /// The top level of a file.
    pub(crate) fn root(reader: &'r mut Reader<'a>, table: &'t DeTable<'t>) -> Self {
        let span = reader.source.first_line();
        Self {
            reader,
            table,
            prefix: String::new(),
            span,
            known: Vec::new(),
        }
    }

    /// A value that must be there.
    pub(crate) fn required<T: Leaf>(&mut self, key: &'static str) -> Option<T> {
        if self.table.contains_key(key) {
            return self.optional(key);
        }
        self.known.push(key);
        self.missing(key);
        None
    }

    /// A value that may be there.
    pub(crate) fn optional<T: Leaf>(&mut self, key: &'static str) -> Option<T> {
        let (name, value) = self.take(key)?;
        self.reader.leaf(&name, value)
    }

    /// A list of values; absent is empty.
    pub(crate) fn list<T: Leaf>(&mut self, key: &'static str) -> Vec<T> {
        let Some((name, value)) = self.take(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            let help = format!("write `{key} = [...]`, with brackets even for one");
            self.wrong_shape(&name, value, "an array", &help);
            return Vec::new();
        };
        let mut leaves = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let name = format!("{name}[{index}]");
            self.place(&name, item);
            leaves.extend(self.reader.leaf::<T>(&name, item));
        }
        leaves
    }

    /// An array of tables (`[[key]]`); absent is empty.
    pub(crate) fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_, '_, 'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some((name, value)) = self.take(key) else {
            return Vec::new();
        };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_shape(
                &name,
                value,
                "an array of tables",
                &format!("write `[[{name}]]`"),
            );
            return Vec::new();
        };
        let mut rows = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let name = format!("{name}[{index}]");
            self.place(&name, item);
            rows.extend(self.inner(&name, item, &mut read));
        }
        rows
    }

    /// A table (`[key]`) that may be there.
    pub(crate) fn table<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_, '_, 'a>) -> Option<T>,
    ) -> Option<T> {
        let (name, value) = self.take(key)?;
        self.inner(&name, value, &mut read)
    }

    /// A table that must be there.
    pub(crate) fn required_table<T>(
        &mut self,
        key: &'static str,
        read: impl FnMut(&mut Fields<'_, '_, 'a>) -> Option<T>,
    ) -> Option<T> {
        if !self.table.contains_key(key) {
            self.known.push(key);
            self.missing(key);
            return None;
        }
        self.table(key, read)
    }

    /// A table whose keys nobody knows; absent is empty.
    pub(crate) fn data(&mut self, key: &'static str) -> Extra {
        let Some((name, value)) = self.take(key) else {
            return Extra::new();
        };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_shape(&name, value, "a table", &format!("write `[{name}]`"));
            return Extra::new();
        };
        let mut places = Vec::new();
        let mut last = value.span();
        let rows = Data::rows(&name, table, &mut |name, value| {
            places.push((name.to_owned(), value.span()));
            last = value.span();
        });
        for (name, span) in places {
            let span = self.reader.source.span(span);
            self.reader.places.insert(&name, span);
        }
        rows.unwrap_or_else(|Problem { message, help }| {
            let span = self.reader.source.span(last);
            let message = format!("`{name}`: {message}");
            self.reader
                .error("wrong-value", span, &message, help.as_deref());
            Extra::new()
        })
    }

    /// A fault of this table as a whole.
    pub(crate) fn fault(&mut self, message: &str, help: &str) {
        self.reader
            .error("wrong-value", self.span.clone(), message, Some(help));
    }

    fn inner<T>(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        read: &mut impl FnMut(&mut Fields<'_, '_, 'a>) -> Option<T>,
    ) -> Option<T> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_shape(name, value, "a table", &format!("write `[{name}]`"));
            return None;
        };
        let span = self.reader.source.span(value.span());
        let mut fields = Fields {
            reader: self.reader,
            table,
            prefix: format!("{name}."),
            span,
            known: Vec::new(),
        };
        let row = read(&mut fields);
        fields.finish();
        row
    }

    /// Whatever was not asked for is an unknown key.
    pub(crate) fn finish(self) {
        for (key, value) in self.table {
            let word = key.get_ref().as_ref();
            if self.known.contains(&word) {
                continue;
            }
            let span = self.reader.source.span(key.span());
            let help = match nearest(word, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", self.known.join(", ")),
            };
            let message = format!("unknown key {}", quoted(word));
            let mut found = Diagnostic::error("unknown-key", message, self.reader.source, span);
            if let Some(right) = self.respelt(word, value.get_ref()) {
                let span = found.primary().span.clone();
                found = found.fix(format!("write `{right}`"), span, right);
            }
            self.reader.report.push(found.help(help));
        }
    }

    /// The key that is meant, where only case and underscores are wrong. Headers of tables may stand
    /// in many places: they are not for one edit.
    fn respelt(&self, word: &str, value: &DeValue<'_>) -> Option<&'static str> {
        let nests = |value: &DeValue<'_>| value.as_table().is_some();
        let array = value.as_array();
        if nests(value) || array.is_some_and(|items| items.iter().any(|item| nests(item.get_ref())))
        {
            return None;
        }
        let right = word.to_ascii_lowercase().replace('_', "-");
        let known = self.known.iter().copied().find(|known| *known == right)?;
        (!self.table.contains_key(known)).then_some(known)
    }

    fn take(&mut self, key: &'static str) -> Option<(String, &'t Spanned<DeValue<'t>>)> {
        self.known.push(key);
        let value = self.table.get(key)?;
        let name = format!("{}{key}", self.prefix);
        self.place(&name, value);
        Some((name, value))
    }

    fn place(&mut self, name: &str, value: &Spanned<DeValue<'_>>) {
        let span = self.reader.source.span(value.span());
        self.reader.places.insert(name, span);
    }

    fn missing(&mut self, key: &str) {
        if !self.reader.recovering {
            let message = format!("`{}{key}` is missing", self.prefix);
            self.reader
                .error("missing-key", self.span.clone(), &message, None);
        }
    }

    fn wrong_shape(&mut self, name: &str, value: &Spanned<DeValue<'_>>, want: &str, help: &str) {
        if self.reader.lost(value) {
            return;
        }
        let span = self.reader.source.span(value.span());
        let message = format!(
            "`{name}`: expected {want}, found {}",
            value.get_ref().type_str()
        );
        self.reader.error("wrong-value", span, &message, Some(help));
    }
}
