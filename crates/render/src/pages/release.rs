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
        let values = [("package", title.into()), ("version", version.into())];
        let texts = self.texts_of("release.html");
        let description = texts.say("release.description", &values);
        let data = minijinja::context! { release => value(release) };
        let file = format!("{}index.html", release.path);
        let heading = format!("{title} {version}");
        self.page("release.html", &file, &heading, &description, &data)?;
        let data = minijinja::context! { release => value(told) };
        self.twin("release.txt", &release.path, &data)?;
        let mut json = serde_json::to_vec_pretty(told).unwrap_or_default();
        json.push(b'\n');
        put(self.sink, format!("{}index.json", release.path), json)
    }

    /// Releases against advisories.
    fn matrix(&self, package: &PackageView, releases: &Releases<'_>) -> Result<(), Error> {
        let title = &package.link.title;
        let texts = self.texts_of("matrix.html");
        let say = |key: &str| texts.say(key, &[("package", title.into())]);
        let description = say("matrix.description");
        let path = format!("{}matrix/", package.link.path);
        for (path, rows, pager) in paged(&path, releases.all(), PAGE) {
            let heading = numbered(texts, say("matrix.heading"), pager.as_ref());
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
