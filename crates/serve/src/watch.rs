//! Owns waiting for files to be saved, and making the next edition.
//! Must never look outside of what is read, or make one edition for each of many files that are saved together.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Weak};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::board::Board;
use crate::{Error, News};

/// Editors write one file in several steps, and git many files.
const QUIET: Duration = Duration::from_millis(100);
/// Who writes all the time is not waited for.
const MOST_WAITS: usize = 1000;
/// Time passes too: an embargo ends, a promise is overdue.
const AT_LEAST_EVERY: Duration = Duration::from_hours(1);

/// Reads, checks and renders the files, and hands over what came of it: then it can tell of what is shown already.
pub type Rebuild = Box<dyn FnMut(&dyn Fn(News)) + Send>;

/// What is saved from now on. To be begun before the first look, so that nothing is missed between.
pub struct Watching {
    watcher: RecommendedWatcher,
    saves: Receiver<()>,
    directories: Vec<PathBuf>,
}

impl Watching {
    /// Watches one file in `root`, and directories there as a whole.
    ///
    /// # Errors
    /// The system has no more watches.
    pub fn begin(root: &Path, file: &Path, directories: Vec<PathBuf>) -> Result<Self, Error> {
        let (tell, saves) = channel();
        let (file, read) = (file.to_owned(), directories.clone());
        let is_read = move |path: &PathBuf| {
            *path == file || read.iter().any(|directory| path.starts_with(directory))
        };
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let is_change = event.is_ok_and(|event| {
                !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(&is_read)
            });
            if is_change {
                // Nobody listens when the program ends.
                let _ = tell.send(());
            }
        })?;
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        let mut watching = Self {
            watcher,
            saves,
            directories,
        };
        watching.follow();
        Ok(watching)
    }

    /// Posts an edition for each save, while what comes back is kept.
    pub(crate) fn run(mut self, mut rebuild: Rebuild, board: Arc<Board>) -> Result<Arc<()>, Error> {
        let kept = Arc::new(());
        let alive: Weak<()> = Arc::downgrade(&kept);
        let thread = std::thread::Builder::new().name("rebuild".to_owned());
        thread.spawn(move || {
            while self.next() && alive.strong_count() > 0 {
                // A directory that was made meanwhile.
                self.follow();
                rebuild(&|news| board.post(news));
            }
        })?;
        Ok(kept)
    }

    /// Watches what is read; a directory that is not there is seen when somebody makes it.
    fn follow(&mut self) {
        for directory in &self.directories {
            let _ = self.watcher.watch(directory, RecursiveMode::Recursive);
        }
    }

    /// Waits for something to be saved, and for all of it to be.
    fn next(&self) -> bool {
        match self.saves.recv_timeout(AT_LEAST_EVERY) {
            Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(()) => {}
        }
        for _ in 0..MOST_WAITS {
            if self.saves.recv_timeout(QUIET).is_err() {
                break;
            }
        }
        true
    }
}
