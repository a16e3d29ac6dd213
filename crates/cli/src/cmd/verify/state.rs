//! Owns the file that remembers a feed from one look to the next.
//! Must never lose what another look remembered meanwhile, or put a file where a link was.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use caveat_verify::{Answer, Check, Memory, Vouched};

use super::{AskError, bytes};
use crate::failure::Failure;
use crate::output;
use crate::pen::{self, Old, Sheet};

/// How often a look is taken again because others remembered something meanwhile. Each time one of them got ahead.
const LOOKS: usize = 100;
/// How often, and with which pause, the directory is asked for: two seconds in all.
const TRIES: usize = 200;
const PAUSE: Duration = Duration::from_millis(10);

/// A file that may not exist yet.
pub(super) struct State {
    path: PathBuf,
}

/// What is remembered, and its bytes.
type Seen = Option<(Memory, Vec<u8>)>;

impl State {
    pub(super) fn at(path: &Path) -> Result<Self, Failure> {
        let real = path.canonicalize();
        if real.is_err() && path.is_symlink() {
            return Err(Failure::LinkToNothing(path.to_owned()));
        }
        let path = real.unwrap_or_else(|_| path.to_owned());
        Ok(Self { path })
    }

    /// Judges by what was seen before, and remembers what is seen now. Whether that was written is told apart from the answer.
    pub(super) fn judge(
        &self,
        check: &Check<'_>,
    ) -> Result<(Answer, Result<(), Failure>), Failure> {
        let mut looks = 0;
        loop {
            looks += 1;
            let seen = self.read()?;
            let memory = seen.as_ref().map(|(memory, _)| memory);
            self.same_feed(memory, check.feed)?;
            let answer = Check { memory, ..*check }.run()?;
            let pinned = memory.is_some_and(Memory::is_pinned);
            let written = match self.write(seen, &answer) {
                Err(Failure::ChangedMeanwhile(_) | Failure::Exists(_)) if looks < LOOKS => continue,
                written => written,
            };
            if pinned && answer.vouched == Vouched::Itself {
                output::warning(&format!(
                    "`{}` stays as it is: nothing is pinned now, as it was when that was written",
                    self.path.display()
                ));
            }
            return Ok((answer, written));
        }
    }

    fn same_feed(&self, memory: Option<&Memory>, asked: Option<&str>) -> Result<(), Failure> {
        match (memory, asked) {
            (Some(memory), Some(asked)) if memory.feed() != asked => {
                Err(Failure::Asked(AskError::OtherFeed {
                    path: self.path.clone(),
                    seen: memory.feed().to_owned(),
                    asked: asked.to_owned(),
                }))
            }
            _ => Ok(()),
        }
    }

    fn read(&self) -> Result<Seen, Failure> {
        let found = match bytes(&self.path) {
            Err(Failure::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(None);
            }
            found => found?,
        };
        match Memory::read(&found) {
            Ok(memory) => Ok(Some((memory, found))),
            Err(source) => {
                let path = self.path.clone();
                Err(Failure::Asked(AskError::Memory { path, source }))
            }
        }
    }

    /// Written beside and put in place in one step: whoever reads it finds the old or the new.
    fn write(&self, seen: Seen, answer: &Answer) -> Result<(), Failure> {
        let Some(new) = answer.memory.as_ref().map(Memory::to_bytes) else {
            return Ok(());
        };
        let old = seen.map(|(_, old)| old);
        if old.as_ref() == Some(&new) {
            return Ok(());
        }
        // Of two that write at once one waits here, and then finds that the other was first.
        let _alone = self.alone();
        let path = self.path.clone();
        let instead_of = old.map(|bytes| Old {
            path: path.clone(),
            bytes,
        });
        pen::write(&[Sheet {
            path,
            bytes: new,
            instead_of,
        }])
    }

    /// The directory, locked: the file itself is another one after each look. None where that cannot be, or where somebody else
    /// holds it for longer than a look takes to write: then the first is who was first.
    fn alone(&self) -> Option<File> {
        let parent = self.path.parent()?;
        let parent = if parent.as_os_str().is_empty() {
            Path::new(".")
        } else {
            parent
        };
        fs::create_dir_all(parent).ok()?;
        let directory = File::open(parent).ok()?;
        for _ in 0..TRIES {
            match directory.try_lock() {
                Ok(()) => return Some(directory),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(_)) => return None,
            }
        }
        None
    }
}
