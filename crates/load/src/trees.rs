//! Owns what differs between two trees, by name of content alone.
//! Must never open a tree that both sides share, or look at an entry that both have.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use git2::{Odb, OdbObject, Oid};

/// Called for each file that differs: its path, and what it was and is.
pub(crate) type Found<'f> = dyn FnMut(&str, Option<Oid>, Option<Oid>) + 'f;

/// Directories deeper than this are none of ours.
const DEEPEST: usize = 16;
/// A step back needs the trees of the step before; more are not kept.
const KEPT: usize = 64;
/// How long a name of content is within a tree.
const NAME: usize = 20;

/// Reads trees as git keeps them. A walk along commits meets each tree twice, which is read once.
pub(crate) struct Trees<'o> {
    odb: &'o Odb<'o>,
    kept: BTreeMap<Oid, Rc<OdbObject<'o>>>,
}

/// `MODE NAME\0ID`, as it stands in a tree.
struct Entry<'t> {
    name: &'t [u8],
    directory: bool,
    file: bool,
    id: Oid,
}

impl<'o> Trees<'o> {
    pub(crate) fn of(odb: &'o Odb<'o>) -> Self {
        Self {
            odb,
            kept: BTreeMap::new(),
        }
    }

    /// Tells of every file that differs between two trees, of which either may be absent.
    pub(crate) fn differences(
        &mut self,
        old: Option<Oid>,
        new: Option<Oid>,
        found: &mut Found<'_>,
    ) -> Result<(), git2::Error> {
        self.below((old, new), "", 0, found)
    }

    fn below(
        &mut self,
        (old, new): (Option<Oid>, Option<Oid>),
        path: &str,
        depth: usize,
        found: &mut Found<'_>,
    ) -> Result<(), git2::Error> {
        if old == new || depth > DEEPEST {
            return Ok(());
        }
        let (left, right) = (self.read(old)?, self.read(new)?);
        for (name, directory, old, new) in unlike(bytes(left.as_ref()), bytes(right.as_ref()))? {
            let path = format!("{path}{}", String::from_utf8_lossy(name));
            if directory {
                self.below((old, new), &format!("{path}/"), depth + 1, found)?;
            } else {
                found(&path, old, new);
            }
        }
        Ok(())
    }

    fn read(&mut self, tree: Option<Oid>) -> Result<Option<Rc<OdbObject<'o>>>, git2::Error> {
        let Some(tree) = tree else { return Ok(None) };
        if let Some(known) = self.kept.get(&tree) {
            return Ok(Some(Rc::clone(known)));
        }
        if self.kept.len() >= KEPT {
            self.kept.clear();
        }
        let read = Rc::new(self.odb.read(tree)?);
        self.kept.insert(tree, Rc::clone(&read));
        Ok(Some(read))
    }
}

/// A tree that is not there is empty.
fn bytes<'t>(tree: Option<&'t Rc<OdbObject<'_>>>) -> &'t [u8] {
    tree.map_or(&[], |tree| tree.data())
}

/// A name, whether it is a directory, and what it was and is.
type Unlike<'t> = (&'t [u8], bool, Option<Oid>, Option<Oid>);

/// Entries that one of two trees has not, or has otherwise: one pass over both, which are in the same order.
fn unlike<'t>(mut left: &'t [u8], mut right: &'t [u8]) -> Result<Vec<Unlike<'t>>, git2::Error> {
    let mut all = Vec::new();
    while !(left.is_empty() && right.is_empty()) {
        let (one, other) = (length(left)?, length(right)?);
        if one == other && left[..one] == right[..other] {
            (left, right) = (&left[one..], &right[other..]);
            continue;
        }
        let (old, new) = (entry(&left[..one])?, entry(&right[..other])?);
        let order = match (&old, &new) {
            (Some(old), Some(new)) => order(old, new),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let old = old.filter(|_| order != Ordering::Greater);
        let new = new.filter(|_| order != Ordering::Less);
        left = if old.is_some() { &left[one..] } else { left };
        right = if new.is_some() {
            &right[other..]
        } else {
            right
        };
        let (was, is) = (old.as_ref(), new.as_ref());
        if let Some(one) = was.or(is).filter(|one| one.directory || one.file) {
            all.push((
                one.name,
                one.directory,
                was.map(|one| one.id),
                is.map(|one| one.id),
            ));
        }
    }
    Ok(all)
}

/// Git sorts a directory as if its name ended in a slash.
fn order(one: &Entry<'_>, other: &Entry<'_>) -> Ordering {
    let end = |entry: &Entry<'_>| entry.directory.then_some(b'/');
    let bytes = |entry: &Entry<'_>| {
        entry
            .name
            .iter()
            .copied()
            .chain(end(entry))
            .collect::<Vec<u8>>()
    };
    bytes(one)
        .cmp(&bytes(other))
        .then(one.directory.cmp(&other.directory))
}

