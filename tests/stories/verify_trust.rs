//! Owns the stories of readers who trust a root: what `caveat verify` says of a feed with every layer, and what it remembers.
//! Must never make a tree by hand: what readers get is what `publish` made.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::repository::{Outcome, Repository};
use crate::trusted::{HEARTBEAT, days, now, out};

const VERIFY: &str = "verify public --root keys/root/1.root.json";

/// A copy of what is out, as a mirror has it.
fn mirror(repository: &Repository, name: &str) {
    let (from, to) = (repository.path("public"), repository.path(name));
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status();
    assert!(done.unwrap().success());
}

fn json(run: &Outcome) -> serde_json::Value {
    serde_json::from_str(&run.out).unwrap()
}

fn write(repository: &Repository, path: &str, bytes: &str) {
    fs::write(repository.path(path), bytes).unwrap();
}

#[test]
fn a_published_feed_is_fresh_by_its_root_and_says_until_when() {
    let repository = out();
    repository
        .caveat(VERIFY)
        .exits(0)
        .says("fresh: ")
        .says("for which the trusted root vouches")
        .says("feed=story.example.org");
    repository
        .caveat("verify public")
        .exits(0)
        .says("consistent: ");
    repository
        .file("../trusted.pub", crate::repository::PUBLIC)
        .caveat("verify public --key ../trusted.pub")
        .exits(0)
        .says("fresh: ")
        .says("which is trusted");
}

#[test]
fn what_was_seen_is_remembered_and_an_older_copy_is_behind() {
    let repository = out();
    mirror(&repository, "mirror");
    let verify = |tree: &str| {
        repository.caveat(&format!(
            "verify {tree} --root keys/root/1.root.json --state ../seen.json"
        ))
    };
    verify("public").exits(0);
    repository.caveat(HEARTBEAT).exits(0);
    verify("public").exits(0);
    let seen = fs::read(repository.path("../seen.json")).unwrap();
    verify("mirror")
        .exits(4)
        .says("behind: ")
        .says("the timestamp below tuf/ is version 1, after version 2 was seen")
        .says("ask another mirror");
    assert_eq!(fs::read(repository.path("../seen.json")).unwrap(), seen);
    verify("public").exits(0);
    // Whoever remembers nothing cannot know.
    repository
        .caveat("verify mirror --root keys/root/1.root.json")
        .exits(0);
}

#[test]
fn what_has_ended_is_stale_unless_a_day_or_a_grace_is_named() {
    let repository = out();
    let later = (now() + days(9)).to_string();
    let verify = |more: &str| repository.caveat(&format!("{VERIFY} {more}"));
    let day = &later[..10];
    verify(&format!("--offline-at {day}"))
        .exits(3)
        .says("stale: tuf/timestamp.json was good until")
        .says("ask again or ask another mirror");
    verify(&format!("--offline-at {later} --max-stale 1w"))
        .exits(0)
        .says("fresh: ")
        .says(", for --max-stale counts what was good until");
    let said = verify(&format!(
        "--offline-at {later} --max-stale 1w --format json"
    ));
    assert_eq!(json(&said.exits(0))["over"], true);
    let said = verify(&format!("--offline-at {later} --format json")).exits(3);
    let said = json(&said);
    assert_eq!(said["verdict"], "stale");
    assert_eq!(said["reasons"][0]["code"], "ended");
    assert_eq!(said["reasons"][0]["file"], "tuf/timestamp.json");
    // Of the day on which it was signed, it is good; of one before that nothing can be said.
    verify(&format!("--offline-at {}", &now().to_string()[..10])).exits(0);
    verify("--offline-at 2026-01-01")
        .exits(1)
        .says("after 2026-01-01T23:59:59Z, the time to judge it by")
        .says("name a later time");
    assert_eq!(said["trusted"], "root");
}

#[test]
fn a_tree_without_its_newest_layer_is_invalid_for_whoever_knows_that_there_is_one() {
    let repository = out();
    repository
        .caveat(&format!("{VERIFY} --state ../seen.json"))
        .exits(0);
    fs::remove_dir_all(repository.path("public/tuf")).unwrap();
    for known in ["--root keys/root/1.root.json", "--state ../seen.json"] {
        repository
            .caveat(&format!("verify public {known}"))
            .exits(1)
            .says("tuf/ is missing: it proves that the rest is the newest");
    }
}

#[test]
fn every_fault_is_named_for_people_and_programs() {
    let repository = out();
    write(&repository, "public/index.html", "<p>Nothing to see.</p>");
    write(&repository, "public/tuf/x.json", "{}");
    let said = repository
        .caveat(&format!("{VERIFY} --format json"))
        .exits(1);
    let said = json(&said);
    assert_eq!(said["verdict"], "invalid");
    let reasons: Vec<_> = said["reasons"].as_array().unwrap().iter().collect();
    let codes: Vec<_> = reasons
        .iter()
        .map(|one| (&one["code"], &one["file"]))
        .collect();
    assert_eq!(codes.len(), 2, "{codes:?}");
    assert_eq!(
        (codes[0].0.as_str(), codes[0].1.as_str()),
        (Some("changed"), Some("index.html"))
    );
    assert_eq!(
        (codes[1].0.as_str(), codes[1].1.as_str()),
        (Some("extra"), Some("tuf/x.json"))
    );
    repository
        .caveat(VERIFY)
        .exits(1)
        .says("changed: index.html")
        .says("extra: tuf/x.json")
        .says("invalid: 2 faults in `public`")
        .says("do not use it");
}

