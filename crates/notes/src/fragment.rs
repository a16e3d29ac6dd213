//! Owns notes as fragments for towncrier: a file for each advisory.
//! Must never name a file so that towncrier would take it for an issue.

use caveat_check::Book;

use crate::Release;
use crate::item::{Item, items};
use crate::markdown::lines;

/// A file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Its name; `+` says that it belongs to no issue, `security` is the type.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// One for each advisory that the release fixes.
pub fn fragments(book: &Book, release: &Release<'_>) -> Vec<Fragment> {
    items(book, release).iter().map(fragment).collect()
}

fn fragment(item: &Item) -> Fragment {
    Fragment {
        name: format!("+{}.security.md", item.id),
        text: lines(item).join("\n") + "\n",
    }
}

/// All of them below their names.
pub(crate) fn listed(items: &[Item]) -> String {
    let listed = items.iter().map(|item| {
        let Fragment { name, text } = fragment(item);
        format!("==> {name} <==\n{text}")
    });
    listed.collect::<Vec<_>>().join("\n")
}
