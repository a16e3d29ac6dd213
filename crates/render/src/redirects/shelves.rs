//! Owns the parts of the list of packages that are no more, because packages were dropped.
//! Must never take a package for another: names are canonical.

use std::collections::BTreeSet;

use caveat_artifact::{PathError, SitePath};

use super::Leads;
use super::former::Former;
use crate::pages::{Spine, shelf_paths};
use crate::view::Named;

/// The list of all packages that ever were has every part that there ever was: more of them take none away.
pub(super) fn shelves(
    packages: &[Named<'_>],
    formers: &[&Former],
    leads: &mut Leads,
) -> Result<(), PathError> {
    let now: BTreeSet<(&str, &str)> = packages.iter().map(named).collect();
    let former = formers
        .iter()
        .map(|one| (one.ecosystem.as_str(), one.name.as_str()));
    let ever: BTreeSet<(&str, &str)> = now.iter().copied().chain(former).collect();
    if ever.len() == now.len() {
        return Ok(());
    }
    let [now, ever] = [now, ever].map(|names| {
        let spine = |(at, (ecosystem, name))| Spine {
            ecosystem,
            name,
            at,
        };
        let spines: Vec<Spine<'_>> = names.into_iter().enumerate().map(spine).collect();
        shelf_paths(&spines)
    });
    for path in ever.difference(&now) {
        let from = SitePath::new(format!("{path}index.html"))?;
        leads.entry(from).or_insert_with(|| "packages/".to_owned());
    }
    Ok(())
}

fn named<'b>(one: &Named<'b>) -> (&'b str, &'b str) {
    (one.package.ecosystem.as_str(), &one.package.name)
}
