//! Owns the stories of what is left of a private key: in memory while another signs, in core files, in what is printed.
//! Must never run against a build that is not the one people get: debug builds count, too.
#![cfg(target_os = "linux")]
#![expect(clippy::print_stderr, reason = "a story that proves less says so")]

use std::fs::{self, File};
use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::repository::{KEY, NOW, Repository};
use crate::trusted::trusted;

/// The seed of the second key, and a piece of the text of its file.
const SEED: [u8; 32] = [
    0xe4, 0xee, 0x72, 0xdb, 0xf9, 0x13, 0x58, 0x4a, 0xd5, 0xb6, 0xd8, 0xf1, 0xf7, 0x69, 0xf8, 0xad,
    0x3a, 0xfe, 0x7c, 0x28, 0xcb, 0xf1, 0xd4, 0xfb, 0xe0, 0x97, 0xa8, 0x8f, 0x44, 0x75, 0x58, 0x42,
];
const TEXT: &[u8] = b"E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC";

const PAGE: usize = 4096;

/// A publication that stops in the middle: a second key was read, and the signer of the first one takes its time.
#[expect(
    clippy::zombie_processes,
    reason = "the story ends it, and a failed story ends all"
)]
fn stopped() -> (Repository, Child) {
    let repository = trusted();
    let key = repository.path("../other");
    fs::write(&key, KEY.replace("BCIEINTuctv5", "BCIEIOTuctv5")).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let built = Repository::good();
    let mut command = built.command();
    command
        .args(["build", "--out", "public", "--key"])
        .arg(&key);
    assert!(command.status().unwrap().success());
    let public = fs::read_to_string(built.path("public/keys/feed.pub")).unwrap();
    let text = fs::read_to_string(repository.path("keys/keyring.toml")).unwrap();
    let repository = repository
        .file("keys/other.pub", &public)
        .file(
            "keys/keyring.toml",
            &format!("[role.openpgp]\nkeys = [\"other\"]\n{text}"),
        )
        .file("../slow", "#!/bin/sh\n: >ready\nexec /bin/sleep 20\n")
        .commit(NOW + 60);
    let mode = fs::Permissions::from_mode(0o700);
    fs::set_permissions(repository.path("../slow"), mode).unwrap();
    let program = repository.command().get_program().to_owned();
    let child = Command::new("/bin/sh")
        .args(["-c", "ulimit -c unlimited; exec \"$0\" \"$@\""])
        .arg(program)
        .args(["publish", "--to", "public", "--key", "../other"])
        .args(["--signer", "exec:../slow=keys/publish-2026.pub"])
        .current_dir(repository.root())
        .env_clear()
        .env("HOME", repository.path("../home"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    for _ in 0..600 {
        if repository.path("ready").exists() {
            return (repository, child);
        }
        sleep(Duration::from_millis(50));
    }
    panic!("the signer was never asked");
}

/// How often this is in the memory of a process; none where the system does not let us look.
fn count(process: u32, needle: &[u8]) -> Option<usize> {
    let memory = File::open(format!("/proc/{process}/mem")).ok()?;
    let maps = fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let mut count = 0;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, end) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
        let number = |text| u64::from_str_radix(text, 16).unwrap();
        let (start, end) = (number(start), number(end));
        let mut bytes = vec![0; usize::try_from(end - start).unwrap()];
        let mut at = 0;
        while at < bytes.len() {
            match memory.read_at(&mut bytes[at..], start + at as u64) {
                Ok(read @ 1..) => at += read,
                _ => break,
            }
        }
        count += (0..bytes.len())
            .step_by(PAGE)
            .map(|page| starts(&bytes, page, needle))
            .sum::<usize>();
    }
    Some(count)
}

/// How often it starts in a page; most pages are empty, and comparing them is fast.
fn starts(bytes: &[u8], page: usize, needle: &[u8]) -> usize {
    let end = bytes.len().min(page + PAGE);
    if bytes[page..end] == [0; PAGE][..end - page] {
        return 0;
    }
    let first = needle[0];
    let all = (page..end).filter(|at| bytes[*at] == first);
    all.filter(|at| bytes[*at..].starts_with(needle)).count()
}

fn is_core(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_string_lossy();
    name.starts_with("core")
}

#[test]
fn a_key_is_in_memory_once_while_others_sign_and_in_no_core_file() {
    let (repository, mut child) = stopped();
    let (seed, text) = (count(child.id(), &SEED), count(child.id(), TEXT));
    // Who has no special rights cannot even look: the process is not dumpable.
    if seed.is_none() {
        eprintln!("memory was not read: the system refuses, as it should");
    }
    assert!(matches!(seed, None | Some(1)), "{seed:?} times the seed");
    assert!(
        matches!(text, None | Some(0)),
        "{text:?} times the text of the file"
    );
    // Nor in its arguments and its environment.
    for file in ["cmdline", "environ"] {
        if let Ok(bytes) = fs::read(format!("/proc/{}/{file}", child.id())) {
            assert!(!bytes.windows(TEXT.len()).any(|window| window == TEXT));
        }
    }
    let killed = Command::new("kill")
        .args(["-ABRT", &child.id().to_string()])
        .status();
    assert!(killed.unwrap().success());
    let status = child.wait().unwrap();
    assert_eq!(status.signal(), Some(6));
    assert!(!status.core_dumped());
    let files = fs::read_dir(repository.root()).unwrap();
    assert!(
        !files
            .map(|file| file.unwrap().path())
            .any(|path| is_core(&path))
    );
}

#[test]
fn another_process_would_leave_a_core_file_here() {
    let room = tempfile::tempdir().unwrap();
    let status = Command::new("/bin/sh")
        .args(["-c", "ulimit -c unlimited && kill -ABRT $$"])
        .current_dir(room.path())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    if !status.core_dumped() {
        eprintln!("this machine keeps no core files: the story before it proves less");
    }
}
