//! Owns the proof that a state that cannot be known for sure is named, and never guessed.
//! Must never need a network: remotes are directories.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{NAME, Room, git, refused, seq, state};
use crate::{Branch, Error};

#[test]
fn a_branch_whose_history_is_cut_off_says_how_to_get_the_rest() {
    let room = Room::new();
    room.clone("one", &[]);
    let one = room.branch("one");
    let known = one.latest().expect("asked");
    let known = one.advance(&known, &state(1), "publish").expect("kept");
    one.advance(&known, &state(2), "publish").expect("kept");
    let cut = room.clone("cut", &["--depth=1", "--branch=publish-state"]);
    let branch = room.branch("cut");
    let known = branch.latest().expect("asked");
    let all = branch.history(&known).collect::<Result<Vec<_>, _>>();
    let said = refused(all);
    assert!(
        said.contains("git fetch --unshallow origin publish-state"),
        "{said}"
    );
    git(&cut, &["fetch", "--quiet", "--unshallow", "origin", NAME]);
    let branch = room.branch("cut");
    assert_eq!(branch.history(&known).filter_map(Result::ok).count(), 2);
}

#[test]
fn a_remote_that_is_not_there_is_named_before_anything_is_signed() {
    let room = Room::new();
    let none = Branch::open(&room.path("seed"), NAME, Some("origin"));
    assert!(refused(none).contains("no remote `origin`"));
    let odd = Branch::open(&room.path("seed"), "a..b", None);
    assert!(matches!(odd, Err(Error::Name(_))));
    let nowhere = Branch::open(room.room.path(), NAME, None);
    assert!(matches!(nowhere, Err(Error::NotARepository(_))));
    room.clone("one", &[]);
    let branch = room.branch("one");
    let known = branch.latest().expect("asked");
    fs::rename(room.path("shared"), room.path("away")).expect("moved");
    let said = refused(branch.latest());
    assert!(
        said.starts_with("git cannot ask the remote `origin`"),
        "{said}"
    );
    let said = refused(branch.advance(&known, &state(1), "publish"));
    assert!(
        said.starts_with("git cannot push the branch `publish-state`"),
        "{said}"
    );
    fs::rename(room.path("away"), room.path("shared")).expect("moved");
    assert_eq!(seq(&branch.latest().expect("asked")), None);
}

#[test]
fn what_the_remote_refuses_is_no_race() {
    let room = Room::new();
    room.clone("one", &[]);
    let hook = room.path("shared/hooks/pre-receive");
    fs::create_dir_all(hook.parent().expect("a parent")).expect("made");
    fs::write(&hook, "#!/bin/sh\necho protected by a rule >&2\nexit 1\n").expect("written");
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(&hook, mode).expect("set");
    let branch = room.branch("one");
    let known = branch.latest().expect("asked");
    let said = refused(branch.advance(&known, &state(1), "publish"));
    assert!(said.contains("protected by a rule"), "{said}");
    assert_eq!(seq(&branch.latest().expect("asked")), None);
}

#[test]
fn a_remote_that_forgot_what_this_clone_knows_is_not_believed() {
    let room = Room::new();
    room.clone("one", &[]);
    let branch = room.branch("one");
    let known = branch.latest().expect("asked");
    let first = branch.advance(&known, &state(1), "publish").expect("kept");
    branch.advance(&first, &state(2), "publish").expect("kept");
    let shared = room.path("shared");
    git(
        &shared,
        &["update-ref", "refs/heads/publish-state", "publish-state~1"],
    );
    let said = refused(branch.latest());
    assert!(said.contains("rolled back"), "{said}");
    git(&shared, &["update-ref", "-d", "refs/heads/publish-state"]);
    let said = refused(branch.latest());
    let push = "refs/remotes/origin/publish-state:refs/heads/publish-state";
    assert!(said.contains(&format!("git push origin {push}")), "{said}");
    git(&room.path("one"), &["push", "--quiet", "origin", push]);
    assert_eq!(seq(&branch.latest().expect("asked")), Some(2));
}

