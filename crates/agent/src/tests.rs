//! Tests of hands elsewhere: agents and programs that behave, and others.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use caveat_sign::{Hand as _, SecretKey};
use caveat_verify::put;

use crate::{Agent, AgentError, Exec};

const SHORT: Duration = Duration::from_millis(300);
/// A program that another test is just starting may have the file of ours open, which then does not start.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// An agent that gives these answers, one for each connection.
fn agent(answers: Vec<Vec<u8>>) -> (tempfile::TempDir, Agent) {
    let room = tempfile::tempdir().expect("a room");
    let socket = room.path().join("s");
    let listener = UnixListener::bind(&socket).expect("bound");
    thread::spawn(move || {
        for answer in answers {
            let (mut stream, _) = listener.accept().expect("a question");
            read_question(&mut stream);
            // Whoever asked may be gone.
            drop(stream.write_all(&answer));
            if answer.len() < 4 {
                thread::sleep(SHORT * 3);
            }
        }
    });
    let agent = Agent::with_patience(&socket, SHORT);
    (room, agent)
}

fn read_question(stream: &mut UnixStream) {
    let mut length = [0; 4];
    stream.read_exact(&mut length).expect("a length");
    let mut rest = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut rest).expect("a question");
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, body);
    out
}

/// The list of one key, which is ours, and one of a kind that we do not know.
fn list(key: &SecretKey) -> Vec<u8> {
    let mut body = vec![12, 0, 0, 0, 2];
    for blob in [key.public().to_blob(), b"\0\0\0\x07ssh-rsa".to_vec()] {
        put(&mut body, &blob);
        put(&mut body, b"a comment");
    }
    framed(&body)
}

fn signed(signature: &[u8; 64]) -> Vec<u8> {
    let (mut inner, mut body) = (Vec::new(), vec![14]);
    put(&mut inner, b"ssh-ed25519");
    put(&mut inner, signature);
    put(&mut body, &inner);
    framed(&body)
}

fn key() -> SecretKey {
    SecretKey::generate().expect("random")
}

#[test]
fn an_agent_is_asked_for_its_keys_and_for_a_signature() {
    let key = key();
    let signature = key.sign(b"message").expect("signed");
    let (_room, agent) = agent(vec![list(&key), signed(&signature)]);
    let hands = agent.hands().expect("listed");
    assert_eq!(hands.len(), 1);
    assert_eq!(hands[0].public(), key.public());
    assert_eq!(hands[0].sign(b"message").expect("signed"), signature);
}

#[test]
fn a_signature_of_something_else_is_refused() {
    let key = key();
    let signature = key.sign(b"another").expect("signed");
    let (_room, agent) = agent(vec![list(&key), signed(&signature)]);
    let error = agent.hands().expect("listed")[0].sign(b"message");
    assert!(
        error
            .expect_err("refused")
            .to_string()
            .contains("does not verify")
    );
}

#[test]
fn an_agent_that_says_no_nonsense_or_nothing_is_named() {
    let refused = |answer: Vec<u8>| agent(vec![answer]).1.hands().expect_err("no keys");
    let (_room, silent) = agent(vec![vec![0]]);
    let began = Instant::now();
    assert!(matches!(
        silent.hands().expect_err("slow"),
        AgentError::Slow(_)
    ));
    assert!(began.elapsed() < SHORT * 3);
    for garbled in [
        vec![0xff; 8],
        vec![0, 0, 0, 0],
        framed(&[12, 0, 0, 0, 9]),
        framed(&[12, 0, 0, 0, 0, 0]),
        framed(&[5]),
    ] {
        assert!(matches!(refused(garbled), AgentError::Garbled));
    }
    assert!(matches!(
        refused(framed(&[12])[..4].to_vec()),
        AgentError::Broken(_)
    ));
    let key = key();
    let (_room, agent) = agent(vec![list(&key), framed(&[5])]);
    let error = agent.hands().expect("listed")[0].sign(b"message");
    assert!(error.expect_err("refused").to_string().contains("refused"));
    let nobody = Agent::new(Path::new("nobody.socket")).hands();
    assert!(matches!(
        nobody.expect_err("nobody"),
        AgentError::Gone { .. }
    ));
}

