//! Owns a feed with a keyring, a line of roots and a shared repository, and clients of it.
//! Must never use a key that is not of tests alone.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use caveat_tuf::{
    Chain, Check, Draft, Fingerprint, Holders, Key, Keyring, Lifetimes, Memory, Outcome, Press,
    Refusal, Role, Signer, State, Verdict, When,
};
use caveat_verify::PublicKey;
use ed25519_dalek::{Signer as _, SigningKey};
use jiff::{SignedDuration, Timestamp};

use crate::repository::{KEY, NOW, PUBLIC, Repository};

pub(crate) const PUBLISH: &str = "publish --to public --key ../key";
pub(crate) const HEARTBEAT: &str = "heartbeat --to public --key ../key";

const KEYRING: &str = r#"[role.root]
keys = ["root-ana", "root-ben"]
threshold = 2
[role.publish]
keys = ["publish-2026"]
[role.freshness]
keys = ["publish-2026"]
[state]
remote = "origin"
"#;

/// The roots' keys, from 1 on.
pub(crate) fn secret(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number; 32])
}

/// The key of `KEY`.
fn published() -> SigningKey {
    let seed = "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";
    let bytes = (0..32).map(|at| u8::from_str_radix(&seed[at * 2..at * 2 + 2], 16).unwrap());
    SigningKey::from_bytes(&bytes.collect::<Vec<_>>().try_into().unwrap())
}

fn line(secret: &SigningKey, name: &str) -> String {
    let key = PublicKey::from_bytes(secret.verifying_key().as_bytes()).unwrap();
    key.to_openssh(name) + "\n"
}

pub(crate) fn key(secret: &SigningKey) -> Key {
    Key::from_bytes(secret.verifying_key().as_bytes()).unwrap()
}

/// Signs as whoever has the key of `KEY`: a thief, or somebody at another time.
pub(crate) struct Publisher;

impl Signer for Publisher {
    fn sign(&mut self, _: Role, asked: &Key, message: &[u8]) -> Result<Option<[u8; 64]>, Refusal> {
        let secret = published();
        let held = key(&secret) == *asked;
        Ok(held.then(|| secret.sign(message).to_bytes()))
    }
}

