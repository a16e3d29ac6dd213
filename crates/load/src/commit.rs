//! Owns reading a commit, and opening the repository for that.
//! Must never read the work tree's files: what is built is what was committed.

use std::path::{Path, PathBuf};

use caveat_advisory::{Commit, Input, Timestamp};
use git2::{ErrorCode, ObjectType, Repository, Status, StatusOptions, Tree};

use crate::Error;
use crate::place::{DIRECTORIES, LARGEST_OTHER, PROJECT, Use, add, is_dot_file, plain_name};

/// Modes git gives to what is neither file nor directory.
const LINK: i32 = 0o120_000;
const SUBMODULE: i32 = 0o160_000;

/// Reads the project whose root is `root` as it was at `rev` (anything `git rev-parse` takes).
///
/// # Errors
/// No repository, a bare or empty one, an unknown revision, no project in that commit, symbolic links.
pub fn commit(root: &Path, rev: &str) -> Result<Input, Error> {
    let repository = open(root)?;
    let fail = |source| Error::Git {
        path: root.to_owned(),
        source,
    };
    if is_unborn(&repository) {
        return Err(Error::NoCommit(root.to_owned()));
    }
    let found = repository
        .revparse_single(rev)
        .and_then(|object| object.peel_to_commit());
    let commit = found.map_err(|_| Error::UnknownRevision(rev.to_owned()))?;
    let reader = Reader {
        repository: &repository,
        rev,
        root,
    };
    let tree = reader.project(commit.tree().map_err(fail)?)?;
    let mut input = reader.read(&tree)?;
    let id = commit.id().to_string();
    if input.project.is_none() {
        return Err(Error::NotCommitted {
            commit: id[..12].to_owned(),
            path: PROJECT.to_owned(),
        });
    }
    let time = Timestamp::from_second(commit.time().seconds()).unwrap_or(Timestamp::UNIX_EPOCH);
    input.commit = Some(Commit { id, time });
    Ok(input)
}

/// How many files that a build would read differ from the last commit.
///
/// # Errors
/// No repository, or git cannot say.
pub fn uncommitted(root: &Path) -> Result<usize, Error> {
    let repository = open(root)?;
    let prefix = prefix(&repository, root);
    let mut options = StatusOptions::new();
    options
        .include_untracked(true)
        .recurse_untracked_dirs(true)
        .exclude_submodules(true);
    for name in DIRECTORIES.iter().chain([&PROJECT]) {
        options.pathspec(format!("{prefix}{name}"));
    }
    let fail = |source| Error::Git {
        path: root.to_owned(),
        source,
    };
    let statuses = repository.statuses(Some(&mut options)).map_err(fail)?;
    Ok(statuses
        .iter()
        .filter(|entry| entry.status() != Status::IGNORED)
        .count())
}

/// Where git keeps the repository: two places for a work tree beside the main one.
///
/// # Errors
/// No repository.
pub fn git_directories(root: &Path) -> Result<[PathBuf; 2], Error> {
    let repository = open(root)?;
    Ok([repository.path(), repository.commondir()].map(Path::to_owned))
}

pub(crate) fn open(root: &Path) -> Result<Repository, Error> {
    let repository = Repository::discover(root).map_err(|source| match source.code() {
        ErrorCode::NotFound => Error::NotARepository(root.to_owned()),
        ErrorCode::Owner => Error::Owner(root.to_owned()),
        _ => Error::Git {
            path: root.to_owned(),
            source,
        },
    })?;
    if repository.is_bare() {
        return Err(Error::Bare(root.to_owned()));
    }
    Ok(repository)
}

/// A repository that remembers something: `None` outside of any, and before the first commit.
pub(crate) fn with_commits(root: &Path) -> Result<Option<Repository>, Error> {
    match open(root) {
        Ok(repository) if is_unborn(&repository) => Ok(None),
        Ok(repository) => Ok(Some(repository)),
        Err(Error::NotARepository(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_unborn(repository: &Repository) -> bool {
    let head = repository.head();
    head.is_err_and(|error| error.code() == ErrorCode::UnbornBranch)
}

/// The project's root within the repository: empty, or ending in a slash.
pub(crate) fn prefix(repository: &Repository, root: &Path) -> String {
    let workdir = repository
        .workdir()
        .and_then(|path| path.canonicalize().ok());
    let inside = workdir
        .as_deref()
        .and_then(|workdir| root.strip_prefix(workdir).ok());
    let mut prefix = String::new();
    for segment in inside.into_iter().flat_map(Path::components) {
        prefix.push_str(&segment.as_os_str().to_string_lossy());
        prefix.push('/');
    }
    prefix
}

struct Reader<'r> {
    repository: &'r Repository,
    rev: &'r str,
    root: &'r Path,
}

impl<'r> Reader<'r> {
    fn git<T>(&self, result: Result<T, git2::Error>) -> Result<T, Error> {
        result.map_err(|source| Error::Git {
            path: self.root.to_owned(),
            source,
        })
    }

    /// The tree of the project's root.
    fn project(&self, tree: Tree<'r>) -> Result<Tree<'r>, Error> {
        let prefix = prefix(self.repository, self.root);
        if prefix.is_empty() {
            return Ok(tree);
        }
        let entry = tree.get_path(Path::new(&prefix));
        let entry = entry.map_err(|_| Error::NotCommitted {
            commit: self.rev.to_owned(),
            path: format!("{prefix}{PROJECT}"),
        })?;
        self.git(
            entry
                .to_object(self.repository)
                .and_then(|object| object.peel_to_tree()),
        )
    }

    fn read(&self, tree: &Tree<'_>) -> Result<Input, Error> {
        let mut input = Input::default();
        for entry in tree {
            let name = text(entry.name_bytes())?;
            if DIRECTORIES.contains(&name.as_str()) || Use::of(&name) == Use::Project {
                self.entry(&entry, name, &mut input)?;
            } else if entry.kind() == Some(ObjectType::Blob) && entry.filemode() != LINK {
                self.blob(&entry, name, &mut input)?;
            }
        }
        input.sort();
        Ok(input)
    }

    fn entry(
        &self,
        entry: &git2::TreeEntry<'_>,
        path: String,
        input: &mut Input,
    ) -> Result<(), Error> {
        match entry.filemode() {
            LINK if is_dot_file(&path) => return Ok(()),
            LINK => return Err(Error::Symlink(path)),
            SUBMODULE => return Err(Error::NotAFile(path)),
            _ => {}
        }
        if entry.kind() != Some(ObjectType::Tree) {
            return self.blob(entry, path, input);
        }
        let object = self.git(entry.to_object(self.repository))?;
        let tree = self.git(object.peel_to_tree())?;
        for inner in &tree {
            let name = text(inner.name_bytes())?;
            self.entry(&inner, format!("{path}/{name}"), input)?;
        }
        Ok(())
    }

    fn blob(
        &self,
        entry: &git2::TreeEntry<'_>,
        path: String,
        input: &mut Input,
    ) -> Result<(), Error> {
        let found = Use::of(&path);
        let blob = self.git(self.repository.find_blob(entry.id()))?;
        let size = u64::try_from(blob.size()).unwrap_or(u64::MAX);
        match found {
            Use::Other if size > LARGEST_OTHER => {}
            Use::Stray if size > LARGEST_OTHER => add(input, path, Vec::new()),
            _ => add(input, path, blob.content().to_vec()),
        }
        Ok(())
    }
}

fn text(name: &[u8]) -> Result<String, Error> {
    plain_name(
        &String::from_utf8_lossy(name),
        std::str::from_utf8(name).ok(),
    )
}
