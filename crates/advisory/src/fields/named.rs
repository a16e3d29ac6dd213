//! Owns reading tables whose names their authors choose, and lists that must be there.
//! Must never take a name that could not be the name of a file.

use caveat_diag::quoted;

use super::Fields;
use crate::leaf::Leaf;

/// What a name may be: it is part of a path.
pub fn is_name(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    name.len() <= 64
        && name.bytes().all(inner)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

impl<'a> Fields<'_, '_, 'a> {
    /// A list of values that must be there.
    pub(crate) fn required_list<T: Leaf>(&mut self, key: &'static str) -> Option<Vec<T>> {
        if self.table.contains_key(key) {
            return Some(self.list(key));
        }
        self.known.push(key);
        self.missing(key);
        None
    }

    /// Tables by names of people's choice (`[key.NAME]`), in the order of the file; absent is empty.
    pub(crate) fn named<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'_, '_, 'a>) -> Option<T>,
    ) -> Vec<(String, T)> {
        let Some((path, value)) = self.take(key) else {
            return Vec::new();
        };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_shape(&path, value, "a table", &format!("write `[{path}.NAME]`"));
            return Vec::new();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let mut rows = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            let word = name.get_ref().as_ref();
            if !is_name(word) {
                let span = self.reader.source.span(name.span());
                let message = format!("{} is no name of a key", quoted(word));
                let help = "a name is letters, digits, `-` and `_`, as in `keys/NAME.pub`";
                self.reader.error("wrong-value", span, &message, Some(help));
                continue;
            }
            let path = format!("{path}.{word}");
            let span = self.reader.source.span(name.span());
            self.reader.places.insert(&path, span);
            let row = self.inner(&path, value, &mut read);
            rows.extend(row.map(|row| (word.to_owned(), row)));
        }
        rows
    }
}
