//! Owns waiting for files to be saved, and making the next edition.
//! Must never look outside of what is read, or make one edition for each of many files that are saved together.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::board::Board;
use crate::{Error, Watched};

/// Editors write one file in several steps, and git many files.
const QUIET: Duration = Duration::from_millis(100);
/// Who writes all the time is not waited for.
const MOST_WAITS: usize = 1000;
/// Time passes too: an embargo ends, a promise is overdue.
const AT_LEAST_EVERY: Duration = Duration::from_secs(60 * 60);

/// Begins to watch; it ends with what comes back.
pub(crate) fn start(mut watched: Watched, board: Arc<Board>) -> Result<Arc<()>, Error> {
    let (saved, saves) = channel();
    let (file, directories) = (watched.file.clone(), watched.directories.clone());
    let is_read = move |path: &Path| {
        path == file
            || directories
                .iter()
                .any(|directory| path.starts_with(directory))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let is_change = event.is_ok_and(|event| {
            !matches!(event.kind, EventKind::Access(_))
                && event.paths.iter().any(|path| is_read(path))
        });
        if is_change {
            // Nobody listens when the program ends.
            let _ = saved.send(());
        }
    })?;
    watcher.watch(&watched.root, RecursiveMode::NonRecursive)?;
    follow(&mut watcher, &watched);
    let alive = Arc::new(());
    let asked = Arc::downgrade(&alive);
    std::thread::Builder::new()
        .name("rebuild".to_owned())
        .spawn(move || {
            while next(&saves) && asked.strong_count() > 0 {
                // A directory that was made meanwhile.
                follow(&mut watcher, &watched);
                board.post((watched.rebuild)());
            }
        })?;
    Ok(alive)
}

/// Watches what is read; a directory that is not there is seen when somebody makes it.
fn follow(watcher: &mut RecommendedWatcher, watched: &Watched) {
    for directory in &watched.directories {
        let _ = watcher.watch(directory, RecursiveMode::Recursive);
    }
}

/// Waits for something to be saved, and for all of it to be.
fn next(saves: &Receiver<()>) -> bool {
    match saves.recv_timeout(AT_LEAST_EVERY) {
        Err(RecvTimeoutError::Disconnected) => return false,
        Err(RecvTimeoutError::Timeout) => return true,
        Ok(()) => {}
    }
    for _ in 0..MOST_WAITS {
        if saves.recv_timeout(QUIET).is_err() {
            break;
        }
    }
    true
}
