//! Owns what the files of a directory ever held, as far as git remembers, and which commit brought it.
//! Must never interpret a file, or read the same content twice.

use std::collections::BTreeSet;
use std::iter::once;
use std::path::Path;

use git2::{ObjectType, Oid, Repository, Sort, Tree};

use crate::commit::{prefix, with_commits};
use crate::{Error, Recall, kept};

/// What a file once held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Where it was, relative to the project's root.
    pub path: String,
    /// The commit that brought it, in full.
    pub commit: String,
    /// What was in it.
    pub bytes: Vec<u8>,
}

/// A key may lie among other things. What is larger is no file that anybody wrote.
const LARGEST: u64 = 32 << 20;
/// Under this name is kept which contents were found.
const NAME: &str = "held";

/// Shows `look` every content that a file below `directory` (relative to the project's root) had in any commit up to `rev`,
/// merged branches too, the oldest first and each once. Nothing outside a repository; files larger than anybody writes are let be.
///
/// # Errors
/// An unknown revision, or git cannot say; where nothing is recalled, also a content that the clone lacks.
pub fn contents_ever(
    root: &Path,
    rev: &str,
    directory: &str,
    memory: Recall,
    look: &mut dyn FnMut(Held),
) -> Result<(), Error> {
    let Some(repository) = with_commits(root)? else {
        return Ok(());
    };
    let tip = repository
        .revparse_single(rev)
        .and_then(|object| object.peel_to_commit());
    let tip = tip
        .map_err(|_| Error::UnknownRevision(rev.to_owned()))?
        .id();
    let place = format!("{}{directory}", prefix(&repository, root));
    let files = files(&repository, tip, &place, directory, memory);
    let files = files.map_err(|source| Error::Git {
        path: root.to_owned(),
        source,
    })?;
    for [path, commit, content] in files {
        let blob = Oid::from_str(&content).and_then(|id| repository.find_blob(id));
        let blob = match (blob, memory) {
            (Ok(blob), _) => blob,
            // What a partial clone lacks cannot be looked at: an author may go on, and nobody publishes.
            (Err(_), Recall::Kept) => continue,
            (Err(_), Recall::None) => {
                let commit = commit[..12].to_owned();
                return Err(Error::LeftOut { path, commit });
            }
        };
        if u64::try_from(blob.size()).is_ok_and(|size| size <= LARGEST) {
            let bytes = blob.content().to_vec();
            look(Held {
                path,
                commit,
                bytes,
            });
        }
    }
    Ok(())
}

/// Path, commit and content of each file, from where the last walk ended: git's directory remembers it. A shallow clone may
/// grow at its other end.
fn files(
    repository: &Repository,
    tip: Oid,
    place: &str,
    directory: &str,
    memory: Recall,
) -> Result<Vec<[String; 3]>, git2::Error> {
    let kept = memory == Recall::Kept && !repository.is_shallow();
    let earlier = if kept {
        earlier(repository, tip, place)
    } else {
        None
    };
    let (end, files) = earlier.map_or((None, Vec::new()), |(end, files)| (Some(end), files));
    if end == Some(tip) {
        return Ok(files);
    }
    let known = files.iter().filter_map(|[_, _, id]| Oid::from_str(id).ok());
    let mut walk = Walk {
        repository,
        seen: known.collect(),
        files,
    };
    walk.between(end, tip, place, directory)?;
    if kept {
        let tip = tip.to_string();
        let all = walk.files.iter().flatten().map(String::as_str);
        kept::write(repository, NAME, place, once(tip.as_str()).chain(all));
    }
    Ok(walk.files)
}

/// What the last walk found, where all of it is before `tip`.
fn earlier(repository: &Repository, tip: Oid, place: &str) -> Option<(Oid, Vec<[String; 3]>)> {
    let fields = kept::read(repository, NAME, place)?;
    let (end, rest) = fields.split_first()?;
    let end = Oid::from_str(end).ok()?;
    let before = end == tip || repository.graph_descendant_of(tip, end).ok()?;
    let files = rest
        .chunks_exact(3)
        .map(|file| file.to_vec().try_into().ok());
    let files: Vec<_> = files.collect::<Option<_>>()?;
    before.then_some((end, files))
}

struct Walk<'r> {
    repository: &'r Repository,
    /// Trees and files that were looked at: most commits leave the directory as it was.
    seen: BTreeSet<Oid>,
    files: Vec<[String; 3]>,
}

impl Walk<'_> {
    fn between(
        &mut self,
        end: Option<Oid>,
        tip: Oid,
        place: &str,
        directory: &str,
    ) -> Result<(), git2::Error> {
        let mut commits = self.repository.revwalk()?;
        commits.set_sorting(Sort::TOPOLOGICAL | Sort::REVERSE)?;
        commits.push(tip)?;
        end.map_or(Ok(()), |end| commits.hide(end))?;
        for id in commits {
            let id = id?;
            let tree = self.repository.find_commit(id)?.tree()?;
            let Ok(entry) = tree.get_path(Path::new(place)) else {
                continue;
            };
            if entry.kind() == Some(ObjectType::Tree) && self.seen.insert(entry.id()) {
                let tree = self.repository.find_tree(entry.id())?;
                self.within(&tree, directory, id)?;
            }
        }
        Ok(())
    }

    fn within(&mut self, tree: &Tree<'_>, place: &str, commit: Oid) -> Result<(), git2::Error> {
        for entry in tree {
            // A submodule is in another repository.
            let known = matches!(entry.kind(), Some(ObjectType::Blob | ObjectType::Tree));
            if !known || !self.seen.insert(entry.id()) {
                continue;
            }
            let path = format!("{place}/{}", String::from_utf8_lossy(entry.name_bytes()));
            if entry.kind() == Some(ObjectType::Tree) {
                let inner = self.repository.find_tree(entry.id())?;
                self.within(&inner, &path, commit)?;
            } else {
                let content = entry.id().to_string();
                self.files.push([path, commit.to_string(), content]);
            }
        }
        Ok(())
    }
}
