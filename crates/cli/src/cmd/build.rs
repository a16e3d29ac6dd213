//! Owns `caveat build`: the whole street, from a commit to a directory that readers see.
//! Must never show readers anything before it is checked, whole and signed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_advisory::{Draft, Timestamp};
use caveat_artifact::{Artifact, Hashing, Manifest, Sink, SitePath};
use caveat_canary::Watch;
use caveat_check::{Book, check_and_withhold, is_key_file, site_keys};
use caveat_convert::convert;
use caveat_diag::Report;
use caveat_load::{commit, git_directories, past, root_above, uncommitted};
use caveat_publish::Staging;
use caveat_render::{Edition, Key, Templates, render};
use caveat_sign::{SecretKey, Stamp, key_artifacts, sign};
use caveat_verify::PublicKey;

use super::{as_of, now, warn_of_embargoed};
use crate::args::{Args, Build, Telling};
use crate::failure::Failure;
use crate::key::{is_published, signing_key};
use crate::output;
use crate::own_words::spare_own_words;
use crate::progress::Progress;
use crate::publish_report::{Before, PublishReport};

pub(crate) fn run(args: &Args, build: &Build) -> Result<ExitCode, Failure> {
    let progress = Progress::start("reading advisories");
    let root = root_above(&args.directory)?;
    let mut input = commit(&root, &build.rev)?;
    input.past = past(&root, &build.rev)?;
    let committed = input
        .commit
        .as_ref()
        .map_or(Timestamp::UNIX_EPOCH, |commit| commit.time);
    let as_of = as_of(&build.time, || committed)?;
    let templates = Templates::new(&input.templates)?;
    let published = input.keys.clone();
    let project = input.project.clone();
    let mut key_files = input.others.clone();
    key_files.retain(is_key_file);

    progress.stage("checking advisories");
    let mut report = Report::default();
    let Some((book, mut withheld)) = check_and_withhold(input, as_of, &mut report) else {
        drop(progress);
        output::report(&report);
        return Ok(output::exit_code(&report));
    };
    if build.time.as_of.is_none() {
        not_too_early(&book, now())?;
    }
    let records = convert(&book).map_err(Box::new)?;
    let key = build.key.as_ref().map(|key| args.directory.join(key));
    let signer = Signer::new(&root, key.as_deref(), &published)?;
    let feed = book.project().feed.principal().to_owned();

    progress.stage("rendering");
    let staging = Staging::beside(&args.directory.join(&build.out), &inputs(&root)?)?;
    let edition = signer.edition(&feed);
    spare_own_words(&mut withheld, project, as_of, &edition);
    let sink = Watch::new(Hashing::new(progress.counting(staging)), withheld);
    render(&book, &records, &edition, &templates, &sink)?;
    keys(&signer, &book, &key_files, &sink)?;
    progress.stage("signing");
    let (manifest, counting) = sink.finish()?.finish();
    let before = before(args, build)?;
    let news = PublishReport::new(&book, &manifest, before.as_ref());
    let stamp = Stamp {
        feed,
        issued: as_of.to_string(),
    };
    let bundle = sign(&manifest, &signer.secret, &stamp)?;
    counting.inner.publish(bundle)?;

    drop(progress);
    output::report(&report);
    signer.warn();
    warn_of_uncommitted(&root, &build.rev);
    warn_of_absent(&book, as_of);
    warn_of_embargoed(&book);
    done(&book, &manifest, &build.out);
    tell(&news, build.format)?;
    Ok(ExitCode::SUCCESS)
}

/// The keys of the feed, and those for reports that the policy says are on the site.
fn keys(signer: &Signer, book: &Book, files: &[Draft], sink: &dyn Sink) -> Result<(), Failure> {
    for artifact in key_artifacts(&signer.public, book.project().feed.principal())? {
        sink.put(artifact)?;
    }
    for file in site_keys(book.project(), files) {
        let path = SitePath::new(&file.path)?;
        sink.put(Artifact::new(path, file.bytes.clone()))?;
    }
    Ok(())
}

