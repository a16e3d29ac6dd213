//! Owns the judgement: whether what people wrote may be published, and if not, every reason why.
//! Must never read a file, a clock or the network, and never repair what it judges.

mod address;
mod affected;
mod book;
mod calendar;
mod candidate;
mod claim;
mod clocks;
mod colour;
mod crowd;
mod cvss;
mod cwe;
mod destination;
mod discretion;
mod early;
mod id;
mod key_file;
mod keyring;
mod lock;
mod markdown;
mod mend;
mod narrower;
mod openpgp;
mod person;
mod phrases;
mod picture;
mod promise;
mod prose;
mod rule;
mod rules;
mod secret;
mod setting;
mod sources;
mod spelling;
mod support;
mod surname;
#[cfg(test)]
mod tests;
mod text;
mod ties;
mod unnamed;
mod upgrade;
mod withheld;
mod witness;
mod wording;

use std::collections::BTreeMap;

use caveat_advisory::{Advisory, Document, Draft, Input, Past, Project, Timestamp};
use caveat_canary::Withheld;
use caveat_diag::Report;
use caveat_keyring::Keyring;
use rayon::prelude::*;

pub use affected::{AffectedPackage, Fix, Standing};
pub use book::{Book, Entry, PackageId, Score, Weakness};
pub use discretion::Discretion;
pub use early::{Early, Told, early};
pub use key_file::{is_key_file, site_keys};
pub use rule::Rule;
pub use rules::RULES;
pub use ties::{Tie, TieKind};
pub use upgrade::upgrade;
pub use withheld::settled;
pub use witness::{Now, base, is_private, is_public, shows_commits, to_list};

use candidate::Candidate;
use lock::Locks;
use prose::Prose;
use rule::Facts;
use setting::Settings;
use support::Support;
use unnamed::everybody;

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

/// The same as [`check_and_withhold`], for whoever compares the book with an earlier one.
pub fn check_to_compare(
    input: Input,
    as_of: Timestamp,
    report: &mut Report,
) -> Option<(Book, Withheld, Discretion)> {
    let both = |facts: &Facts<'_>| {
        let withheld = withheld::withheld(facts);
        (withheld.clone(), Discretion::new(facts, withheld))
    };
    let (book, (withheld, discretion)) = check_with(input, as_of, report, both)?;
    Some((book, withheld, discretion))
}

/// What may not be repeated of earlier states, whatever faults the files have: they are not judged.
pub fn discretion(input: Input, as_of: Timestamp) -> Discretion {
    let new = |facts: &Facts<'_>, _: &mut Report| Discretion::new(facts, withheld::withheld(facts));
    let found = with_facts(input, as_of, &mut Report::default(), new);
    found.map(|(found, ..)| found).unwrap_or_default()
}

fn check_with<T>(
    input: Input,
    as_of: Timestamp,
    report: &mut Report,
    beside: impl FnOnce(&Facts<'_>) -> T,
) -> Option<(Book, T)> {
    let judged = |facts: &Facts<'_>, report: &mut Report| {
        report.extend(judge(facts));
        (!report.has_errors()).then(|| beside(facts))
    };
    let (beside, project, candidates) = with_facts(input, as_of, report, judged)?;
    let beside = beside?;
    let book = Book::assemble(project.into_data(), candidates, as_of)?;
    Some((book, beside))
}

/// Reads everything, and hands it over as facts. `None` where the project cannot be read.
fn with_facts<T>(
    input: Input,
    as_of: Timestamp,
    report: &mut Report,
    then: impl FnOnce(&Facts<'_>, &mut Report) -> T,
) -> Option<(T, Document<Project>, Vec<Candidate>)> {
    let project = input
        .project
        .and_then(|draft| Document::<Project>::read(draft, report));
    let Some(project) = project else {
        report.extend(shapes(input.advisories));
        return None;
    };
    let past = input.past.as_deref();
    let locks = Locks::read(input.locks, &input.advisories, report);
    let keyring = Keyring::read(&input.keys, report);
    let (candidates, unread, found) = read(input.advisories, &project, &locks, past, as_of);
    if let Some(past) = past {
        past.close();
    }
    report.extend(found);
    let by_id = index(&candidates);
    let (strays, keys, others) = (&input.strays, &input.keys, &input.others);
    let unsaid = candidates.iter().any(|one| one.witness.is_unsaid());
    let unnamed = unsaid.then(|| everybody(project.data(), &candidates));
    let facts = Facts {
        project: &project,
        candidates: &candidates,
        by_id,
        strays,
        locks: &locks,
        sealed: &input.sealed,
        unread: &unread,
        past,
        keys,
        keyring: keyring.as_ref(),
        others,
        templates: &input.templates,
        as_of,
        settings: Settings::new(project.data()),
        support: Support::new(project.data()),
        unnamed: unnamed.as_ref().and_then(Option::as_ref),
    };
    let done = then(&facts, report);
    drop(facts);
    Some((done, project, candidates))
}

/// What can be said of advisories while nobody knows the project.
fn shapes(drafts: Vec<Draft>) -> Report {
    let mut report = Report::default();
    for draft in drafts {
        Document::<Advisory>::read(draft, &mut report);
    }
    report
}

/// Every advisory that could be read, the paths of those that could not, and what is wrong with them.
fn read(
    drafts: Vec<Draft>,
    project: &Document<Project>,
    locks: &Locks,
    past: Option<&dyn Past>,
    as_of: Timestamp,
) -> (Vec<Candidate>, Vec<String>, Report) {
    let one = |draft: Draft| {
        let mut report = Report::default();
        let content = past.map_or_else(String::new, |past| past.content(&draft.bytes));
        let path = draft.path.clone();
        let document = Document::<Advisory>::read(draft, &mut report);
        let candidate = document.map(|document| {
            let lock = locks.of(document.path()).cloned();
            let candidate = Candidate::new(document, project.data(), lock);
            match past {
                Some(past) => candidate.witnessed(past, project.data(), &content, as_of),
                None => candidate,
            }
        });
        (candidate.ok_or(path), report)
    };
    let read: Vec<_> = drafts.into_par_iter().map(one).collect();
    let (mut candidates, mut unread) = (Vec::with_capacity(read.len()), Vec::new());
    let mut all = Report::default();
    for (candidate, report) in read {
        match candidate {
            Ok(candidate) => candidates.push(candidate),
            Err(path) => unread.push(path),
        }
        all.extend(report);
    }
    (candidates, unread, all)
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

/// Reads a CVSS vector of any version.
///
/// # Errors
/// Why it is none.
pub fn score(vector: &str) -> Result<Score, String> {
    cvss::score(vector)
}
