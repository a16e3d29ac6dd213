//! Owns finding the commits that carry an event elsewhere or undo it.
//! Must never compare the changes of commits that nothing else connects: a patch is costly to make.

use std::collections::{BTreeMap, BTreeSet};

use crate::flow::{Flow, State};
use crate::graph::Named;
use crate::message::{core, plain, reverted};
use crate::{Commit, Effect, Event, Evidence, Graph, PatchId, Way};

/// Makes the hash of what the commit at a place changes, or of what takes that back; `None` for merges and where git
/// cannot say.
pub(crate) type Patches<'p> = &'p mut dyn FnMut(u32, Way) -> Option<PatchId>;

/// A subject that more commits than these have in common says nothing.
const MANY: usize = 500;

/// The given events and all that follow from them, to the last revert of a revert.
pub(crate) fn recognise(
    graph: &Graph,
    given: &[(u32, Effect)],
    patches: Patches<'_>,
) -> Vec<Event> {
    let (mentions, unclear) = mentions(graph);
    let mut search = Search {
        graph,
        events: Vec::new(),
        known: BTreeMap::new(),
        mentions,
        unclear,
        patches,
        made: BTreeMap::new(),
    };
    for (commit, effect) in given {
        search.add(*commit, *effect, Evidence::Given);
    }
    let mut next = 0;
    loop {
        while let Some(event) = search.events.get(next).copied() {
            search.mentioned(&event);
            search.twins(&event);
            search.reverted_by_name(&event);
            next += 1;
        }
        search.through_merges();
        if next == search.events.len() {
            break;
        }
    }
    let Search { mut events, .. } = search;
    mark_parts(graph, &mut events);
    events
}

/// A commit that names another one.
struct Mention {
    by: u32,
    of: u32,
    reverts: bool,
}

/// All that names one commit; and the commits that revert something by digits which several have.
fn mentions(graph: &Graph) -> (Vec<Mention>, BTreeSet<u32>) {
    let (mut all, mut unclear) = (Vec::new(), BTreeSet::new());
    for (by, commit) in (0..).zip(graph.commits()) {
        let picked = commit.picked.iter().map(|hash| (hash, false));
        let reverts = commit.reverts.iter().map(|hash| (hash, true));
        for (hash, reverts) in picked.chain(reverts) {
            match graph.find(hash) {
                Named::One(of) => all.push(Mention { by, of, reverts }),
                Named::Several if reverts => drop(unclear.insert(by)),
                Named::Several | Named::Nobody => {}
            }
        }
    }
    // Places depend on what else a clone has, hashes do not.
    all.sort_by_key(|mention| graph.commit(mention.by).id);
    (all, unclear)
}

struct Search<'g, 'p> {
    graph: &'g Graph,
    events: Vec<Event>,
    /// Places of commits that are events already.
    known: BTreeMap<u32, usize>,
    mentions: Vec<Mention>,
    /// Commits that revert something, and nobody can tell from the hash what.
    unclear: BTreeSet<u32>,
    patches: Patches<'p>,
    made: BTreeMap<(u32, Way), Option<PatchId>>,
}

impl Search<'_, '_> {
    /// What is known first counts: what is given cannot be read otherwise.
    fn add(&mut self, commit: u32, effect: Effect, evidence: Evidence) {
        self.known.entry(commit).or_insert_with(|| {
            self.events.push(Event {
                commit,
                effect,
                evidence,
                part: false,
            });
            self.events.len() - 1
        });
    }

    /// Commits whose messages say that they pick or revert the event.
    fn mentioned(&mut self, event: &Event) {
        let id = self.graph.commit(event.commit).id;
        let undoes = |commit: u32| !self.graph.commit(commit).reverts.is_empty();
        let about = self.mentions.iter().filter(|mention| {
            // What reverts something may quote the message of what it reverts.
            let own = mention.reverts || !undoes(mention.by) || undoes(event.commit);
            own && mention.of == event.commit
        });
        let about: Vec<(u32, bool)> = about.map(|found| (found.by, found.reverts)).collect();
        for (by, reverts) in about {
            if reverts {
                self.add(by, event.effect.undone(), Evidence::Reverts(id));
            } else {
                self.add(by, event.effect, Evidence::Picked(id));
            }
        }
    }

    /// Commits by the same author at the same moment, and commits of the same subject that make the same change.
    fn twins(&mut self, event: &Event) {
        let own = self.graph.commit(event.commit);
        let subject = core(&own.subject);
        let at_once = |other: &Commit| other.written == own.written && other.author == own.author;
        let named_alike = |other: &Commit| !subject.is_empty() && core(&other.subject) == subject;
        let alike = |(_, other): &(u32, &Commit)| {
            other.parents.len() < 2 && (at_once(other) || named_alike(other))
        };
        let mut alike: Vec<(u32, &Commit)> =
            (0..).zip(self.graph.commits()).filter(alike).collect();
        if alike.len() > MANY {
            alike.retain(|(_, other)| at_once(other));
        }
        alike.sort_by_key(|(_, other)| other.id);
        for (place, other) in alike {
            if self.known.contains_key(&place) {
                continue;
            }
            let patch = self.patch(event.commit, Way::Forth);
            if patch.is_some() && self.patch(place, Way::Forth) == patch {
                self.add(place, event.effect, Evidence::SamePatch(own.id));
            } else if at_once(other) && named_alike(other) {
                self.add(place, event.effect, Evidence::SameAuthor(own.id));
            }
        }
    }

