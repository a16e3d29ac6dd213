//! Owns the stories of publishing with a keyring: what clients see, what stays for those that are late, what is refused.
//! Must never look at what a page says.

use std::fs;

use crate::repository::{NOW, Repository, advisory, place};
use crate::trusted::{
    HEARTBEAT, PUBLISH, client, days, forget, fresh, git, now, out, pinned, seq, signed_at, state,
};

/// A second advisory, committed an hour later.
pub(crate) fn more(repository: Repository, number: u32) -> Repository {
    let commit = NOW + 3600 * i64::from(number);
    repository
        .file(&place(number), &advisory(number))
        .commit(commit)
}

/// Names below `tuf/`, without the first root.
fn documents(repository: &Repository) -> Vec<String> {
    let files = repository.tree("public/tuf").into_iter();
    let names = files.map(|(name, _)| name);
    names.filter(|name| !name.starts_with("t/")).collect()
}

#[test]
fn what_readers_would_refuse_until_their_clocks_are_there_is_not_published() {
    let repository = out();
    let ahead = (now() + days(2)).as_second();
    let repository = repository.file(&place(2), &advisory(2)).commit(ahead);
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("every reader would refuse it until then")
        .says("`--as-of now`");
    repository
        .caveat(&format!("{PUBLISH} --as-of now"))
        .exits(0);
    repository
        .caveat("verify public --root keys/root/1.root.json")
        .exits(0)
        .says("fresh: ");
}

#[test]
fn a_client_sees_every_publication_and_one_that_is_late_finds_what_it_was_told_of() {
    let repository = out();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let seen = fresh(&tree, &pinned, None);
    let listed = client(&tree, &pinned, None).targets.unwrap();
    let names: Vec<_> = listed.files().keys().map(String::as_str).collect();
    for name in ["SHA256SUMS", "all.zip", "index.json"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let repository = more(repository, 2);
    let outcome = repository
        .caveat(&format!("{PUBLISH} --format json"))
        .exits(0);
    let said: serde_json::Value = serde_json::from_str(&outcome.out).unwrap();
    assert_eq!(said["trust"]["seq"], 2);
    assert!(said["trust"]["fresh_until"].as_str().unwrap() > now().to_string().as_str());
    assert_eq!(said["trust"]["missing"], serde_json::json!([]));
    fresh(&tree, &pinned, Some(&seen));
    fresh(&tree, &pinned, None);
    assert_eq!(seq(&repository), 2);
    // Whoever read the old timestamp still finds all that it leads to.
    for (name, file) in listed.files() {
        let path = tree.join("tuf").join(caveat_tuf::target_path(name, file));
        listed.verify(name, &fs::read(path).unwrap()).unwrap();
    }
    assert_eq!(
        documents(&repository),
        [
            "1.root.json",
            "1.snapshot.json",
            "1.targets.json",
            "2.snapshot.json",
            "2.targets.json",
            "timestamp.json"
        ]
    );
    assert!(
        !fs::read_to_string(tree.join("SHA256SUMS"))
            .unwrap()
            .contains("  tuf/")
    );
}

#[test]
fn a_copy_of_what_is_out_is_enough_where_the_directory_is_made_anew() {
    let repository = out();
    fs::rename(repository.path("public"), repository.path("out")).unwrap();
    let pinned = pinned(&repository);
    let seen = fresh(&repository.path("out"), &pinned, None);
    let repository = more(repository, 2);
    repository
        .caveat(&format!("{PUBLISH} --against out"))
        .exits(0)
        .says("number 2");
    fresh(&repository.path("public"), &pinned, Some(&seen));
    assert!(documents(&repository).contains(&"1.targets.json".to_owned()));
    fs::remove_dir_all(repository.path("public")).unwrap();
    for gone in ["1.targets.json", "1.snapshot.json"] {
        fs::remove_file(repository.path("out/tuf").join(gone)).unwrap();
    }
    let repository = more(repository, 3);
    repository
        .caveat(&format!("{PUBLISH} --against out"))
        .exits(0)
        .says("warning")
        .says("of earlier editions are not there");
}

#[test]
fn what_ended_long_ago_does_not_stay() {
    let repository = out();
    let long_ago = signed_at(&repository, None, now() - days(40));
    let last = signed_at(&repository, Some(&long_ago.state), now() - days(20));
    for signed in [&long_ago, &last] {
        signed.show(&repository.path("public"));
    }
    long_ago.remember(&repository);
    let shared = repository.path("../shared.git");
    let branch = caveat_state::Branch::open(&shared, "publish-state", None).unwrap();
    branch
        .advance(&branch.latest().unwrap(), &last.state, "a test")
        .unwrap();
    let repository = more(repository, 2);
    repository.caveat(PUBLISH).exits(0).says("number 3");
    let names = documents(&repository);
    assert!(names.contains(&"2.targets.json".to_owned()), "{names:?}");
    assert!(!names.contains(&"1.targets.json".to_owned()), "{names:?}");
}

/// Case 41: a host that shows what the state does not know.
#[test]
fn a_state_older_than_what_is_out_signs_nothing() {
    let repository = out();
    let first = git(
        &repository.path("../shared.git"),
        &["rev-parse", "publish-state"],
    );
    let repository = more(repository, 2);
    repository.caveat(PUBLISH).exits(0);
    let before = repository.tree("public");
    for at in [repository.path("../shared.git"), repository.root()] {
        git(
            &at,
            &["update-ref", "refs/heads/publish-state", first.trim()],
        );
    }
    forget(&repository);
    let repository = more(repository, 3);
    for command in [PUBLISH, HEARTBEAT] {
        repository
            .caveat(command)
            .exits(2)
            .says("what is out was signed as number 2, and the state knows of 1 only")
            .says("publish-state");
    }
    for at in [repository.path("../shared.git"), repository.root()] {
        git(&at, &["update-ref", "-d", "refs/heads/publish-state"]);
    }
    forget(&repository);
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("there is no state that knows of it");
    assert_eq!(repository.tree("public"), before);
}

/// The other way round: a host that shows an old tree does not make anybody sign a number twice.
#[test]
fn a_host_that_shows_an_old_tree_does_not_bring_an_old_number_back() {
    let repository = out();
    let copy = |from: &str, to: &str| {
        let (from, to) = (repository.path(from), repository.path(to));
        let arguments = ["-a", from.to_str().unwrap(), to.to_str().unwrap()];
        let status = std::process::Command::new("cp").args(arguments).status();
        assert!(status.unwrap().success());
    };
    copy("public", "old");
    repository.caveat(HEARTBEAT).exits(0);
    let repository = more(repository, 2);
    repository
        .caveat(&format!("{PUBLISH} --against old"))
        .exits(0)
        .says("number 3");
    assert_eq!(seq(&repository), 3);
}

/// Case 42.
#[test]
fn of_two_publishers_one_loses_the_push_and_shows_nothing() {
    let repository = out();
    let repository = more(repository, 2);
    let before = repository.tree("public");
    let hook = repository.path("../shared.git/hooks/pre-receive");
    // Another machine is faster, just before the push is taken.
    let faster = signed_at(&repository, Some(&state(&repository)), now());
    let shared = repository.path("../shared.git");
    let branch = caveat_state::Branch::open(&shared, "publish-state", None).unwrap();
    let known = branch.latest().unwrap();
    let ours = git(&shared, &["rev-parse", "publish-state"]);
    branch.advance(&known, &faster.state, "faster").unwrap();
    let theirs = git(&shared, &["rev-parse", "publish-state"]);
    git(
        &shared,
        &["update-ref", "refs/heads/publish-state", ours.trim()],
    );
    let script = format!(
        "#!/bin/sh\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/publish-state {theirs}\n"
    );
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, script).unwrap();
    let mode = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o755);
    fs::set_permissions(&hook, mode).unwrap();
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("somebody else has signed meanwhile")
        .says("nothing was published");
    assert_eq!(repository.tree("public"), before);
    fs::remove_file(&hook).unwrap();
    repository.caveat(PUBLISH).exits(0).says("number 3");
}

