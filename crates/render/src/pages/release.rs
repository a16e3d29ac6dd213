//! Owns the pages of releases: is this version affected, by what, and what to upgrade to; for people and for programs.
//! Must never make a page for a package whose releases the feed does not follow.

use caveat_texts::Texts;

use super::Press;
use crate::Error;
use crate::error::put;
use crate::templates::value;
use crate::view::{Named, Releases};

/// The matrix of a package has so many releases and advisories, the newest of both.
const ROWS: usize = 100;
const COLUMNS: usize = 25;

impl Press<'_> {
    /// Every release of a package, and the matrix of all.
    pub(super) fn releases(&self, named: &Named<'_>) -> Result<(), Error> {
        let Some(releases) = Releases::of(self.book, named) else {
            return Ok(());
        };
        let title = &named.package.title;
        let told = releases.views(Texts::english());
        for (release, told) in releases.views(self.texts_of("release.html")).zip(told) {
            let version = &release.version;
            let description = format!(
                "Is {title} {version} affected by a known flaw, by which, and what to upgrade to."
            );
            let data = minijinja::context! { release => value(&release) };
            let page = format!("{}index.html", release.path);
            let heading = format!("{title} {version}");
            self.page("release.html", &page, &heading, &description, &data)?;
            let mut json = serde_json::to_vec_pretty(&told).unwrap_or_default();
            json.push(b'\n');
            put(self.sink, format!("{}index.json", release.path), json)?;
        }
        let matrix = releases.matrix(ROWS, COLUMNS);
        let view = named.view();
        let page = format!("{}matrix/index.html", view.link.path);
        let data = minijinja::context! {
            package => value(&view), matrix => value(&matrix), releases => releases.len()
        };
        let heading = format!("Releases of {title}, and which advisories name them");
        let description = format!("A table of the releases of {title} against its advisories.");
        self.page("matrix.html", &page, &heading, &description, &data)
    }
}