/// How long the first entry is; 0 at the end.
fn length(tree: &[u8]) -> Result<usize, git2::Error> {
    if tree.is_empty() {
        return Ok(0);
    }
    let end = tree
        .iter()
        .position(|byte| *byte == 0)
        .map(|end| end + 1 + NAME);
    end.filter(|end| *end <= tree.len()).ok_or_else(broken)
}

fn entry(bytes: &[u8]) -> Result<Option<Entry<'_>>, git2::Error> {
    if bytes.is_empty() {
        return Ok(None);
    }
    let (head, id) = bytes.split_at(bytes.len() - NAME);
    let space = head
        .iter()
        .position(|byte| *byte == b' ')
        .ok_or_else(broken)?;
    // Old tools wrote zeros before the digits, which git reads.
    let mode = std::str::from_utf8(&head[..space]).ok();
    let mode = mode.and_then(|mode| u32::from_str_radix(mode, 8).ok());
    let kind = mode.ok_or_else(broken)? & 0o170_000;
    Ok(Some(Entry {
        name: &head[space + 1..head.len() - 1],
        directory: kind == 0o040_000,
        file: kind == 0o100_000,
        id: Oid::from_bytes(id)?,
    }))
}

fn broken() -> git2::Error {
    git2::Error::from_str("a tree of the repository is broken")
}

#[cfg(test)]
mod tests {
    use git2::Repository;
    use tempfile::TempDir;

    use super::*;

    /// Names that git sorts otherwise as files than as directories.
    const NAMES: [&str; 4] = ["a", "a.b", "a0", "b"];

    /// One of the trees in which each name is absent, one of two files, or one of two directories.
    fn tree(git: &Repository, nth: usize) -> Oid {
        let blob = |text: &str| git.blob(text.as_bytes()).expect("a blob");
        let mut all = git.treebuilder(None).expect("a tree");
        for (at, name) in NAMES.iter().enumerate() {
            match nth / 5_usize.pow(u32::try_from(at).expect("few")) % 5 {
                0 => {}
                kind @ (1 | 2) => {
                    all.insert(name, blob(&kind.to_string()), 0o100_644)
                        .expect("a file");
                }
                kind => {
                    let mut inner = git.treebuilder(None).expect("a tree");
                    inner
                        .insert("x", blob(&kind.to_string()), 0o100_644)
                        .expect("a file");
                    let inner = inner.write().expect("a tree");
                    all.insert(name, inner, 0o040_000).expect("a directory");
                }
            }
        }
        all.write().expect("a tree")
    }

    #[test]
    fn any_two_trees_differ_in_what_git_says() {
        let room = TempDir::new().expect("a room");
        let git = Repository::init(room.path()).expect("a repository");
        let odb = git.odb().expect("objects");
        let mut trees = Trees::of(&odb);
        for pair in 0..2_000 {
            let (old, new) = (tree(&git, pair * 7 % 625), tree(&git, pair * 311 % 625));
            let mut found = Vec::new();
            trees
                .differences(Some(old), Some(new), &mut |path, old, new| {
                    found.push((path.to_owned(), old, new));
                })
                .expect("readable");
            found.sort();
            let sides = [old, new].map(|id| git.find_tree(id).expect("a tree"));
            let diff = git.diff_tree_to_tree(Some(&sides[0]), Some(&sides[1]), None);
            let diff = diff.expect("a difference");
            let expected = diff.deltas().map(|delta| {
                let id = |file: git2::DiffFile<'_>| Some(file.id()).filter(|id| !id.is_zero());
                let path = delta.new_file().path_bytes().expect("a path").to_vec();
                let path = String::from_utf8(path).expect("ASCII");
                (path, id(delta.old_file()), id(delta.new_file()))
            });
            let mut expected: Vec<_> = expected.collect();
            expected.sort();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_mode_may_have_zeros_before_it() {
        let entries = [
            (&b"040000 a\0aaaaaaaaaaaaaaaaaaaa"[..], true, false),
            (b"40000 a\0aaaaaaaaaaaaaaaaaaaa", true, false),
            (b"0100644 a\0aaaaaaaaaaaaaaaaaaaa", false, true),
            (b"100755 a\0aaaaaaaaaaaaaaaaaaaa", false, true),
            (b"120000 a\0aaaaaaaaaaaaaaaaaaaa", false, false),
            (b"160000 a\0aaaaaaaaaaaaaaaaaaaa", false, false),
        ];
        for (bytes, directory, file) in entries {
            let entry = entry(bytes).expect("whole").expect("an entry");
            assert_eq!(
                (entry.directory, entry.file),
                (directory, file),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn a_broken_tree_is_an_error() {
        for bytes in [
            &b"rw-r--r-- a\0aaaaaaaaaaaaaaaaaaaa"[..],
            b"100644 a",
            b"100644 a\0short",
            b"100644\0aaaaaaaaaaaaaaaaaaaa",
        ] {
            assert!(unlike(bytes, b"").is_err(), "{bytes:?}");
        }
    }
}
