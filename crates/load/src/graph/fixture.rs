//! Owns making a repository commit by commit, and deriving from it.
//! Must never read the git configuration of this machine.

use caveat_derive::{Derived, Facts, Refusal, derive};
use caveat_versions::{Interval, Order};
use git2::{Oid, Repository, Signature, Time};
use tempfile::TempDir;

use super::History;
use crate::Error;

pub(super) struct Fixture {
    pub(super) room: TempDir,
    pub(super) git: Repository,
    clock: i64,
}

/// What a commit is made of.
pub(super) struct Made<'m> {
    pub(super) branch: &'m str,
    pub(super) parents: &'m [Oid],
    pub(super) message: &'m str,
    pub(super) files: &'m [(&'m str, &'m str)],
    pub(super) written: Option<i64>,
}

impl Fixture {
    pub(super) fn new() -> Self {
        let room = TempDir::new().expect("a directory");
        let git = Repository::init_bare(room.path().join("code")).expect("a repository");
        Self {
            room,
            git,
            clock: 1_700_000_000,
        }
    }

    pub(super) fn make(&mut self, made: &Made<'_>) -> Oid {
        self.clock += 60;
        let mut tree = self.git.treebuilder(None).expect("a tree");
        for (name, text) in made.files {
            let blob = self.git.blob(text.as_bytes()).expect("a blob");
            tree.insert(name, blob, 0o100_644).expect("inserted");
        }
        let tree = tree
            .write()
            .and_then(|id| self.git.find_tree(id))
            .expect("a tree");
        let who = |time| Signature::new("A", "a@example.org", &Time::new(time, 0)).expect("a name");
        let author = who(made.written.unwrap_or(self.clock));
        let parents = made.parents.iter();
        let parents: Vec<_> = parents
            .map(|id| self.git.find_commit(*id).expect("a parent"))
            .collect();
        let parents: Vec<_> = parents.iter().collect();
        let made_by = who(self.clock);
        let id = self
            .git
            .commit(None, &author, &made_by, made.message, &tree, &parents);
        let id = id.expect("a commit");
        let branch = format!("refs/heads/{}", made.branch);
        self.git
            .reference(&branch, id, true, "fixture")
            .expect("a branch");
        id
    }

    /// A commit with one file.
    pub(super) fn commit(
        &mut self,
        branch: &str,
        parents: &[Oid],
        message: &str,
        text: &str,
    ) -> Oid {
        self.make(&Made {
            branch,
            parents,
            message,
            files: &[("file", text)],
            written: None,
        })
    }

    pub(super) fn tag(&self, name: &str, at: Oid) {
        let object = self.git.find_object(at, None).expect("an object");
        self.git
            .tag_lightweight(name, &object, true)
            .expect("a tag");
    }

    pub(super) fn drop_branch(&self, branch: &str) {
        let mut reference = self
            .git
            .find_reference(&format!("refs/heads/{branch}"))
            .expect("there");
        reference.delete().expect("deleted");
    }

    pub(super) fn history(&self) -> Result<History, Error> {
        History::open(&self.room.path().join("code"))
    }

    pub(super) fn try_derive(&self, facts: &Facts) -> Result<Derived, Refusal> {
        let history = self.history().expect("opened");
        let graph = history.graph(&|| ()).expect("read");
        derive(&graph, facts, &mut |place, way| {
            history.patch(graph.commit(place).id, way)
        })
    }

    pub(super) fn derive(&self, introduced: &[Oid], fixed: &[Oid]) -> Derived {
        self.try_derive(&facts(introduced, fixed)).expect("derived")
    }

    pub(super) fn ranges(&self, introduced: &[Oid], fixed: &[Oid]) -> Vec<String> {
        let derived = self.derive(introduced, fixed);
        derived.ranges.iter().map(Interval::expression).collect()
    }
}

pub(super) fn facts(introduced: &[Oid], fixed: &[Oid]) -> Facts {
    let hashes = |ids: &[Oid]| ids.iter().map(ToString::to_string).collect();
    Facts {
        introduced_by: hashes(introduced),
        fixed_by: hashes(fixed),
        order: Order::SemVer,
        tags: Vec::new(),
        names: vec!["demo".to_owned()],
        shared: false,
    }
}

/// A main line with a flaw and its fix, and a branch from before.
pub(super) fn branched(code: &mut Fixture) -> [Oid; 3] {
    let a = code.commit("main", &[], "a", "1\n2\n3\nflaw\n");
    let old = code.commit("1.x", &[a], "Release 1", "1\n2\n3\nflaw\n");
    let fix = code.commit("main", &[a], "Fix", "1\n2\n3\nfixed\n");
    code.tag("v1.0.0", old);
    code.tag("v2.0.0", a);
    code.tag("v2.0.1", fix);
    [a, old, fix]
}
