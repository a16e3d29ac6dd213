//! Owns the stories of keys that are missing, misplaced or over: what the publisher and the keeper of the keyring are told.
//! Must never need a key that is not of tests alone.
#![expect(clippy::print_stderr, reason = "a story that is left out says so")]

use std::fs;
use std::process::Command;

use crate::hands::{private, refused};
use crate::keys::staffed;
use crate::repository::{NOW, Repository, run};
use crate::trusted::{PUBLISH, out, trusted};

/// The private half of `root-ana`: thirty-two bytes of 1, as RFC 8410 writes them.
const ANA: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n-----END PRIVATE KEY-----\n";

/// The same of `root-ben`, of 2.
const BEN: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC\n-----END PRIVATE KEY-----\n";

fn keygen(repository: &Repository, arguments: &[&str]) -> bool {
    let mut command = Command::new("ssh-keygen");
    let command = command.args(arguments).current_dir(repository.path(".."));
    command.output().is_ok_and(|output| output.status.success())
}

/// With an authority; none where there is no `ssh-keygen`.
fn authority(repository: Repository) -> Option<Repository> {
    let arguments = ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "authority"];
    if !keygen(&repository, &arguments) {
        eprintln!("skipped: there is no ssh-keygen");
        return None;
    }
    let public = fs::read_to_string(repository.path("../authority.pub")).unwrap();
    let text = fs::read_to_string(repository.path("keys/keyring.toml")).unwrap();
    let roles = format!("[role.ssh-ca]\nkeys = [\"ssh-ca\"]\n{text}");
    let repository = repository
        .file("keys/ssh-ca.pub", &public)
        .file("keys/keyring.toml", &roles);
    Some(repository)
}

fn certify(repository: &Repository, feed: &str, time: &str) {
    let public = "repository/keys/publish-2026.pub";
    let arguments = ["-q", "-s", "authority", "-I", "x", "-n", feed, "-V", time];
    assert!(keygen(repository, &[&arguments[..], &[public]].concat()));
}

#[test]
fn nobody_signs_under_a_certificate_that_readers_would_refuse() {
    let Some(mut repository) = authority(trusted()) else {
        return;
    };
    let feed = "story.example.org";
    for (at, (name, time)) in [
        (feed, "20200101:20200201"),
        (feed, "20900101:20910101"),
        ("other.example.org", "-1d:+30d"),
    ]
    .into_iter()
    .enumerate()
    {
        certify(&repository, name, time);
        repository = repository.commit(NOW + 60 + i64::try_from(at).unwrap());
        let says = [
            "keys/publish-2026-cert.pub: ",
            "`ssh-keygen -s CA -I publish-2026 -n story.example.org -V +90d keys/publish-2026.pub`",
            "`git rm` takes it away",
        ];
        refused(&repository, PUBLISH, &[], &says);
    }
    certify(&repository, feed, "-1d:+30d");
    repository.commit(NOW + 90).caveat(PUBLISH).exits(0);
}

#[test]
fn an_authority_does_not_go_while_its_certificate_lies_there() {
    let Some(repository) = authority(trusted()) else {
        return;
    };
    certify(&repository, "story.example.org", "-1d:+30d");
    let before = repository.tree("keys");
    for command in [
        "keys rotate ssh-ca ssh-ca-2",
        "keys revoke ssh-ca --reason stolen --replace ssh-ca-2",
    ] {
        repository
            .caveat(command)
            .exits(2)
            .says("`git rm keys/publish-2026-cert.pub` first");
        assert_eq!(repository.tree("keys"), before);
    }
    fs::remove_file(repository.path("keys/publish-2026-cert.pub")).unwrap();
    repository.caveat("keys rotate ssh-ca ssh-ca-2").exits(0);
}

