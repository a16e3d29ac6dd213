//! Owns where each field of a file stands: one text of all names, and three numbers for each.
//! Must never cost more than the file itself: a hundred thousand of these are held at once.

use caveat_diag::Span;

/// Where each field stands, by names such as `affected[0].versions[1]`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    names: String,
    /// The end of each name, and where the field stands; by name once sorted.
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    name: (u32, u32),
    span: Span,
}

impl Places {
    /// Adds a field. The first of several with one name counts.
    pub(crate) fn insert(&mut self, name: &str, span: Span) {
        let start = small(self.names.len());
        self.names.push_str(name);
        let name = (start, small(self.names.len()));
        self.rows.push(Row { name, span });
    }

    /// Makes look-ups possible, and gives back what was reserved for growth.
    pub(crate) fn sorted(mut self) -> Self {
        let names = &self.names;
        self.rows
            .sort_by(|a, b| slice(names, a.name).cmp(slice(names, b.name)));
        self.rows.shrink_to_fit();
        self.names.shrink_to_fit();
        self
    }

    /// Where a field stands, if it was written.
    pub(crate) fn get(&self, name: &str) -> Option<&Span> {
        let at = |row: &Row| slice(&self.names, row.name).cmp(name);
        let found = self.rows.binary_search_by(at).ok()?;
        Some(&self.rows[found].span)
    }
}

fn slice(names: &str, (start, end): (u32, u32)) -> &str {
    &names[start as usize..end as usize]
}

/// Files are far smaller than four gigabytes, and so are their names.
fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use caveat_diag::Source;

    #[test]
    fn every_field_is_found_by_its_name_and_no_other() {
        let source = Source::new("a.toml", "abcdefghij");
        let mut places = Places::default();
        let names = ["title", "affected", "affected[0]", "affected[0].name", "a"];
        for (at, name) in names.iter().enumerate() {
            places.insert(name, source.span(at..at + 1));
        }
        let places = places.sorted();
        for (at, name) in names.iter().enumerate() {
            assert_eq!(places.get(name).map(Span::start), Some(at), "{name}");
        }
        assert_eq!(places.get("affected[1]"), None);
        assert_eq!(places.get(""), None);
    }
}
