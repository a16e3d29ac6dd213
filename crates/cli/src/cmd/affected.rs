//! Owns `caveat affected`: whether one version of one package has a known flaw, by the advisories as they lie there.
//! Must never say `no` where it does not know.

use std::process::ExitCode;

use caveat_advisory::StatusKind;
use caveat_check::{AffectedPackage, Book, Entry, PackageId, Standing, check, upgrade};
use caveat_diag::Report;
use caveat_load::{root_above, work_tree};
use caveat_versions::{Coordinate, Interval, Ranges, Version};

use super::{as_of, now, warn_of_embargoed};
use crate::args::{Args, Time};
use crate::failure::Failure;
use crate::output;

mod answer;
mod question;

pub(crate) use answer::Verdict;
use answer::{Answer, Finding};
use question::Question;

/// What to look up.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Reads the files as they lie there. Each line begins with a verdict: `yes`, `no`, `unknown`, or `withdrawn` for
an advisory that no longer counts; the last line is the verdict over all. Drafts and embargoed advisories are
never told.

The verdict is `unknown` where the ecosystem does not have such a version, where an advisory speaks only of
another release of a distribution than the question leaves open, and where no advisory and no entry in
caveat.toml names the package: then the feed does not watch it, and its silence means nothing.

Exit codes: 0 no, 1 yes, 2 unknown, or caveat could not go on.

Examples:
  caveat affected PyPI/torch@2.1.0
  caveat affected npm/@gradio/client@1.0.0
  caveat affected pkg:maven/org.apache.tika/tika-core@1.28 --format json"
)]
pub(crate) struct Affected {
    /// `ECOSYSTEM/NAME@VERSION`, or a package URL with a version
    #[arg(value_name = "PACKAGE@VERSION")]
    package: String,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Shape::Text)]
    format: Shape,
    #[command(flatten)]
    time: Time,
}

/// How to print an answer.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Shape {
    /// One line for each advisory, the verdict first
    Text,
    /// One object
    Json,
}

pub(crate) fn run(args: &Args, affected: &Affected) -> Result<ExitCode, Failure> {
    let asked = Coordinate::parse(&affected.package).map_err(|error| {
        let help = error.help().map(|help| format!("; {help}"));
        Failure::Question(format!("{error}{}", help.unwrap_or_default()))
    })?;
    let as_of = as_of(&affected.time, now)?;
    let input = work_tree(&root_above(&args.directory)?)?;
    let mut report = Report::default();
    let Some(book) = check(input, as_of, &mut report) else {
        output::report(&report);
        return Err(Failure::Faulty);
    };
    warn_of_embargoed(&book);
    let answer = answer(&book, asked);
    output::data(
        match affected.format {
            Shape::Text => answer.text(),
            Shape::Json => answer.json(),
        }
        .as_bytes(),
    )?;
    Ok(ExitCode::from(match answer.verdict {
        Verdict::No => 0,
        Verdict::Yes => 1,
        Verdict::Unknown | Verdict::Withdrawn => 2,
    }))
}

/// Every advisory that names the package, and what they come to.
pub(crate) fn answer(book: &Book, asked: Coordinate) -> Answer {
    let question = Question::new(asked);
    let mut findings = Vec::new();
    let mut counted = Vec::new();
    for entry in book.entries() {
        for affected in entry
            .affected
            .iter()
            .filter(|affected| question.names(&affected.package))
        {
            let finding = find(&question, entry, affected);
            if matches!(finding.verdict, Verdict::Yes | Verdict::No) {
                counted.push(affected);
            }
            findings.push(finding);
        }
        findings.extend(stood(&question, entry));
    }
    let watched = !findings.is_empty() || question.is_declared(book.project());
    let upgrade = question
        .version()
        .and_then(|version| next(&counted, version));
    Answer::new(question, findings, watched, upgrade)
}

/// What an advisory says of a package that it names in `[[status]]` alone.
fn stood(question: &Question, entry: &Entry) -> Option<Finding> {
    if entry.advisory.withdrawn.is_some() {
        return None;
    }
    let affects = |package: &PackageId| entry.affected.iter().any(|one| one.package == *package);
    let statuses = entry.statuses.iter();
    let named = statuses.filter(|one| question.names(&one.package) && !affects(&one.package));
    let told = named.map(|one| said(question, one));
    // What is known outweighs what is not.
    let (verdict, reason) = told.min_by_key(|(verdict, _)| *verdict == Verdict::Unknown)?;
    Some(finding(entry, verdict, reason, None))
}

fn said(question: &Question, status: &Standing) -> (Verdict, String) {
    let version = match question.version_for(&status.package.ecosystem) {
        Ok(version) => version,
        Err(reason) => return (Verdict::Unknown, reason),
    };
    let mut branches = status.branches.iter();
    if !status.branches.is_empty() && !branches.any(|branch| branch.contains(version)) {
        return (Verdict::Unknown, format!("it says nothing of {version}"));
    }
    match (status.state, &status.reason) {
        (StatusKind::NotAffected, Some(reason)) => (Verdict::No, format!("not affected: {reason}")),
        _ => (Verdict::Unknown, format!("nobody looked at {version}")),
    }
}

fn finding(entry: &Entry, verdict: Verdict, reason: String, range: Option<&Interval>) -> Finding {
    Finding {
        id: entry.id.clone(),
        title: entry.advisory.title.clone(),
        verdict,
        range: range.map(Interval::expression),
        fixed: range.and_then(Interval::fixed).map(ToString::to_string),
        reason,
    }
}

fn find(question: &Question, entry: &Entry, affected: &AffectedPackage) -> Finding {
    let finding = |verdict, reason, range| finding(entry, verdict, reason, range);
    if let Some(withdrawn) = &entry.advisory.withdrawn {
        let reason = format!("withdrawn: {}", withdrawn.reason.label().to_lowercase());
        return finding(Verdict::Withdrawn, reason, None);
    }
    let version = match question.version_for(&affected.package.ecosystem) {
        Ok(version) => version,
        Err(reason) => return finding(Verdict::Unknown, reason, None),
    };
    match affected
        .branches
        .iter()
        .find(|branch| branch.contains(version))
    {
        Some(branch) => {
            let fix = affected
                .target(branch)
                .map_or("no fixed version is known".to_owned(), |fixed| {
                    format!("fixed in {fixed}")
                });
            let reason = format!("in `{}`; {fix}", branch.expression());
            finding(Verdict::Yes, reason, Some(branch))
        }
        None if entry.is_unanalysed(&affected.package, version) => finding(
            Verdict::Unknown,
            format!("nobody looked at {version}"),
            None,
        ),
        None => finding(
            Verdict::No,
            format!("{version} is in no affected range"),
            None,
        ),
    }
}

/// The first version from here on that none of these affects, where one is known.
fn next(counted: &[&AffectedPackage], version: &Version) -> Option<Version> {
    let branches = counted.iter().flat_map(|one| &one.branches);
    let held = Ranges::merge(&branches.cloned().collect::<Vec<Interval>>());
    let fixes: Vec<_> = counted.iter().flat_map(|one| &one.fixes).collect();
    upgrade(&held, &fixes, version)
}
