//! Owns how many packages are cut into lists: by ecosystem, then by as many first letters as it takes.
//! Must never make a list longer than people scroll through, or take an address away when packages are added.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use caveat_texts::Texts;
use serde::Serialize;

/// So many packages are one list.
const FEW: usize = 100;

/// What a list is cut by: the names of a package, and its place among all.
#[derive(Clone, Copy)]
pub(crate) struct Spine<'b> {
    pub(crate) ecosystem: &'b str,
    pub(crate) name: &'b str,
    pub(crate) at: usize,
}

/// A part of the list of packages.
#[derive(Serialize)]
pub(super) struct Part {
    path: String,
    label: String,
    count: usize,
}

/// The parts of one ecosystem.
#[derive(Serialize)]
pub(super) struct Parts {
    ecosystem: String,
    parts: Vec<Part>,
}

/// What a page of the list has: packages, and where others are.
pub(super) struct Content<'b> {
    pub(super) packages: Vec<Spine<'b>>,
    pub(super) parts: Vec<Parts>,
}

/// Packages of one ecosystem whose names begin alike.
struct Board<'b> {
    ecosystem: &'b str,
    /// The letters and digits that all names begin with, small.
    prefix: String,
    packages: Vec<Spine<'b>>,
}

/// Every page of the list: `page` is given its directory, its title, and what it has.
pub(super) fn try_each<'b, E>(
    texts: &Texts,
    packages: &[Spine<'b>],
    page: &mut impl FnMut(&str, &str, Content<'b>) -> Result<(), E>,
) -> Result<(), E> {
    let (path, title) = ("packages/", texts.word("packages.title"));
    if packages.len() <= FEW {
        let (packages, parts) = (packages.to_vec(), Vec::new());
        return page(path, &title, Content { packages, parts });
    }
    let mut ecosystems: BTreeMap<&str, Vec<Spine<'_>>> = BTreeMap::new();
    for named in packages {
        let ecosystem = named.ecosystem;
        ecosystems.entry(ecosystem).or_default().push(*named);
    }
    let boards = ecosystems
        .iter()
        .map(|(ecosystem, packages)| by_prefix(ecosystem, packages, 1));
    let boards: Vec<Vec<Board<'b>>> = boards.collect();
    let parts = boards.iter().map(|one| self::parts(texts, one)).collect();
    page(
        path,
        &title,
        Content {
            packages: Vec::new(),
            parts,
        },
    )?;
    let mut all = boards.into_iter().flatten();
    all.try_for_each(|board| board.try_each(texts, page))
}

/// The directories of all pages of the list.
pub(crate) fn paths(packages: &[Spine<'_>]) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let told: Result<(), Infallible> = try_each(Texts::english(), packages, &mut |path, _, _| {
        paths.insert(path.to_owned());
        Ok(())
    });
    told.map_or_else(|never| match never {}, |()| paths)
}

impl<'b> Board<'b> {
    fn path(&self) -> String {
        let ecosystem = self.ecosystem.replace(':', "-");
        let prefix = if self.prefix.is_empty() {
            "_"
        } else {
            &self.prefix
        };
        format!("packages/by/{ecosystem}/{prefix}/")
    }

    fn label(&self, texts: &Texts) -> String {
        if self.prefix.is_empty() {
            texts.word("packages.other")
        } else {
            self.prefix.clone()
        }
    }

