//! Owns a throw-away repository of a package's code, for stories that derive from it.
//! Must never be read by anything but the program.

use std::fs;

use git2::{Oid, Repository as Git, Signature, Time};

use crate::repository::Repository;

/// The code of a package, beside the advisories.
pub(crate) struct Code {
    pub(crate) git: Git,
    time: i64,
}

impl Code {
    pub(crate) fn new(repository: &Repository) -> Self {
        let path = repository.path("../code");
        fs::create_dir_all(&path).unwrap();
        Self {
            git: Git::init_bare(path).unwrap(),
            time: 1_700_000_000,
        }
    }

    /// Another commit on a branch, which has `file` with `text`.
    pub(crate) fn commit(
        &mut self,
        branch: &str,
        parent: Option<Oid>,
        message: &str,
        text: &str,
    ) -> Oid {
        self.time += 60;
        let blob = self.git.blob(text.as_bytes()).unwrap();
        let mut tree = self.git.treebuilder(None).unwrap();
        tree.insert("file", blob, 0o100_644).unwrap();
        let tree = self.git.find_tree(tree.write().unwrap()).unwrap();
        let who = Signature::new("A", "a@example.org", &Time::new(self.time, 0)).unwrap();
        let parent = parent.map(|id| self.git.find_commit(id).unwrap());
        let parents: Vec<_> = parent.iter().collect();
        let id = self
            .git
            .commit(None, &who, &who, message, &tree, &parents)
            .unwrap();
        let branch = format!("refs/heads/{branch}");
        self.git.reference(&branch, id, true, "story").unwrap();
        id
    }

    pub(crate) fn tag(&self, name: &str, at: Oid) {
        let object = self.git.find_object(at, None).unwrap();
        self.git.tag_lightweight(name, &object, true).unwrap();
    }

    /// 1.0.0 and 1.1.0 have the flaw; it is fixed for 2.1.0 and picked for 1.1.1.
    pub(crate) fn story(repository: &Repository) -> (Self, [Oid; 2]) {
        let mut code = Self::new(repository);
        let first = code.commit("main", None, "First", "a\n");
        let flaw = code.commit("main", Some(first), "Read faster", "a\nflaw\n");
        let old = code.commit("1.x", Some(flaw), "Release 1.1", "a\nflaw\n1\n");
        let next = code.commit("main", Some(flaw), "Release 2", "a\nflaw\n2\n");
        let fix = code.commit("main", Some(next), "Check the length", "a\nfixed\n2\n");
        let picked = format!("Check the length\n\n(cherry picked from commit {fix})\n");
        let backport = code.commit("1.x", Some(old), &picked, "a\nfixed\n1\n");
        for (name, at) in [
            ("v0.9.0", first),
            ("v1.0.0", flaw),
            ("v1.1.0", old),
            ("v2.0.0", next),
            ("v2.1.0", fix),
            ("v1.1.1", backport),
        ] {
            code.tag(name, at);
        }
        (code, [flaw, fix])
    }

    /// A commit of a branch that was deleted.
    pub(crate) fn commit_nowhere(mut self) -> Oid {
        let tip = self.git.refname_to_id("refs/heads/main").unwrap();
        let id = self.commit("gone", Some(tip), "Gone", "a\n");
        self.git
            .find_reference("refs/heads/gone")
            .unwrap()
            .delete()
            .unwrap();
        id
    }
}