/// Keys of roles as `KEYRING` says it.
pub(crate) fn keyring() -> Keyring {
    let holders = |role, keys: &[SigningKey], threshold| {
        let keys: Vec<_> = keys.iter().map(key).collect();
        Holders::new(role, &keys, threshold).unwrap()
    };
    Keyring {
        root: holders(Role::Root, &[secret(1), secret(2)], 2),
        targets: holders(Role::Targets, &[published()], 1),
        snapshot: holders(Role::Snapshot, &[published()], 1),
        timestamp: holders(Role::Timestamp, &[published()], 1),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program has no other clock, and what it signs must be good now"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::from_second(Timestamp::now().as_second()).unwrap()
}

pub(crate) fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

/// A root that ends after so many days.
pub(crate) fn root(previous: Option<&[u8]>, left: i64) -> Vec<u8> {
    root_of(keyring(), previous, left)
}

/// The same, for other keys.
pub(crate) fn root_of(keyring: Keyring, previous: Option<&[u8]>, left: i64) -> Vec<u8> {
    let ends = now() + days(left);
    let mut draft = match previous {
        None => Draft::first(keyring, ends).unwrap(),
        Some(bytes) => {
            let chain = Chain::begin(bytes.to_vec()).unwrap();
            Draft::next(chain.newest(), keyring, ends).unwrap()
        }
    };
    for number in [1, 2] {
        let signature = secret(number).sign(draft.message()).to_bytes();
        draft.sign(&key(&secret(number)), signature).unwrap();
    }
    draft.finish().unwrap()
}

/// Git, apart from people's settings.
pub(crate) fn git(at: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(at)
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// A project with a keyring, a signed root and a shared repository; nothing is published.
pub(crate) fn trusted() -> Repository {
    with_root(&root(None, 300))
}

pub(crate) fn with_root(root: &[u8]) -> Repository {
    let repository = Repository::good()
        .file("../key", KEY)
        .file("keys/keyring.toml", KEYRING)
        .file("keys/root-ana.pub", &line(&secret(1), "root-ana"))
        .file("keys/root-ben.pub", &line(&secret(2), "root-ben"))
        .file("keys/publish-2026.pub", PUBLIC)
        .bytes("keys/root/1.root.json", root)
        .commit(NOW + 1);
    let mode = fs::Permissions::from_mode(0o600);
    fs::set_permissions(repository.path("../key"), mode).unwrap();
    let shared = repository.path("../shared.git");
    fs::create_dir(&shared).unwrap();
    git(&shared, &["init", "--quiet", "--bare"]);
    let address = format!("file://{}", shared.canonicalize().unwrap().display());
    git(&repository.root(), &["remote", "add", "origin", &address]);
    repository
}

/// The same, published once.
pub(crate) fn out() -> Repository {
    let repository = trusted();
    repository
        .caveat(PUBLISH)
        .exits(0)
        .says("signed as number 1, fresh until");
    repository
}

/// What git remembers: the number of the last signing.
pub(crate) fn seq(repository: &Repository) -> u64 {
    state(repository).seq()
}

pub(crate) fn state(repository: &Repository) -> State {
    let shared = repository.path("../shared.git");
    let text = git(&shared, &["show", "publish-state:state.json"]);
    State::read(text.trim_end().as_bytes()).unwrap()
}

/// As in another clone, which never saw what the remote had.
pub(crate) fn forget(repository: &Repository) {
    let seen = "refs/remotes/origin/publish-state";
    git(&repository.root(), &["update-ref", "-d", seen]);
}

/// What a client says of a tree, that trusts the first root and remembers this.
pub(crate) fn client(tree: &Path, pinned: &[u8], memory: Option<&Memory>) -> Outcome {
    let check = Check {
        root: pinned,
        memory,
        when: When::Now(now()),
        max_stale: SignedDuration::ZERO,
    };
    check
        .run(|name, _| read(&tree.join("tuf").join(name)))
        .unwrap()
}

fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// The same, with every file that is listed: the tree is whole for whoever looks now.
pub(crate) fn fresh(tree: &Path, pinned: &[u8], memory: Option<&Memory>) -> Memory {
    let outcome = client(tree, pinned, memory);
    assert!(
        matches!(outcome.verdict, Verdict::Fresh { .. }),
        "{}",
        outcome.verdict
    );
    let targets = outcome.targets.unwrap();
    for (name, file) in targets.files() {
        let path = tree.join("tuf").join(caveat_tuf::target_path(name, file));
        targets.verify(name, &fs::read(path).unwrap()).unwrap();
    }
    outcome.memory.unwrap()
}

pub(crate) fn pinned(repository: &Repository) -> Vec<u8> {
    fs::read(repository.path("keys/root/1.root.json")).unwrap()
}

/// Signs the list that is out once more, as of another moment, behind `last`; it is not shown, and git does not know it.
pub(crate) fn signed_at(repository: &Repository, last: Option<&State>, at: Timestamp) -> Signed {
    let chain = Chain::begin(pinned(repository)).unwrap();
    let listed = client(&repository.path("public"), &pinned(repository), None);
    let files: BTreeMap<String, Fingerprint> = listed.targets.unwrap().files().clone();
    let press = Press {
        chain: &chain,
        state: last,
        now: at,
        lifetimes: Lifetimes::default(),
    };
    let edition = press.publish(files, &mut Publisher).unwrap();
    Signed {
        files: edition.files,
        state: edition.state,
    }
}

/// An edition that somebody signed.
pub(crate) struct Signed {
    files: Vec<(String, Vec<u8>)>,
    pub(crate) state: State,
}

impl Signed {
    pub(crate) fn show(&self, tree: &Path) {
        for (path, bytes) in &self.files {
            fs::write(tree.join(path), bytes).unwrap();
        }
    }

    /// As if it had been signed by the program.
    pub(crate) fn remember(&self, repository: &Repository) {
        let shared = repository.path("../shared.git");
        for at in [&shared, &repository.root()] {
            git(at, &["update-ref", "-d", "refs/heads/publish-state"]);
        }
        forget(repository);
        let branch = caveat_state::Branch::open(&shared, "publish-state", None).unwrap();
        let known = branch.latest().unwrap();
        branch.advance(&known, &self.state, "a test").unwrap();
    }
}
