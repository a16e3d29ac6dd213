//! Owns the history of a repository as plain data: commits after their parents, and tags.
//! Must never hold a commit before one of its parents: everything is computed in one pass.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The hash of a commit.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id([u8; 20]);

impl Id {
    /// From its bytes.
    pub const fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// The first twelve digits, for people.
    pub fn short(&self) -> String {
        let mut text = self.to_string();
        text.truncate(12);
        text
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Id {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut bytes = [0; 20];
        if text.len() != 40 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(());
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).map_err(|_| ())?;
        }
        Ok(Self(bytes))
    }
}

/// A hash of what a commit changes, whatever stands around it.
pub type PatchId = [u8; 20];

/// Which way a change is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As it was made.
    Forth,
    /// As what would take it back.
    Back,
}

/// One commit.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Its hash.
    pub id: Id,
    /// Places of its parents in the graph, all before its own.
    pub parents: Vec<u32>,
    /// Name and address; who wrote it first, also where somebody else picked it.
    pub author: Arc<str>,
    /// When it was written first, in seconds.
    pub written: i64,
    /// First line of its message.
    pub subject: Box<str>,
    /// Hashes, perhaps abbreviated, of the commits that its message says it was picked from.
    pub picked: Vec<Box<str>>,
    /// The same of those that it reverts.
    pub reverts: Vec<Box<str>>,
}

/// One tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name, without `refs/tags/`.
    pub name: String,
    /// The place of the commit that it is at, behind any tag objects.
    pub commit: u32,
}

/// What an abbreviated hash names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// No commit of this history.
    Nobody,
    /// The commit at this place.
    One(u32),
    /// More than one: which is meant, nobody can tell.
    Several,
}

/// The whole history that branches and tags reach.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    commits: Vec<Commit>,
    tags: Vec<Tag>,
    places: BTreeMap<Id, u32>,
}

impl Graph {
    /// `None` where a parent does not stand before its child, or a tag is at no commit.
    pub fn new(commits: Vec<Commit>, mut tags: Vec<Tag>) -> Option<Self> {
        let before = |(at, commit): (usize, &Commit)| {
            let mut parents = commit.parents.iter();
            parents.all(|parent| (*parent as usize) < at)
        };
        let known = |tag: &Tag| (tag.commit as usize) < commits.len();
        if !commits.iter().enumerate().all(before) || !tags.iter().all(known) {
            return None;
        }
        tags.sort_by(|a, b| a.name.cmp(&b.name));
        let places = (0..).zip(&commits);
        let places = places.map(|(at, commit)| (commit.id, at)).collect();
        Some(Self {
            commits,
            tags,
            places,
        })
    }

    /// All commits, parents first.
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// All tags by name.
    pub fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The commit at a place.
    pub fn commit(&self, place: u32) -> &Commit {
        &self.commits[place as usize]
    }

    /// Whose hash begins with these digits.
    pub(crate) fn find(&self, digits: &str) -> Named {
        let Ok(first) = format!("{digits:0<40}").parse::<Id>() else {
            return Named::Nobody;
        };
        let mut near = self.places.range(first..);
        let mut fits = || {
            near.next()
                .filter(|(id, _)| id.to_string().starts_with(digits))
        };
        match (fits(), fits()) {
            (None, _) => Named::Nobody,
            (Some((_, place)), None) => Named::One(*place),
            (Some(_), Some(_)) => Named::Several,
        }
    }

    /// The place of a commit.
    pub fn place(&self, id: Id) -> Option<u32> {
        self.places.get(&id).copied()
    }
}
