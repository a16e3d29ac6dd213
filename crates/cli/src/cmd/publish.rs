//! Owns `caveat publish`: a commit to readers, past the gate.
//! Must never change what readers see unless the gate let all of it pass.

mod job;
mod trust;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use caveat_artifact::Manifest;
use caveat_gate::{Finding, Pages};
use caveat_load::root_above;
use serde_json::{Value, json};

use super::build::remarks;
use super::now;
use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::gatehouse::{refused, say};
use crate::hands::HandArgs;
use crate::key::keyring;
use crate::leaked::ready;
use crate::letting_out::Counted;
use crate::output;
use crate::progress::Progress;
use crate::refusal::refuse_ahead;
use crate::signer::Signer;
use crate::street::{Ready, too_early};
use crate::uncounted::Uncounted;
use job::Job;
pub(crate) use job::hands_alone;
use trust::Trust;

/// Where to, and what is out there.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Compares what readers would see with what is in DIR, which a key of keys/ or the signing key must have signed:
no advisory is lost, nothing changes without a revision, and nobody is told less without a stated reason.
Nothing is written when something is refused (exit code 1). docs/publishing.md says more; `caveat diff` shows the same
before it is merged. Where DIR is made anew each time, name a copy of what is out with --against: SHA256SUMS,
SHA256SUMS.sig, SHA256SUMS.minisig, osv/all.zip and _redirects are enough of it. Where editions were counted, an empty DIR
without --against is refused; --anew is for when no copy of what was out exists any more, or for another address.

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
    /// Compare with nothing, though git remembers an edition: no copy of what is out exists any more
    #[arg(long, conflicts_with_all = ["against", "dry_run"])]
    anew: bool,
    /// Only say what the gate says
    #[arg(long)]
    dry_run: bool,
    /// How to print what the gate says: for people to stderr, for programs to stdout
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
    #[command(flatten)]
    hands: HandArgs,
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
    /// What was signed for machines, where it is counted.
    counted: Option<Counted>,
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
    refuse_ahead(ready.book.as_of(), now())?;
    let keyring = keyring(&ready.keys)?;
    let trust = keyring.as_ref();
    let trust = trust.map(|keyring| Trust::new(args, publish, &root, keyring));
    let trust = trust.transpose()?;
    let signer = signer(args, publish, &root, &ready, trust.as_ref())?;
    let job = Job {
        args,
        publish,
        root: &root,
        signer: &signer,
        trust,
    };
    let (seen, written) = job.past_the_gate(&mut ready, &progress)?;
    drop(progress);
    if written {
        remarks(&ready, &signer, &root, &publish.rev);
    }
    tell(publish, &ready, &seen, written)?;
    Ok(ExitCode::from(u8::from(refused(&seen.found) > 0)))
}

/// The key that pages name, and that signs where there is no keyring.
fn signer(
    args: &Args,
    publish: &Publish,
    root: &Path,
    ready: &Ready,
    trust: Option<&Trust<'_>>,
) -> Result<Signer, Failure> {
    if let Some(trust) = trust {
        return trust.signer();
    }
    let HandArgs { key, signer } = &publish.hands;
    match (key.as_slice(), signer.len()) {
        ([] | [_], 0) => {
            let key = key.first().map(|key| args.directory.join(key));
            Signer::new(root, key.as_deref(), &ready.keys)
        }
        (keys, others) => Err(Uncounted::Many(keys.len() + others).into()),
    }
}

fn tell(publish: &Publish, ready: &Ready, seen: &Seen, written: bool) -> Result<(), Failure> {
    if publish.format == Form::Json {
        let first = seen.pages.is_none();
        let told = seen.news.as_ref().map(|(_, json)| json);
        let trust = seen.counted.as_ref().map(Counted::json);
        let all = json!({
            "published": written, "first": first, "findings": seen.found, "files": seen.pages, "told": told, "trust": trust
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
    if let Some(counted) = &seen.counted {
        output::done(&counted.says());
        counted.warn();
    }
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