/// The passes of docs/publishing.md: which files each of them copies.
const PASSES: [fn(&str) -> bool; 4] = [
    |path| path.starts_with("tuf/") && path != "tuf/timestamp.json",
    |path| !path.starts_with("tuf/") && !path.starts_with("SHA256SUMS"),
    |path| path.starts_with("SHA256SUMS"),
    |path| path == "tuf/timestamp.json",
];

/// Case 43, where a host cannot exchange two trees.
#[test]
fn after_each_file_of_a_copy_in_passes_clients_see_the_old_edition_or_the_new_one() {
    let repository = out();
    let (host, pinned) = (repository.path("../host"), pinned(&repository));
    let put = |path: &str, bytes: &[u8]| {
        let path = host.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for (path, bytes) in repository.tree("public") {
        put(&path, &bytes);
    }
    let seen = fresh(&host, &pinned, None);
    let version = || client(&host, &pinned, None).targets.unwrap().version();
    let repository = more(repository, 2);
    repository.caveat(PUBLISH).exits(0);
    let new = repository.tree("public");
    let mut versions = Vec::new();
    for pass in PASSES {
        for (path, bytes) in new.iter().filter(|(path, _)| pass(path)) {
            put(path, bytes);
            // Pages are not what clients look at: one look at each pass is enough for those.
            if path.starts_with("tuf/") || path.starts_with("SHA256SUMS") {
                fresh(&host, &pinned, None);
                fresh(&host, &pinned, Some(&seen));
                versions.push(version());
            }
        }
    }
    assert_eq!((versions[0], versions.last()), (1, Some(&2)));
    assert!(versions.is_sorted(), "{versions:?}");
    for (path, _) in repository.tree("../host") {
        if !new.iter().any(|(kept, _)| *kept == path) {
            fs::remove_file(host.join(path)).unwrap();
        }
    }
    fresh(&host, &pinned, Some(&seen));
    repository.caveat("verify ../host").exits(0);
}
