//! Owns the street from a commit to all files of a site: the same for whoever builds, publishes or compares.
//! Must never write anything by itself: files go where the caller says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use caveat_advisory::{Draft, Timestamp};
use caveat_artifact::{Artifact, Hashing, Manifest, Sink, SitePath, sha256};
use caveat_canary::{Watch, Withheld};
use caveat_check::{Book, Discretion, check_to_compare, is_key_file, site_keys};
use caveat_convert::{Records, convert};
use caveat_diag::Report;
use caveat_keyring::{Keyring, authority_line, pem, site_files};
use caveat_load::{Recall, commit, git_directories, past};
use caveat_render::{Edition, Layers, Templates, render};
use caveat_sign::{Hand, SignError, Signing, key_artifacts};
use caveat_verify::{Certificate, PublicKey};

use crate::args::Time;
use crate::cmd::build::stamp;
use crate::cmd::{ahead, as_of, now};
use crate::failure::Failure;
use crate::key::keyring;
use crate::openpgp::{Seal, sealing};
use crate::own_words::spare_own_words;
use crate::progress::Progress;

/// A commit that may be published.
pub(crate) struct Ready {
    pub(crate) book: Book,
    pub(crate) records: Records,
    /// What was found, none of it an error.
    pub(crate) report: Report,
    /// The public keys of the repository.
    pub(crate) keys: Vec<Draft>,
    /// Keys for reports, which the policy may say are on the site.
    key_files: Vec<Draft>,
    templates: Templates,
    project: Option<Draft>,
    withheld: Option<Withheld>,
    /// Who signs each record, where this is signed as the feed.
    pub(crate) by: Option<By>,
    /// Who signs each CSAF document, where the keyring says so.
    pub(crate) seal: Option<Seal>,
    /// What of an earlier state may not be repeated.
    pub(crate) discretion: Discretion,
}

/// Reads, checks and converts a commit. What was found, where it may not be published.
pub(crate) fn ready(
    root: &Path,
    rev: &str,
    time: &Time,
    progress: &Progress,
) -> Result<Result<Ready, Report>, Failure> {
    let mut input = commit(root, rev)?;
    input.past = past(root, rev, Recall::None)?;
    let committed = input.commit.as_ref();
    let committed = committed.map_or(Timestamp::UNIX_EPOCH, |commit| commit.time);
    let as_of = as_of(time, || committed)?;
    let templates = Templates::new(&input.templates)?;
    let (keys, project) = (input.keys.clone(), input.project.clone());
    let mut key_files = input.others.clone();
    key_files.retain(is_key_file);
    progress.stage("checking advisories");
    let mut report = Report::default();
    let Some((book, withheld, discretion)) = check_to_compare(input, as_of, &mut report) else {
        return Ok(Err(report));
    };
    if time.as_of.is_none()
        && let Some((id, _)) = too_early(&book)
    {
        let commit = book.as_of();
        return Err(Failure::TooEarly { id, commit });
    }
    let records = convert(&book).map_err(Box::new)?;
    Ok(Ok(Ready {
        book,
        records,
        report,
        keys,
        by: None,
        seal: None,
        key_files,
        templates,
        project,
        withheld: Some(withheld),
        discretion,
    }))
}

/// A key of the keyring, and what its authority says of it.
#[derive(Clone)]
pub(crate) struct By {
    pub(crate) public: PublicKey,
    /// None in a rehearsal, which signs nothing.
    pub(crate) hand: Option<Arc<dyn Hand>>,
    pub(crate) certificate: Option<Vec<u8>>,
}

impl By {
    /// What a site then has to verify.
    fn layers(&self, keyring: &Keyring, feed: &str) -> Result<Layers, Failure> {
        let first = keyring.chain().and_then(|chain| chain.get(1));
        let machines = first.map(|(_, bytes)| sha256(bytes));
        let pem = pem(&self.public);
        let blob = self.certificate.as_deref();
        let certificate = blob.map(Certificate::from_blob).transpose();
        let certificate = certificate.map_err(SignError::Certificate)?;
        Ok(match certificate {
            Some(certificate) => Layers {
                trust: authority_line(certificate.authority(), feed),
                authority: true,
                pem,
                machines,
            },
            None => Layers {
                trust: self.public.to_allowed_signer(feed, feed),
                authority: false,
                pem,
                machines,
            },
        })
    }
}

impl Ready {
    /// Host and path: the feed's name in signatures.
    pub(crate) fn feed(&self) -> &str {
        self.book.project().feed.principal()
    }

    /// Puts every file but the signatures into `sink`, and looks at each for what is withheld: the list of all, and the sink.
    pub(crate) fn render<S: Sink>(
        &mut self,
        edition: &Edition,
        key: &PublicKey,
        sink: S,
    ) -> Result<(Manifest, S), Failure> {
        let mut withheld = self.withheld.take().unwrap_or_default();
        let project = self.project.take();
        let (keyring, by) = (keyring(&self.keys)?, self.by.clone());
        let mut edition = edition.clone();
        edition.openpgp = self.seal.as_ref().map(Seal::fingerprint);
        if let (Some(keyring), Some(by)) = (&keyring, &by) {
            edition.layers = Some(by.layers(keyring, self.feed())?);
        }
        spare_own_words(&mut withheld, project, self.book.as_of(), &edition);
        let seal = self.seal.as_ref();
        let sink = Watch::new(sealing(Hashing::new(sink), seal), withheld);
        let stamp = stamp(self);
        let hand = by
            .as_ref()
            .and_then(|by| Some((by.hand.as_ref()?, &by.certificate)));
        let sink = match hand {
            Some((hand, paper)) => Signing::new(sink, &**hand, paper.as_deref(), &stamp)?,
            None => Signing::nothing(sink),
        };
        render(&self.book, &self.records, &edition, &self.templates, &sink)?;
        if let Some(seal) = seal {
            sink.put(seal.key()?)?;
        }
        for artifact in self.keys_of_site(keyring.as_ref(), key)? {
            sink.put(artifact)?;
        }
        for file in site_keys(self.book.project(), &self.key_files) {
            let path = SitePath::new(&file.path)?;
            sink.put(Artifact::new(path, file.bytes.clone()))?;
        }
        Ok(sink.finish()?.finish()?.into_inner().finish())
    }

    /// The public key, and with a keyring all of them, for people's tools.
    fn keys_of_site(
        &self,
        keyring: Option<&Keyring>,
        key: &PublicKey,
    ) -> Result<Vec<Artifact>, Failure> {
        let Some(keyring) = keyring else {
            return Ok(key_artifacts(key, self.feed())?);
        };
        let files = site_files(keyring, key, self.feed()).into_iter();
        let artifact =
            |(path, bytes): (String, Vec<u8>)| Ok(Artifact::new(SitePath::new(path)?, bytes));
        files.map(artifact).collect()
    }
}

/// The first advisory whose embargo is over only by the time that was named: a commit may be dated later than it is.
pub(crate) fn too_early(book: &Book) -> Option<(String, Timestamp)> {
    let now = now();
    let mut entries = book.entries().iter();
    entries.find_map(|entry| Some((entry.id.clone(), ahead(entry, now)?)))
}

/// What is read from: the output may not be in or around any of it.
pub(crate) fn inputs(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let names = ["advisories", "site-templates", "keys", "caveat.toml"];
    let mut inputs: Vec<PathBuf> = names.iter().map(|name| root.join(name)).collect();
    inputs.extend(git_directories(root)?);
    Ok(inputs)
}
