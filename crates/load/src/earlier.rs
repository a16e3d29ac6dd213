//! Owns the form in which a walk is kept for the next one.
//! Must never give back another walk than was kept.

use std::iter::once;

use caveat_advisory::{Commit, PastState, Timestamp};
use git2::{Oid, Repository};

use crate::kept;
use crate::walk::States;

const NAME: &str = "walk";

/// An earlier walk: where it began, and what it found.
pub(crate) struct Earlier {
    pub(crate) tip: Oid,
    pub(crate) states: States,
}

impl Earlier {
    pub(crate) fn read(repository: &Repository, place: &str) -> Option<Self> {
        let mut fields = kept::read(repository, NAME, place)?.into_iter();
        let tip = Oid::from_str(&fields.next()?).ok()?;
        let mut states = States::new();
        while let Some(name) = fields.next() {
            let state = state(&mut fields)?;
            states.entry(name).or_default().push(state);
        }
        Some(Self { tip, states })
    }
}

/// Keeps what a walk from `tip` found.
pub(crate) fn keep(repository: &Repository, place: &str, tip: Oid, states: &States) {
    let all = states
        .iter()
        .flat_map(|(name, states)| states.iter().flat_map(|state| fields(name, state)));
    let all: Vec<String> = once(tip.to_string()).chain(all).collect();
    kept::write(repository, NAME, place, all.iter().map(String::as_str));
}

fn fields(name: &str, state: &PastState) -> [String; 7] {
    let second = |time: Timestamp| time.as_second().to_string();
    [
        name.to_owned(),
        state.path.clone(),
        state.commit.id.clone(),
        second(state.commit.time),
        state.until.map(second).unwrap_or_default(),
        state.content.clone(),
        state.lock.clone().unwrap_or_default(),
    ]
}

fn state(fields: &mut impl Iterator<Item = String>) -> Option<PastState> {
    let (path, id) = (fields.next()?, fields.next()?);
    let time = time(&fields.next()?)?;
    let until = match fields.next()?.as_str() {
        "" => None,
        until => Some(self::time(until)?),
    };
    let (content, lock) = (fields.next()?, fields.next()?);
    let commit = Commit { id, time };
    Some(PastState {
        path,
        commit,
        until,
        content,
        lock: Some(lock).filter(|lock| !lock.is_empty()),
    })
}

