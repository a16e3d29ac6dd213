//! Owns sets of versions of one order: union, intersection, complement, and the events that OSV writes for them.
//! Must never tell a version that an order places between two others from one that was really released.

use std::mem;
use std::ops::Bound;

use crate::{Interval, Upper, Version};

/// A place between versions: `Before(v)` and `After(v)` are the two sides of `v`, so that every stretch is half-open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    Beginning,
    Before(Version),
    After(Version),
    End,
}

/// A set of versions: stretches between two cuts, sorted, neither overlapping nor touching.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges {
    stretches: Vec<(Cut, Cut)>,
}

/// One event of an OSV range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The first affected version; `None` is the beginning, which OSV writes as `0`.
    Introduced(Option<Version>),
    /// The first version without the flaw.
    Fixed(Version),
    /// The last version known to have it.
    LastAffected(Version),
}

impl Cut {
    /// Versions first, then the side.
    fn key(&self) -> (u8, Option<&Version>, bool) {
        match self {
            Self::Beginning => (0, None, false),
            Self::Before(version) => (1, Some(version), false),
            Self::After(version) => (1, Some(version), true),
            Self::End => (2, None, false),
        }
    }
}

impl Ord for Cut {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for Cut {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ranges {
    /// Every version.
    pub fn all() -> Self {
        Self {
            stretches: vec![(Cut::Beginning, Cut::End)],
        }
    }

    /// The union of branches: sorted, those that overlap or touch made one.
    pub fn merge(branches: &[Interval]) -> Self {
        let cuts = |branch: &Interval| {
            let from = branch.lower().cloned().map_or(Cut::Beginning, Cut::Before);
            let to = match branch.upper().clone() {
                Upper::Fixed(version) => Cut::Before(version),
                Upper::LastAffected(version) => Cut::After(version),
                Upper::Open => Cut::End,
            };
            (from, to)
        };
        Self::of(branches.iter().map(cuts).collect())
    }

    fn of(mut stretches: Vec<(Cut, Cut)>) -> Self {
        stretches.sort();
        let mut merged: Vec<(Cut, Cut)> = Vec::with_capacity(stretches.len());
        for (from, to) in stretches {
            match merged.last_mut() {
                Some((_, end)) if *end >= from => {
                    if *end < to {
                        *end = to;
                    }
                }
                _ => merged.push((from, to)),
            }
        }
        Self { stretches: merged }
    }

    /// From which place to which, in order.
    pub(crate) fn cuts(&self) -> &[(Cut, Cut)] {
        &self.stretches
    }

    /// Every stretch, in order, by its two ends: what other forms than range strings are written from.
    pub fn bounds(&self) -> impl Iterator<Item = (Bound<&Version>, Bound<&Version>)> {
        let bound = |cut| match cut {
            &Cut::Beginning | &Cut::End => (Bound::Unbounded, Bound::Unbounded),
            Cut::Before(version) => (Bound::Included(version), Bound::Excluded(version)),
            Cut::After(version) => (Bound::Excluded(version), Bound::Included(version)),
        };
        let stretches = self.stretches.iter();
        stretches.map(move |(from, to)| (bound(from).0, bound(to).1))
    }

    /// Is there nothing in it?
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// Is this version in it?
    pub fn contains(&self, version: &Version) -> bool {
        self.stretch(version).is_some()
    }

    /// Where the stretch that a version is in ends: the first version from there on that is in none, where one is known.
    pub fn end_of(&self, version: &Version) -> Option<&Version> {
        match self.stretch(version)? {
            (_, Cut::Before(end)) => Some(end),
            _ => None,
        }
    }

    fn stretch(&self, version: &Version) -> Option<&(Cut, Cut)> {
        let (before, after) = ((1, Some(version), false), (1, Some(version), true));
        let at = self
            .stretches
            .partition_point(|(from, _)| from.key() < after);
        let last = at.checked_sub(1).and_then(|at| self.stretches.get(at))?;
        (last.1.key() > before).then_some(last)
    }

