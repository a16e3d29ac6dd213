//! Owns what a repository remembers of its advisories: from where on, and the content of a state that is asked for.
//! Must never read a file's content before it is asked for.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use caveat_advisory::{Line, Past, PastRoot, PastState};
use git2::{ObjectType, Oid, Repository};

use crate::Error;
use crate::commit::{prefix, with_commits};
use crate::earlier::{Earlier, keep};
use crate::kept;
use crate::roots::roots;
use crate::walk::{DIRECTORY, Found, States, walk};

/// Under this name is kept what the content of states was found to say.
const SAID: &str = "said";

/// Whether a walk goes on from where the last one ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recall {
    /// Git's directory remembers it: for whoever checks again and again.
    Kept,
    /// Each commit is looked at: for what goes to readers.
    None,
}

struct Walked {
    repository: Mutex<Repository>,
    place: String,
    public: States,
    /// What a push would make of it, where it would add anything.
    pushed: Option<States>,
    end: Option<String>,
    roots: Vec<PastRoot>,
    said: Mutex<Said>,
}

/// What contents were found to say, by their names.
struct Said {
    memory: Recall,
    known: BTreeMap<String, Vec<String>>,
    fresh: bool,
}

impl Said {
    fn read(repository: &Repository, place: &str, memory: Recall) -> Self {
        let mut known = BTreeMap::new();
        let fields = (memory == Recall::Kept).then(|| kept::read(repository, SAID, place));
        let mut fields = fields.flatten().unwrap_or_default().into_iter();
        while let (Some(content), Some(count)) = (fields.next(), fields.next()) {
            let count = count.parse().unwrap_or(0);
            known.insert(content, fields.by_ref().take(count).collect());
        }
        Self {
            memory,
            known,
            fresh: false,
        }
    }

    fn write(&self, repository: &Repository, place: &str) {
        let all = self.known.iter().flat_map(|(content, said)| {
            [content.clone(), said.len().to_string()]
                .into_iter()
                .chain(said.iter().cloned())
        });
        let all: Vec<String> = all.collect();
        kept::write(repository, SAID, place, all.iter().map(String::as_str));
    }
}

/// The past of the project at `root` up to `rev`, as far as it was published: from where `rev` left the branch that
/// `origin` publishes, or from `rev` itself where there is no `origin`. Nothing outside a repository.
///
/// # Errors
/// An unknown revision, or git cannot say.
pub fn past(root: &Path, rev: &str, memory: Recall) -> Result<Option<Arc<dyn Past>>, Error> {
    let Some(repository) = with_commits(root)? else {
        return Ok(None);
    };
    let found = repository
        .revparse_single(rev)
        .and_then(|object| object.peel_to_commit());
    let tip = found
        .map_err(|_| Error::UnknownRevision(rev.to_owned()))?
        .id();
    let place = format!("{}{DIRECTORY}", prefix(&repository, root));
    let fail = |source| Error::Git {
        path: root.to_owned(),
        source,
    };
    // Git does not hash again what it reads either; over thousands of trees that is half of the time. Of what goes to
    // readers, everything is hashed.
    git2::opts::strict_hash_verification(memory == Recall::None);
    let walked = lines(&repository, tip, &place, memory);
    let public = left(&repository, tip);
    let signed = roots(&repository, public, &prefix(&repository, root));
    git2::opts::strict_hash_verification(true);
    let (found, pushed) = walked.map_err(&fail)?;
    let roots = signed.map_err(fail)?;
    Ok(Some(Arc::new(Walked {
        said: Mutex::new(Said::read(&repository, &place, memory)),
        repository: Mutex::new(repository),
        place,
        public: found.states,
        pushed,
        end: found.end,
        roots,
    })))
}

/// What readers could see, and what they could after a push of `tip`, where that is more.
fn lines(
    repository: &Repository,
    tip: Oid,
    place: &str,
    memory: Recall,
) -> Result<(Found, Option<States>), git2::Error> {
    let left = left(repository, tip);
    let public = walk_on(repository, left, place, memory)?;
    if left == tip {
        return Ok((public, None));
    }
    let known = (!public.doubled && !repository.is_shallow()).then(|| Earlier {
        tip: left,
        states: public.states.clone(),
    });
    let pushed = walk_from(repository, tip, place, known)?;
    Ok((public, Some(pushed.states)))
}

/// Walks from where an earlier walk ended; all the way where the two overlap.
fn walk_from(
    repository: &Repository,
    tip: Oid,
    place: &str,
    earlier: Option<Earlier>,
) -> Result<Found, git2::Error> {
    let again = earlier.is_some();
    let found = walk(repository, tip, place, earlier)?;
    if again && found.doubled {
        return walk(repository, tip, place, None);
    }
    Ok(found)
}

/// Walks from where the last walk began, which git's directory remembers. A shallow clone may grow at its other end.
fn walk_on(
    repository: &Repository,
    tip: Oid,
    place: &str,
    memory: Recall,
) -> Result<Found, git2::Error> {
    if memory == Recall::None || repository.is_shallow() {
        return walk(repository, tip, place, None);
    }
    let earlier = Earlier::read(repository, place);
    let known = earlier.as_ref().map(|earlier| earlier.tip);
    let found = walk_from(repository, tip, place, earlier)?;
    if !found.doubled && known != Some(tip) {
        keep(repository, place, tip, &found.states);
    }
    Ok(found)
}

/// Where a line of commits left the one that readers see.
fn left(repository: &Repository, tip: Oid) -> Oid {
    let branches = ["origin/HEAD", "origin/main", "origin/master"];
    let public = branches.iter().find_map(|name| {
        let reference = repository.find_reference(&format!("refs/remotes/{name}"));
        reference.ok()?.peel_to_commit().ok()
    });
    let parted = public.and_then(|public| repository.merge_base(public.id(), tip).ok());
    parted.unwrap_or(tip)
}

impl std::fmt::Debug for Walked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the past of {} files", self.public.len())
    }
}

impl Past for Walked {
    fn end(&self) -> Option<&str> {
        self.end.as_deref()
    }

    fn names(&self, line: Line) -> Vec<&str> {
        self.of(line).keys().map(String::as_str).collect()
    }

    fn states(&self, line: Line, name: &str) -> &[PastState] {
        self.of(line).get(name).map_or(&[], Vec::as_slice)
    }

    fn content(&self, bytes: &[u8]) -> String {
        let id = Oid::hash_object(ObjectType::Blob, bytes);
        id.map(|id| id.to_string()).unwrap_or_default()
    }

    fn bytes(&self, content: &str) -> Option<Vec<u8>> {
        let id = Oid::from_str(content).ok()?;
        let repository = self
            .repository
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let blob = repository.find_blob(id).ok()?;
        Some(blob.content().to_vec())
    }

    fn said(&self, content: &str, say: &dyn Fn(Vec<u8>) -> Vec<String>) -> Option<Vec<String>> {
        let said = || self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = said().known.get(content) {
            return Some(known.clone());
        }
        let found = say(self.bytes(content)?);
        let mut said = said();
        said.known.insert(content.to_owned(), found.clone());
        said.fresh = true;
        Some(found)
    }

    fn roots(&self) -> &[PastRoot] {
        &self.roots
    }

    fn close(&self) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if std::mem::take(&mut said.fresh) && said.memory == Recall::Kept {
            let repository = self
                .repository
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            said.write(&repository, &self.place);
        }
    }
}

impl Walked {
    fn of(&self, line: Line) -> &States {
        let pushed = self.pushed.as_ref().filter(|_| line == Line::Pushed);
        pushed.unwrap_or(&self.public)
    }
}
