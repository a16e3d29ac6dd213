//! Owns the floor that `make bench` compares a build with: the same bytes into the same files, and nothing else.
//! Must never be clever: what it costs is what the operating system asks for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let mut paths = env::args_os().skip(1).map(PathBuf::from);
    let Some(tree) = paths.next() else {
        return Err(io::Error::other("floor TREE [OUT]"));
    };
    let mut files = Vec::new();
    load(&tree, Path::new(""), &mut files)?;
    let Some(out) = paths.next() else {
        return Ok(());
    };
    let mut made = BTreeSet::new();
    for (path, bytes) in files {
        let parent = out.join(path.parent().unwrap_or(Path::new("")));
        if made.insert(parent.clone()) {
            fs::create_dir_all(parent)?;
        }
        fs::write(out.join(path), bytes)?;
    }
    Ok(())
}

fn load(directory: &Path, relative: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = relative.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            load(&entry.path(), &path, files)?;
        } else {
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}
