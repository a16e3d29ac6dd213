//! Owns the pages of releases: is this version affected, by what, and what to upgrade to; for people and for programs.
//! Must never make a page for a package whose releases the feed does not follow.

use super::Press;
use super::pager::paged;
use crate::Error;
use crate::error::put;
use crate::templates::value;
use crate::view::{PackageView, Releases};

/// A page of the matrix has so many releases, and so many of the advisories that name them.
const ROWS: usize = 40;
const COLUMNS: usize = 25;

impl Press<'_> {
    /// Every release of a package, and the matrix of all.
    pub(super) fn releases(
        &self,
        package: &PackageView,
        releases: &Releases<'_>,
    ) -> Result<(), Error> {
        let title = &package.link.title;
        for release in releases.views() {
            let version = &release.version;
            let description = format!(
                "Is {title} {version} affected by a known flaw, by which, and what to upgrade to."
            );
            let data = minijinja::context! { release => value(&release) };
            let page = format!("{}index.html", release.path);
            let heading = format!("{title} {version}");
            self.page("release.html", &page, &heading, &description, &data)?;
            let mut json = serde_json::to_vec_pretty(&release).unwrap_or_default();
            json.push(b'\n');
            put(self.sink, format!("{}index.json", release.path), json)?;
        }
        self.matrix(package, releases)
    }

    fn matrix(&self, package: &PackageView, releases: &Releases<'_>) -> Result<(), Error> {
        let title = &package.link.title;
        let description = format!("A table of the releases of {title} against its advisories.");
        let path = format!("{}matrix/", package.link.path);
        for (path, rows, pager) in paged(&path, releases.all(), ROWS) {
            let number = pager.as_ref().and_then(|pager| pager.number);
            let page = number.map_or(String::new(), |number| format!(", page {number}"));
            let heading = format!("Releases of {title}, and which advisories name them{page}");
            let data = minijinja::context! {
                package => value(package),
                matrix => value(&releases.matrix(rows, COLUMNS)),
                releases => releases.all().len(),
                pager => value(&pager),
            };
            let file = format!("{path}index.html");
            self.page("matrix.html", &file, &heading, &description, &data)?;
        }
        Ok(())
    }
}