#[test]
fn a_question_that_has_no_answer_is_said_so() {
    let repository = out();
    let verify = |more: &str| repository.caveat(&format!("{VERIFY} {more}")).exits(2);
    verify("--offline-at yesterday").says("`yesterday` is no time");
    verify("--max-stale 3months").says("`3months` is no duration");
    verify("--key nowhere.pub").says("cannot read");
    write(&repository, "../broken.json", "{}\n");
    verify("--state ../broken.json").says("this is no memory of `caveat verify`");
    repository
        .caveat(&format!("{VERIFY} --state ../seen.json"))
        .exits(0);
    verify("--state ../seen.json --feed other.example.org")
        .says("is of the feed `story.example.org`");
    // The answer is told where it cannot be remembered; a good one is no success then.
    std::os::unix::fs::symlink("gone/below", repository.path("../nowhere")).unwrap();
    verify("--state ../nowhere/seen.json").says("fresh: ");
    let late = (now() + days(9)).to_string();
    repository
        .caveat(&format!(
            "{VERIFY} --state ../nowhere/seen.json --offline-at {late}"
        ))
        .exits(3)
        .says("stale: ")
        .says("nowhere");
    // A look without a pin.
    let seen = fs::read(repository.path("../seen.json")).unwrap();
    repository.caveat(HEARTBEAT).exits(0);
    repository
        .caveat("verify public --state ../seen.json")
        .exits(0)
        .says("stays as it is: nothing is pinned now");
    assert_eq!(fs::read(repository.path("../seen.json")).unwrap(), seen);
    // A root that is none is a fault of whoever trusts it, and says nothing of the tree.
    let root = fs::read_to_string(repository.path("keys/root/1.root.json")).unwrap();
    for bytes in ["{}", "", "ssh-ed25519 AAAA", &root.replace("20", "21")] {
        write(&repository, "../none.json", bytes);
        repository
            .caveat("verify public --root ../none.json")
            .exits(2)
            .says("none.json` is no root to trust: the trusted root");
    }
}

#[test]
fn another_feed_with_the_same_keys_is_refused_by_its_name() {
    let repository = out();
    repository
        .caveat(&format!("{VERIFY} --feed other.example.org"))
        .exits(1)
        .says("it was made for the namespace `story.example.org`")
        .says("it was signed for the feed `story.example.org`, and should be `other.example.org`");
    // Also the whole address is a name.
    repository
        .caveat(&format!("{VERIFY} --feed https://story.example.org/"))
        .exits(0);
}

#[test]
fn looks_that_happen_at_once_all_answer_and_a_link_stays_a_link() {
    let repository = out();
    let look = || repository.caveat(&format!("{VERIFY} --state ../linked.json"));
    std::os::unix::fs::symlink("seen.json", repository.path("../linked.json")).unwrap();
    look().exits(2).says("linked.json");
    let first = repository.caveat(&format!("{VERIFY} --state ../seen.json"));
    first.exits(0);
    repository.caveat(HEARTBEAT).exits(0);
    std::thread::scope(|scope| {
        let looks: Vec<_> = (0..8).map(|_| scope.spawn(look)).collect();
        for run in looks {
            run.join().unwrap().exits(0).says("fresh: ");
        }
    });
    assert!(repository.path("../linked.json").is_symlink());
    let seen = fs::read_to_string(repository.path("../seen.json")).unwrap();
    assert!(seen.contains("\"seq\":2"), "{seen}");
}

#[test]
fn a_revoked_key_signs_for_nobody() {
    let repository = out().file("../revoked", crate::repository::PUBLIC);
    repository
        .caveat(&format!("{VERIFY} --revoked ../revoked"))
        .exits(1)
        .says("it was made with a key that was revoked");
}

#[test]
fn every_row_of_the_table_of_tampering_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = fs::read_to_string(root.join("docs/tampering.md")).unwrap();
    let mut cases = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let Ok(number) = cells[0].parse::<u32>() else {
            continue;
        };
        assert_eq!(cells.len(), 5, "{line}");
        cases.push(number);
        let names: Vec<&str> = cells[4].split('`').skip(1).step_by(2).collect();
        let open = ["not built"].iter().any(|word| cells[4].starts_with(word));
        assert!(open || !names.is_empty(), "case {number} names no test");
        for pair in names.chunks(2) {
            let [file, name] = pair else {
                panic!("case {number}: each test has a file and a name");
            };
            let text = fs::read_to_string(root.join(file));
            let text = text.unwrap_or_else(|error| panic!("case {number}: {file}: {error}"));
            assert!(
                text.contains(&format!("fn {name}(")),
                "case {number}: no {name} in {file}"
            );
        }
    }
    assert_eq!(cases, (1..=50).collect::<Vec<_>>());
}
