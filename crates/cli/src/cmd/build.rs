//! Owns `caveat build`: the whole street, from a commit to a directory.
//! Must never show readers anything before it is checked, whole and signed.

use std::path::Path;
use std::process::ExitCode;

use caveat_artifact::Manifest;
use caveat_load::{root_above, uncommitted};
use caveat_publish::Staging;
use caveat_sign::{Stamp, sign};
use caveat_tuf::DIRECTORY;

use super::warn_of_embargoed;
use crate::args::{Args, Build, Telling};
use crate::failure::Failure;
use crate::gatehouse::replaced;
use crate::key::{keyring, published_keys};
use crate::leaked::ready;
use crate::output;
use crate::progress::Progress;
use crate::publish_report::{Before, PublishReport};
use crate::signer::Signer;
use crate::street::{Ready, inputs};
use crate::uncounted::Uncounted;

pub(crate) fn run(args: &Args, build: &Build) -> Result<ExitCode, Failure> {
    let progress = Progress::start("reading advisories");
    let root = root_above(&args.directory)?;
    let mut ready = match ready(&root, &build.rev, &build.time, &progress)? {
        Ok(ready) => ready,
        Err(report) => {
            drop(progress);
            output::report(&report);
            return Ok(output::exit_code(&report));
        }
    };
    let key = build.key.as_ref().map(|key| args.directory.join(key));
    let signer = Signer::of_build(&root, key.as_deref(), &ready.keys)?;

    let target = args.directory.join(&build.out);
    refuse_editions(&target, &ready)?;
    progress.stage("rendering");
    let staging = Staging::beside(&target, &inputs(&root)?)?;
    let edition = signer.edition(ready.feed());
    let sink = progress.counting(staging);
    let (manifest, counting) = ready.render(&edition, &signer.public, sink)?;
    progress.stage("signing");
    let before = before(args, build, &ready, &signer)?;
    let news = PublishReport::new(&ready.book, &manifest, before);
    let hand = signer.hand().ok_or(Uncounted::Build)?;
    counting
        .inner
        .publish(sign(&manifest, hand, None, &stamp(&ready))?)?;

    drop(progress);
    remarks(&ready, &signer, &root, &build.rev);
    done(&ready, &manifest, &build.out);
    match build.format {
        Telling::Json => output::data(format!("{:#}\n", news.json()).as_bytes())?,
        Telling::Human => output::say(&news.text()),
    }
    Ok(ExitCode::SUCCESS)
}

fn done(ready: &Ready, manifest: &Manifest, out: &Path) {
    let advisories = output::plural(ready.book.entries().len(), "advisory");
    // The list and its two signatures are files, too.
    let files = output::plural(manifest.files().len() + 3, "file");
    output::done(&format!(
        "built {advisories} into {files} at {}",
        out.display()
    ));
}

/// Readers have what a key of the keyring signed, and would be left with what proves nothing to them.
fn refuse_editions(target: &Path, ready: &Ready) -> Result<(), Failure> {
    let counted = std::fs::symlink_metadata(target.join(DIRECTORY)).is_ok();
    let signed = || match (keyring(&ready.keys)?, caveat_verify::site_key(target)) {
        (Some(_), Ok(key)) => Ok(published_keys(&ready.keys)?.contains(&key)),
        _ => Ok::<_, Failure>(false),
    };
    if counted || signed()? {
        return Err(Uncounted::Edition(target.to_owned()).into());
    }
    Ok(())
}

/// What readers see until now: of a directory that was named, something must be there.
fn before(
    args: &Args,
    build: &Build,
    ready: &Ready,
    signer: &Signer,
) -> Result<Option<Before>, Failure> {
    let place = build.before.as_ref().unwrap_or(&build.out);
    let out = replaced(
        &args.directory.join(place),
        ready.feed(),
        &ready.keys,
        &signer.public,
    )?;
    if out.is_none() && build.before.is_some() {
        return Err(caveat_verify::Error::NotASite(place.clone()).into());
    }
    Ok(out.map(Before::new))
}

/// What the signer says beside the files.
pub(crate) fn stamp(ready: &Ready) -> Stamp {
    Stamp {
        feed: ready.feed().to_owned(),
        issued: ready.book.as_of().to_string(),
        ..Stamp::default()
    }
}

/// What whoever ran this should know of what was written.
pub(crate) fn remarks(ready: &Ready, signer: &Signer, root: &Path, rev: &str) {
    output::report(&ready.report);
    signer.warn();
    warn_of_uncommitted(root, rev);
    warn_of_embargoed(&ready.book);
    let as_of = ready.book.as_of();
    if let Err(why) = caveat_render::security_txt(ready.book.project(), as_of) {
        output::warning(&format!("there is no security.txt in this build: {why}"));
    }
    if ready.book.entries().is_empty() {
        output::warning("there is no advisory in this build");
    }
}

/// A build is of a commit; an author who forgot to commit should hear of it.
pub(crate) fn warn_of_uncommitted(root: &Path, rev: &str) {
    if let Ok(count @ 1..) = uncommitted(root)
        && rev == "HEAD"
    {
        let files = output::plural(count, "uncommitted file");
        output::warning(&format!(
            "{files} not in this build: it is of the last commit"
        ));
    }
}
