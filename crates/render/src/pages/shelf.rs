//! Owns the lists that lead to packages: many are listed by ecosystem, first letter, and as many letters more as it takes.
//! Must never take away the address of a list that grew: it leads to the lists that it became.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Press;
use crate::Error;
use crate::templates::value;
use crate::view::{Named, PackageRow};

/// So many packages are one list.
const FEW: usize = 100;
const LEAD: &str = "Every package with an advisory, and how many are without a fix.";

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

/// Packages whose names begin alike.
type Shelf<'n> = Vec<&'n Named<'n>>;

impl Press<'_> {
    /// The list of all packages, and those that it leads to.
    pub(super) fn packages(&self, packages: &[Named<'_>]) -> Result<(), Error> {
        let path = "packages/index.html";
        if packages.len() <= FEW {
            let all: Shelf<'_> = packages.iter().collect();
            return self.shelf(path, "Packages", &all, &[]);
        }
        let mut ecosystems: BTreeMap<&str, Shelf<'_>> = BTreeMap::new();
        for named in packages {
            let ecosystem = named.package.ecosystem.as_str();
            ecosystems.entry(ecosystem).or_default().push(named);
        }
        let parts = ecosystems.into_iter().map(|(ecosystem, named)| {
            let shelves = by_letters(&named, 1).into_iter();
            self.parts(ecosystem, shelves, 1)
        });
        let parts: Result<Vec<Parts>, Error> = parts.collect();
        self.shelf(path, "Packages", &Vec::new(), &parts?)
    }

    /// A page for each shelf, and the way there.
    fn parts<'n>(
        &self,
        ecosystem: &str,
        shelves: impl Iterator<Item = (String, Shelf<'n>)>,
        letters: usize,
    ) -> Result<Parts, Error> {
        let parts = shelves.map(|(label, named)| self.part(ecosystem, label, &named, letters));
        Ok(Parts {
            ecosystem: ecosystem.to_owned(),
            parts: parts.collect::<Result<_, _>>()?,
        })
    }

    fn part(
        &self,
        ecosystem: &str,
        label: String,
        named: &Shelf<'_>,
        letters: usize,
    ) -> Result<Part, Error> {
        let path = format!("packages/by/{}/{label}/", ecosystem.replace(':', "-"));
        let file = format!("{path}index.html");
        let title = format!("Packages of {ecosystem}: {label}");
        if let Some(letters) = next(named, letters) {
            let mut shelves = by_letters(named, letters);
            // What has no more letters stays here.
            let short = shelves.remove(&label).unwrap_or_default();
            let parts = self.parts(ecosystem, shelves.into_iter(), letters)?;
            self.shelf(&file, &title, &short, &[parts])?;
        } else {
            self.shelf(&file, &title, named, &[])?;
        }
        Ok(Part {
            path,
            label,
            count: named.len(),
        })
    }

    fn shelf(
        &self,
        file: &str,
        title: &str,
        packages: &Shelf<'_>,
        parts: &[Parts],
    ) -> Result<(), Error> {
        let rows: Vec<PackageRow> = packages.iter().map(|named| named.row()).collect();
        let data = minijinja::context! { packages => value(&rows), ecosystems => value(&parts) };
        self.page("packages.html", file, title, LEAD, &data)
    }
}

/// By so many letters and digits at the beginning, small; `_` where there is none, which no name begins with.
fn by_letters<'n>(named: &Shelf<'n>, letters: usize) -> BTreeMap<String, Shelf<'n>> {
    let mut shelves: BTreeMap<String, Shelf<'n>> = BTreeMap::new();
    for one in named {
        let label = initial(&one.package.name, letters);
        shelves.entry(label).or_default().push(one);
    }
    shelves
}

/// By how many letters a long list is told apart; none where it is short, or no letter does.
fn next(named: &Shelf<'_>, letters: usize) -> Option<usize> {
    let longest = named.iter().map(|one| one.package.name.len()).max()?;
    let mut more = (letters + 1..=longest).filter(|_| named.len() > FEW);
    more.find(|letters| by_letters(named, *letters).len() > 1)
}

fn initial(name: &str, letters: usize) -> String {
    let plain = name.chars().filter(char::is_ascii_alphanumeric);
    let first: String = plain
        .take(letters)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if first.is_empty() {
        "_".to_owned()
    } else {
        first
    }
}

#[cfg(test)]
mod tests {
    use super::initial;

    #[test]
    fn a_name_is_found_by_its_letters_whatever_stands_between_them() {
        assert_eq!(initial("@types/Node", 1), "t");
        assert_eq!(initial("@types/Node", 7), "typesno");
        assert_eq!(initial("a-b", 9), "ab");
        assert_eq!(initial("?!", 1), "_");
    }
}
