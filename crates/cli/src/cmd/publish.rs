//! Owns `caveat publish`: a commit to readers, past the gate.
//! Must never change what readers see unless the gate let all of it pass.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_artifact::{Manifest, Sink};
use caveat_gate::{Finding, Pages, pages};
use caveat_load::root_above;
use caveat_publish::{Out, Staging, last_seen};
use caveat_sign::sign;
use serde_json::{Value, json};

use super::build::{remarks, stamp};
use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::gatehouse::{findings, new_tree, old_tree, refused, say, what_is_out};
use crate::last_look::Nowhere;
use crate::output;
use crate::progress::Progress;
use crate::publish_report::{Before, PublishReport};
use crate::signer::Signer;
use crate::street::{Ready, inputs, ready, too_early};

/// Where to, and what is out there.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Compares what readers would see with what is in DIR, which a key of keys/ or the signing key must have signed:
no advisory is lost, nothing changes without a revision, and nobody is told less without a stated reason.
Nothing is written when something is refused (exit code 1). docs/publishing.md says more; `caveat diff` shows the same
before it is merged. Where DIR is made anew each time, name a copy of what is out with --against: SHA256SUMS,
SHA256SUMS.sig, SHA256SUMS.minisig, osv/all.zip and _redirects are enough of it.

Examples:
  caveat publish --to /srv/www/advisories --key ~/.ssh/feed_ed25519
  caveat publish --to public --dry-run
  caveat publish --to public --against out --format json"
)]
pub(crate) struct Publish {
    /// Where readers see it
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// A copy of what is out, where it is not in DIR
    #[arg(long, value_name = "COPY")]
    against: Option<PathBuf>,
    /// Only say what the gate says
    #[arg(long)]
    dry_run: bool,
    /// How to print what the gate says: for people to stderr, for programs to stdout
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
    /// Private key to sign with
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// The commit to publish
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    #[command(flatten)]
    time: Time,
}

/// Who reads what the gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// People
    Human,
    /// Programs
    Json,
}

/// What the gate has seen.
struct Seen {
    found: Vec<Finding>,
    /// `None` where nothing was out.
    pages: Option<Pages>,
    manifest: Manifest,
    /// Who is promised to hear of what is new, for people and for programs.
    news: Option<(String, Value)>,
}

pub(crate) fn run(args: &Args, publish: &Publish) -> Result<ExitCode, Failure> {
    let progress = Progress::start("reading advisories");
    let root = root_above(&args.directory)?;
    let mut ready = match ready(&root, &publish.rev, &publish.time, &progress)? {
        Ok(ready) => ready,
        Err(report) => {
            drop(progress);
            output::report(&report);
            if publish.format == Form::Json {
                let all = json!({ "published": false, "faults": output::counts(&report) });
                output::data(format!("{all:#}\n").as_bytes())?;
            }
            return Ok(output::exit_code(&report));
        }
    };
    if let (false, Some((id, until))) = (publish.dry_run, too_early(&ready.book)) {
        return Err(Failure::AheadOfClock { id, until });
    }
    let key = publish.key.as_ref().map(|key| args.directory.join(key));
    let signer = Signer::new(&root, key.as_deref(), &ready.keys)?;
    let (seen, written) = past_the_gate(args, publish, &root, &mut ready, &signer, &progress)?;
    drop(progress);
    if written {
        remarks(&ready, &signer, &root, &publish.rev);
    }
    tell(publish, &ready, &seen, written)?;
    Ok(ExitCode::from(u8::from(refused(&seen.found) > 0)))
}

