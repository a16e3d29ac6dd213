//! Owns writing the files of authors: beside the place, then renamed; all of a set or none.
//! Must never overwrite what it did not mean to replace.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// A file to be written.
pub(crate) struct Sheet {
    /// Where.
    pub(crate) path: PathBuf,
    /// What.
    pub(crate) text: String,
    /// The file that it takes the place of: itself, another that is removed, or none.
    pub(crate) instead_of: Option<PathBuf>,
}

/// Writes all sheets. After an error everything is as it was.
pub(crate) fn write(sheets: &[Sheet]) -> Result<(), Failure> {
    let mut undo = Undo::default();
    let result = write_with(sheets, &mut undo);
    if result.is_ok() {
        undo.forget();
    }
    result
}

fn write_with(sheets: &[Sheet], undo: &mut Undo) -> Result<(), Failure> {
    let mut ready = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        let beside = beside(&sheet.path, undo)?;
        fill(&beside, sheet).map_err(failed(&sheet.path))?;
        ready.push(beside);
    }
    for (sheet, beside) in sheets.iter().zip(&ready) {
        if sheet.instead_of.as_deref() == Some(&sheet.path) {
            // One file is replaced in one step; only sets of new files can be half done.
            fs::rename(beside, &sheet.path).map_err(failed(&sheet.path))?;
            continue;
        }
        appear(beside, &sheet.path)?;
        undo.made.push(sheet.path.clone());
    }
    let moved = |sheet: &Sheet| sheet.instead_of.clone().filter(|old| *old != sheet.path);
    for old in sheets.iter().filter_map(moved) {
        let aside = beside(&old, undo)?;
        fs::rename(&old, &aside).map_err(failed(&old))?;
        undo.aside.push((aside, old));
    }
    Ok(())
}

/// Gives a file its name. Unlike a rename, a link never replaces a file that came meanwhile.
fn appear(beside: &Path, path: &Path) -> Result<(), Failure> {
    let taken = || Failure::Exists(path.to_owned());
    match fs::hard_link(beside, path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(taken()),
        // Some file systems know no links.
        Err(_) if path.symlink_metadata().is_ok() => Err(taken()),
        Err(_) => fs::rename(beside, path).map_err(failed(path)),
    }
}

/// A new empty file in the same directory, with a name that nothing else looks at.
fn beside(path: &Path, undo: &mut Undo) -> Result<PathBuf, Failure> {
    let directory = path.parent().unwrap_or(path);
    fs::create_dir_all(directory).map_err(failed(directory))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = directory.join(format!(".{name}.{}.new", std::process::id()));
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&beside);
    made.map_err(failed(&beside))?;
    undo.made.push(beside.clone());
    Ok(beside)
}

/// Text and, where a file is replaced, its permissions.
fn fill(beside: &Path, sheet: &Sheet) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(beside)?;
    if let Some(old) = &sheet.instead_of {
        file.set_permissions(fs::metadata(old)?.permissions())?;
    }
    file.write_all(sheet.text.as_bytes())?;
    file.sync_all()
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::Write {
        path: path.clone(),
        source,
    }
}

/// What is taken back when it is dropped: nobody can be told of a second error on the way.
#[derive(Default)]
struct Undo {
    made: Vec<PathBuf>,
    aside: Vec<(PathBuf, PathBuf)>,
}

impl Undo {
    /// All went well: only what stands beside goes away.
    fn forget(&mut self) {
        self.aside.clear();
        self.made.retain(|path| is_beside(path));
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        for (aside, old) in &self.aside {
            drop(fs::rename(aside, old));
        }
        for path in &self.made {
            drop(fs::remove_file(path));
        }
    }
}

fn is_beside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') && name.ends_with(&format!(".{}.new", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(root: &Path, path: &str, text: &str, instead_of: Option<&str>) -> Sheet {
        Sheet {
            path: root.join(path),
            text: text.to_owned(),
            instead_of: instead_of.map(|old| root.join(old)),
        }
    }

    fn names(root: &Path) -> Vec<String> {
        let entries = fs::read_dir(root).expect("a directory");
        let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<_> = entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn files_move_and_are_replaced_without_a_trace() {
        let place = tempfile::tempdir().expect("a directory");
        let root = place.path();
        fs::write(root.join("a"), "old").expect("written");
        write(&[
            sheet(root, "b", "new", Some("a")),
            sheet(root, "c", "c", None),
        ])
        .expect("written");
        write(&[sheet(root, "c", "d", Some("c"))]).expect("written");
        assert_eq!(names(root), ["b", "c"]);
        assert_eq!(fs::read_to_string(root.join("c")).expect("text"), "d");
    }

    #[test]
    fn one_file_in_the_way_stops_the_whole_set() {
        let place = tempfile::tempdir().expect("a directory");
        let root = place.path();
        for name in ["a", "b", "taken"] {
            fs::write(root.join(name), name).expect("written");
        }
        let sheets = [
            sheet(root, "new", "x", Some("a")),
            sheet(root, "taken", "x", Some("b")),
        ];
        assert!(matches!(write(&sheets), Err(Failure::Exists(_))));
        assert_eq!(names(root), ["a", "b", "taken"]);
        assert_eq!(
            fs::read_to_string(root.join("taken")).expect("text"),
            "taken"
        );
    }
}
