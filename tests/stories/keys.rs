//! Owns the stories of people who make keys, give them roles, and take them away again.
//! Must never leave a private key where a story does not look for one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use crate::repository::{KEY, NOW, Outcome, PUBLIC, Repository};

/// A keyring of everybody: three people, two machines, an authority.
pub(crate) fn staffed() -> Repository {
    let room = Repository::good();
    for (name, role) in [
        ("publish-1", "publish"),
        ("ana", "root"),
        ("ben", "root"),
        ("cleo", "root"),
        ("fresh-1", "freshness"),
    ] {
        generate(&room, name, role).exits(0);
    }
    let ring = room.path("keys/keyring.toml");
    let text = fs::read_to_string(&ring).unwrap();
    let two = text.replace("[role.root]\n", "[role.root] # people\nthreshold = 2\n");
    fs::write(&ring, two).unwrap();
    room
}

/// Where the private half of a key is.
pub(crate) fn private(room: &Repository, name: &str) -> PathBuf {
    let home = room.root().join("../home/.local/state/caveat/keys");
    home.join(name)
}

fn generate(room: &Repository, name: &str, role: &str) -> Outcome {
    room.caveat(&format!("keys generate {name} --role {role}"))
}

fn ring(room: &Repository) -> String {
    fs::read_to_string(room.path("keys/keyring.toml")).unwrap()
}

#[test]
fn a_key_is_made_for_its_owner_alone_and_never_printed() {
    let room = Repository::good();
    let said = generate(&room, "publish-1", "publish").exits(0);
    let path = private(&room, "publish-1");
    let secret = fs::read_to_string(&path).unwrap();
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let body: Vec<&str> = secret
        .lines()
        .filter(|line| !line.starts_with('-'))
        .collect();
    let everything = said.out + &said.err + &ring(&room);
    assert!(!body.iter().any(|line| everything.contains(line)));
    for (file, bytes) in room.tree(".") {
        assert!(!String::from_utf8_lossy(&bytes).contains(body[1]), "{file}");
    }
    assert!(ring(&room).ends_with("[role.publish]\nkeys = [\"publish-1\"]\n"));
    let show = room.caveat("keys show publish-1").exits(0).out;
    let public = fs::read_to_string(room.path("keys/publish-1.pub")).unwrap();
    assert!(show.contains(public.trim()) && show.contains("BEGIN PUBLIC KEY"));
}

#[test]
fn a_private_key_goes_into_no_repository_and_over_no_file() {
    let room = Repository::good();
    for (arguments, why) in [
        (
            "keys generate a --role publish --out a.key",
            "inside a repository",
        ),
        (
            "keys generate a --role publish --out .git/a",
            "inside a repository",
        ),
        ("keys generate ../a --role publish", "no name of a key"),
        ("keys generate a-cert --role publish", "no name of a key"),
    ] {
        room.caveat(arguments).exits(2).says(why);
    }
    let there = private(&room, "a");
    fs::create_dir_all(there.parent().unwrap()).unwrap();
    fs::write(&there, "mine").unwrap();
    generate(&room, "a", "publish")
        .exits(2)
        .says("never overwritten");
    assert_eq!(fs::read_to_string(&there).unwrap(), "mine");
    assert!(!room.path("keys").exists());
}

#[test]
fn a_role_that_the_key_may_not_have_leaves_no_half_behind() {
    let room = staffed();
    let before = room.tree("keys");
    room.caveat("keys generate copy --role ssh-ca --public keys/ana.pub")
        .exits(1)
        .says("`ana` and `copy` are the same key");
    let text = ring(&room).replace("threshold = 2", "threshold = 9");
    fs::write(room.path("keys/keyring.toml"), &text).unwrap();
    generate(&room, "dora", "root")
        .exits(1)
        .says("nothing was written");
    assert!(!private(&room, "dora").exists());
    fs::write(
        room.path("keys/keyring.toml"),
        text.replace("threshold = 9", "threshold = 2"),
    )
    .unwrap();
    assert_eq!(room.tree("keys"), before);
}

#[test]
fn a_rotation_keeps_the_old_key_and_every_comment() {
    let room = staffed();
    room.caveat("keys rotate publish publish-2 --until 2026-12-01T00:00:00Z")
        .exits(0)
        .says("caveat keys root draft");
    let text = ring(&room);
    assert!(
        text.contains("# people") && text.contains("keys = [\"publish-2\"]"),
        "{text}"
    );
    assert!(
        text.contains("[key.publish-1]\nuntil = 2026-12-01T00:00:00Z"),
        "{text}"
    );
    assert!(room.path("keys/publish-1.pub").exists());
    room.caveat("keys rotate root dora")
        .exits(2)
        .says("--old NAME");
    room.caveat("keys rotate root dora --old publish-2")
        .exits(2)
        .says("no key of the role root");
    room.caveat("keys rotate root dora --old ben").exits(0);
    assert!(ring(&room).contains("keys = [\"ana\", \"dora\", \"cleo\"]"));
}

