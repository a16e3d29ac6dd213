//! Owns the proof that a keyring is read as it is written, and that every fault of it is named.
//! Must never hold a real private key.

mod health;
mod roots;
mod site;

use caveat_advisory::Draft;
use caveat_diag::{Report, emit};
use caveat_verify::PublicKey;
use ed25519_dalek::SigningKey;
use jiff::Timestamp;

use crate::{Keyring, Refused, Role, keyring_json, site_files};

const GOOD: &str = r#"# who signs
[role.root]
keys = ["root-ana", "root-ben", "root-cleo"]
threshold = 2
[role.publish]
keys = ["publish-2026"]
[role.freshness]
keys = ["freshness-2026"]
days = 5
[role.ssh-ca]
keys = ["ssh-ca"]
[key.publish-2026]
from = 2026-11-22T00:00:00Z
until = 2027-11-22T00:00:00Z
[revoked.publish-2025]
at = 2026-11-22T00:00:00Z
reason = "stolen"
[state]
remote = "origin"
"#;

const NAMES: [&str; 8] = [
    "root-ana",
    "root-ben",
    "root-cleo",
    "publish-2026",
    "freshness-2026",
    "ssh-ca",
    "publish-2025",
    "old",
];

fn secret(name: &str) -> SigningKey {
    let mut seed = [7; 32];
    for (byte, of) in seed.iter_mut().zip(name.bytes()) {
        *byte = of;
    }
    SigningKey::from_bytes(&seed)
}

fn public(name: &str) -> PublicKey {
    PublicKey::from_bytes(secret(name).verifying_key().as_bytes()).expect("strong")
}

