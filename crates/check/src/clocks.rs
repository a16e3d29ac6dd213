//! Owns the clocks of an advisory that is being judged: what was promised for it, and what came of that.
//! Must never report.

use caveat_advisory::{Event, Timestamp};
use caveat_clock::{Case, Mark, Moment, Promise, Reading, readings};
use caveat_versions::Interval;

use crate::candidate::Candidate;
use crate::rule::Facts;

/// Every clock with a promise, read when the advisory comes out, or now. None for a withdrawn one: it was no flaw.
pub(crate) fn clocks(facts: &Facts<'_>, candidate: &Candidate) -> Vec<Reading> {
    let out = candidate.embargoed_until();
    read(
        facts,
        candidate,
        out.map_or(facts.as_of, |out| out.max(facts.as_of)),
    )
}

/// The same, read now, whenever the advisory comes out.
pub(crate) fn clocks_now(facts: &Facts<'_>, candidate: &Candidate) -> Vec<Reading> {
    read(facts, candidate, facts.as_of)
}

fn read(facts: &Facts<'_>, candidate: &Candidate, as_of: Timestamp) -> Vec<Reading> {
    let policy = &facts.project.data().policy;
    let promised = Promise::ALL.iter().any(|promise| promise.is_made(policy));
    if !promised || candidate.advisory().withdrawn.is_some() {
        return Vec::new();
    }
    let case = Case {
        policy,
        advisory: candidate.advisory(),
        unfixed: is_unfixed(candidate),
        open: !candidate.is_public(facts.as_of),
        as_of,
    };
    readings(&case)
}

fn is_unfixed(candidate: &Candidate) -> bool {
    let branches = candidate.rows.iter().flat_map(|row| &row.branches);
    let mut read = branches.filter_map(|branch| branch.as_ref().ok());
    read.all(|branch: &Interval| branch.fixed().is_none())
}

/// The field of `caveat.toml` that holds the promise.
pub(crate) fn promised_at(facts: &Facts<'_>, candidate: &Candidate, promise: Promise) -> String {
    let class = &candidate.advisory().severity;
    let classes = &facts.project.data().policy.severities;
    let at = classes.iter().position(|known| known.id == *class);
    crate::promise::field(promise, at.unwrap_or(0))
}

/// The field of the advisory that holds a moment.
pub(crate) fn written_at(candidate: &Candidate, moment: Moment) -> String {
    let updates = &candidate.advisory().updates;
    match moment.mark {
        Mark::Event(event) => field(event),
        Mark::Published => "revision[0].at".to_owned(),
        Mark::Update => {
            let nth = updates.iter().position(|at| *at == moment.at);
            format!("timeline.updates[{}]", nth.unwrap_or(0))
        }
    }
}

/// Where an event is written.
pub(crate) fn field(event: Event) -> String {
    format!("timeline.{}", event.as_str())
}
