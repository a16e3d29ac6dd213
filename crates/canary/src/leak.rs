//! Owns what would have been told: in which files, what it is and where it is written.
//! Must never hold a word that was looked for.

use std::collections::BTreeMap;
use std::fmt;

use crate::secret::{Source, What};

/// More are counted, not shown.
const SHOWN: usize = 20;

/// Something that would have been told, in the first file of its kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Leak {
    path: String,
    source: Source,
    what: What,
}

/// Everything that would have been told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaks {
    /// By kind of file and what would be told, so that a name on every page, in any spelling, is told once.
    leaks: BTreeMap<(String, Source, What), Leak>,
}

impl std::error::Error for Leaks {}

impl Leaks {
    pub(crate) fn is_empty(&self) -> bool {
        self.leaks.is_empty()
    }

    /// Adds one; of a kind of file, the first path stays, whichever came first.
    pub(crate) fn add(&mut self, path: &str, source: &Source, what: What) {
        let leak = Leak {
            path: path.to_owned(),
            source: source.clone(),
            what,
        };
        let place = self
            .leaks
            .entry((kind(path), source.clone(), what))
            .or_insert_with(|| leak.clone());
        if leak.path < place.path {
            *place = leak;
        }
    }
}

/// The top directory and the ending.
fn kind(path: &str) -> String {
    let top = path.split('/').next().unwrap_or_default();
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    format!("{top}.{ending}")
}

impl fmt::Display for Leaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut leaks: Vec<&Leak> = self.leaks.values().collect();
        leaks.sort();
        for leak in leaks.iter().take(SHOWN) {
            let what = leak.what.words();
            writeln!(
                f,
                "`{}` would give away {what} (see {})",
                leak.path, leak.source
            )?;
        }
        if let Some(more @ 1..) = leaks.len().checked_sub(SHOWN) {
            writeln!(f, "and {more} more")?;
        }
        let names = leaks.iter().any(|leak| leak.what == What::Name);
        f.write_str(
            "nothing was published; reword the one or the other, so that they do not say the same",
        )?;
        if names {
            f.write_str(
                "; for a name, add the place to its `consent` if its owner agreed, or take it out",
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_file_is_told_once_and_no_more_than_twenty_in_all() {
        let mut leaks = Leaks::default();
        let source = Source::new("x.toml", "title");
        for path in ["osv/b.json", "osv/a.json", "osv/c.json"] {
            leaks.add(path, &source, What::Title);
        }
        assert_eq!(
            leaks.to_string().lines().next(),
            Some("`osv/a.json` would give away its title (see title in `x.toml`)")
        );
        assert_eq!(leaks.to_string().lines().count(), 2);
        for number in 0..30 {
            let source = Source::new("x.toml", format!("credit[{number}]"));
            leaks.add("a.html", &source, What::Name);
        }
        let said = leaks.to_string();
        assert_eq!(said.lines().count(), 22);
        assert!(said.contains("and 11 more") && said.contains("`consent`"));
    }
}
