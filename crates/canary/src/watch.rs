//! Owns the gate: a sink that lets pass only what tells nothing that is withheld.
//! Must never cost anything where nothing is withheld.

use caveat_advisory::Consent;
use caveat_artifact::{Artifact, Sink, SinkError};

use crate::Withheld;
use crate::fold::fold;
use crate::open::parts;
use crate::search::Search;
use crate::secret::{Secret, What};

/// Something that would have been told. It says what and whose, and never the words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` would give away {} (see `{whose}`); nothing was published", what.words())]
pub struct Leak {
    /// The artifact.
    pub path: String,
    /// The file that the secret comes from.
    pub whose: String,
    /// What it is.
    pub what: What,
}

/// Looks at everything on its way to another sink.
#[derive(Debug)]
pub struct Watch<S> {
    inner: S,
    secrets: Vec<Secret>,
    search: Option<Search>,
}

impl<S: Sink> Watch<S> {
    /// Lets pass to `inner` what tells nothing of `withheld`.
    pub fn new(inner: S, withheld: Withheld) -> Self {
        let secrets = withheld.secrets;
        let search = Search::new(&secrets);
        Self {
            inner,
            secrets,
            search,
        }
    }

    /// The sink behind the gate.
    pub fn into_inner(self) -> S {
        self.inner
    }

    fn leak(&self, search: &Search, artifact: &Artifact) -> Option<Leak> {
        let path = artifact.path().as_ref();
        let place = place(path);
        let look = |bytes: &[u8]| {
            let words = fold(bytes);
            let told = |at: &usize| !self.secrets[*at].places.contains(&place);
            search.found(&words).find(told)
        };
        let told = look(path.as_bytes()).or_else(|| parts(path, artifact.bytes(), &look))?;
        let secret = &self.secrets[told];
        Some(Leak {
            path: path.to_owned(),
            whose: secret.whose.clone(),
            what: secret.what,
        })
    }
}

impl<S: Sink> Sink for Watch<S> {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        let search = self.search.as_ref();
        match search.and_then(|search| self.leak(search, &artifact)) {
            Some(leak) => Err(SinkError::new(artifact.path().clone(), leak)),
            None => self.inner.put(artifact),
        }
    }
}

/// Which consent a name needs to stand in a file.
fn place(path: &str) -> Consent {
    match path.split('/').next().unwrap_or_default() {
        "notes" => Consent::ReleaseNotes,
        "thanks" => Consent::Thanks,
        "report" | "reports" => Consent::AnnualReport,
        _ => Consent::Advisory,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use caveat_artifact::{Memory, SitePath};

    use super::*;

    fn put(withheld: Withheld, path: &str, text: &str) -> Result<usize, String> {
        let watch = Watch::new(Memory::default(), withheld);
        let path = SitePath::new(path).expect("plain");
        watch
            .put(Artifact::new(path, text.as_bytes().to_vec()))
            .map_err(|error| error.to_string())?;
        Ok(watch.into_inner().into_files().len())
    }

    #[test]
    fn a_leak_is_stopped_and_named_without_its_words() {
        let mut withheld = Withheld::default();
        withheld.keep(
            "advisories/drafts/x.toml",
            What::Title,
            "Zanzibar reads `every` file",
        );
        assert_eq!(
            put(withheld.clone(), "a.html", "Zanzibar reads a file"),
            Ok(1)
        );
        let said = put(
            withheld.clone(),
            "a.html",
            "<b>zanzibar</b> reads every\n file",
        )
        .expect_err("a leak");
        assert_eq!(
            said,
            "`a.html` would give away its title (see `advisories/drafts/x.toml`); nothing was published"
        );
        assert!(put(withheld, "zanzibar/reads-every/file", "").is_err());
    }

    #[test]
    fn a_name_stands_only_where_its_owner_agreed() {
        let mut withheld = Withheld::default();
        withheld.keep_name("a", "Zoë Finder", &BTreeSet::from([Consent::Thanks]));
        assert!(put(withheld.clone(), "thanks/index.html", "ZOE FINDER").is_ok());
        assert!(put(withheld.clone(), "notes/a.md", "Zoe\u{308} Finder").is_err());
        assert!(put(withheld, "osv/a.json", "Zoë Finder").is_err());
    }
}