fn done(book: &Book, manifest: &Manifest, out: &Path) {
    let advisories = output::plural(book.entries().len(), "advisory");
    // The list and its two signatures are files, too.
    let files = output::plural(manifest.files().len() + 3, "file");
    output::done(&format!(
        "built {advisories} into {files} at {}",
        out.display()
    ));
}

/// What readers see until now: of a directory that was named, something must be there.
fn before(args: &Args, build: &Build) -> Result<Option<Before>, Failure> {
    let Some(named) = &build.before else {
        return Before::read(&args.directory.join(&build.out));
    };
    let before = Before::read(&args.directory.join(named))?;
    let missing = || caveat_verify::Error::NotASite(named.clone());
    before.ok_or_else(|| missing().into()).map(Some)
}

/// Who is to hear of what is new.
fn tell(news: &PublishReport<'_>, format: Telling) -> Result<(), Failure> {
    match format {
        Telling::Json => output::data(news.json().as_bytes()),
        Telling::Human => {
            output::lines(&news.text());
            Ok(())
        }
    }
}

/// What readers may look for in vain.
fn warn_of_absent(book: &Book, as_of: Timestamp) {
    if let Err(why) = caveat_render::security_txt(book.project(), as_of) {
        output::warning(&format!("there is no security.txt in this build: {why}"));
    }
    if book.entries().is_empty() {
        output::warning("there is no advisory in this build");
    }
}

/// A commit may be dated later than it is; no embargo ends because of that.
fn not_too_early(book: &Book, now: Timestamp) -> Result<(), Failure> {
    let early = book.entries().iter().find(|entry| {
        let embargo = entry.advisory.embargo.as_ref();
        embargo.is_some_and(|embargo| embargo.until.max(entry.published) > now)
    });
    early.map_or(Ok(()), |entry| {
        Err(Failure::TooEarly {
            id: entry.id.clone(),
            commit: book.as_of(),
        })
    })
}

/// What a build reads from: the output may not be in or around any of it.
fn inputs(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let names = ["advisories", "site-templates", "keys", "caveat.toml"];
    let mut inputs: Vec<PathBuf> = names.iter().map(|name| root.join(name)).collect();
    inputs.extend(git_directories(root)?);
    Ok(inputs)
}

/// A build is of a commit; an author who forgot to commit should hear of it.
fn warn_of_uncommitted(root: &Path, rev: &str) {
    if let Ok(count @ 1..) = uncommitted(root)
        && rev == "HEAD"
    {
        let files = output::plural(count, "uncommitted file");
        output::warning(&format!(
            "{files} not in this build: it is of the last commit"
        ));
    }
}

/// The key of this build.
struct Signer {
    secret: SecretKey,
    public: PublicKey,
    /// Made for this machine.
    local: bool,
    /// Its public half is in `keys/`.
    published: bool,
}

impl Signer {
    fn new(root: &Path, file: Option<&Path>, published: &[Draft]) -> Result<Self, Failure> {
        let (secret, local) = signing_key(root, file)?;
        let public = secret.public().map_err(|source| Failure::Key {
            place: "the signing key".to_owned(),
            source,
        })?;
        let published = is_published(&public, published)?;
        Ok(Self {
            secret,
            public,
            local,
            published,
        })
    }

    fn edition(&self, feed: &str) -> Edition {
        let key = Key {
            fingerprint: self.public.fingerprint(),
            openssh: self.public.to_openssh(feed),
            allowed_signers: self.public.to_allowed_signer(feed, feed),
            minisign: self.public.to_minisign(),
        };
        let generator = concat!("Caveat ", env!("CARGO_PKG_VERSION")).to_owned();
        Edition {
            generator,
            local: !self.published,
            key,
        }
    }

    fn warn(&self) {
        if self.local && !self.published {
            output::warning(
                "signed with a key of this machine: every page says that this is a local, untrusted build",
            );
        } else if !self.published {
            let line = self.public.to_openssh("NAME");
            output::warning(&format!(
                "the signing key is not in keys/, so every page says that this build proves nothing; commit keys/NAME.pub with the line\n  {line}"
            ));
        }
    }
}
