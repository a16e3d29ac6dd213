//! Owns `caveat diff`: what publishing a commit would change for readers.
//! Must never tell of what is not published, neither before nor after.

mod change;
mod markdown;
mod text;

use std::path::Path;
use std::process::ExitCode;

use caveat_artifact::Manifest;
use caveat_diag::Report;
use caveat_gate::{Finding, Pages, Record, Tree, pages};
use caveat_load::root_above;
use caveat_render::Edition;
use caveat_sign::SecretKey;
use caveat_verify::{PublicKey, SUMS};
use serde::Serialize;
use serde_json::json;

use super::build::warn_of_uncommitted;
use crate::args::{Args, Time};
use crate::cmd::now;
use crate::failure::Failure;
use crate::gatehouse::{findings, new_tree, old_tree, out_or_copy, refused};
use crate::hands::Hands;
use crate::key::{is_published, keyring};
use crate::last_look::Nowhere;
use crate::openpgp::Seal;
use crate::output;
use crate::progress::Progress;
use crate::signer::edition;
use crate::street::{Ready, ready};
use change::{Changed, advisories, repeated};

/// What to compare with.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Compares what a publication of BASE shows readers with one of HEAD: advisories and their fields, versions whose
verdict turns, mails that are due, files, and what the gate would say. BASE is a commit, built here as a
publication would be, or a directory with a published tree or a copy of it (docs/publishing.md). Drafts and
embargoed advisories are never told of. Exit code 1: the gate would refuse it.

Examples:
  caveat diff origin/main
  caveat diff origin/main --format markdown >> \"$GITHUB_STEP_SUMMARY\"
  caveat diff /srv/www/advisories --format json | jq '.advisories[].verdicts'"
)]
pub(crate) struct Diff {
    /// A commit, or a directory that was published
    base: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// The commit that would be published
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    rev: String,
    #[command(flatten)]
    time: Time,
}

/// The forms of a comparison.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Form {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For programs
    Json,
}

/// What readers would see change.
#[derive(Debug, Serialize)]
struct Seen {
    base: String,
    advisories: Vec<Changed>,
    files: Pages,
    gate: Vec<Finding>,
}

pub(crate) fn run(args: &Args, diff: &Diff) -> Result<ExitCode, Failure> {
    let progress = Progress::start("reading advisories");
    let root = root_above(&args.directory)?;
    let mut head = match ready(&root, &diff.rev, &diff.time, &progress)? {
        Ok(head) => head,
        Err(report) => {
            drop(progress);
            return faulty(diff, &report);
        }
    };
    let place = args.directory.join(&diff.base);
    if place.is_dir() && !place.join(SUMS).is_file() {
        return Err(Failure::NoTree(place));
    }
    let seen = if place.join(SUMS).is_file() {
        with_out(diff, &place, &mut head, &progress)?
    } else {
        with_commit(diff, &root, &mut head, &progress)?
    };
    drop(progress);
    warn_of_uncommitted(&root, &diff.rev);
    let text = match diff.format {
        Form::Text => text::text(&seen),
        Form::Markdown => markdown::markdown(&seen),
        Form::Json => serde_json::to_string_pretty(&seen).unwrap_or_default() + "\n",
    };
    output::data(text.as_bytes())?;
    Ok(ExitCode::from(u8::from(refused(&seen.gate) > 0)))
}

/// What cannot be published is compared with nothing; whoever reads the comparison is told so in its own form.
fn faulty(diff: &Diff, report: &Report) -> Result<ExitCode, Failure> {
    output::report(report);
    let text = match diff.format {
        Form::Text => String::new(),
        Form::Markdown => markdown::faulty(report),
        Form::Json => {
            let all = json!({ "base": diff.base, "faults": output::counts(report) });
            format!("{all:#}\n")
        }
    };
    output::data(text.as_bytes())?;
    Ok(output::exit_code(report))
}

/// Compares with a tree, as if its own key signed again: else every page would differ by the key.
fn with_out(
    diff: &Diff,
    place: &Path,
    head: &mut Ready,
    progress: &Progress,
) -> Result<Seen, Failure> {
    let mut out = out_or_copy(place, head.feed(), &head.keys)?;
    let key = *out.key();
    let local = !is_published(&key, &head.keys)?;
    let edition = edition(&key, head.feed(), local);
    progress.stage("rendering");
    if let Some(keyring) = keyring(&head.keys)? {
        let project = head.book.project();
        head.seal = Seal::of(project, &keyring, &Hands::none(), now(), true)?;
    }
    let files = files(head, &edition, &key)?;
    let old = old_tree(&mut out, &files)?;
    let new = new_tree(head, &files, &old.files)?;
    Ok(seen(diff, None, head, &old, &new))
}

/// Compares with a commit, both as if one throw-away key signed them.
fn with_commit(
    diff: &Diff,
    root: &Path,
    head: &mut Ready,
    progress: &Progress,
) -> Result<Seen, Failure> {
    let time = Time { as_of: None };
    let mut base = ready(root, &diff.base, &time, progress)?
        .map_err(|report| Failure::FaultyBase(diff.base.clone(), output::summary(&report)))?;
    let throw_away = SecretKey::generate().map(|key| *key.public());
    let key = throw_away.map_err(|source| Failure::Key {
        place: "a throw-away key".to_owned(),
        source,
    })?;
    let edition = edition(&key, head.feed(), true);
    progress.stage("rendering");
    let before = files(&mut base, &edition, &key)?;
    let after = files(head, &edition, &key)?;
    let old = new_tree(&base, &before, &after)?;
    let new = new_tree(head, &after, &before)?;
    Ok(seen(diff, Some(&base), head, &old, &new))
}

fn files(ready: &mut Ready, edition: &Edition, key: &PublicKey) -> Result<Manifest, Failure> {
    Ok(ready.render(edition, key, Nowhere)?.0)
}

fn seen(diff: &Diff, base: Option<&Ready>, head: &Ready, old: &Tree, new: &Tree) -> Seen {
    Seen {
        base: diff.base.clone(),
        advisories: advisories(base, head, old, new),
        files: pages(old, new),
        gate: findings(old, new, head)
            .into_iter()
            .map(|one| told(head, one))
            .collect(),
    }
}

/// A finding as it may be told to whoever reads a comment.
fn told(head: &Ready, one: Finding) -> Finding {
    let side = |text: Option<String>| text.map(|text| repeated(head, &text));
    Finding {
        says: repeated(head, &one.says),
        from: side(one.from),
        to: side(one.to),
        ..one
    }
}

/// Is it an advisory that readers are told to forget?
fn is_withdrawn(record: Option<&Record>) -> bool {
    record.is_some_and(|record| record.withdrawn.is_some())
}
