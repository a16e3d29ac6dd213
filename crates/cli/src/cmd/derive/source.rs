//! Owns where the history of a package comes from: a clone that is named, or a copy in the cache.
//! Must never read one history twice in a run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use caveat_advisory::Project;
use caveat_derive::Graph;
use caveat_load::{History, cached, fetch, is_remote, without_login};

use super::target::Target;
use crate::failure::Failure;
use crate::progress::Progress;

/// A clone and what was read of it.
pub(crate) struct Source {
    pub(crate) place: PathBuf,
    pub(crate) history: History,
    pub(crate) graph: Graph,
}

/// All clones of a run.
pub(crate) struct Sources<'a> {
    directory: &'a Path,
    clones: &'a [String],
    offline: bool,
    read: BTreeMap<String, Source>,
}

impl<'a> Sources<'a> {
    pub(crate) fn new(directory: &'a Path, clones: &'a [String], offline: bool) -> Self {
        Self {
            directory,
            clones,
            offline,
            read: BTreeMap::new(),
        }
    }

    /// The history of a target's package.
    pub(crate) fn history(
        &mut self,
        target: &Target<'_>,
        project: &Project,
        progress: &Progress,
    ) -> Result<&Source, Failure> {
        let named = self.named(target.package(), project);
        let own = target
            .declared
            .and_then(|package| package.repository.clone());
        let place = named.or(own);
        let place = place.ok_or_else(|| Failure::NoRepository(target.package().to_owned()))?;
        if !self.read.contains_key(&place) {
            let path = self.local(&place, progress)?;
            progress.stage("reading history");
            let history = History::open(&path)?;
            let graph = history.graph(&|| progress.step())?;
            let source = Source {
                place: path,
                history,
                graph,
            };
            self.read.insert(place.clone(), source);
        }
        self.read.get(&place).ok_or(Failure::NoRepository(place))
    }

    /// The clone that the arguments name for a package: its own, else the one for all.
    fn named(&self, key: &str, project: &Project) -> Option<String> {
        let is_key = |word: &str| project.packages.iter().any(|package| package.key == word);
        let parts = |clone: &String| match clone.split_once('=') {
            Some((word, place)) if is_key(word) => (Some(word.to_owned()), place.to_owned()),
            _ => (None, clone.clone()),
        };
        let clones: Vec<_> = self.clones.iter().map(parts).collect();
        let own = clones.iter().find(|(word, _)| word.as_deref() == Some(key));
        let any = clones.iter().find(|(word, _)| word.is_none());
        own.or(any).map(|(_, place)| place.clone())
    }

    /// Where it is on this machine.
    fn local(&self, place: &str, progress: &Progress) -> Result<PathBuf, Failure> {
        if !is_remote(place) {
            let local = place.starts_with("file://");
            return Ok(if local {
                place.into()
            } else {
                self.directory.join(place)
            });
        }
        let cache = cache()?;
        let path =
            cached(&cache, place).ok_or_else(|| Failure::OddAddress(without_login(place)))?;
        if !self.offline {
            progress.stage("fetching history");
            fetch(place, &path)?;
        }
        Ok(path)
    }
}

/// Where programs keep what can be made again (XDG base directories, 0.8).
fn cache() -> Result<PathBuf, Failure> {
    let absolute = |path: PathBuf| Some(path).filter(|path| path.is_absolute());
    let cache = variable("XDG_CACHE_HOME").and_then(absolute);
    let home = || {
        variable("HOME")
            .map(|home| home.join(".cache"))
            .and_then(absolute)
    };
    let cache = cache.or_else(home).ok_or(Failure::NoCache)?;
    Ok(cache.join("caveat"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the front door is where the environment comes in"
)]
fn variable(name: &str) -> Option<PathBuf> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    value.map(PathBuf::from)
}
