//! Owns which clocks and events of an advisory readers may see: those that `policy.clock.public` names, all where it names none.
//! Must never let a date through that the policy keeps private, not even as part of a count.

use caveat_advisory::{Event, LegalSheet, Policy, Timestamp};
use caveat_check::{Book, Entry};
use caveat_clock::{Case, Reading, readings};
use caveat_versions::Interval;

/// The events that readers see; empty is all.
fn public(policy: &Policy) -> &[Event] {
    let clock = policy.clock.as_ref();
    clock.map_or(&[], |clock| &clock.public)
}

/// May readers know whether such an event happened?
pub fn is_public(book: &Book, event: Event) -> bool {
    let public = public(&book.project().policy);
    public.is_empty() || public.contains(&event)
}

/// When an event happened, where readers may know.
pub fn event(book: &Book, entry: &Entry, event: Event) -> Option<Timestamp> {
    let shown = is_public(book, event);
    entry
        .advisory
        .timeline
        .get(&event)
        .copied()
        .filter(|_| shown)
}

/// Every event that readers see, in the order of time.
pub fn events(book: &Book, entry: &Entry) -> Vec<(Timestamp, Event)> {
    let known = entry.advisory.timeline.keys().copied();
    let mut events: Vec<(Timestamp, Event)> = known
        .filter_map(|name| Some((event(book, entry, name)?, name)))
        .collect();
    events.sort();
    events
}

/// What became of every promise that the policy makes to anybody. None without `[policy.clock]`.
pub fn promises(book: &Book, entry: &Entry) -> Vec<Reading> {
    let policy = &book.project().policy;
    if policy.clock.is_none() {
        return Vec::new();
    }
    let mut all = readings(&case(book, entry));
    all.retain(|reading| reading.promise.is_made(policy) && reading.is_public(public(policy)));
    all
}

/// The deadlines of each sheet that the policy names, where the law asks for anything.
pub fn legal(book: &Book, entry: &Entry) -> Vec<(LegalSheet, Vec<Reading>)> {
    let policy = &book.project().policy;
    let sheets = policy.clock.iter().flat_map(|clock| &clock.legal);
    let read = sheets.map(|sheet| {
        let mut all = caveat_clock::legal(*sheet, &case(book, entry));
        all.retain(|reading| reading.is_public(public(policy)));
        (*sheet, all)
    });
    read.filter(|(_, readings)| !readings.is_empty()).collect()
}

fn case<'b>(book: &'b Book, entry: &'b Entry) -> Case<'b> {
    let branches = entry.affected.iter().flat_map(|one| &one.branches);
    let mut fixed = branches.filter_map(Interval::fixed);
    Case {
        policy: &book.project().policy,
        advisory: &entry.advisory,
        unfixed: fixed.next().is_none(),
        open: false,
        as_of: book.as_of(),
    }
}
