//! Owns the judgement: whether what people wrote may be published, and if not, every reason why.
//! Must never read a file, a clock or the network, and never repair what it judges.

mod address;
mod book;
mod calendar;
mod candidate;
mod claim;
mod clocks;
mod crowd;
mod cvss;
mod cwe;
mod destination;
mod early;
mod encoding;
mod id;
mod lock;
mod markdown;
mod mend;
mod person;
mod phrases;
mod promise;
mod prose;
mod rule;
mod rules;
mod secret;
mod setting;
mod spelling;
mod support;
mod surname;
#[cfg(test)]
mod tests;
mod text;
mod withheld;
mod wording;

use std::collections::BTreeMap;

use caveat_advisory::{Advisory, Document, Input, Project, Timestamp};
use caveat_canary::Withheld;
use caveat_diag::Report;
use rayon::prelude::*;

pub use book::{AffectedPackage, Book, Entry, PackageId, Score, Weakness};
pub use early::{Early, Told, early};
pub use rule::Rule;
pub use rules::RULES;

use candidate::Candidate;
use lock::Locks;
use prose::Prose;
use rule::Facts;
use setting::Settings;
use support::Support;

/// Reads and judges everything in `input` as of one moment.
///
/// Everything that is wrong goes into `report`. A [`Book`] comes back only if nothing of it is an error.
pub fn check(input: Input, as_of: Timestamp, report: &mut Report) -> Option<Book> {
    let (book, ()) = check_with(input, as_of, report, |_| ())?;
    Some(book)
}

/// The same as [`check`], with the words of all that is not in the book: whoever publishes looks for them.
pub fn check_and_withhold(
    input: Input,
    as_of: Timestamp,
    report: &mut Report,
) -> Option<(Book, Withheld)> {
    check_with(input, as_of, report, withheld::withheld)
}

fn check_with<T>(
    input: Input,
    as_of: Timestamp,
    report: &mut Report,
    beside: impl FnOnce(&Facts<'_>) -> T,
) -> Option<(Book, T)> {
    let project = input
        .project
        .and_then(|draft| Document::<Project>::read(draft, report));
    let Some(project) = project else {
        report.extend(shapes(input.advisories));
        return None;
    };
    let locks = Locks::read(input.locks, &input.advisories, report);
    let (candidates, found) = read(input.advisories, &project, &locks);
    report.extend(found);
    let by_id = index(&candidates);
    let (strays, keys, others) = (&input.strays, &input.keys, &input.others);
    let facts = Facts {
        project: &project,
        candidates: &candidates,
        by_id,
        strays,
        locks: &locks,
        sealed: &input.sealed,
        keys,
        others,
        templates: &input.templates,
        as_of,
        settings: Settings::new(project.data()),
        support: Support::new(project.data()),
    };
    report.extend(judge(&facts));
    if report.has_errors() {
        return None;
    }
    let beside = beside(&facts);
    drop(facts);
    let book = Book::assemble(project.into_data(), candidates, as_of)?;
    Some((book, beside))
}

/// What can be said of advisories while nobody knows the project.
fn shapes(drafts: Vec<caveat_advisory::Draft>) -> Report {
    let mut report = Report::default();
    for draft in drafts {
        Document::<Advisory>::read(draft, &mut report);
    }
    report
}

fn read(
    drafts: Vec<caveat_advisory::Draft>,
    project: &Document<Project>,
    locks: &Locks,
) -> (Vec<Candidate>, Report) {
    let one = |draft| {
        let mut report = Report::default();
        let document = Document::<Advisory>::read(draft, &mut report);
        (
            document.map(|document| {
                let lock = locks.of(document.path()).cloned();
                Candidate::new(document, project.data(), lock)
            }),
            report,
        )
    };
    let read: Vec<_> = drafts.into_par_iter().map(one).collect();
    let (mut candidates, mut all) = (Vec::with_capacity(read.len()), Report::default());
    for (candidate, report) in read {
        candidates.extend(candidate);
        all.extend(report);
    }
    (candidates, all)
}

/// Where each id stands first.
fn index(candidates: &[Candidate]) -> BTreeMap<&str, usize> {
    let mut by_id = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        if let Some(id) = &candidate.advisory().id {
            by_id.entry(id.as_str()).or_insert(index);
        }
    }
    by_id
}

fn judge(facts: &Facts<'_>) -> Report {
    let mut all = Report::default();
    for rule in RULES {
        all.extend(rule.judge_feed(facts));
    }
    let each = |candidate: &Candidate| {
        let mut found = Report::default();
        let prose = Prose::new(candidate);
        for rule in RULES {
            found.extend(rule.judge_advisory(facts, &prose));
        }
        found
    };
    let found: Vec<Report> = facts.candidates.par_iter().map(each).collect();
    for report in found {
        all.extend(report);
    }
    all
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    let at = RULES.binary_search_by(|rule| rule.code.cmp(code));
    at.ok().map(|at| RULES[at])
}

/// Reads a CVSS vector of any version: a door for the fuzzer alone.
///
/// # Errors
/// Why it is none.
#[cfg(fuzzing)]
pub fn score(vector: &str) -> Result<Score, String> {
    cvss::score(vector)
}