fn draft(path: &str, text: &str) -> Draft {
    Draft {
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn files(toml: &str) -> Vec<Draft> {
    let mut files = vec![draft("keys/keyring.toml", toml)];
    for name in NAMES {
        files.push(draft(
            &format!("keys/{name}.pub"),
            &public(name).to_openssh(name),
        ));
    }
    files
}

fn read(files: &[Draft]) -> (Option<Keyring>, String) {
    let mut report = Report::default();
    let keyring = Keyring::read(files, &mut report);
    let helps = report
        .sorted()
        .into_iter()
        .flat_map(|found| found.help.clone());
    let helps: String = helps.collect::<Vec<_>>().join("\n");
    (keyring, emit::short(&report) + &helps)
}

fn good() -> Keyring {
    let (keyring, said) = read(&files(GOOD));
    assert_eq!(said, "");
    keyring.expect("good")
}

/// What is said of a keyring in which `from` is `to`.
fn said(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "{from}");
    let (keyring, said) = read(&files(&GOOD.replacen(from, to, 1)));
    assert!(keyring.is_none(), "it is taken");
    said
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

#[test]
fn a_keyring_says_who_may_sign_what() {
    let keyring = good();
    let now = at("2026-12-01T00:00:00Z");
    let may = |role, name: &str, now| {
        keyring
            .may_sign(role, &public(name), now)
            .map(|entry| entry.name.clone())
    };
    assert_eq!(
        may(Role::Publish, "publish-2026", now),
        Ok("publish-2026".to_owned())
    );
    assert!(matches!(
        may(Role::Publish, "root-ana", now),
        Err(Refused::Role { .. })
    ));
    assert!(matches!(
        may(Role::Publish, "publish-2025", now),
        Err(Refused::Revoked { .. })
    ));
    assert!(matches!(
        may(Role::Publish, "old", now),
        Err(Refused::Role { .. })
    ));
    assert!(matches!(
        may(Role::Publish, "stranger", now),
        Err(Refused::Unknown(_))
    ));
    let (early, late) = (at("2026-11-21T23:59:59Z"), at("2027-11-22T00:00:00Z"));
    assert!(matches!(
        may(Role::Publish, "publish-2026", early),
        Err(Refused::Early { .. })
    ));
    assert!(matches!(
        may(Role::Publish, "publish-2026", late),
        Err(Refused::Late { .. })
    ));
}

#[test]
fn defaults_are_those_of_the_documentation() {
    let keyring = good();
    assert_eq!(
        (
            keyring.threshold(Role::Root),
            keyring.threshold(Role::Publish)
        ),
        (2, 1)
    );
    let days = |role| keyring.lifetime(role).as_hours() / 24;
    assert_eq!(
        (days(Role::Root), days(Role::Publish), days(Role::Freshness)),
        (365, 180, 5)
    );
    assert_eq!(keyring.state().branch, "publish-state");
    assert_eq!(keyring.state().remote.as_deref(), Some("origin"));
    assert_eq!(keyring.branch(), None);
    assert_eq!(keyring.others()[0].name, "old");
    assert_eq!(keyring.revoked()[0].name, "publish-2025");
}

#[test]
fn without_the_file_there_is_no_keyring_and_nothing_is_said() {
    let (keyring, said) = read(&files(GOOD)[1..]);
    assert!(keyring.is_none() && said.is_empty());
}

#[test]
fn each_fault_is_named_at_its_place() {
    for (from, to, place, word) in [
        (
            "root-ben",
            "root-bem",
            "toml:3:21",
            "did you mean `root-ben`?",
        ),
        (
            "threshold = 2",
            "threshold = 4",
            "toml:4:13",
            "asks for 4 signatures of 3 keys",
        ),
        (
            "threshold = 2",
            "treshold = 2",
            "toml:4:1",
            "did you mean `threshold`?",
        ),
        (
            "\"root-ben\"",
            "\"root-ana\"",
            "toml:3:21",
            "names `root-ana` twice",
        ),
        (
            "[\"ssh-ca\"]",
            "[\"root-ana\"]",
            "toml:11:9",
            "`root-ana` is of root and of ssh-ca",
        ),
        ("[\"freshness-2026\"]", "[]", "toml:8:8", "has no keys"),
        (
            "[\"freshness-2026\"]",
            "[\"publish-2025\"]",
            "toml:8:9",
            "is revoked, and still of freshness",
        ),
        (
            "until = 2027",
            "until = 2025",
            "toml:14:9",
            "may never sign",
        ),
        (
            "[revoked.publish-2025]",
            "[revoked.nobody]",
            "toml:15:10",
            "keys/nobody.pub is missing",
        ),
        (
            "[role.ssh-ca]",
            "[role.sshca]",
            "toml:10:7",
            "did you mean `ssh-ca`?",
        ),
        (
            "[key.publish-2026]",
            "[key.\"../x\"]",
            "toml:12:6",
            "no name of a key",
        ),
        (
            "[role.publish]",
            "[role.openpgp]",
            "toml",
            "`role.publish` is missing",
        ),
        ("days = 5", "days = 0", "toml:9:8", "no number of days"),
    ] {
        let said = said(from, to);
        assert!(
            said.contains(place) && said.contains(word),
            "{from} -> {to}:\n{said}"
        );
    }
}

#[test]
fn one_key_under_two_names_is_one_key() {
    let mut files = files(GOOD);
    let copy = public("root-ana").to_openssh("x");
    for file in &mut files {
        if file.path == "keys/root-ben.pub" {
            file.bytes = copy.clone().into_bytes();
        }
    }
    let (keyring, said) = read(&files);
    assert!(
        keyring.is_none() && said.contains("`root-ana` and `root-ben` are the same key"),
        "{said}"
    );
}

#[test]
fn a_revoked_key_cannot_come_back_under_another_name() {
    let mut files = files(GOOD);
    let copy = public("publish-2025").to_openssh("x");
    for file in &mut files {
        if file.path == "keys/publish-2026.pub" {
            file.bytes = copy.clone().into_bytes();
        }
    }
    let (keyring, said) = read(&files);
    assert!(
        keyring.is_none() && said.contains("[keyring-revoked]"),
        "{said}"
    );
}
