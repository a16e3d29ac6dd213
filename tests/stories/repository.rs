//! Owns a throw-away advisory repository, and running the program in it in a sealed room.
//! Must never read this machine's home, git configuration, clock or language.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use git2::{IndexAddOption, Repository as Git, Signature, Time};
use tempfile::TempDir;

/// A key for tests only; its secret is here for all to see.
pub(crate) const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n";
/// Its public half.
pub(crate) const PUBLIC: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh test\n";

pub(crate) const PROJECT: &str = r#"[feed]
name = "Story Advisories"
url = "https://story.example.org"
id-prefix = "x_STORY"
license = "CC-BY-4.0"

[[package]]
key = "torch"
ecosystem = "PyPI"
name = "torch"
title = "PyTorch"

[mail]
from = "Story <advisories@story.example.org>"
[[mail.list]]
name = "announce"
to = "announce@story.example.org"
style = "project"

[policy]
[[policy.severity]]
id = "high"
definition = "Soon."
cvss = [7.0, 10.0]
[[policy.severity]]
id = "low"
definition = "Later."
cvss = [0.1, 6.9]
[[policy.contact]]
name = "Team"
url = "mailto:security@story.example.org"

[[rule]]
code = "policy-contact-example"
level = "off"
[[rule]]
code = "package-repository-missing"
level = "off"
[[rule]]
code = "cwe-missing"
level = "off"
"#;

/// When the first commit is made: 2026-11-20T00:00:00Z.
pub(crate) const NOW: i64 = 1_795_132_800;

/// An advisory with this number, published an hour before [`NOW`].
pub(crate) fn advisory(number: u32) -> String {
    format!(
        r#"id = "x_STORY-2026-{number:04}"
title = "Flaw number {number}"
severity = "high"
impact = "Code runs."
description = "The loader trusts the length that a file states, and writes past its buffer."

[[affected]]
package = "torch"
versions = [">= 1.0.0, < 2.0.{number}"]

[[reference]]
type = "fix"
url = "https://example.org/fix/{number}"

[[revision]]
at = 2026-11-19T23:00:00Z
note = "First published."
"#
    )
}

/// Where an advisory with this number belongs.
pub(crate) fn place(number: u32) -> String {
    format!("advisories/2026/x_STORY-2026-{number:04}.toml")
}

pub(crate) struct Repository {
    room: TempDir,
}

/// What a run printed and returned.
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Repository {
    /// An empty directory.
    pub(crate) fn empty() -> Self {
        Self {
            room: TempDir::new().unwrap(),
        }
    }

    /// A project with one good advisory, committed.
    pub(crate) fn good() -> Self {
        Self::empty()
            .file("caveat.toml", PROJECT)
            .file(&place(1), &advisory(1))
            .commit(NOW)
    }

    /// The root, without links.
    pub(crate) fn root(&self) -> PathBuf {
        let root = self.room.path().join("repository");
        fs::create_dir_all(&root).unwrap();
        root.canonicalize().unwrap()
    }

    /// A path in the repository.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// Commits everything at this time.
    pub(crate) fn commit(self, seconds: i64) -> Self {
        let git = Git::init(self.root()).unwrap();
        let mut index = git.index().unwrap();
        index.add_all(["*"], IndexAddOption::DEFAULT, None).unwrap();
        index.write().unwrap();
        let tree = git.find_tree(index.write_tree().unwrap()).unwrap();
        let who = Signature::new("A", "a@example.org", &Time::new(seconds, 0)).unwrap();
        let parent = git.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<_> = parent.iter().collect();
        git.commit(Some("HEAD"), &who, &who, "m", &tree, &parents)
            .unwrap();
        self
    }

    /// The same, and nothing before it: git is no witness of what was.
    pub(crate) fn commit_alone(self, seconds: i64) -> Self {
        let repository = self.commit(seconds);
        let git = Git::open(repository.root()).unwrap();
        let last = git.head().unwrap().peel_to_commit().unwrap();
        let (who, tree) = (last.author(), last.tree().unwrap());
        let alone = git.commit(None, &who, &who, "m", &tree, &[]).unwrap();
        let branch = git.head().unwrap().name().unwrap().to_owned();
        git.reference(&branch, alone, true, "alone").unwrap();
        repository
    }

    /// Runs `caveat` with these arguments, apart by spaces, in the repository.
    pub(crate) fn caveat(&self, arguments: &str) -> Outcome {
        let mut command = self.command();
        command.args(arguments.split_whitespace());
        run(&mut command)
    }

    /// The program in a sealed room.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
        command
            .env_clear()
            .current_dir(self.root())
            .env("HOME", self.room.path().join("home"));
        command
    }

    /// Every file below a directory, by path.
    pub(crate) fn tree(&self, directory: &str) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path(directory), "", &mut files);
        files.sort();
        files
    }
}

pub(crate) fn run(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn collect(directory: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push((name, fs::read(entry.path()).unwrap()));
        }
    }
}

impl Outcome {
    /// The run must end with this code; what it said otherwise is shown.
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.out, self.err
        );
        self
    }

    /// The run must have said this on stderr.
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(
            self.err.contains(text),
            "expected {text:?} in:\n{}",
            self.err
        );
        self
    }
}
