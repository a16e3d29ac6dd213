//! Owns what one run leaves for the next, in git's own directory: files that may be lost, or removed, at any time.
//! Must never be needed, fail a command, or be believed when a file is not whole and of this program.

use std::fs;
use std::path::PathBuf;

use git2::{ObjectType, Oid, Repository};

/// The program that wrote it: another one may take other files for advisories, or read them otherwise.
const FORMAT: &str = concat!("caveat 3, ", env!("CARGO_PKG_VERSION"));
/// Git allows this byte in no name; what has it, is not left.
const END: char = '\0';

/// The fields that were left under a name for the project at `place`; `None` where there are none, or the file is not as it was written.
pub(crate) fn read(repository: &Repository, name: &str, place: &str) -> Option<Vec<String>> {
    let text = fs::read_to_string(file(repository, name, place)?).ok()?;
    let (sum, body) = text.split_once(END)?;
    if sum != checksum(body)? {
        return None;
    }
    let mut fields = body.strip_suffix(END)?.split(END);
    if fields.next()? != FORMAT || fields.next()? != place {
        return None;
    }
    Some(fields.map(str::to_owned).collect())
}

/// Leaves fields under a name. Where that cannot be written, the next run has more to do.
pub(crate) fn write<'f>(
    repository: &Repository,
    name: &str,
    place: &str,
    fields: impl Iterator<Item = &'f str>,
) {
    let mut body = String::new();
    for field in [FORMAT, place] {
        body.extend([field, "\0"]);
    }
    for field in fields {
        if field.contains(END) {
            return;
        }
        body.extend([field, "\0"]);
    }
    let (Some(file), Some(sum)) = (file(repository, name, place), checksum(&body)) else {
        return;
    };
    // Two runs may end at once: each has a file of its own until it is whole.
    let whole = file.with_extension(std::process::id().to_string());
    let written = file
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&whole, format!("{sum}{END}{body}")))
        .and_then(|()| fs::rename(&whole, &file));
    if written.is_err() {
        drop(fs::remove_file(&whole));
    }
}

/// One file for each project of a repository.
pub(crate) fn file(repository: &Repository, name: &str, place: &str) -> Option<PathBuf> {
    let project = checksum(place)?;
    let directory = repository.commondir().join("caveat");
    Some(directory.join(format!("{name}-{}", &project[..12])))
}

fn checksum(text: &str) -> Option<String> {
    let id = Oid::hash_object(ObjectType::Blob, text.as_bytes()).ok()?;
    Some(id.to_string())
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_text_that_holds_the_byte_between_fields_is_not_left() {
        let room = TempDir::new().expect("a room");
        let git = Repository::init(room.path()).expect("a repository");
        write(&git, "said", "", ["a", "b"].into_iter());
        let left = || read(&git, "said", "");
        assert_eq!(left(), Some(vec!["a".to_owned(), "b".to_owned()]));
        // TOML spells it `\u0000`.
        write(&git, "said", "", ["a\0b", "c"].into_iter());
        assert_eq!(left(), Some(vec!["a".to_owned(), "b".to_owned()]));
    }
}
