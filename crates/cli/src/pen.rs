//! Owns writing the files of authors: beside the place, then renamed; all of a set or none.
//! Must never overwrite what it did not mean to replace, or what somebody changed since it was read.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

mod step;
#[cfg(test)]
mod tests;

use step::step;

/// A file to be written.
pub(crate) struct Sheet {
    /// Where.
    pub(crate) path: PathBuf,
    /// What.
    pub(crate) bytes: Vec<u8>,
    /// The file that it takes the place of: itself, another that is removed, or none.
    pub(crate) instead_of: Option<Old>,
}

/// A file as it was read.
pub(crate) struct Old {
    /// Where.
    pub(crate) path: PathBuf,
    /// What was in it.
    pub(crate) bytes: Vec<u8>,
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
        let beside = beside(&sheet.path, "new", undo)?;
        fill(&beside, sheet).map_err(failed(&sheet.path))?;
        let aside = sheet.instead_of.as_ref();
        ready.push((beside, aside.map(|old| keep(old, undo)).transpose()?));
    }
    for (sheet, (beside, aside)) in sheets.iter().zip(&ready) {
        put(sheet, beside, aside.as_deref(), undo)?;
    }
    for (sheet, (_, aside)) in sheets.iter().zip(&ready) {
        if let Some((old, aside)) = sheet.instead_of.as_ref().zip(aside.as_deref()) {
            if old.path != sheet.path {
                remove(old, aside, undo)?;
            }
            // Whoever had it open may have written into it until a moment ago.
            is_still(aside, old)?;
        }
    }
    settle(sheets)
}

/// Gives a file its place: that of the one it replaces, in one step, or a free one.
fn put(sheet: &Sheet, beside: &Path, aside: Option<&Path>, undo: &mut Undo) -> Result<(), Failure> {
    let in_place = sheet.instead_of.as_ref().zip(aside);
    if let Some((old, aside)) = in_place.filter(|(old, _)| old.path == sheet.path) {
        is_still(&old.path, old)?;
        step()
            .and_then(|()| fs::rename(beside, &sheet.path))
            .map_err(failed(&sheet.path))?;
        undo.aside.push((aside.to_owned(), old.path.clone()));
        return Ok(());
    }
    appear(beside, &sheet.path)?;
    undo.made.push(sheet.path.clone());
    Ok(())
}

fn remove(old: &Old, aside: &Path, undo: &mut Undo) -> Result<(), Failure> {
    is_still(&old.path, old)?;
    step()
        .and_then(|()| fs::remove_file(&old.path))
        .map_err(failed(&old.path))?;
    undo.aside.push((aside.to_owned(), old.path.clone()));
    Ok(())
}

/// Is in this place what was read?
fn is_still(place: &Path, old: &Old) -> Result<(), Failure> {
    match fs::read(place) {
        Ok(now) if now == old.bytes => Ok(()),
        _ => Err(Failure::ChangedMeanwhile(old.path.clone())),
    }
}

/// A second name for what is to be replaced, so that it can come back; a copy where the file system knows no links.
fn keep(old: &Old, undo: &mut Undo) -> Result<PathBuf, Failure> {
    let aside = beside(&old.path, "old", undo)?;
    fs::remove_file(&aside).map_err(failed(&old.path))?;
    step()
        .and_then(|()| fs::hard_link(&old.path, &aside))
        .or_else(|_| fs::copy(&old.path, &aside).map(drop))
        .map_err(failed(&old.path))?;
    is_still(&aside, old)?;
    Ok(aside)
}

/// Gives a file its name. Unlike a rename, a link never replaces a file that came meanwhile.
fn appear(beside: &Path, path: &Path) -> Result<(), Failure> {
    let taken = || Failure::Exists(path.to_owned());
    match step().and_then(|()| fs::hard_link(beside, path)) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(taken()),
        // Some file systems know no links.
        Err(_) if path.symlink_metadata().is_ok() => Err(taken()),
        Err(_) => step()
            .and_then(|()| fs::rename(beside, path))
            .map_err(failed(path)),
    }
}

/// A new empty file in the same directory, with a name that nothing else looks at.
fn beside(path: &Path, what: &str, undo: &mut Undo) -> Result<PathBuf, Failure> {
    let directory = path.parent().unwrap_or(path);
    let missing = directory.ancestors().take_while(|place| !place.exists());
    undo.directories.extend(missing.map(Path::to_owned));
    step()
        .and_then(|()| fs::create_dir_all(directory))
        .map_err(failed(directory))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = directory.join(format!(".{name}.{}.{what}", std::process::id()));
    let made = step().and_then(|()| {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).open(&beside)
    });
    made.map_err(failed(&beside))?;
    undo.beside.push(beside.clone());
    Ok(beside)
}

/// Text and, where a file is replaced, its permissions.
fn fill(beside: &Path, sheet: &Sheet) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(beside)?;
    if let Some(old) = &sheet.instead_of {
        file.set_permissions(fs::metadata(&old.path)?.permissions())?;
    }
    step()?;
    file.write_all(&sheet.bytes)?;
    step()?;
    file.sync_all()
}

/// Waits until the names are on the disk, too.
fn settle(sheets: &[Sheet]) -> Result<(), Failure> {
    let old = sheets.iter().filter_map(|sheet| sheet.instead_of.as_ref());
    let places = sheets.iter().map(|sheet| &sheet.path);
    let places = places.chain(old.map(|old| &old.path));
    let directories: BTreeSet<&Path> = places.filter_map(|place| place.parent()).collect();
    directories.into_iter().try_for_each(|directory| {
        step()
            .and_then(|()| File::open(directory)?.sync_all())
            .map_err(failed(directory))
    })
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
    /// Files that had no place before.
    made: Vec<PathBuf>,
    /// Where a replaced file is, and where it was.
    aside: Vec<(PathBuf, PathBuf)>,
    /// Files that are in nobody's way, and never stay.
    beside: Vec<PathBuf>,
    /// Directories that were not there, the deepest first.
    directories: Vec<PathBuf>,
}

impl Undo {
    /// All went well: only what stands beside goes away.
    fn forget(&mut self) {
        self.aside.clear();
        self.made.clear();
        self.directories.clear();
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        for (aside, old) in &self.aside {
            drop(fs::rename(aside, old));
        }
        for path in self.made.iter().chain(&self.beside) {
            drop(fs::remove_file(path));
        }
        for directory in &self.directories {
            // One that somebody put something into stays.
            drop(fs::remove_dir(directory));
        }
    }
}
