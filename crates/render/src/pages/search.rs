//! Owns the page that searches: what of the book it finds, and the files it reads.
//! Must never give the index anybody's name, or a word that is on no page.

use caveat_check::{Entry, PackageId};
use caveat_search::{Document, Index, Package, Product};
use caveat_versions::Version;

use super::Press;
use super::list::Link;
use crate::Error;
use crate::error::put;
use crate::templates::value;
use crate::view::{self, Named, Releases, bounds};

impl Press<'_> {
    /// The page, its script, and the index that the script reads.
    pub(super) fn search(&self, years: &[Link], packages: &[Named<'_>]) -> Result<(), Error> {
        let data = minijinja::context! {
            years => value(&years), severities => value(&view::classes(self.book))
        };
        let texts = self.texts_of("search.html");
        let (title, lead) = (texts.word("search.title"), texts.word("search.description"));
        self.page("search.html", "search/index.html", &title, &lead, &data)?;
        put(self.sink, "search/search.js", self.templates.script())?;
        let documents = self.book.entries().iter().map(document).collect();
        let packages: Vec<Package> = packages
            .iter()
            .map(|named| self.package_of(named))
            .collect();
        let classes = self.book.project().policy.severities.iter();
        let severities: Vec<String> = classes.map(|class| class.label.clone()).collect();
        let index = Index::new(documents, &packages, &severities);
        put(self.sink, "search/index.json", index.head)?;
        let mut files = index.files.into_iter();
        files.try_for_each(|(path, text)| put(self.sink, format!("search/{path}"), text))
    }

    fn package_of(&self, named: &Named<'_>) -> Package {
        let package = named.package;
        let releases = Releases::of(self.book, named);
        Package {
            product: product(package),
            path: caveat_versions::package_path(&package.ecosystem, &package.name) + "/",
            releases: releases.map(|all| all.versions()).unwrap_or_default(),
        }
    }
}

fn product(package: &PackageId) -> Product {
    Product {
        ecosystem: package.ecosystem.to_string(),
        name: package.name.clone(),
        title: package.title.clone(),
    }
}

fn document(entry: &Entry) -> Document {
    let advisory = &entry.advisory;
    let branches = entry.affected.iter().flat_map(|one| &one.branches);
    let weaknesses = entry.weaknesses.iter();
    Document {
        id: entry.id.clone(),
        aliases: advisory.aliases.clone(),
        title: advisory.title.trim().to_owned(),
        impact: advisory.impact.clone(),
        severity: entry.rank,
        published: entry.published.to_string(),
        packages: entry
            .affected
            .iter()
            .map(|one| product(&one.package))
            .collect(),
        versions: branches.flat_map(bounds).map(Version::canonical).collect(),
        weaknesses: weaknesses
            .map(|one| (one.number, one.name.to_owned()))
            .collect(),
        withdrawn: advisory.withdrawn.is_some(),
    }
}
