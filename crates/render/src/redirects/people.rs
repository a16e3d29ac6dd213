//! Owns pages of thanks that are no more: of years in which few are named by now, and of more pages than it takes.
//! Must never read a name: how many there may have been is enough.

use std::collections::BTreeMap;

use caveat_artifact::{PathError, SitePath};
use caveat_check::{Book, Entry};

use super::Leads;
use crate::pages::{lost, thanks_paths};
use crate::view::day;

/// Every year has an address: where nobody is named on a page of it, it leads to the page of all.
pub(super) fn people(book: &Book, leads: &mut Leads) -> Result<(), PathError> {
    let mut years: BTreeMap<String, usize> = BTreeMap::new();
    for entry in book.entries() {
        let year = day(entry.published).chars().take(4).collect();
        *years.entry(year).or_default() += ever(entry);
    }
    let there = thanks_paths(book);
    for (year, ever) in years {
        let path = format!("thanks/{year}/");
        let now = there.get(&path).copied();
        let to = if now.is_some() { &path } else { "thanks/" };
        let itself = now.is_none().then(|| path.clone());
        let pages = lost(&path, now.unwrap_or_default(), ever);
        for page in pages.chain(itself) {
            let from = SitePath::new(format!("{page}index.html"))?;
            leads.insert(from, to.to_owned());
        }
    }
    Ok(())
}

/// How many may have been named: whoever has a credit, and at least one for each change of them, which tells no more.
fn ever(entry: &Entry) -> usize {
    let revisions = entry.advisory.revisions.iter();
    let changes = revisions.flat_map(|revision| &revision.changed);
    let changes = changes.filter(|change| change.field == "credit");
    entry.advisory.credits.len() + changes.count()
}
