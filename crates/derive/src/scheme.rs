//! Owns how the tags of a repository name the versions of a package.
//! Must never guess where two readings are possible: then the author is asked.

use std::collections::BTreeMap;

use caveat_versions::{Order, Version};

use crate::Tag;

/// A pattern such as `torsh-v{version}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    before: String,
    after: String,
}

/// The place of the version in a pattern.
const PLACE: &str = "{version}";

/// Tags can be read in more than one way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ambiguous {
    /// No pattern that is in use fits.
    #[error(
        "no tag of it names a version of {0}; say how they do in caveat.toml: `tags = [\"name-v{{version}}\"]`"
    )]
    None(String),
    /// One fits, and nothing says whose it is.
    #[error(
        "its tags are as `{0}`, and may be of any package in it; say in caveat.toml which ones are of {1}: `tags = [\"{0}\"]`"
    )]
    Whose(String, String),
    /// Several fit.
    #[error(
        "its tags can be read in more than one way, as {}; say in caveat.toml which ones are of {package}: `tags = [\"{}\"]`", patterns(.0), .0[0], package = .1
    )]
    Several(Vec<String>, String),
}

fn patterns(all: &[String]) -> String {
    let quoted: Vec<String> = all.iter().map(|one| format!("`{one}`")).collect();
    quoted.join(" and ")
}

impl Scheme {
    /// A pattern with one `{version}`.
    pub fn parse(pattern: &str) -> Option<Self> {
        let (before, after) = pattern.split_once(PLACE)?;
        let whole = !after.contains(PLACE) && !pattern.contains(char::is_whitespace);
        whole.then(|| Self {
            before: before.to_owned(),
            after: after.to_owned(),
        })
    }

    /// As it is written.
    pub fn pattern(&self) -> String {
        format!("{}{PLACE}{}", self.before, self.after)
    }

    /// The version that a tag names. Versions begin with a digit: `v1.0` is `1.0` behind a letter.
    pub fn version(&self, order: Order, tag: &str) -> Option<Version> {
        let rest = tag.strip_prefix(&self.before)?.strip_suffix(&self.after)?;
        let digit = rest.starts_with(|first: char| first.is_ascii_digit());
        digit.then(|| Version::parse(order, rest).ok()).flatten()
    }
}

/// Patterns for a package that shares its repository, `NAME` being its name.
const OWN: [&str; 11] = [
    "NAME-v{version}",
    "NAME-{version}",
    "NAME/v{version}",
    "NAME/{version}",
    "NAME@v{version}",
    "NAME@{version}",
    "NAME_v{version}",
    "NAME_{version}",
    "NAME-release-{version}",
    "NAME==v{version}",
    "NAME=={version}",
];

/// Patterns for the only package of a repository.
const COMMON: [&str; 11] = [
    "v{version}",
    "{version}",
    "V{version}",
    "release-{version}",
    "release-v{version}",
    "release/{version}",
    "release/v{version}",
    "releases/{version}",
    "rel-{version}",
    "version-{version}",
    "r{version}",
];

/// The patterns of a package, in each spelling of its name.
fn own(names: &[String]) -> impl Iterator<Item = String> {
    let names = names.iter();
    names.flat_map(|name| OWN.map(|pattern| pattern.replacen("NAME", name, 1)))
}

/// Which tags are whose.
pub(crate) struct Question<'q> {
    /// Patterns that somebody wrote down; empty where they are to be recognised.
    pub(crate) declared: &'q [String],
    /// What the package is called, in any spelling.
    pub(crate) names: &'q [String],
    /// Other packages are in the repository too.
    pub(crate) shared: bool,
    pub(crate) order: Order,
}

/// The patterns by which tags name versions of a package.
pub(crate) fn schemes(question: &Question<'_>, tags: &[Tag]) -> Result<Vec<Scheme>, Ambiguous> {
    let package = question.names.first().cloned().unwrap_or_default();
    if !question.declared.is_empty() {
        let declared = question.declared.iter();
        let declared: Vec<Scheme> = declared.filter_map(|text| Scheme::parse(text)).collect();
        let used = declared.iter().any(|one| fits(one, question.order, tags));
        return used.then_some(declared).ok_or(Ambiguous::None(package));
    }
    let in_use = |patterns: Vec<String>| {
        let mut found: Vec<Scheme> = Vec::new();
        for scheme in patterns.iter().filter_map(|text| Scheme::parse(text)) {
            if !found.contains(&scheme) && fits(&scheme, question.order, tags) {
                found.push(scheme);
            }
        }
        found
    };
    let own = in_use(own(question.names).collect());
    let common = in_use(COMMON.map(str::to_owned).to_vec());
    let several = |all: Vec<Scheme>| {
        let mut patterns: Vec<String> = all.iter().map(Scheme::pattern).collect();
        Err(match patterns.pop() {
            Some(only) if patterns.is_empty() => Ambiguous::Whose(only, package.clone()),
            last => Ambiguous::Several(patterns.into_iter().chain(last).collect(), package.clone()),
        })
    };
    match (own.is_empty(), common.is_empty()) {
        (true, true) => Err(Ambiguous::None(package)),
        (false, true) if !clash(&own, question.order, tags) => Ok(own),
        (true, false) if !question.shared && !clash(&common, question.order, tags) => Ok(common),
        // The name may be that of another package, in another ecosystem, and so may be the common tags.
        _ => several(own.into_iter().chain(common).collect()),
    }
}

/// The first of these tags that may name one of the versions, and whether any of them names a version at all.
///
/// For who must not overlook a release: where two readings are possible, both count.
pub fn naming<'t>(
    declared: &[String],
    names: &[String],
    order: Order,
    tags: &'t [String],
    versions: &[Version],
) -> (Option<&'t str>, bool) {
    let patterns: Vec<String> = if declared.is_empty() {
        own(names).chain(COMMON.map(str::to_owned)).collect()
    } else {
        declared.to_vec()
    };
    let parsed = patterns.iter().filter_map(|text| Scheme::parse(text));
    let schemes: Vec<Scheme> = parsed.collect();
    let mut any = false;
    for tag in tags {
        let read = schemes.iter().filter_map(|one| one.version(order, tag));
        let read: Vec<Version> = read.collect();
        any |= !read.is_empty();
        if read.iter().any(|version| versions.contains(version)) {
            return (Some(tag), true);
        }
    }
    (None, any)
}

fn fits(scheme: &Scheme, order: Order, tags: &[Tag]) -> bool {
    tags.iter()
        .any(|tag| scheme.version(order, &tag.name).is_some())
}

/// Do two patterns name one version for two commits?
fn clash(schemes: &[Scheme], order: Order, tags: &[Tag]) -> bool {
    let mut at: BTreeMap<Version, (usize, u32)> = BTreeMap::new();
    for tag in tags {
        for (which, scheme) in schemes.iter().enumerate() {
            let Some(version) = scheme.version(order, &tag.name) else {
                continue;
            };
            let (first, commit) = *at.entry(version).or_insert((which, tag.commit));
            if first != which && commit != tag.commit {
                return true;
            }
        }
    }
    false
}
