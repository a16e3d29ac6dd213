//! Owns what git knows of places and commits outside the project: is a directory ignored, is a commit released?
//! Must never change a repository.

use std::path::Path;

use git2::{ErrorCode, Oid, Repository};

use crate::Error;

/// Would git ever commit what is in this directory? Not outside a repository, and not where it is ignored.
/// The directory itself need not exist.
///
/// # Errors
/// Git cannot say.
pub fn is_committable(directory: &Path) -> Result<bool, Error> {
    let existing = directory.ancestors().find(|path| path.is_dir());
    let fail = |source| Error::Git {
        path: directory.to_owned(),
        source,
    };
    let repository = match Repository::discover(existing.unwrap_or(directory)) {
        Ok(repository) => repository,
        Err(error) if error.code() == ErrorCode::NotFound => return Ok(false),
        Err(error) => return Err(fail(error)),
    };
    // A rule such as `private/` is about directories: a file in one is asked for.
    let inside = directory.join("mail.eml");
    let ignored = repository.is_path_ignored(&inside).map_err(fail)?;
    Ok(!ignored)
}

/// Is this directory in a repository, ignored or not? It need not exist.
///
/// # Errors
/// Git cannot say.
pub fn is_in_repository(directory: &Path) -> Result<bool, Error> {
    let existing = directory.ancestors().find(|path| path.is_dir());
    match Repository::discover(existing.unwrap_or(directory)) {
        Ok(_) => Ok(true),
        Err(error) if error.code() == ErrorCode::NotFound => Ok(false),
        Err(source) => Err(Error::Git {
            path: directory.to_owned(),
            source,
        }),
    }
}

/// A tag of the repository at `path` that has one of these commits, which are full hashes.
///
/// # Errors
/// No repository there, or git cannot say.
pub fn tag_with(path: &Path, commits: &[String]) -> Result<Option<String>, Error> {
    let fail = |source| Error::Git {
        path: path.to_owned(),
        source,
    };
    let repository = Repository::open(path).map_err(fail)?;
    let ids = commits
        .iter()
        .filter_map(|commit| Oid::from_str(commit).ok());
    let known: Vec<Oid> = ids
        .filter(|id| repository.find_commit(*id).is_ok())
        .collect();
    for name in tag_names(path)? {
        let tag = repository.find_reference(&format!("refs/tags/{name}"));
        let Ok(tag) = tag.and_then(|tag| tag.peel_to_commit()) else {
            continue;
        };
        for id in &known {
            let below = repository.graph_descendant_of(tag.id(), *id);
            if tag.id() == *id || below.map_err(fail)? {
                return Ok(Some(name));
            }
        }
    }
    Ok(None)
}

/// Every tag of the repository at `path`.
///
/// # Errors
/// No repository there, or git cannot say.
pub fn tag_names(path: &Path) -> Result<Vec<String>, Error> {
    let names = Repository::open(path).and_then(|repository| repository.tag_names(None));
    let names = names.map_err(|source| Error::Git {
        path: path.to_owned(),
        source,
    })?;
    let names = names.iter().flatten().flatten();
    Ok(names.map(str::to_owned).collect())
}