fn time(second: &str) -> Option<Timestamp> {
    Timestamp::from_second(second.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use caveat_advisory::Line;
    use git2::{Signature, Time};
    use tempfile::TempDir;

    use super::*;
    use crate::kept::file;
    use crate::past::{Recall, past};

    /// Commits what lies in `files`, as the only content, on top of HEAD.
    fn commit(git: &Repository, files: &[(&str, &str)], second: i64) {
        let mut index = git.index().expect("an index");
        index.clear().expect("cleared");
        let root = git.workdir().expect("a work tree");
        for (path, text) in files {
            let at = root.join(path);
            fs::create_dir_all(at.parent().expect("a parent")).expect("made");
            fs::write(&at, text).expect("written");
            index.add_path(Path::new(path)).expect("added");
        }
        let tree = index.write_tree().expect("a tree");
        let tree = git.find_tree(tree).expect("a tree");
        let who = Signature::new("a", "a@example.org", &Time::new(second, 0)).expect("a name");
        let parent = git.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<_> = parent.iter().collect();
        git.commit(Some("HEAD"), &who, &who, "m", &tree, &parents)
            .expect("committed");
    }

    fn seen(root: &Path) -> Vec<(String, Vec<PastState>)> {
        let past = past(root, "HEAD", Recall::Kept)
            .expect("readable")
            .expect("a past");
        let names = past.names(Line::Public).into_iter();
        names
            .map(|name| (name.to_owned(), past.states(Line::Public, name).to_vec()))
            .collect()
    }

    /// As if nothing had ever been left.
    fn seen_anew(root: &Path) -> Vec<(String, Vec<PastState>)> {
        drop(fs::remove_dir_all(root.join(".git/caveat")));
        seen(root)
    }

    /// Additions, changes, moves, removals, returns and drafts: step `n` of many. Every `double`th has two files of one name.
    fn files(n: usize, double: usize) -> Vec<(&'static str, &'static str)> {
        let paths = [
            "advisories/2030/a.toml",
            "advisories/2031/a.toml",
            "advisories/b.toml",
            "advisories/drafts/b.toml",
            "advisories/c.toml",
            "advisories/2030/a.lock",
            "advisories/c.lock",
            "advisories/d.lock",
        ];
        let mut all = vec![("caveat.toml", "x")];
        for (at, path) in paths.into_iter().enumerate() {
            match (n * 7 + at * 5 + n * n * at) % 4 {
                0 => {}
                _ if at == 1 && all.len() > 1 && n % double != double - 1 => {}
                kind => all.push((path, ["", "one", "two", "three"][kind])),
            }
        }
        all
    }

    #[test]
    fn a_walk_that_goes_on_finds_what_a_whole_one_finds() {
        for (step, double) in [(1, 99), (2, 99), (3, 99), (1, 8)] {
            let room = TempDir::new().expect("a room");
            let git = Repository::init(room.path()).expect("a repository");
            let place = room.path().canonicalize().expect("a path");
            for n in 0..40 {
                commit(
                    &git,
                    &files(n, double),
                    1_900_000_000 + i64::try_from(n).expect("few"),
                );
                if n % step == 0 {
                    let kept = seen(&place);
                    let again = seen(&place);
                    assert_eq!(kept, again, "after commit {n}");
                    let left = file(&git, NAME, "advisories").expect("a name").exists();
                    assert!(left || n >= double - 1, "after commit {n}");
                    assert_eq!(kept, seen_anew(&place), "after commit {n}");
                }
            }
        }
    }

    #[test]
    fn a_line_that_was_rewritten_is_walked_anew() {
        let room = TempDir::new().expect("a room");
        let git = Repository::init(room.path()).expect("a repository");
        let place = room.path().canonicalize().expect("a path");
        for n in 0..6 {
            commit(&git, &files(n, 99), 1_900_000_000);
        }
        seen(&place);
        let back = git.revparse_single("HEAD~3").expect("a commit");
        git.reset(&back, git2::ResetType::Soft, None)
            .expect("reset");
        assert_eq!(seen(&place), seen_anew(&place));
        commit(&git, &files(9, 99), 1_900_000_001);
        assert_eq!(seen(&place), seen_anew(&place));
    }

    #[test]
    fn what_is_not_as_it_was_written_is_not_believed() {
        let room = TempDir::new().expect("a room");
        let git = Repository::init(room.path()).expect("a repository");
        let place = room.path().canonicalize().expect("a path");
        commit(&git, &files(1, 99), 1_900_000_000);
        commit(&git, &files(2, 99), 1_900_000_000);
        let whole = seen(&place);
        let file = file(&git, NAME, "advisories").expect("a name");
        let bytes = fs::read(&file).expect("left");
        for cut in [0, 1, 40, 41, bytes.len() / 2, bytes.len() - 1] {
            fs::write(&file, &bytes[..cut]).expect("written");
            assert!(Earlier::read(&git, "advisories").is_none(), "cut at {cut}");
            assert_eq!(seen(&place), whole);
            assert_eq!(fs::read(&file).expect("left"), bytes, "written again");
            let mut other = bytes.clone();
            other[cut] ^= 1;
            fs::write(&file, &other).expect("written");
            assert!(
                Earlier::read(&git, "advisories").is_none(),
                "changed at {cut}"
            );
        }
    }

    #[test]
    fn a_commit_or_tree_that_was_lost_is_an_error_and_no_end() {
        for lost in ["HEAD~2", "HEAD~2^{tree}", "HEAD~2:advisories"] {
            let room = TempDir::new().expect("a room");
            let git = Repository::init(room.path()).expect("a repository");
            let place = room.path().canonicalize().expect("a path");
            for n in [1, 2, 3, 5] {
                commit(&git, &files(n, 99), 1_900_000_000);
            }
            let id = git.revparse_single(lost).expect("there").id().to_string();
            let object = format!(".git/objects/{}/{}", &id[..2], &id[2..]);
            fs::remove_file(place.join(object)).expect("removed");
            assert!(past(&place, "HEAD", Recall::Kept).is_err(), "{lost}");
        }
    }

    #[test]
    fn where_nothing_can_be_left_nothing_fails() {
        let room = TempDir::new().expect("a room");
        let git = Repository::init(room.path()).expect("a repository");
        let place = room.path().canonicalize().expect("a path");
        commit(&git, &files(1, 99), 1_900_000_000);
        fs::write(place.join(".git/caveat"), "a file is in the way").expect("written");
        assert!(!seen(&place).is_empty());
    }
}
