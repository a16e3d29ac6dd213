//! Owns the search for what is left of a key in the memory of a process that signs with it.
//! Must never hold in clear what it looks for: it would find itself.
//!
//! A child reads a key as the program does, signs, and drops the key; before and after, it reads its own memory from
//! `/proc/self/mem`, which needs no rights. It looks for each half of the seed, of the two halves of its hash (whoever has
//! them can sign), of the scalar, and for the text of the key file. A build for tests is the worst case: values move most.
#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, reason = "a broken set-up should stop the test")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::FileExt as _;
use std::process::{Command, Stdio};

use caveat_sign::{Hand as _, SecretKey};
use ed25519_dalek::SigningKey;
use sha2::{Digest as _, Sha512};
use zeroize::Zeroizing;

/// What secrets look like on the way to the child.
const MASK: u8 = 0xa5;
/// So much of a secret is found.
const PIECE: usize = 16;

/// Pieces of everything that must not stay, masked, in hexadecimal digits.
fn needles(pem: &str, seed: &[u8; 32]) -> Vec<String> {
    let key = SigningKey::from_bytes(seed);
    let text: Vec<&str> = pem.lines().collect();
    // The secret is in the third and fourth line of OpenSSH's form.
    let secrets: [&[u8]; 6] = [
        seed,
        &Sha512::digest(seed),
        &key.to_scalar_bytes(),
        &key.to_scalar().to_bytes(),
        text[3].as_bytes(),
        text[4].as_bytes(),
    ];
    let pieces = secrets
        .iter()
        .flat_map(|secret| secret.windows(PIECE).step_by(8));
    let hex = |piece: &[u8]| {
        piece.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{:02x}", byte ^ MASK);
            text
        })
    };
    pieces.map(hex).collect()
}

/// How often one of the pieces is somewhere in this process.
fn found(needles: &[[u8; PIECE]]) -> usize {
    let memory = File::open("/proc/self/mem").expect("our own memory");
    let maps = fs::read_to_string("/proc/self/maps").expect("our own memory");
    let (mut buffer, mut count) = (vec![0u8; 1 << 20], 0);
    let own = buffer.as_ptr() as u64..buffer.as_ptr() as u64 + buffer.len() as u64;
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (start, end) = line
            .split_once(' ')
            .and_then(|(range, _)| range.split_once('-'))
            .expect("a range");
        let number = |text| u64::from_str_radix(text, 16).expect("a number");
        let (mut at, end) = (number(start), number(end));
        while at < end {
            if own.contains(&at) {
                at = own.end;
                continue;
            }
            let stop = if at < own.start {
                end.min(own.start)
            } else {
                end
            };
            let length = usize::try_from(stop - at)
                .unwrap_or(usize::MAX)
                .min(buffer.len());
            let Ok(read @ 1..) = memory.read_at(&mut buffer[..length], at) else {
                break;
            };
            count += hits(&buffer[..read], needles);
            // Pieces across two parts are seen in the second.
            let back = if read == length && length > PIECE && at + (read as u64) < stop {
                PIECE - 1
            } else {
                0
            };
            at += (read - back) as u64;
        }
    }
    count
}

fn hits(bytes: &[u8], needles: &[[u8; PIECE]]) -> usize {
    let mut first = [false; 256];
    for needle in needles {
        first[usize::from(needle[0] ^ MASK)] = true;
    }
    let mut count = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !first[usize::from(*byte)] {
            continue;
        }
        if let Some(window) = bytes.get(at..at + PIECE) {
            let same =
                |needle: &&[u8; PIECE]| window.iter().zip(*needle).all(|(a, b)| a ^ MASK == *b);
            count += needles.iter().filter(same).count();
        }
    }
    count
}

/// Reads as the program does: one buffer, large enough from the start.
fn read(path: &str) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 << 10));
    let mut file = File::open(path).expect("there");
    file.read_to_end(&mut bytes).expect("read");
    bytes
}

#[inline(never)]
fn key(path: &str) -> SecretKey {
    let bytes = read(path);
    SecretKey::parse(std::str::from_utf8(&bytes).expect("text")).expect("a key")
}

/// Runs only as a child of the test below: its orders come by a pipe.
#[test]
#[ignore = "a child of another test"]
#[expect(clippy::print_stdout, reason = "its parent reads what it says")]
fn a_child_that_signs() {
    let mut orders = String::new();
    io::stdin().read_to_string(&mut orders).expect("orders");
    let mut lines = orders.lines();
    let path = lines.next().expect("a path");
    let byte =
        |line: &str, at: usize| u8::from_str_radix(&line[2 * at..2 * at + 2], 16).expect("hex");
    let needles: Vec<[u8; PIECE]> = lines
        .map(|line| std::array::from_fn(|at| byte(line, at)))
        .collect();
    let before = found(&needles);
    let key = key(path);
    let read = found(&needles);
    for number in 0..100u8 {
        key.sign(&[number]).expect("signed");
    }
    let text = key.to_openssh("a comment");
    let written = found(&needles);
    drop(text);
    let signed = found(&needles);
    drop(key);
    println!(
        "found {before} {read} {written} {signed} {}",
        found(&needles)
    );
}

#[test]
fn a_key_is_in_memory_once_and_gone_when_it_is_dropped() {
    let room = tempfile::tempdir().expect("a room");
    let path = room.path().join("key");
    let key = SecretKey::generate().expect("random");
    let pem = key.to_openssh("a comment");
    fs::write(&path, &*pem).expect("written");
    let seed = seed(&pem);
    let needles = needles(&pem, &seed);
    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args(["a_child_that_signs", "--exact", "--ignored", "--nocapture"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a child");
    let orders = format!("{}\n{}\n", path.display(), needles.join("\n"));
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(orders.as_bytes()).expect("told");
    drop(stdin);
    let output = child.wait_with_output().expect("an end");
    let said = String::from_utf8_lossy(&output.stdout);
    let counts = said.split_once("found ").expect("an answer").1;
    let counts: Vec<usize> = counts
        .split_ascii_whitespace()
        .map_while(|word| word.parse().ok())
        .collect();
    // The seed alone, in its three pieces; while it is written, its text, too.
    let [before, read, written, signed, dropped] = counts[..] else {
        panic!("{said}")
    };
    assert_eq!((before, read, signed, dropped), (0, 3, 3, 0), "{said}");
    assert!(written > 3, "the search finds what is there");
}

/// The secret of OpenSSH's form: the 32 bytes before the second copy of the public half.
fn seed(pem: &str) -> [u8; 32] {
    use base64ct::{Base64, Encoding as _};
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let bytes = Base64::decode_vec(&body).expect("base64");
    let comment = bytes
        .windows(9)
        .position(|window| window == b"a comment")
        .expect("there");
    let end = comment - 4 - 32;
    bytes[end - 32..end].try_into().expect("a seed")
}