#[test]
fn a_revocation_leaves_no_role_without_enough_keys() {
    let room = staffed();
    room.caveat("keys revoke publish-1 --reason stolen")
        .exits(2)
        .says("--replace NAME");
    room.caveat(
        "keys revoke publish-1 --reason stolen --replace publish-2 --at 2026-11-22T00:00:00Z",
    )
    .exits(0);
    assert!(
        ring(&room).contains("[revoked.publish-1]\nat = 2026-11-22T00:00:00Z\nreason = \"stolen\"")
    );
    room.caveat("keys revoke publish-1 --reason again")
        .exits(2)
        .says("revoked already");
    room.caveat("keys revoke ben --reason lost").exits(0);
    room.caveat("keys revoke cleo --reason lost")
        .exits(2)
        .says("the role root has 1 keys, and it takes 2");
    room.caveat("keys revoke pubish-2 --reason x")
        .exits(2)
        .says("did you mean `publish-2`?");
    let json = room.caveat("keys show --format json").exits(0).out;
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["keys"]["publish-1"]["revoked"]["reason"], "stolen");
    assert_eq!(
        value["roles"]["root"]["keys"],
        serde_json::json!(["ana", "cleo"])
    );
}

#[test]
fn the_doctor_says_what_ends_and_stops_where_something_is_to_be_done_now() {
    let room = staffed();
    room.caveat("keys doctor").exits(0);
    let text = ring(&room) + "\n[key.publish-1]\nuntil = 2027-06-01T00:00:00Z\n";
    fs::write(room.path("keys/keyring.toml"), text).unwrap();
    let calm = room
        .caveat("keys doctor --as-of 2027-01-01T00:00:00Z")
        .exits(0)
        .out;
    assert!(!calm.contains("ends in"), "{calm}");
    let soon = room
        .caveat("keys doctor --as-of 2027-05-12T00:00:00Z")
        .exits(0)
        .out;
    assert!(
        soon.contains("soon: the key `publish-1` of publish ends in 20 days"),
        "{soon}"
    );
    let late = room
        .caveat("keys doctor --as-of 2027-06-01T00:00:00Z")
        .exits(1)
        .out;
    assert!(
        late.contains("now: of the role publish 0 may sign now"),
        "{late}"
    );
    let said = room.caveat("check --as-of 2027-05-12T00:00:00Z").exits(0);
    assert!(said.err.contains("warning[keyring-ends]"), "{}", said.err);
}

#[test]
fn a_keyring_that_is_faulty_is_named_line_by_line() {
    let room = staffed();
    let text = ring(&room).replace("\"ben\"", "\"benn\"");
    fs::write(room.path("keys/keyring.toml"), text).unwrap();
    for command in ["check", "keys doctor", "keys show"] {
        let said = room.caveat(command).exits(1).err;
        assert!(
            said.contains("error[keyring-key]") && said.contains("did you mean `ben`?"),
            "{said}"
        );
    }
    room.caveat("explain keyring-key").exits(0);
}

#[test]
fn a_private_key_beside_the_keyring_is_an_error_wherever_it_lies() {
    for path in [
        "keys/publish",
        "keys/root/1.root.json",
        "keys/keyring.toml",
        "keys/x-cert.pub",
        "keys/x.pub",
    ] {
        let room = staffed().file(path, KEY);
        let said = room.caveat("check").exits(1).err;
        assert!(
            said.contains("error[private-key]") && said.contains(path),
            "{path}:\n{said}"
        );
    }
}

#[test]
fn with_a_keyring_only_the_keys_that_publish_are_trusted() {
    let room = Repository::good()
        .file("keys/publish-1.pub", PUBLIC)
        .file("key", KEY);
    let key = room.path("key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    fs::rename(&key, room.root().join("../key")).unwrap();
    let local = |room: &Repository| {
        let built = room.caveat("build --out ../site --key ../key");
        built.err.contains("proves nothing") || built.code == 2
    };
    let room = room.commit(NOW);
    assert!(
        !local(&room),
        "without a keyring every key in keys/ publishes"
    );
    generate(&room, "other", "publish").exits(0);
    let room = room.commit(NOW + 1);
    assert!(local(&room), "the key has no role");
}
