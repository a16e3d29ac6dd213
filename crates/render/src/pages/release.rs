//! Owns the pages of releases: is this version affected, by what, and what to upgrade to; for people and for programs.
//! Must never make a page for a package whose releases the feed does not follow.

use caveat_texts::Texts;

use super::Press;
use super::pager::{PAGE, numbered, paged};
use crate::Error;
use crate::error::put;
use crate::templates::value;
use crate::view::{PackageView, ReleaseView, Releases};

/// So many advisories are columns of the table of releases.
const COLUMNS: usize = 20;

impl Press<'_> {
    /// Every release of a package, and the table of all.
    pub(super) fn releases(
        &self,
        package: &PackageView,
        releases: &Releases<'_>,
    ) -> Result<(), Error> {
        let title = &package.link.title;
        let told = releases.views(Texts::english());
        for (release, told) in releases.views(self.texts_of("release.html")).zip(told) {
            self.release(title, &release, &told)?;
        }
        self.matrix(package, releases)
    }

    /// One release in all its forms; programs are told in English.
    fn release(&self, title: &str, release: &ReleaseView, told: &ReleaseView) -> Result<(), Error> {
        let version = &release.version;
        let description = format!(
            "Is {title} {version} affected by a known flaw, by which, and what to upgrade to."
        );
        let data = minijinja::context! { release => value(release) };
        let file = format!("{}index.html", release.path);
        let heading = format!("{title} {version}");
        self.page("release.html", &file, &heading, &description, &data)?;
        self.twin("release.txt", &release.path, &data)?;
        let mut json = serde_json::to_vec_pretty(told).unwrap_or_default();
        json.push(b'\n');
        put(self.sink, format!("{}index.json", release.path), json)
    }

    /// Releases against advisories.
    fn matrix(&self, package: &PackageView, releases: &Releases<'_>) -> Result<(), Error> {
        let title = &package.link.title;
        let description = format!("A table of the releases of {title} against its advisories.");
        let path = format!("{}matrix/", package.link.path);
        for (path, rows, pager) in paged(&path, releases.all(), PAGE) {
            let heading = format!("Releases of {title}, and which advisories name them");
            let heading = numbered(heading, pager.as_ref());
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
