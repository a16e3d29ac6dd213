//! Owns the page of each package: its advisories and the versions they name.
//! Must never be where the releases of a package are worked out twice: there may be more of them than of anything else.

use rayon::prelude::*;

use super::Press;
use super::pager::{PAGE, paged};
use crate::Error;
use crate::templates::value;
use crate::view::{self, Named, PackageView, Releases};

impl Press<'_> {
    pub(super) fn each_package(&self, packages: &[Named<'_>]) -> Result<(), Error> {
        packages.par_iter().try_for_each(|named| {
            let view = named.view();
            let releases = Releases::of(self.book, named);
            self.package(named, &view, releases.is_some())?;
            releases.map_or(Ok(()), |all| self.releases(&view, &all))
        })
    }

    fn package(&self, named: &Named<'_>, view: &PackageView, releases: bool) -> Result<(), Error> {
        let link = &view.link;
        let description = format!(
            "Security advisories for {} in {}: affected versions and fixes.",
            link.name, link.ecosystem
        );
        for (path, found, pager) in paged(&link.path, &named.found, PAGE) {
            let number = pager.as_ref().and_then(|pager| pager.number);
            let page = number.map_or(String::new(), |number| format!(", page {number}"));
            let title = format!("{} ({} {}){page}", link.title, link.ecosystem, link.name);
            let data = minijinja::context! {
                package => value(view),
                advisories => value(&view::package_cards(found)),
                releases,
                pager => value(&pager),
            };
            let file = format!("{path}index.html");
            self.page("package.html", &file, &title, &description, &data)?;
        }
        Ok(())
    }
}