#[test]
fn what_a_clone_only_saw_at_the_remote_is_remembered_too() {
    let room = Room::new();
    room.clone("one", &[]);
    let one = room.branch("one");
    let known = one.latest().expect("asked");
    let known = one.advance(&known, &state(1), "publish").expect("kept");
    one.advance(&known, &state(2), "publish").expect("kept");
    // It has a tracking reference, and no branch of its own.
    let other = room.clone("other", &[]);
    let shared = room.path("shared");
    let back = ["update-ref", "refs/heads/publish-state", "publish-state~1"];
    let push = "git push origin refs/remotes/origin/publish-state:refs/heads/publish-state";
    for change in [
        &back[..],
        &["update-ref", "-d", "refs/heads/publish-state"][..],
    ] {
        git(&shared, change);
        // Asking does not make it forget.
        for _ in 0..2 {
            let said = refused(room.branch("other").latest());
            assert!(said.contains(push), "{said}");
        }
    }
    let push = "refs/remotes/origin/publish-state:refs/heads/publish-state";
    git(&other, &["push", "--quiet", "origin", push]);
    assert_eq!(seq(&room.branch("other").latest().expect("asked")), Some(2));
}

#[test]
fn a_state_that_cannot_be_read_says_which_one_before_it_can() {
    let room = Room::new();
    let seed = room.path("seed");
    let branch = Branch::open(&seed, NAME, None).expect("opened");
    let known = branch.latest().expect("read");
    branch.advance(&known, &state(1), "publish").expect("kept");
    let good = git(&seed, &["rev-parse", NAME]);
    git(&seed, &["checkout", "--quiet", NAME]);
    for text in ["", "{}\n"] {
        fs::write(seed.join("state.json"), text).expect("written");
        git(&seed, &["commit", "--quiet", "-a", "-m", "odd"]);
        let said = refused(branch.latest());
        let back = format!("git push --force REMOTE {}:refs/heads", good.trim());
        assert!(said.contains(&back), "{said}");
    }
}

#[test]
fn a_publisher_killed_after_its_push_has_only_spent_a_number() {
    let room = Room::new();
    let clone = room.clone("one", &[]);
    let branch = room.branch("one");
    let known = branch.latest().expect("asked");
    let first = branch.advance(&known, &state(1), "publish").expect("kept");
    branch.advance(&first, &state(2), "publish").expect("kept");
    git(
        &clone,
        &["update-ref", "refs/heads/publish-state", "publish-state~1"],
    );
    let known = branch.latest().expect("asked");
    assert_eq!(seq(&known), Some(2));
    branch.advance(&known, &state(3), "publish").expect("kept");
}

#[test]
fn a_branch_that_holds_something_else_is_left_alone() {
    let room = Room::new();
    let seed = room.path("seed");
    git(&seed, &["branch", NAME]);
    let branch = Branch::open(&seed, NAME, None).expect("opened");
    let said = refused(branch.latest());
    assert!(said.contains("there is no state.json"), "{said}");
    git(&seed, &["checkout", "--quiet", "--orphan", "odd"]);
    git(&seed, &["rm", "--quiet", "-f", "caveat.toml"]);
    fs::write(seed.join("state.json"), "{}\n").expect("written");
    git(&seed, &["add", "."]);
    git(&seed, &["commit", "--quiet", "-m", "odd"]);
    git(&seed, &["branch", "--force", NAME, "odd"]);
    assert!(matches!(branch.latest(), Err(Error::Unreadable { .. })));
}

#[test]
fn a_number_never_comes_twice() {
    let room = Room::new();
    let branch = Branch::open(&room.path("seed"), NAME, None).expect("opened");
    let known = branch.latest().expect("read");
    let known = branch.advance(&known, &state(2), "publish").expect("kept");
    for next in [1, 2] {
        let again = branch.advance(&known, &state(next), "publish");
        assert!(matches!(again, Err(Error::Order { .. })), "{again:?}");
    }
}
