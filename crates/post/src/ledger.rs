//! Owns the ledger: an append-only file that says of each message whether it was begun, taken or refused, and one lock.
//! Must never change or remove a line, or say that something is written before it is on the disk.

use std::collections::BTreeMap;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::line::{Key, Word, read, write};

/// What became of a message, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It never went, or was refused.
    Unsent,
    /// The server has taken it.
    Sent(String),
    /// It was begun, and nobody knows whether it arrived.
    Open(String),
}

/// An open ledger: while it is held, nobody else sends.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: File,
    fates: BTreeMap<Key, Fate>,
}

impl Ledger {
    /// Opens a ledger, or makes an empty one for its owner alone, and locks it.
    ///
    /// # Errors
    /// A file that cannot be read or written, that somebody else holds, or that has lines that were not written here.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Ledger {
            path: path.to_owned(),
            source,
        };
        let file = opened(path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Locked(path.to_owned())),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        let mut text = String::new();
        (&file).read_to_string(&mut text).map_err(failed)?;
        let fates = fates(&text, path)?;
        if !text.is_empty() && !text.ends_with('\n') {
            // A crash cut the last line: what comes next begins on one of its own.
            (&file).write_all(b"\n").map_err(failed)?;
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            fates,
        })
    }

    /// What became of a message.
    pub fn fate(&self, key: &Key) -> Fate {
        self.fates.get(key).cloned().unwrap_or(Fate::Unsent)
    }

    /// The server will have all of it but its end.
    pub(crate) fn begun(&mut self, key: &Key, at: &str) -> Result<(), Error> {
        self.add(Word::Begun, key, at)
    }

    /// It arrived: the server took it, or somebody saw it.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn arrived(&mut self, key: &Key, at: &str) -> Result<(), Error> {
        self.add(Word::Done, key, at)
    }

    /// It did not arrive: the server refused it, or somebody looked for it in vain.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn failed(&mut self, key: &Key, at: &str) -> Result<(), Error> {
        self.add(Word::Failed, key, at)
    }

    fn add(&mut self, word: Word, key: &Key, at: &str) -> Result<(), Error> {
        let line = format!("{}\n", write(word, key, at));
        let written = self.file.write_all(line.as_bytes());
        let kept = written.and_then(|()| self.file.sync_all());
        kept.map_err(|source| Error::Ledger {
            path: self.path.clone(),
            source,
        })?;
        self.fates.insert(key.clone(), fate(word, at));
        Ok(())
    }
}

/// The directory is synced too: a new file whose name is lost in a crash is no ledger.
fn opened(path: &Path) -> io::Result<File> {
    let directory = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let directory = directory.unwrap_or(Path::new("."));
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)?;
    let mut options = OpenOptions::new();
    let options = options.read(true).append(true).create(true).mode(0o600);
    let file = options.open(path)?;
    File::open(directory)?.sync_all()?;
    Ok(file)
}

fn fates(text: &str, path: &Path) -> Result<BTreeMap<Key, Fate>, Error> {
    let mut fates = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        let damaged = |()| Error::Damaged {
            path: path.to_owned(),
            line: at + 1,
        };
        if let Some((word, key, when)) = read(line).map_err(damaged)? {
            fates.insert(key, fate(word, when));
        }
    }
    Ok(fates)
}

fn fate(word: Word, at: &str) -> Fate {
    match word {
        Word::Begun => Fate::Open(at.to_owned()),
        Word::Done => Fate::Sent(at.to_owned()),
        Word::Failed => Fate::Unsent,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const AT: &str = "2026-11-21T00:00:00Z";

    fn key(to: &str) -> Key {
        Key {
            id: "x@example.org".to_owned(),
            to: to.to_owned(),
        }
    }

    #[test]
    fn what_was_begun_and_never_ended_stays_open() {
        let room = tempfile::tempdir().expect("a directory");
        let path = room.path().join("state/sent.ledger");
        let mut ledger = Ledger::open(&path).expect("a ledger");
        for to in ["a@b.org", "c@d.org", "e@f.org"] {
            ledger.begun(&key(to), AT).expect("a line");
        }
        ledger.arrived(&key("a@b.org"), AT).expect("a line");
        ledger.failed(&key("c@d.org"), AT).expect("a line");
        drop(ledger);
        let ledger = Ledger::open(&path).expect("a ledger");
        assert_eq!(ledger.fate(&key("a@b.org")), Fate::Sent(AT.to_owned()));
        assert_eq!(ledger.fate(&key("c@d.org")), Fate::Unsent);
        assert_eq!(ledger.fate(&key("e@f.org")), Fate::Open(AT.to_owned()));
        assert_eq!(ledger.fate(&key("g@h.org")), Fate::Unsent);
    }

    #[test]
    fn a_line_that_a_crash_cut_says_nothing_and_spoils_nothing() {
        let room = tempfile::tempdir().expect("a directory");
        let path = room.path().join("sent.ledger");
        let whole = write(Word::Done, &key("a@b.org"), AT);
        for cut in 0..whole.len() {
            let begun = write(Word::Begun, &key("a@b.org"), AT);
            fs::write(&path, format!("{begun}\n{}", &whole[..cut])).expect("a file");
            let mut ledger = Ledger::open(&path).expect("a ledger");
            assert_eq!(ledger.fate(&key("a@b.org")), Fate::Open(AT.to_owned()));
            ledger.begun(&key("c@d.org"), AT).expect("a line");
            drop(ledger);
            let ledger = Ledger::open(&path).expect("a ledger");
            assert_eq!(ledger.fate(&key("c@d.org")), Fate::Open(AT.to_owned()));
        }
    }

    #[test]
    fn two_cannot_hold_it_and_strange_lines_stop_all() {
        let room = tempfile::tempdir().expect("a directory");
        let path = room.path().join("sent.ledger");
        let held = Ledger::open(&path).expect("a ledger");
        assert!(matches!(Ledger::open(&path), Err(Error::Locked(_))));
        drop(held);
        fs::write(&path, "all was sent .\n").expect("a file");
        let refused = Ledger::open(&path);
        assert!(matches!(refused, Err(Error::Damaged { line: 1, .. })));
    }
}
