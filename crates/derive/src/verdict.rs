//! Owns what a history comes to for people: a verdict for each tag, and ranges of versions.
//! Must never call a version free of the flaw where the lines of history disagree.

use caveat_versions::{Interval, Upper, Version};

use crate::flow::{Flow, State};
use crate::scheme::Scheme;
use crate::{Effect, Event, Evidence, Graph, Id};

/// What holds for the code at a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It has the flaw.
    Affected,
    /// It had the flaw and is rid of it.
    Fixed,
    /// It never had it.
    Never,
    /// It is where two lines meet: one has the flaw, the other is rid of it. Counts as affected.
    Uncertain,
}

impl Verdict {
    /// Must readers be warned?
    pub fn is_affected(self) -> bool {
        matches!(self, Self::Affected | Self::Uncertain)
    }
}

/// A tag that names a version, and what holds for it.
#[derive(Clone, Debug)]
pub struct TagVerdict {
    /// Its name.
    pub name: String,
    /// The version that it names.
    pub version: Version,
    /// The commit that it is at.
    pub commit: Id,
    /// What holds.
    pub verdict: Verdict,
    /// The commits that decide it; none where it never had the flaw, or always.
    pub by: Vec<Id>,
    /// All events in it, by their places in the list.
    pub(crate) holds: Vec<usize>,
}

/// Every tag that names a version, by version.
pub(crate) fn verdicts(
    graph: &Graph,
    flow: &Flow,
    events: &[Event],
    from_the_start: bool,
    versions: &dyn Fn(&str) -> Option<Version>,
) -> Vec<TagVerdict> {
    let judged = |tag: &crate::Tag| {
        let version = versions(&tag.name)?;
        let verdict = match flow.state(tag.commit, events, from_the_start) {
            State::Never => Verdict::Never,
            State::There => Verdict::Affected,
            State::Gone => Verdict::Fixed,
            State::Both => Verdict::Uncertain,
        };
        let id = |event: &usize| graph.commit(events[*event].commit).id;
        Some(TagVerdict {
            name: tag.name.clone(),
            version,
            commit: graph.commit(tag.commit).id,
            verdict,
            by: flow.deciding(tag.commit).iter().map(id).collect(),
            holds: flow.reaching(tag.commit).into_iter().collect(),
        })
    };
    let mut all: Vec<TagVerdict> = graph.tags().iter().filter_map(judged).collect();
    all.sort_by(|a, b| a.version.cmp(&b.version).then_with(|| a.name.cmp(&b.name)));
    all
}

/// The version that a tag names by the first pattern that fits.
pub(crate) fn version_by(
    schemes: &[Scheme],
    order: caveat_versions::Order,
) -> impl Fn(&str) -> Option<Version> {
    move |tag| schemes.iter().find_map(|scheme| scheme.version(order, tag))
}

/// Half-open runs of affected versions. Where the flaw is older than the history, the first run has no beginning.
pub(crate) fn ranges(tags: &[TagVerdict], from_the_start: bool) -> Vec<Interval> {
    let mut runs: Vec<Interval> = Vec::new();
    let mut open: Option<Option<Version>> = None;
    for (at, same) in tags.chunk_by(|a, b| a.version == b.version).enumerate() {
        let version = &same[0].version;
        // Two tags may name one version: it is as bad as the worse of them.
        let affected = same.iter().any(|tag| tag.verdict.is_affected());
        match (open.take(), affected) {
            (None, true) if at == 0 && from_the_start => open = Some(None),
            (None, true) => open = Some(Some(version.clone())),
            (Some(lower), true) => open = Some(lower),
            (Some(lower), false) => {
                runs.extend(Interval::new(lower, Upper::Fixed(version.clone())));
            }
            (None, false) => {}
        }
    }
    runs.extend(open.and_then(|lower| Interval::new(lower, Upper::Open)));
    runs
}

/// Given fixes that no release has although the newest one is affected.
pub(crate) fn unreleased(
    graph: &Graph,
    events: &[Event],
    tags: &[TagVerdict],
    ranges: &[Interval],
) -> Vec<Id> {
    let open = |range: &Interval| *range.upper() == Upper::Open;
    if !ranges.last().is_some_and(open) {
        return Vec::new();
    }
    let waits = |(at, event): &(usize, &Event)| {
        let given = event.evidence == Evidence::Given;
        let fixes = given && event.effect == Effect::Ends && !event.part;
        fixes && !tags.iter().any(|tag| tag.holds.contains(at))
    };
    let waiting = events.iter().enumerate().filter(waits);
    waiting
        .map(|(_, event)| graph.commit(event.commit).id)
        .collect()
}