/// Renders, compares, and swaps where all of it passes: what the gate has seen, and whether readers see it now.
fn past_the_gate(
    args: &Args,
    publish: &Publish,
    root: &Path,
    ready: &mut Ready,
    signer: &Signer,
    progress: &Progress,
) -> Result<(Seen, bool), Failure> {
    let target = args.directory.join(&publish.to);
    if publish.dry_run {
        let mut outs = outs(args, publish, ready, signer)?;
        progress.stage("rendering");
        return Ok((judged(ready, signer, &mut outs, Nowhere)?.0, false));
    }
    // From here on nobody else can publish there: what the gate compares with is what is replaced.
    let staging = Staging::beside(&target, &inputs(root)?)?;
    let mut outs = outs(args, publish, ready, signer)?;
    progress.stage("rendering");
    let (seen, counting) = judged(ready, signer, &mut outs, progress.counting(staging))?;
    if refused(&seen.found) > 0 {
        return Ok((seen, false));
    }
    progress.stage("signing");
    // A copy that was named is what readers see; DIR may be anything older.
    let before = outs.into_iter().next().map(Before::new);
    let news = PublishReport::new(&ready.book, &seen.manifest, before);
    let news = Some((news.text(), news.json()));
    let bundle = sign(&seen.manifest, &signer.secret, &stamp(ready))?;
    counting.inner.publish(bundle)?;
    Ok((Seen { news, ..seen }, true))
}

/// Everything that is out: the copy that was named, and what would be replaced.
fn outs(
    args: &Args,
    publish: &Publish,
    ready: &Ready,
    signer: &Signer,
) -> Result<Vec<Out>, Failure> {
    let read = |place: &Path| what_is_out(place, ready.feed(), &ready.keys, Some(&signer.public));
    let mut all = Vec::new();
    if let Some(copy) = &publish.against {
        let copy = args.directory.join(copy);
        all.push(read(&copy)?.ok_or(Failure::NothingOut(copy))?);
    }
    all.extend(read(&last_seen(&args.directory.join(&publish.to)))?);
    Ok(all)
}

/// Renders everything into a sink, and asks the gate.
fn judged<S: Sink>(
    ready: &mut Ready,
    signer: &Signer,
    outs: &mut [Out],
    sink: S,
) -> Result<(Seen, S), Failure> {
    let edition = signer.edition(ready.feed());
    let (manifest, sink) = ready.render(&edition, &signer.public, sink)?;
    let (mut found, mut seen) = (Vec::new(), None);
    for out in outs {
        let old = old_tree(out, &manifest)?;
        let new = new_tree(ready, &manifest, &old.files)?;
        found.extend(findings(&old, &new, ready));
        seen = Some(pages(&old, &new));
    }
    // Two trees may tell the same.
    let mut told = BTreeSet::new();
    found.retain(|one| told.insert(one.clone()));
    let seen = Seen {
        found,
        pages: seen,
        manifest,
        news: None,
    };
    Ok((seen, sink))
}

fn tell(publish: &Publish, ready: &Ready, seen: &Seen, written: bool) -> Result<(), Failure> {
    if publish.format == Form::Json {
        let first = seen.pages.is_none();
        let told = seen.news.as_ref().map(|(_, json)| json);
        let all = json!({
            "published": written, "first": first, "findings": seen.found, "files": seen.pages, "told": told
        });
        output::data(format!("{all:#}\n").as_bytes())?;
    } else if say(&seen.found) {
        output::done("nothing was published");
        return Ok(());
    }
    if refused(&seen.found) > 0 {
        return Ok(());
    }
    let did = if written {
        "published"
    } else {
        "would publish"
    };
    let advisories = output::plural(ready.book.entries().len(), "advisory");
    output::done(&match &seen.pages {
        None => format!(
            "{did} {advisories} at {}: the first publication there, compared with nothing",
            publish.to.display()
        ),
        Some(pages) => format!(
            "{did} {advisories} at {}: {}",
            publish.to.display(),
            counts(pages)
        ),
    });
    if let Some((text, _)) = &seen.news {
        output::say(text);
    }
    Ok(())
}

/// `1 file added, 14 changed, 2 redirected, 220 as before`.
pub(crate) fn counts(pages: &Pages) -> String {
    let counts = [
        (pages.added.len(), "added"),
        (pages.changed.len(), "changed"),
        (pages.redirected.len(), "redirected"),
        (pages.removed.len(), "removed"),
        (pages.same, "as before"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let said = counts.enumerate().map(|(at, (count, what))| match at {
        0 => format!("{} {what}", output::plural(count, "file")),
        _ => format!("{count} {what}"),
    });
    said.collect::<Vec<_>>().join(", ")
}
