//! Owns the room of the tests, and the proof that a number is signed once, wherever it is signed, and that nothing else in a repository is touched.
//! Must never need a network: remotes are directories.

mod trouble;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use caveat_tuf::State;
use git2::Repository;
use tempfile::TempDir;

use crate::{Branch, Error, Known};

const NAME: &str = "publish-state";

/// A state as the crate `tuf` writes it.
fn state(seq: u64) -> State {
    signed(seq, "ab")
}

/// The same of another content.
fn signed(seq: u64, content: &str) -> State {
    let issued = format!(
        "{}T12:00:00Z",
        jiff::civil::date(2026, 11, 21)
            .saturating_add(jiff::Span::new().days(i64::try_from(seq).expect("small")))
    );
    let document = |at: &str| {
        let hash = content.repeat(32);
        format!(
            "{{\"expires\":\"{at}\",\"hashes\":{{\"sha256\":\"{hash}\"}},\"length\":1,\"version\":{seq}}}"
        )
    };
    let one = document("2027-11-21T12:00:00Z");
    let root = format!("{{\"sha256\":\"{}\",\"version\":1}}", "cd".repeat(32));
    let text = format!(
        "{{\"_type\":\"publish-state-1\",\"issued\":\"{issued}\",\"root\":{root},\"seq\":{seq},\
         \"snapshot\":{one},\"targets\":{one},\"timestamp\":{one}}}"
    );
    State::read(text.as_bytes()).expect("a state")
}

