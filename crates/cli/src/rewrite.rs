//! Owns putting mended files in place of those that were read.
//! Must never leave half a file, or write over what somebody else has changed meanwhile.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::mend::Mended;

/// Writes every file beside its place, makes sure that no place has changed, then renames them all.
pub(crate) fn rewrite(root: &Path, files: &BTreeMap<String, Mended>) -> Result<(), Failure> {
    let mut staged = Vec::with_capacity(files.len());
    for (path, mended) in files {
        staged.push((Staged::beside(root.join(path), &mended.after)?, mended));
    }
    for (staged, mended) in &staged {
        staged.still(&mended.before)?;
    }
    staged.iter().try_for_each(|(staged, _)| staged.publish())
}

/// A file beside its place; gone again if it never gets there.
struct Staged {
    place: PathBuf,
    beside: PathBuf,
}

impl Staged {
    fn beside(place: PathBuf, bytes: &[u8]) -> Result<Self, Failure> {
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        // A name with a dot in front is not read as an advisory, should it ever be left behind.
        let beside = place.with_file_name(format!(".{name}.{}", std::process::id()));
        let new = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside);
        let staged = |place| Self {
            place,
            beside: beside.clone(),
        };
        let write = |mut file: File, place: &Path| {
            file.set_permissions(fs::metadata(place)?.permissions())?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        match new {
            Err(source) => Err(cannot(&place, source)),
            Ok(file) => {
                // From here on the file is taken away again when something fails.
                let staged = staged(place);
                write(file, &staged.place).map_err(|source| cannot(&staged.place, source))?;
                Ok(staged)
            }
        }
    }

    fn still(&self, before: &[u8]) -> Result<(), Failure> {
        match fs::read(&self.place) {
            Ok(now) if now == before => Ok(()),
            _ => Err(Failure::ChangedMeanwhile(self.place.clone())),
        }
    }

    fn publish(&self) -> Result<(), Failure> {
        fs::rename(&self.beside, &self.place).map_err(|source| cannot(&self.place, source))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After the rename there is nothing to take away.
        drop(fs::remove_file(&self.beside));
    }
}

fn cannot(path: &Path, source: std::io::Error) -> Failure {
    Failure::Write {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, before: &str, after: &str) -> (String, Mended) {
        let mended = Mended {
            before: before.into(),
            after: after.into(),
            count: 1,
        };
        (path.to_owned(), mended)
    }

    #[test]
    fn a_mended_file_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt as _;
        let room = tempfile::tempdir().expect("a directory");
        let path = room.path().join("a");
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        rewrite(room.path(), &BTreeMap::from([one("a", "old", "new")])).expect("written");
        let mode = fs::metadata(&path).expect("there").permissions().mode();
        let text = fs::read_to_string(&path).expect("readable");
        assert_eq!((mode & 0o777, text.as_str()), (0o640, "new"));
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_is_not_written_over_and_neither_is_another() {
        let room = tempfile::tempdir().expect("a directory");
        fs::write(room.path().join("a"), "old").expect("written");
        fs::write(room.path().join("b"), "somebody was here").expect("written");
        let files = BTreeMap::from([one("a", "old", "new"), one("b", "old", "new")]);
        let refused = rewrite(room.path(), &files);
        assert!(matches!(refused, Err(Failure::ChangedMeanwhile(path)) if path.ends_with("b")));
        let names = fs::read_dir(room.path()).expect("readable").count();
        let text = fs::read_to_string(room.path().join("a")).expect("readable");
        assert_eq!((names, text.as_str()), (2, "old"));
    }
}
