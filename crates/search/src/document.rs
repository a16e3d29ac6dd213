//! Owns what of an advisory can be found, and what of it a result shows.
//! Must never get a field for people or for texts that are not in every list.

use crate::token::{chunks, of_text};

/// An advisory, as it is found and shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Other names of its flaw.
    pub aliases: Vec<String>,
    /// Its title; a result shows what is between backticks as code.
    pub title: String,
    /// Its impact: found, not shown.
    pub impact: String,
    /// The rank of its severity; 0 is the highest.
    pub severity: usize,
    /// When it was published, as RFC 3339 has it; a result shows the day.
    pub published: String,
    /// What is affected.
    pub packages: Vec<Product>,
    /// The versions that its ranges name.
    pub versions: Vec<String>,
    /// Its weaknesses: numbers and names of the CWE list.
    pub weaknesses: Vec<(u32, String)>,
    /// Does it count no more?
    pub withdrawn: bool,
}

/// A package that an advisory names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// Its ecosystem.
    pub ecosystem: String,
    /// Its canonical name there.
    pub name: String,
    /// Its name for people.
    pub title: String,
}

/// A package that has a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// What it is called.
    pub product: Product,
    /// Where its page is, below `packages/`, with a slash at the end.
    pub path: String,
    /// Its versions that have pages, oldest first.
    pub releases: Vec<String>,
}

/// A result shows so many packages, and how many more there are.
const SHOWN: usize = 4;
/// The letters of a day.
const DAY: usize = 10;

impl Document {
    /// Everything by which it is found.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        let ids = std::iter::once(&self.id).chain(&self.aliases);
        let ids = ids.flat_map(|id| [id.as_str(), id.strip_prefix("x_").unwrap_or(id)]);
        let packages = self.packages.iter().flat_map(|package| {
            let ecosystem = of_text(&package.ecosystem);
            let names = of_text(&package.name).into_iter();
            names.chain(of_text(&package.title)).chain(ecosystem)
        });
        let weaknesses = self.weaknesses.iter().flat_map(|(number, name)| {
            let number = chunks(&format!("CWE-{number}"));
            of_text(name).into_iter().chain(number)
        });
        let versions = self.versions.iter().flat_map(|version| chunks(version));
        ids.flat_map(chunks)
            .chain(packages)
            .chain(versions)
            .chain(weaknesses)
            .chain(of_text(&self.title))
            .chain(of_text(&self.impact))
    }

    /// What a result shows: id, title, rank, day, packages, how many more, aliases, and 1 where it is withdrawn.
    pub(crate) fn row(&self) -> String {
        let packages = self.packages.iter().take(SHOWN);
        let packages: Vec<[&str; 2]> = packages
            .map(|package| [package.title.as_str(), package.ecosystem.as_str()])
            .collect();
        let row = serde_json::json!([
            self.id,
            self.title,
            self.severity,
            self.published.chars().take(DAY).collect::<String>(),
            packages,
            self.packages.len() - packages.len(),
            self.aliases,
            u8::from(self.withdrawn),
        ]);
        row.to_string()
    }
}

impl Package {
    /// What leads to its page: its name, and its name for people.
    pub(crate) fn keys(&self) -> impl Iterator<Item = String> {
        let names = [&self.product.name, &self.product.title];
        let keys = names.map(|name| chunks(name).join(" ")).into_iter();
        keys.filter(|key| !key.is_empty())
            .map(|key| format!("@{key}"))
    }
}
