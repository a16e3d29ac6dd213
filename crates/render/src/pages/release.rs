//! Owns the pages of releases: is this version affected, by what, and what to upgrade to; for people and for programs.
//! Must never make a page for a package whose releases the feed does not follow.

use super::Press;
use super::pager::{numbered, paged};
use crate::Error;
use crate::error::put;
use crate::templates::value;
use crate::view::{Named, ReleaseView, Releases};

/// So many advisories are columns of the table of releases.
const COLUMNS: usize = 16;

impl Press<'_> {
    /// Every release of a package, and the table of all.
    pub(super) fn releases(&self, named: &Named<'_>) -> Result<(), Error> {
        let Some(releases) = Releases::of(self.book, named) else {
            return Ok(());
        };
        let title = &named.package.title;
        for release in releases.views() {
            self.release(title, &release)?;
        }
        self.matrix(named, &releases)
    }

    /// One release in all its forms.
    fn release(&self, title: &str, release: &ReleaseView) -> Result<(), Error> {
        let version = &release.version;
        let description = format!(
            "Is {title} {version} affected by a known flaw, by which, and what to upgrade to."
        );
        let data = minijinja::context! { release => value(release) };
        let file = format!("{}index.html", release.path);
        let heading = format!("{title} {version}");
        self.page("release.html", &file, &heading, &description, &data)?;
        self.twin("release.txt", &release.path, &data)?;
        let mut json = serde_json::to_vec_pretty(release).unwrap_or_default();
        json.push(b'\n');
        put(self.sink, format!("{}index.json", release.path), json)
    }

    /// Releases against advisories.
    fn matrix(&self, named: &Named<'_>, releases: &Releases<'_>) -> Result<(), Error> {
        let view = named.view();
        let title = &named.package.title;
        let description = format!("A table of the releases of {title} against its advisories.");
        let all: Vec<usize> = (0..releases.len()).collect();
        for (path, places, pager) in paged(&format!("{}matrix/", view.link.path), &all) {
            let matrix = releases.matrix(places, COLUMNS);
            let data = minijinja::context! {
                package => value(&view), matrix => value(&matrix), releases => releases.len(),
                pager => value(&pager)
            };
            let heading = format!("Releases of {title}, and which advisories name them");
            let heading = numbered(heading, pager.as_ref());
            let file = format!("{path}index.html");
            self.page("matrix.html", &file, &heading, &description, &data)?;
        }
        Ok(())
    }
}