    /// Commits after the event whose subjects say that they revert it, and whose messages do not say what they revert.
    fn reverted_by_name(&mut self, event: &Event) {
        let own = self.graph.commit(event.commit);
        let subject = plain(&own.subject);
        let named = |(place, other): &(u32, &Commit)| {
            let unsaid = other.reverts.is_empty() || self.unclear.contains(place);
            let alone = unsaid && other.parents.len() == 1;
            alone && reverted(&other.subject).is_some_and(|name| name == subject)
        };
        let mut named: Vec<(u32, &Commit)> =
            (0..).zip(self.graph.commits()).filter(named).collect();
        if named.is_empty() {
            return;
        }
        named.sort_by_key(|(_, other)| other.id);
        let flow = Flow::new(self.graph, &self.events);
        let at = self.known.get(&event.commit).copied().unwrap_or_default();
        for (place, _) in named {
            if self.known.contains_key(&place) || !flow.reaching(place).contains(&at) {
                continue;
            }
            let patch = self.patch(event.commit, Way::Forth);
            let back = patch.is_some() && self.patch(place, Way::Back) == patch;
            let evidence = if back {
                Evidence::TakesBack(own.id)
            } else {
                Evidence::RevertsByName(own.id)
            };
            self.add(place, event.effect.undone(), evidence);
        }
    }

    fn patch(&mut self, commit: u32, way: Way) -> Option<PatchId> {
        let patches = &mut self.patches;
        let made = self.made.entry((commit, way));
        *made.or_insert_with(|| patches(commit, way))
    }

    /// Commits that pick or revert a merge which brought events: forges revert whole pull requests that way.
    fn through_merges(&mut self) {
        let mut found = Vec::new();
        let mut flow = None;
        for mention in &self.mentions {
            let merge = mention.of;
            if self.graph.commit(merge).parents.len() < 2 {
                continue;
            }
            if self.known.contains_key(&mention.by) || self.known.contains_key(&merge) {
                continue;
            }
            let flow = flow.get_or_insert_with(|| Flow::new(self.graph, &self.events));
            let effect = through(self.graph, flow, &self.events, merge, mention.reverts);
            let id = self.graph.commit(merge).id;
            let evidence = if mention.reverts {
                Evidence::Reverts(id)
            } else {
                Evidence::Picked(id)
            };
            found.extend(effect.map(|effect| (mention.by, effect, evidence)));
        }
        for (commit, effect, evidence) in found {
            self.add(commit, effect, evidence);
        }
    }
}

/// What picking or reverting a merge does: a revert leaves what was on the line of the first parent.
fn through(graph: &Graph, flow: &Flow, events: &[Event], merge: u32, back: bool) -> Option<Effect> {
    let first = *graph.commit(merge).parents.first()?;
    if flow.reaching(merge) == flow.reaching(first) {
        return None;
    }
    let given = |event: &Event| event.evidence == Evidence::Given;
    let starts = |event: &&Event| given(event) && event.effect == Effect::Starts;
    let from_the_start = events.iter().find(starts).is_none();
    let [before, after] = [first, merge].map(|place| flow.state(place, events, from_the_start));
    match (before, after) {
        (State::There | State::Both, _) if back => Some(Effect::Starts),
        (State::Gone | State::Never, _) if back => Some(Effect::Ends),
        (State::There, State::Gone) => Some(Effect::Ends),
        (State::Gone | State::Never, State::There) => Some(Effect::Starts),
        _ => None,
    }
}

/// A fix that another given fix follows, while the flaw did not come back between them, was only a part.
/// So are the commits that carry it elsewhere.
fn mark_parts(graph: &Graph, events: &mut [Event]) {
    let flow = Flow::new(graph, events);
    let is_fix = |at: usize| {
        let event: &Event = &events[at];
        event.effect == Effect::Ends && event.evidence == Evidence::Given
    };
    let back = |part: usize, whole: usize| {
        let mut between = flow.before(whole).iter();
        between.any(|at| events[*at].effect == Effect::Starts && flow.before(*at).contains(&part))
    };
    let completed = |part: usize, whole: usize| {
        is_fix(whole) && flow.before(whole).contains(&part) && !back(part, whole)
    };
    let all = 0..events.len();
    let parts = all
        .clone()
        .map(|part| is_fix(part) && all.clone().any(|whole| completed(part, whole)));
    let parts: Vec<bool> = parts.collect();
    for (event, part) in events.iter_mut().zip(&parts) {
        event.part = *part;
    }
    // Events stand after those that they are known by.
    for at in 0..events.len() {
        let event = events[at];
        let carried = match event.evidence {
            Evidence::Picked(id) | Evidence::SamePatch(id) | Evidence::SameAuthor(id) => Some(id),
            _ => None,
        };
        let origin = carried.and_then(|id| graph.place(id));
        let part = |other: &Event| Some(other.commit) == origin && other.part;
        if event.effect == Effect::Ends && events.iter().any(part) {
            events[at].part = true;
        }
    }
}
