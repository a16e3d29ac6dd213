//! Owns carrying events through a history: for each commit, the events that decide.
//! Must never take more than one step for a commit, apart from merges of lines that differ.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Effect, Event, Graph};

/// A set of events, sorted, by their places in the list of events.
type Set = Vec<usize>;

/// Which events decide at each commit: those among it and its ancestors that no other of them follows.
pub(crate) struct Flow {
    /// For each commit, a place in `sets`.
    of: Vec<u32>,
    sets: Vec<Set>,
    /// For each event, all events before it.
    before: Vec<BTreeSet<usize>>,
}

/// What the deciding events come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// The flaw was never there.
    Never,
    /// It is there.
    There,
    /// It is gone.
    Gone,
    /// Lines meet of which one has it and the other is rid of it.
    Both,
}

impl Flow {
    /// Events that are only parts of a fix carry nothing, but have a past all the same.
    pub(crate) fn new(graph: &Graph, events: &[Event]) -> Self {
        let at: BTreeMap<u32, usize> = events
            .iter()
            .enumerate()
            .map(|(at, event)| (event.commit, at))
            .collect();
        let mut made = Making {
            flow: Self {
                of: Vec::with_capacity(graph.commits().len()),
                sets: vec![Vec::new()],
                before: vec![BTreeSet::new(); events.len()],
            },
            interned: BTreeMap::from([(Vec::new(), 0)]),
            unions: BTreeMap::new(),
        };
        for (place, commit) in (0..).zip(graph.commits()) {
            let mut set = 0;
            for parent in &commit.parents {
                set = made.union(set, made.flow.of[*parent as usize]);
            }
            if let Some(event) = at.get(&place) {
                made.flow.before[*event] = made.flow.closure(set);
                if !events[*event].part {
                    set = made.intern(vec![*event]);
                }
            }
            made.flow.of.push(set);
        }
        made.flow
    }

    /// The events that decide at a commit.
    pub(crate) fn deciding(&self, commit: u32) -> &[usize] {
        &self.sets[self.of[commit as usize] as usize]
    }

    /// All events among a commit and its ancestors, but for parts.
    pub(crate) fn reaching(&self, commit: u32) -> BTreeSet<usize> {
        self.closure(self.of[commit as usize])
    }

    /// All events before an event.
    pub(crate) fn before(&self, event: usize) -> &BTreeSet<usize> {
        &self.before[event]
    }

    /// What holds at a commit.
    pub(crate) fn state(&self, commit: u32, events: &[Event], from_the_start: bool) -> State {
        let deciding = self.deciding(commit);
        let any = |effect| deciding.iter().any(|event| events[*event].effect == effect);
        match (any(Effect::Starts), any(Effect::Ends)) {
            (true, true) => State::Both,
            (true, false) => State::There,
            (false, true) => State::Gone,
            (false, false) if from_the_start => State::There,
            (false, false) => State::Never,
        }
    }

    fn closure(&self, set: u32) -> BTreeSet<usize> {
        let mut all = BTreeSet::new();
        for event in &self.sets[set as usize] {
            all.insert(*event);
            all.extend(&self.before[*event]);
        }
        all
    }
}

/// Sets are kept once, and so are the unions of two: most commits of a history share a few.
struct Making {
    flow: Flow,
    interned: BTreeMap<Set, u32>,
    unions: BTreeMap<(u32, u32), u32>,
}

impl Making {
    fn union(&mut self, a: u32, b: u32) -> u32 {
        // Nothing adds nothing; the flaw that was there from the start is no event.
        if a == b || b == 0 {
            return a;
        }
        if a == 0 {
            return b;
        }
        let key = (a.min(b), a.max(b));
        if let Some(known) = self.unions.get(&key) {
            return *known;
        }
        let sets = [a, b].map(|set| &self.flow.sets[set as usize]);
        let all: BTreeSet<usize> = sets.into_iter().flatten().copied().collect();
        let followed: BTreeSet<usize> = all
            .iter()
            .flat_map(|event| &self.flow.before[*event])
            .copied()
            .collect();
        let last = all.difference(&followed).copied().collect();
        let union = self.intern(last);
        self.unions.insert(key, union);
        union
    }

    fn intern(&mut self, set: Set) -> u32 {
        if let Some(known) = self.interned.get(&set) {
            return *known;
        }
        let number = u32::try_from(self.flow.sets.len()).unwrap_or(u32::MAX);
        self.flow.sets.push(set.clone());
        self.interned.insert(set, number);
        number
    }
}
