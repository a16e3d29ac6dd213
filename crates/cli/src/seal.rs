//! Owns opening encrypted drafts, by a program that is made for it: `age` or `rage`.
//! Must never write what was sealed to a disk, or wait for ever.

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use caveat_advisory::{Draft, Input, LARGEST_FILE};

use caveat_load::SECRETS;

use crate::failure::Failure;

/// Somebody may have to touch a token or type a passphrase.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// What a program says about its troubles.
const LONGEST_COMPLAINT: u64 = 2 << 10;

/// Every encrypted draft becomes one that can be judged; its place and name stay.
pub(crate) fn open(root: &Path, input: &mut Input, identity: &Path) -> Result<(), Failure> {
    if let Err(source) = std::fs::metadata(identity) {
        let path = identity.to_owned();
        return Err(Failure::Read { path, source });
    }
    for path in std::mem::take(&mut input.sealed) {
        let bytes = opened(&root.join(&path), identity)?;
        input.advisories.push(Draft { path, bytes });
    }
    input.sort();
    Ok(())
}

fn opened(path: &Path, identity: &Path) -> Result<Vec<u8>, Failure> {
    let refused = |said: &str| Failure::Sealed {
        path: path.to_owned(),
        said: said.to_owned(),
    };
    let mut child = start(path, identity)?;
    let text = read(child.stdout.take(), LARGEST_FILE + 1);
    let complaint = read(child.stderr.take(), LONGEST_COMPLAINT);
    let Ok(bytes) = text.recv_timeout(LONGEST_WAIT) else {
        end(&mut child);
        return Err(refused("the program did not finish within a minute"));
    };
    let enough = u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_FILE);
    if enough {
        // It would wait for somebody to read the rest. `check` says that the file is too large.
        end(&mut child);
        return Ok(bytes);
    }
    let status = child.wait();
    if status.is_ok_and(|status| status.success()) {
        return Ok(bytes);
    }
    let said = complaint.recv_timeout(LONGEST_WAIT).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let first = said.lines().find(|line| !line.trim().is_empty());
    let plain = |line: &str| line.chars().filter(|c| !c.is_control()).collect::<String>();
    Err(refused(
        &first.map_or_else(|| "no reason was given".to_owned(), plain),
    ))
}

/// The key itself is never an argument: only its path is, and the program reads it.
fn start(path: &Path, identity: &Path) -> Result<Child, Failure> {
    let mut last = ErrorKind::NotFound.into();
    for program in ["age", "rage"] {
        let mut command = Command::new(program);
        for name in SECRETS {
            command.env_remove(name);
        }
        let started = command
            .arg("--decrypt")
            .arg("--identity")
            .arg(identity)
            .arg(path)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        match started {
            Ok(child) => return Ok(child),
            Err(error) => last = error,
        }
    }
    Err(Failure::NoAge(last))
}

/// Reads on a thread of its own, so that nobody waits for a program that writes to the other pipe.
fn read(pipe: Option<impl Read + Send + 'static>, longest: u64) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // What was read until a fault is judged by the program's own exit.
            drop(pipe.take(longest).read_to_end(&mut bytes));
        }
        drop(sender.send(bytes));
    });
    receiver
}

/// Both may fail only where it is gone already.
fn end(child: &mut Child) {
    drop(child.kill());
    drop(child.wait());
}
