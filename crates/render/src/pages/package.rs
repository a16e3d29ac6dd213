//! Owns the pages of packages, and the lists that lead to them.
//! Must never make a list longer than people scroll through: many packages are listed by ecosystem and first letter.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::Press;
use super::list::paged;
use crate::Error;
use crate::templates::value;
use crate::view::{self, Named, PackageRow, Releases};

/// So many packages are one list.
const FEW: usize = 300;

/// A part of the list of packages.
#[derive(Serialize)]
struct Part {
    path: String,
    label: String,
    count: usize,
}

/// The parts of one ecosystem.
#[derive(Serialize)]
struct Parts {
    ecosystem: String,
    parts: Vec<Part>,
}

const LEAD: &str = "Every package with an advisory, and how many are without a fix.";

impl Press<'_> {
    pub(super) fn packages(&self, packages: &[Named<'_>]) -> Result<(), Error> {
        if packages.len() <= FEW {
            return self.package_list("packages/index.html", "Packages", packages.iter());
        }
        let mut parts: BTreeMap<(&str, String), Vec<&Named<'_>>> = BTreeMap::new();
        for named in packages {
            let ecosystem = named.package.ecosystem.as_str();
            let key = (ecosystem, initial(&named.package.name));
            parts.entry(key).or_default().push(named);
        }
        let mut ecosystems: Vec<Parts> = Vec::new();
        for ((ecosystem, initial), named) in parts {
            let path = format!("packages/by/{}/{initial}/", ecosystem.replace(':', "-"));
            let title = format!("Packages of {ecosystem}: {initial}");
            let list = named.iter().copied();
            self.package_list(&format!("{path}index.html"), &title, list)?;
            if ecosystems
                .last()
                .is_none_or(|last| last.ecosystem != ecosystem)
            {
                ecosystems.push(Parts {
                    ecosystem: ecosystem.to_owned(),
                    parts: Vec::new(),
                });
            }
            if let Some(last) = ecosystems.last_mut() {
                last.parts.push(Part {
                    path,
                    label: initial,
                    count: named.len(),
                });
            }
        }
        let none: [PackageRow; 0] = [];
        let data =
            minijinja::context! { packages => value(&none), ecosystems => value(&ecosystems) };
        self.page(
            "packages.html",
            "packages/index.html",
            "Packages",
            LEAD,
            &data,
        )
    }

    fn package_list<'n>(
        &self,
        path: &str,
        title: &str,
        packages: impl Iterator<Item = &'n Named<'n>>,
    ) -> Result<(), Error> {
        let rows: Vec<PackageRow> = packages.map(Named::row).collect();
        let none: [Parts; 0] = [];
        let data = minijinja::context! { packages => value(&rows), ecosystems => value(&none) };
        self.page("packages.html", path, title, LEAD, &data)
    }

    pub(super) fn each_package(&self, packages: &[Named<'_>]) -> Result<(), Error> {
        packages.par_iter().try_for_each(|named| {
            self.package(named)?;
            self.releases(named)
        })
    }

    fn package(&self, named: &Named<'_>) -> Result<(), Error> {
        let view = named.view();
        let link = &view.link;
        let description = format!(
            "Security advisories for {} in {}: affected versions and fixes.",
            link.name, link.ecosystem
        );
        for (path, found, pager) in paged(&link.path, &named.found) {
            let number = pager.as_ref().and_then(|pager| pager.number);
            let page = number.map_or(String::new(), |number| format!(", page {number}"));
            let title = format!("{} ({} {}){page}", link.title, link.ecosystem, link.name);
            let data = minijinja::context! {
                package => value(&view),
                advisories => value(&view::package_cards(self.texts_of("package.html"), found)),
                releases => Releases::of(self.book, named).is_some(),
                pager => value(&pager),
            };
            let file = format!("{path}index.html");
            self.page("package.html", &file, &title, &description, &data)?;
        }
        Ok(())
    }
}

/// The first letter or digit, small; `other` for the rest.
fn initial(name: &str) -> String {
    let first = name.chars().find(char::is_ascii_alphanumeric);
    first.map_or("other".to_owned(), |first| {
        first.to_ascii_lowercase().to_string()
    })
}