#[test]
fn an_openpgp_key_is_made_with_its_moment_and_the_doctor_misses_one() {
    let room = staffed();
    room.caveat("keys generate pgp-1 --role openpgp").exits(0);
    let ring = room.path("keys/keyring.toml");
    let text = fs::read_to_string(&ring).unwrap();
    let (before, from) = text.split_once("from = ").unwrap();
    let (_, rest) = from.split_once('\n').unwrap();
    let text = format!("{before}from = 2026-01-01T00:00:00Z\n{rest}");
    fs::write(&ring, text).unwrap();
    room.caveat("keys rotate openpgp pgp-2").exits(0);
    room.caveat("keys revoke pgp-2 --reason lost --replace pgp-3")
        .exits(0);
    let text = fs::read_to_string(&ring).unwrap();
    for name in ["pgp-1", "pgp-2", "pgp-3"] {
        assert!(text.contains(&format!("[key.{name}]\nfrom = 20")), "{text}");
    }
    let doctor = |room: &Repository| room.caveat("keys doctor").out;
    assert!(!doctor(&room).contains("has no `from`"));
    let from = text.rfind("from = ").unwrap();
    fs::write(&ring, format!("{}# {}", &text[..from], &text[from..])).unwrap();
    assert!(doctor(&room).contains("`pgp-3` has no `from`"), "{text}");
}

#[test]
fn a_key_out_of_its_role_is_not_said_to_sign_until_later() {
    let room = staffed();
    let said = room.caveat("keys rotate publish publish-2 --until 2999-01-01T00:00:00Z");
    let said = said.exits(0).says("signs nothing from now on");
    assert!(!said.err.contains("may sign until"), "{}", said.err);
}

/// A feed whose daily job has a key of its own; no root is signed.
fn apart() -> Repository {
    let repository = trusted();
    let text = fs::read_to_string(repository.path("keys/keyring.toml")).unwrap();
    let roles =
        ["publish", "freshness"].map(|role| format!("[role.{role}]\nkeys = [\"publish-2026\"]"));
    let text = text.replace(&roles[1], "[role.freshness]\nkeys = [\"daily\"]");
    let daily = fs::read_to_string(repository.path("keys/root-ben.pub")).unwrap();
    let text = text.replace(", \"root-ben\"]\nthreshold = 2", "]");
    for gone in ["keys/root/1.root.json", "keys/root-ben.pub"] {
        fs::remove_file(repository.path(gone)).unwrap();
    }
    repository
        .file("keys/keyring.toml", &text)
        .file("keys/daily.pub", &daily)
        .commit(NOW + 60)
}

#[test]
fn what_is_missing_is_named_and_no_key_is_advised_to_have_two_roles() {
    let repository = apart();
    let daily = [("CAVEAT_KEY_FRESHNESS", BEN), ("CAVEAT_KEY", " ")];
    let mut command = repository.command();
    command.envs(daily).args(["publish", "--to", "public"]);
    let said = run(&mut command).exits(2).says("CAVEAT_KEY is not set");
    assert!(!said.err.contains("name this one there"), "{}", said.err);
    let repository = trusted();
    private(&repository, "../ana", ANA, 0o600);
    let says = [
        "../ana: this is `root-ana` of the role root: a root key does not belong on a machine that publishes",
    ];
    refused(&repository, &format!("{PUBLISH} --key ../ana"), &[], &says);
}

#[test]
fn another_line_says_which_branch_remembers_the_old_one() {
    let repository = out();
    let other = crate::trusted::root(None, 299);
    fs::remove_dir_all(repository.path("public")).unwrap();
    fs::remove_file(repository.path("keys/root/1.root.json")).unwrap();
    let repository = repository
        .commit(NOW + 30)
        .bytes("keys/root/1.root.json", &other)
        .commit(NOW + 60);
    repository
        .caveat(&format!("{PUBLISH} --anew"))
        .exits(2)
        .says("as the branch `publish-state` says")
        .says("branch = \"publish-state-2\"");
    let text = fs::read_to_string(repository.path("keys/keyring.toml")).unwrap();
    let text = text.replace("[state]", "[state]\nbranch = \"publish-state-2\"");
    let repository = repository.file("keys/keyring.toml", &text).commit(NOW + 90);
    repository
        .caveat(PUBLISH)
        .exits(0)
        .says("signed as number 1");
}