/// People's own git, without their settings.
fn git(at: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(at)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .output()
        .expect("git");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

/// A bare repository with some commits, and a clone of it.
struct Room {
    room: TempDir,
}

impl Room {
    fn new() -> Self {
        let room = Self {
            room: TempDir::new().expect("a room"),
        };
        let seed = room.path("seed");
        fs::create_dir(&seed).expect("made");
        git(&seed, &["init", "--quiet"]);
        for text in ["1", "2", "3"] {
            fs::write(seed.join("caveat.toml"), text).expect("written");
            git(&seed, &["add", "."]);
            git(&seed, &["commit", "--quiet", "-m", text]);
        }
        let (from, to) = (room.text("seed"), room.text("shared"));
        git(
            room.room.path(),
            &["clone", "--quiet", "--bare", &from, &to],
        );
        room
    }

    fn path(&self, name: &str) -> PathBuf {
        self.room.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }

    fn clone(&self, name: &str, options: &[&str]) -> PathBuf {
        let from = format!("file://{}", self.text("shared"));
        let to = self.text(name);
        let arguments = [
            &["clone", "--quiet"],
            options,
            &[from.as_str(), to.as_str()],
        ]
        .concat();
        git(self.room.path(), &arguments);
        self.path(name)
    }

    fn branch(&self, name: &str) -> Branch {
        Branch::open(&self.path(name), NAME, Some("origin")).expect("opened")
    }
}

fn seq(known: &Known) -> Option<u64> {
    known.state().map(State::seq)
}

fn refused(result: Result<impl std::fmt::Debug, Error>) -> String {
    result.expect_err("refused").to_string()
}

#[test]
fn a_state_is_kept_and_found_again_by_another_clone() {
    let room = Room::new();
    room.clone("one", &[]);
    room.clone("other", &[]);
    let one = room.branch("one");
    let known = one.latest().expect("asked");
    assert_eq!(seq(&known), None);
    let known = one.advance(&known, &state(1), "publish").expect("kept");
    assert_eq!(seq(&known), Some(1));
    one.advance(&known, &state(2), "heartbeat").expect("kept");
    let other = room.branch("other");
    let known = other.latest().expect("asked");
    assert_eq!(known.state(), Some(&state(2)));
    let history: Result<Vec<_>, _> = other.history(&known).collect();
    let history = history.expect("whole");
    assert_eq!(
        history,
        [(state(2).issued(), state(2)), (state(1).issued(), state(1))]
    );
}

#[test]
fn nothing_but_the_branch_is_touched() {
    let room = Room::new();
    let clone = room.clone("one", &[]);
    fs::write(clone.join("caveat.toml"), "edited").expect("written");
    fs::write(clone.join("staged"), "x").expect("written");
    git(&clone, &["add", "staged"]);
    let look = || {
        let status = git(&clone, &["status", "--porcelain", "--branch"]);
        let refs = git(
            &clone,
            &["for-each-ref", "--format=%(refname) %(objectname)"],
        );
        let refs: Vec<&str> = refs.lines().filter(|line| !line.contains(NAME)).collect();
        let index = fs::read(clone.join(".git/index")).expect("there");
        let head = fs::read(clone.join(".git/HEAD")).expect("there");
        (
            status,
            refs.join("\n"),
            index,
            head,
            clone.join(".git/FETCH_HEAD").exists(),
        )
    };
    let before = look();
    let branch = room.branch("one");
    let known = branch.latest().expect("asked");
    let known = branch.advance(&known, &state(1), "publish").expect("kept");
    assert_eq!(before, look());
    branch.latest().expect("asked");
    branch.advance(&known, &state(2), "publish").expect("kept");
    assert_eq!(before, look());
    let files = git(&clone, &["ls-tree", "-r", "--name-only", NAME]);
    assert_eq!(files, "state.json\n");
}

#[test]
fn of_two_at_once_one_is_told_that_it_lost() {
    let room = Room::new();
    room.clone("one", &[]);
    room.clone("other", &[]);
    let (one, other) = (room.branch("one"), room.branch("other"));
    for (last, next) in [(None, 1), (Some(1), 2)] {
        let (a, b) = (one.latest().expect("asked"), other.latest().expect("asked"));
        assert_eq!((seq(&a), seq(&b)), (last, last));
        one.advance(&a, &state(next), "publish").expect("kept");
        let lost = other.advance(&b, &signed(next, "ef"), "publish");
        assert!(matches!(lost, Err(Error::Raced(_))), "{lost:?}");
        // Nothing of the loser is left, and it can go on.
        assert_eq!(seq(&other.latest().expect("asked")), Some(next));
    }
}

#[test]
fn without_a_remote_two_processes_in_one_repository_are_told_apart_too() {
    let room = Room::new();
    let seed = room.path("seed");
    let [one, other] = [(), ()].map(|()| Branch::open(&seed, NAME, None).expect("opened"));
    for next in [1, 2] {
        let (a, b) = (one.latest().expect("read"), other.latest().expect("read"));
        one.advance(&a, &state(next), "publish").expect("kept");
        let lost = other.advance(&b, &signed(next, "ef"), "publish");
        assert!(matches!(lost, Err(Error::Raced(_))), "{lost:?}");
    }
    assert_eq!(seq(&other.latest().expect("read")), Some(2));
}

#[test]
fn a_bare_clone_and_a_shallow_checkout_do_as_well() {
    let room = Room::new();
    room.clone("bare", &["--bare"]);
    room.clone("full", &[]);
    let full = room.branch("full");
    let known = full.latest().expect("asked");
    let known = full.advance(&known, &state(1), "publish").expect("kept");
    full.advance(&known, &state(2), "publish").expect("kept");
    // As a job of a continuous integration has it: one commit of one branch, and HEAD detached.
    let shallow = room.clone("shallow", &["--depth=1", "--branch=main"]);
    git(&shallow, &["checkout", "--quiet", "--detach"]);
    assert!(Repository::open(&shallow).expect("opened").is_shallow());
    for (name, next) in [("shallow", 3), ("bare", 4)] {
        let branch = room.branch(name);
        let known = branch.latest().expect("asked");
        assert_eq!(seq(&known), Some(next - 1), "{name}");
        let known = branch
            .advance(&known, &state(next), "publish")
            .expect("kept");
        let all = branch.history(&known).collect::<Result<Vec<_>, _>>();
        assert_eq!(all.expect("whole").len() as u64, next, "{name}");
    }
    assert_eq!(git(&shallow, &["rev-list", "--count", "HEAD"]), "1\n");
}