#[test]
fn a_message_that_no_agent_reads_is_not_sent() {
    let key = key();
    let (_room, agent) = agent(vec![list(&key)]);
    let hands = agent.hands().expect("listed");
    let error = hands[0].sign(&vec![0; 256 << 10]).expect_err("too long");
    assert!(error.to_string().contains("too long"));
}

/// A program of a few lines of shell, which nobody but the test starts.
fn program(room: &Path, lines: &str) -> PathBuf {
    let path = room.join("signer");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("set");
    path
}

fn exec(lines: &str, key: &SecretKey) -> Result<[u8; 64], String> {
    let _alone = ONE_AT_A_TIME.lock();
    let room = tempfile::tempdir().expect("a room");
    fs::write(
        room.path().join("good"),
        key.sign(b"message").expect("signed"),
    )
    .expect("written");
    let lines = lines.replace("GOOD", &room.path().join("good").display().to_string());
    let exec = Exec::new(&program(room.path(), &lines), *key.public(), &["HOME"]);
    exec.with_patience(Duration::from_secs(2))
        .sign(b"message")
        .map_err(|error| error.to_string())
}

#[test]
fn a_program_signs_what_it_reads() {
    let key = key();
    let good = key.sign(b"message").expect("signed");
    assert_eq!(
        exec("test \"$(cat)\" = message && cat GOOD", &key),
        Ok(good)
    );
    // It need not read, and it has no variable that was kept from it.
    assert_eq!(exec("test -z \"$HOME\" && cat GOOD", &key), Ok(good));
}

#[test]
fn a_program_that_does_something_else_is_refused_for_its_reason() {
    let key = key();
    for (lines, reason) in [
        ("cat GOOD; exit 3", "exit status: 3"),
        ("true", "64 bytes"),
        ("cat GOOD; echo", "64 bytes"),
        ("yes | head -c 1000000", "64 bytes"),
        ("head -c 64 /dev/zero", "does not verify"),
        ("sleep 30", "was stopped"),
        ("cat GOOD; exec >&-; sleep 30", "was stopped"),
        // It has failed, whatever it left behind.
        ("sleep 30 & exit 1", "exit status: 1"),
    ] {
        let error = exec(lines, &key).expect_err("refused");
        assert!(error.contains(reason), "{lines}: {error}");
    }
    let nobody = Exec::new(Path::new("./no-such-signer"), *key.public(), &[]);
    let error = nobody.sign(b"message").expect_err("refused").to_string();
    assert!(error.contains("no-such-signer"));
}

/// Has it ended, or does it soon? A signal takes a moment, and a corpse that nobody has buried does not run.
pub(crate) fn ends(pid: &str) -> bool {
    let runs = || {
        let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap_or_default();
        stat.rsplit_once(") ")
            .is_some_and(|(_, after)| !after.starts_with('Z'))
    };
    let until = Instant::now() + Duration::from_secs(5);
    while runs() && Instant::now() < until {
        thread::sleep(Duration::from_millis(5));
    }
    !runs()
}

#[test]
fn what_a_refused_program_started_ends_with_it() {
    let (key, room) = (key(), tempfile::tempdir().expect("a room"));
    let file = room.path().join("pid");
    let mut cases = vec![
        ("sleep 30", "wait", "was stopped"),
        ("sleep 30", "exec >&-; wait", "was stopped"),
        ("setsid sleep 30", "wait", "was stopped"),
    ];
    // Where there is a terminal, whoever outlives its parent belongs to the person there.
    if fs::File::open("/dev/tty").is_err() {
        cases.push(("sleep 30", "exit 3", "exit status: 3"));
        cases.push(("sleep 30", "head -c 64 /dev/zero", "does not verify"));
    }
    for (first, rest, reason) in cases {
        let lines = format!("{first} >/dev/null & echo $! >{}; {rest}", file.display());
        let error = exec(&lines, &key).expect_err("refused");
        assert!(error.contains(reason), "{rest}: {error}");
        let pid = fs::read_to_string(&file).expect("told");
        assert!(ends(&pid), "{rest}: {pid}");
    }
}
