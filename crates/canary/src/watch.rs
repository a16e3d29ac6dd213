//! Owns the gate: a sink that lets pass only what tells nothing that is withheld.
//! Must never cost anything where nothing is withheld.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use caveat_advisory::Consent;
use caveat_artifact::{Artifact, Sink, SinkError, SitePath};

use crate::Withheld;
use crate::eye::Eye;
use crate::leak::Leaks;
use crate::open::parts;

/// Looks at everything on its way to another sink.
#[derive(Debug)]
pub struct Watch<S> {
    inner: S,
    eye: Eye,
    leaks: Mutex<Leaks>,
}

impl<S: Sink> Watch<S> {
    /// Lets pass to `inner` what tells nothing of `withheld`.
    pub fn new(inner: S, withheld: Withheld) -> Self {
        Self {
            inner,
            eye: Eye::new(withheld),
            leaks: Mutex::default(),
        }
    }

    /// The sink behind the gate.
    ///
    /// # Errors
    /// Everything that was stopped: what is behind the gate is not whole then, and not to be published.
    pub fn finish(self) -> Result<S, Leaks> {
        let leaks = self.leaks.into_inner();
        let leaks = leaks.unwrap_or_else(PoisonError::into_inner);
        if leaks.is_empty() {
            Ok(self.inner)
        } else {
            Err(leaks)
        }
    }

    fn told(&self, artifact: &Artifact) -> BTreeSet<usize> {
        if self.eye.is_shut() {
            return BTreeSet::new();
        }
        let path = artifact.path().as_ref();
        let place = place(path);
        let look = |bytes: &[u8]| self.eye.told(bytes, place);
        let mut told = look(path.as_bytes());
        told.append(&mut parts(path, artifact.bytes(), &look));
        told
    }
}

