//! Owns the pages of packages, and the lists that lead to them.
//! Must never decide how lists are cut, or work out the releases of a package twice: there may be more of them than of anything else.

use rayon::prelude::*;

use super::Press;
use super::pager::{numbered, paged};
use super::shelf::{self, Content, Spine};
use crate::Error;
use crate::templates::value;
use crate::view::{self, Named, PackageRow, PackageView, Releases};

/// How many advisories a page of a package has: each has a row for each branch, and there is a picture above them.
const ROWS: usize = 25;

impl Press<'_> {
    pub(super) fn packages(&self, packages: &[Named<'_>]) -> Result<(), Error> {
        let spines: Vec<Spine<'_>> = packages.iter().enumerate().map(spine).collect();
        let texts = self.texts_of("packages.html");
        let description = texts.word("packages.description");
        shelf::try_each(texts, &spines, &mut |path, title, content| {
            let Content {
                packages: shown,
                parts,
            } = content;
            let rows = shown.into_iter().map(|one| packages[one.at].row());
            let rows: Vec<PackageRow> = rows.collect();
            let data =
                minijinja::context! { packages => value(&rows), ecosystems => value(&parts) };
            let file = format!("{path}index.html");
            self.page("packages.html", &file, title, &description, &data)
        })
    }

    pub(super) fn each_package(&self, packages: &[Named<'_>]) -> Result<(), Error> {
        packages.par_iter().try_for_each(|named| {
            let view = named.view(self.book);
            let releases = Releases::of(self.book, named);
            self.package(named, &view, releases.as_ref())?;
            releases.map_or(Ok(()), |all| self.releases(&view, &all))
        })
    }

    fn package(
        &self,
        named: &Named<'_>,
        view: &PackageView,
        releases: Option<&Releases<'_>>,
    ) -> Result<(), Error> {
        let link = &view.link;
        let texts = self.texts_of("package.html");
        let values = [
            ("name", (&link.name).into()),
            ("ecosystem", (&link.ecosystem).into()),
        ];
        let description = texts.say("package.description", &values);
        let listed = releases.map_or(&[][..], Releases::listed);
        for (path, found, pager) in paged(&link.path, &named.found, ROWS) {
            let title = format!("{} ({} {})", link.title, link.ecosystem, link.name);
            let title = numbered(texts, title, pager.as_ref());
            let data = minijinja::context! {
                package => value(view),
                advisories => value(&view::package_cards(texts, found)),
                timeline => value(&view::timeline(texts, found, listed)),
                releases => releases.is_some(),
                pager => value(&pager),
            };
            let file = format!("{path}index.html");
            self.page("package.html", &file, &title, &description, &data)?;
        }
        let all = view::package_cards(self.texts_of("package.txt"), &named.found);
        let data = minijinja::context! { package => value(&view), advisories => value(&all) };
        self.twin("package.txt", &link.path, &data)
    }
}

fn spine<'b>((at, named): (usize, &'b Named<'_>)) -> Spine<'b> {
    Spine {
        ecosystem: named.package.ecosystem.as_str(),
        name: &named.package.name,
        at,
    }
}
