//! Owns reading the files as they lie there, for an author who has not committed yet.
//! Must never follow a symbolic link.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use caveat_advisory::{Input, LARGEST_FILE};

use crate::Error;
use crate::place::{DIRECTORIES, LARGEST_OTHER, PROJECT, Use, add, is_dot_file, plain_name};

/// The nearest directory, from `start` upwards, that holds a `caveat.toml`.
///
/// # Errors
/// [`Error::NoProject`] if there is none, [`Error::Read`] if `start` does not exist.
pub fn root_above(start: &Path) -> Result<PathBuf, Error> {
    let read = |source| Error::Read {
        path: start.to_owned(),
        source,
    };
    let start = start.canonicalize().map_err(read)?;
    let found = start
        .ancestors()
        .find(|directory| directory.join(PROJECT).is_file());
    found.map(Path::to_owned).ok_or(Error::NoProject(start))
}

/// Reads the files under a project's root.
///
/// # Errors
/// Whatever cannot be read, and symbolic links.
pub fn work_tree(root: &Path) -> Result<Input, Error> {
    let mut input = Input::default();
    for name in names(root)? {
        let path = root.join(&name);
        if DIRECTORIES.contains(&name.as_str()) {
            directory(&path, &name, &mut input)?;
        } else if is_file(&path)? {
            file(&path, name, &mut input)?;
        }
    }
    input.sort();
    Ok(input)
}

fn directory(path: &Path, relative: &str, input: &mut Input) -> Result<(), Error> {
    let kind = metadata(path)?.file_type();
    if kind.is_symlink() && is_dot_file(relative) {
        return Ok(());
    }
    if kind.is_symlink() {
        return Err(Error::Symlink(relative.to_owned()));
    }
    if kind.is_file() {
        return file(path, relative.to_owned(), input);
    }
    if !kind.is_dir() {
        return Err(Error::NotAFile(relative.to_owned()));
    }
    for name in names(path)? {
        directory(&path.join(&name), &format!("{relative}/{name}"), input)?;
    }
    Ok(())
}

fn file(path: &Path, relative: String, input: &mut Input) -> Result<(), Error> {
    let bytes = match Use::of(&relative) {
        Use::Sealed => Vec::new(),
        Use::Stray if metadata(path)?.len() > LARGEST_OTHER => Vec::new(),
        Use::Other if metadata(path)?.len() > LARGEST_OTHER => return Ok(()),
        kind => contents(path, kind).map_err(|source| Error::Read {
            path: path.to_owned(),
            source,
        })?,
    };
    add(input, relative, bytes);
    Ok(())
}

/// One byte more than is allowed is enough to refuse an advisory.
fn contents(path: &Path, kind: Use) -> std::io::Result<Vec<u8>> {
    if !matches!(kind, Use::Advisory | Use::Lock) {
        return fs::read(path);
    }
    let file = fs::File::open(path)?;
    let length = file.metadata()?.len().min(LARGEST_FILE) + 1;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn names(directory: &Path) -> Result<Vec<String>, Error> {
    let read = |source| Error::Read {
        path: directory.to_owned(),
        source,
    };
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).map_err(read)? {
        let name = entry.map_err(read)?.file_name();
        names.push(plain_name(&name.to_string_lossy(), name.to_str())?);
    }
    names.sort();
    Ok(names)
}

/// At the root, links and directories of other use are none of our business, except the project file itself.
fn is_file(path: &Path) -> Result<bool, Error> {
    let kind = metadata(path)?.file_type();
    if kind.is_symlink() && path.ends_with(PROJECT) {
        return Err(Error::Symlink(PROJECT.to_owned()));
    }
    Ok(kind.is_file())
}

fn metadata(path: &Path) -> Result<fs::Metadata, Error> {
    fs::symlink_metadata(path).map_err(|source| Error::Read {
        path: path.to_owned(),
        source,
    })
}