impl<S: Sink> Sink for Watch<S> {
    /// What tells something is kept back and remembered: the rest is looked at all the same.
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        let told = self.told(&artifact);
        if told.is_empty() {
            return self.inner.put(artifact);
        }
        let mut leaks = self.leaks.lock().unwrap_or_else(PoisonError::into_inner);
        for at in told {
            if let Some(secret) = self.eye.secret(at) {
                leaks.add(artifact.path().as_ref(), &secret.source, secret.what);
            }
        }
        Ok(())
    }

    fn reserve(&self, path: &SitePath) -> Result<(), SinkError> {
        self.inner.reserve(path)
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
    use caveat_artifact::Memory;

    use super::*;
    use crate::{Source, What};

    fn put(withheld: &Withheld, path: &str, text: &str) -> Result<usize, String> {
        let watch = Watch::new(Memory::default(), withheld.clone());
        let path = SitePath::new(path).expect("plain");
        let artifact = Artifact::new(path, text.as_bytes().to_vec());
        watch.put(artifact).map_err(|error| error.to_string())?;
        let inner = watch.finish().map_err(|leaks| leaks.to_string())?;
        Ok(inner.into_files().len())
    }

    fn source(field: &str) -> Source {
        Source::new("advisories/drafts/x.toml", field)
    }

    #[test]
    fn a_leak_is_stopped_and_named_without_its_words() {
        let mut withheld = Withheld::default();
        withheld.keep(&source("title"), What::Title, "Zanzibar reads `every` file");
        assert_eq!(put(&withheld, "a.html", "Zanzibar reads a file"), Ok(1));
        let text = "<b>zanzibar</b> reads every\n file";
        let said = put(&withheld, "a.html", text).expect_err("a leak");
        let first = said.lines().next();
        let wanted = "`a.html` would give away its title (see title in `advisories/drafts/x.toml`)";
        assert_eq!(first, Some(wanted));
        assert!(put(&withheld, "zanzibar/reads-every/file", "").is_err());
    }

    #[test]
    fn a_name_of_a_flaw_is_found_however_it_is_joined() {
        let mut withheld = Withheld::default();
        withheld.keep(&source("aliases[0]"), What::Id, "CVE-2026-77777");
        for text in [
            "cve-2026-77777",
            "CVE 2026 77777",
            "_CVE_2026_77777_poc",
            "CVE-2026-77777_",
            "CVE\u{2011}2026\u{2011}77777",
            "https://nvd.nist.gov/vuln/detail/cve-2026-77777",
            "CVE202677777",
            "cve_202677777_poc",
            "CVE-2026-77777x",
            "poc/CVE202677777fix.py",
        ] {
            assert!(put(&withheld, "a.html", text).is_err(), "{text}");
        }
        for text in ["CVE-2026-777771", "CVE2026777771", "MCVE-2026-77777"] {
            assert_eq!(put(&withheld, "a.html", text), Ok(1), "{text}");
        }
    }

    #[test]
    fn an_id_is_found_without_its_mark_and_told_once() {
        let mut withheld = Withheld::default();
        withheld.keep(&source("id"), What::Id, "x_MINE-2026-0001");
        let text = "x_MINE-2026-0001, MINE-2026-0001 and mine20260001";
        let said = put(&withheld, "a.html", text).expect_err("a leak");
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(put(&withheld, "a.html", "MINE-2026-0001").is_err());
        // Somebody else's prefix.
        assert_eq!(put(&withheld, "a.html", "PYMINE-2026-0001"), Ok(1));
    }

    #[test]
    fn an_entity_without_its_end_hides_nothing() {
        let mut withheld = Withheld::default();
        withheld.keep_name(&source("credit[0].name"), "Zoë Finder", &BTreeSet::new());
        withheld.keep(
            &source("functions"),
            What::Function,
            "free of &regfreefinder",
        );
        for text in [
            "Zo&euml Finder",
            "Zo&#235 Finder",
            "x&nbspZo&#xeb&nbspFinder",
            "free of &regfreefinder",
        ] {
            assert!(put(&withheld, "a.html", text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_name_stands_only_where_its_owner_agreed() {
        let mut withheld = Withheld::default();
        let thanks = BTreeSet::from([Consent::Thanks]);
        withheld.keep_name(&source("credit[0].name"), "Zoë Finder", &thanks);
        assert!(put(&withheld, "thanks/index.html", "ZOE FINDER").is_ok());
        assert!(put(&withheld, "notes/a.md", "Zoe\u{308} Finder").is_err());
        assert!(put(&withheld, "osv/a.json", "Zoë Finder").is_err());
    }

    #[test]
    fn a_part_of_the_longer_name_of_somebody_who_agreed_is_that_name() {
        let everywhere = Consent::ALL.iter().copied().collect();
        for (part, whole) in [
            ("Wei Chen", "Jia Wei Chen"),
            ("Google", "Google Big Sleep"),
            ("Acme Corp", "Bob Bobson (Acme Corp)"),
            (
                "https://a.example.net/team",
                "https://a.example.net/team/zoe",
            ),
        ] {
            let mut withheld = Withheld::default();
            withheld.keep_name(&source("credit[0]"), part, &BTreeSet::new());
            assert!(put(&withheld, "a.html", whole).is_err(), "{part}");
            withheld.allow(whole, &BTreeSet::from([Consent::Thanks]));
            assert!(put(&withheld, "a.html", whole).is_err(), "{part}");
            withheld.allow(whole, &everywhere);
            assert!(put(&withheld, "a.html", whole).is_ok(), "{part}");
            let both = format!("{whole}, {part}");
            assert!(put(&withheld, "a.html", &both).is_err(), "{part}");
        }
    }

    #[test]
    fn a_name_of_three_letters_is_found_as_a_whole_word() {
        let mut withheld = Withheld::default();
        withheld.keep_name(&source("credit[0].name"), "Bob", &BTreeSet::new());
        assert!(put(&withheld, "a.html", "by Bob.").is_err());
        assert!(put(&withheld, "a.html", "Bobsleigh").is_ok());
    }
}