    fn try_each<E>(
        self,
        texts: &Texts,
        page: &mut impl FnMut(&str, &str, Content<'b>) -> Result<(), E>,
    ) -> Result<(), E> {
        let path = self.path();
        let values = [
            ("ecosystem", self.ecosystem.into()),
            ("letters", self.label(texts).into()),
        ];
        let title = texts.say("packages.title-part", &values);
        if self.packages.len() <= FEW {
            let (packages, parts) = (self.packages, Vec::new());
            return page(&path, &title, Content { packages, parts });
        }
        let (packages, boards) = self.split();
        let parts = if boards.is_empty() {
            Vec::new()
        } else {
            vec![self::parts(texts, &boards)]
        };
        page(&path, &title, Content { packages, parts })?;
        boards
            .into_iter()
            .try_for_each(|board| board.try_each(texts, page))
    }

    /// Those with no more letters, and the others by the next letter; letters that all of them share are one step.
    fn split(self) -> (Vec<Spine<'b>>, Vec<Self>) {
        let length = self.prefix.len();
        let (more, whole): (Vec<_>, Vec<_>) = self
            .packages
            .into_iter()
            .partition(|named| letters(named).len() > length);
        let next = |length: usize| by_prefix(self.ecosystem, &more, length);
        let longest = more
            .iter()
            .map(|named| letters(named).len())
            .max()
            .unwrap_or(length);
        let several = (length + 1..=longest)
            .map(next)
            .find(|boards| boards.len() > 1);
        (whole, several.unwrap_or_else(|| next(longest)))
    }
}

fn by_prefix<'b>(ecosystem: &'b str, packages: &[Spine<'b>], length: usize) -> Vec<Board<'b>> {
    let mut boards: BTreeMap<String, Vec<Spine<'_>>> = BTreeMap::new();
    for named in packages {
        let prefix = letters(named).chars().take(length).collect();
        boards.entry(prefix).or_default().push(*named);
    }
    let board = |(prefix, packages)| Board {
        ecosystem,
        prefix,
        packages,
    };
    boards.into_iter().map(board).collect()
}

/// The letters and digits of a name, small.
fn letters(named: &Spine<'_>) -> String {
    let letters = named.name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

fn parts(texts: &Texts, boards: &[Board<'_>]) -> Parts {
    let part = |board: &Board<'_>| Part {
        path: board.path(),
        label: board.label(texts),
        count: board.packages.len(),
    };
    Parts {
        ecosystem: boards
            .first()
            .map_or(String::new(), |one| one.ecosystem.to_owned()),
        parts: boards.iter().map(part).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pages for packages of these names: path, and how many packages are on it.
    fn pages(names: &[String]) -> BTreeMap<String, usize> {
        let spine = |(at, name)| Spine {
            ecosystem: "npm",
            name,
            at,
        };
        let names = names.iter().map(String::as_str).enumerate();
        let spines: Vec<Spine<'_>> = names.map(spine).collect();
        let mut pages = BTreeMap::new();
        let told: Result<(), String> =
            try_each(Texts::english(), &spines, &mut |path, _, content| {
                let before = pages.insert(path.to_owned(), content.packages.len());
                before.map_or(Ok(()), |_| Err(path.to_owned()))
            });
        assert_eq!(told, Ok(()), "a path twice");
        pages
    }

    fn many(prefix: &str, count: usize) -> Vec<String> {
        (0..count).map(|nth| format!("{prefix}{nth}")).collect()
    }

    #[test]
    fn no_list_of_packages_is_too_long_and_none_is_left_out() {
        let mut names = many("@scope/pack-", 1250);
        names.extend(["Pack", "@scope/pack", "scopepac", "é", "other", "z"].map(str::to_owned));
        let pages = pages(&names);
        assert!(pages.values().all(|count| *count <= FEW), "{pages:?}");
        assert_eq!(pages.values().sum::<usize>(), names.len());
        assert!(pages.contains_key("packages/by/npm/scopepack11/"));
        assert!(pages.contains_key("packages/by/npm/_/"));
    }

    #[test]
    fn more_packages_take_no_list_away() {
        let mut names = many("pack-", 330);
        let before = pages(&names);
        names.extend(many("parcel", 200));
        names.extend(many("pack-1x", 200));
        let after = pages(&names);
        let lost: Vec<_> = before
            .keys()
            .filter(|path| !after.contains_key(*path))
            .collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
