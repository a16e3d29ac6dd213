//! Owns what was asked: the package, and its releases that fix something.
//! Must never take a package or a version for the one that was asked for because it is near.

use caveat_advisory::nearest;
use caveat_check::Book;
use caveat_notes::Release;
use caveat_versions::{Ecosystem, Version};

use crate::failure::Failure;

pub(super) struct Question<'b> {
    /// Of the package.
    pub(super) key: String,
    pub(super) releases: Vec<&'b Release<'b>>,
}

impl<'b> Question<'b> {
    pub(super) fn new(
        book: &'b Book,
        all: &'b [Release<'b>],
        asked: &str,
    ) -> Result<Self, Failure> {
        let declared = book.project().packages.iter();
        let declared =
            declared.map(|one| (one.key.clone(), format!("{}/{}", one.ecosystem, one.name)));
        let named = book.entries().iter().flat_map(|entry| &entry.affected);
        let named = named.map(|one| {
            let (key, name) = (one.package.key.clone(), &one.package.name);
            (key, spelled(&one.package.ecosystem, name))
        });
        let known: Vec<(String, String)> = declared.chain(named).collect();
        let is = |one: &&(String, String)| one.0 == asked || one.1 == asked;
        let Some((key, _)) = known.iter().find(is) else {
            let words = known
                .iter()
                .flat_map(|(key, name)| [key.as_str(), name.as_str()]);
            return Err(unknown("package", asked, nearest(asked, words)));
        };
        let releases = all.iter().filter(|one| one.package.key == *key);
        Ok(Self {
            key: key.clone(),
            releases: releases.collect(),
        })
    }

    /// The release with this version, however it is spelled.
    pub(super) fn release(&self, version: &str) -> Result<&'b Release<'b>, Failure> {
        let same = |one: &&&Release<'_>| {
            let order = one.package.ecosystem.order();
            let found = order.and_then(|order| Version::found(order, version).ok());
            one.version.canonical() == version || found.is_some_and(|found| found == *one.version)
        };
        self.releases.iter().find(same).copied().ok_or_else(|| {
            let versions = self.versions();
            let near = nearest(version, versions.iter().map(String::as_str));
            let what = format!("{} {version} fixes no published advisory", self.key);
            Failure::Question(format!("{what}{}", self.hint(near)))
        })
    }

    /// Why nothing can be printed without a version.
    pub(super) fn open(&self) -> Failure {
        Failure::Question(format!("name a version of {}{}", self.key, self.hint(None)))
    }

    fn versions(&self) -> Vec<String> {
        let versions = self.releases.iter().rev();
        versions.map(|one| one.version.to_string()).collect()
    }

    fn hint(&self, near: Option<&str>) -> String {
        let versions = self.versions();
        match (near, &versions[..]) {
            (_, []) => "; there are notes of none".to_owned(),
            (Some(near), _) => format!("; did you mean `{near}`?"),
            (None, versions) => {
                let shown: Vec<&str> = versions.iter().take(5).map(String::as_str).collect();
                let more = if versions.len() > 5 { ", …" } else { "" };
                format!("; there are notes of {}{more}", shown.join(", "))
            }
        }
    }
}

fn spelled(ecosystem: &Ecosystem, name: &str) -> String {
    format!("{ecosystem}/{name}")
}

fn unknown(what: &'static str, word: &str, near: Option<&str>) -> Failure {
    Failure::UnknownWord {
        what,
        word: word.to_owned(),
        hint: near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default(),
    }
}
