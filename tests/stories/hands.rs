//! Owns the stories of who signs: keys in variables, agents and programs.
//! Must never need a key that is not of tests alone.
#![expect(clippy::print_stderr, reason = "a story that is left out says so")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::repository::{KEY, PUBLIC, Repository, run};
use crate::trusted::{fresh, pinned, trusted};

pub(crate) const UNKEYED: &str = "publish --to public";

pub(crate) fn private(repository: &Repository, path: &str, text: &str, mode: u32) -> PathBuf {
    let path = repository.path(path);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

/// Another key: RFC 8410's with one bit of the secret changed, so readers of no keyring know it.
pub(crate) fn other() -> String {
    KEY.replace("BCIEINTuctv5", "BCIEIOTuctv5")
}

/// Runs with variables; nothing may be written.
pub(crate) fn refused(
    repository: &Repository,
    arguments: &str,
    variables: &[(&str, &str)],
    says: &[&str],
) {
    let mut command = repository.command();
    command.envs(variables.iter().copied());
    let outcome = run(command.args(arguments.split_whitespace())).exits(2);
    let _ = says
        .iter()
        .fold(outcome, |outcome, word| outcome.says(word));
    assert!(!repository.path("public").exists());
}

#[test]
fn keys_come_from_variables_as_they_are_pasted() {
    let repository = trusted();
    let windows = KEY.replace('\n', "\r\n");
    for (at, key) in [KEY.trim_end(), &windows, &format!("\n{KEY}\n\n")]
        .into_iter()
        .enumerate()
    {
        let mut command = repository.command();
        command
            .env("CAVEAT_KEY", key)
            .env("CAVEAT_KEY_FRESHNESS", "")
            .env("CAVEAT_KEY_FILE", "");
        let outcome = run(command.args(UNKEYED.split(' '))).exits(0);
        outcome.says(&format!("signed as number {}", at + 1));
    }
    fs::remove_dir_all(repository.path("public")).unwrap();
    let both = [("CAVEAT_KEY", KEY), ("CAVEAT_KEY_FILE", "../key")];
    refused(
        &repository,
        UNKEYED,
        &both,
        &["both CAVEAT_KEY and CAVEAT_KEY_FILE are set"],
    );
    let path = [("CAVEAT_KEY", "/run/secrets/key")];
    refused(
        &repository,
        UNKEYED,
        &path,
        &["CAVEAT_KEY: this is a path", "_FILE takes paths"],
    );
}

#[test]
fn a_program_signs_without_shell_arguments_or_our_variables() {
    let repository = trusted();
    let key = repository.path("../key").canonicalize().unwrap();
    let script = format!(
        "#!/bin/sh\nset -e\nPATH=/usr/bin:/bin\ntest $# = 0\n! env | grep -q ^CAVEAT_\nd=$(mktemp -d)\ncat >$d/m\n\
         openssl pkeyutl -sign -inkey '{}' -rawin -in $d/m\n",
        key.display()
    );
    private(&repository, "../kms", &script, 0o700);
    if Command::new("openssl").arg("version").output().is_err() {
        eprintln!("skipped: there is no openssl");
        return;
    }
    let mut command = repository.command();
    command
        .env("CAVEAT_SMTP_PASSWORD", "secret")
        .env("CAVEAT_KEY_FRESHNESS_FILE", &key);
    let signer = ["--signer", "exec:../kms=keys/publish-2026.pub"];
    // A key that two bring is one key.
    run(command.args(UNKEYED.split(' ')).args(signer)).exits(0);
    fresh(&repository.path("public"), &pinned(&repository), None);
    let outcome = repository
        .caveat("publish --to public --signer exec:../none=keys/publish-2026.pub")
        .exits(2);
    outcome.says("cannot run the signer").says("none");
    let outcome = repository
        .caveat("publish --to public --signer exec:../kms")
        .exits(2);
    outcome.says("exec:PROGRAM=FILE.pub");
}

/// An agent that ends with the test.
struct Agent(Child);

impl Drop for Agent {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

#[test]
fn an_agent_signs() {
    let repository = trusted();
    let socket = repository.path("../agent");
    let agent = Command::new("ssh-agent")
        .arg("-D")
        .arg("-a")
        .arg(&socket)
        .stdout(Stdio::null())
        .spawn();
    let Ok(agent) = agent.map(Agent) else {
        eprintln!("skipped: there is no ssh-agent");
        return;
    };
    for _ in 0..200 {
        if socket.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let agented = |arguments: &str| {
        let mut command = repository.command();
        command
            .env("SSH_AUTH_SOCK", &socket)
            .args(arguments.split(' '));
        run(&mut command)
    };
    let says = "the role publish needs 1 of its keys, and 0 can sign";
    agented("publish --to public --signer agent")
        .exits(2)
        .says(says);
    // OpenSSH reads Ed25519 keys in its own form only.
    let key = caveat_sign::SecretKey::parse(KEY)
        .unwrap()
        .to_openssh("test");
    let key = private(&repository, "../agent.key", &key, 0o600);
    let added = Command::new("ssh-add")
        .arg(key)
        .env("SSH_AUTH_SOCK", &socket)
        .output();
    assert!(added.unwrap().status.success());
    agented("publish --to public --signer agent")
        .exits(0)
        .says("signed as number 1");
    fresh(&repository.path("public"), &pinned(&repository), None);
    let none = "publish --to public --signer agent:SHA256:none";
    agented(none)
        .exits(2)
        .says("does not have the key SHA256:none")
        .says("ssh-add FILE");
    drop(agent);
    agented("publish --to public --signer agent")
        .exits(2)
        .says("no ssh-agent answers");
    repository
        .caveat("publish --to public --signer agent")
        .exits(2)
        .says("SSH_AUTH_SOCK is not set");
    let known: Vec<&str> = PUBLIC.split(' ').collect();
    assert!(
        fs::read_to_string(repository.path("public/keys/allowed_signers"))
            .unwrap()
            .contains(known[1])
    );
}