    /// Every other version.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut stretches = Vec::with_capacity(self.stretches.len() + 1);
        let mut start = Cut::Beginning;
        for (from, to) in self.stretches.iter().cloned() {
            let start = mem::replace(&mut start, to);
            if start < from {
                stretches.push((start, from));
            }
        }
        if start < Cut::End {
            stretches.push((start, Cut::End));
        }
        Self { stretches }
    }

    /// The versions in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let (mut ours, mut theirs) = (
            self.stretches.iter().peekable(),
            other.stretches.iter().peekable(),
        );
        let mut stretches = Vec::new();
        while let (Some(a), Some(b)) = (ours.peek(), theirs.peek()) {
            let (from, to) = ((&a.0).max(&b.0), (&a.1).min(&b.1));
            if from < to {
                stretches.push((from.clone(), to.clone()));
            }
            if a.1 <= b.1 {
                ours.next();
            } else {
                theirs.next();
            }
        }
        Self { stretches }
    }

    /// The versions in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::of([&*self.stretches, &*other.stretches].concat())
    }

    /// The versions in this one but not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }

    /// Is no version in both?
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).is_empty()
    }

    /// The set as branches, in order. `None` where one would begin just after a version: no range string says that,
    /// and only a complement has it.
    pub fn branches(&self) -> Option<Vec<Interval>> {
        let branch = |(from, to): &(Cut, Cut)| {
            let lower = match from {
                Cut::Beginning => None,
                Cut::Before(version) => Some(version.clone()),
                Cut::After(_) | Cut::End => return None,
            };
            let upper = match to {
                Cut::Before(version) => Upper::Fixed(version.clone()),
                Cut::After(version) => Upper::LastAffected(version.clone()),
                Cut::End => Upper::Open,
                Cut::Beginning => return None,
            };
            Interval::new(lower, upper)
        };
        self.stretches.iter().map(branch).collect()
    }
}

/// The first two branches, by where they begin, that share a version, as places in this list.
pub fn overlap(branches: &[Interval]) -> Option<(usize, usize)> {
    let mut sorted: Vec<(usize, &Interval)> = branches.iter().enumerate().collect();
    sorted.sort_by(|(_, a), (_, b)| a.cmp_lower(b));
    // Where none overlapped before, each branch can only reach into the next.
    let mut pairs = sorted.windows(2);
    let found = pairs.find(|pair| pair[0].1.overlaps(pair[1].1))?;
    Some((found[0].0, found[1].0))
}

/// The first two branches of which one begins where the other ends, as places in this list: the earlier first.
pub fn touch(branches: &[Interval]) -> Option<(usize, usize)> {
    let mut sorted: Vec<(usize, &Interval)> = branches.iter().enumerate().collect();
    sorted.sort_by(|(_, a), (_, b)| a.cmp_lower(b));
    let mut pairs = sorted.windows(2);
    let found = pairs.find(|pair| pair[0].1.touches(pair[1].1))?;
    Some((found[0].0, found[1].0))
}

/// The branches as OSV ranges: each one strictly alternates, beginning with `introduced`. Branches with a fix or without
/// an end come in the first, those with a last affected version in a second: OSV forbids both kinds of end in one range,
/// and pip-audit shows fixes from the first one only.
pub fn events(branches: &[Interval]) -> Vec<Vec<Event>> {
    let last = |branch: &Interval| matches!(branch.upper(), Upper::LastAffected(_));
    let merged = Ranges::merge(branches).branches().unwrap_or_default();
    let (last, fixed): (Vec<_>, Vec<_>) = merged.into_iter().partition(last);
    let range = |branches: Vec<Interval>| branches.iter().flat_map(pair).collect::<Vec<Event>>();
    let ranges = [fixed, last].map(range);
    ranges
        .into_iter()
        .filter(|events| !events.is_empty())
        .collect()
}

fn pair(branch: &Interval) -> impl Iterator<Item = Event> {
    let end = match branch.upper().clone() {
        Upper::Fixed(version) => Some(Event::Fixed(version)),
        Upper::LastAffected(version) => Some(Event::LastAffected(version)),
        Upper::Open => None,
    };
    [Event::Introduced(branch.lower().cloned())]
        .into_iter()
        .chain(end)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod universe;
