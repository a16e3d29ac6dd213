//! Owns the way from what an advisory says of commits to what that means for versions.
//! Must never go on with a commit that the history does not have.

use caveat_versions::{Interval, Order};

use crate::flow::Flow;
use crate::recognise::recognise;
use crate::scheme::{Question, schemes};
use crate::verdict::{ranges, unreleased, verdicts, version_by};
use crate::{Ambiguous, Effect, Event, Graph, Id, PatchId, Scheme, TagVerdict, Way};

/// What is said of one package.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Commits that brought the flaw; none where it is older than the history.
    pub introduced_by: Vec<String>,
    /// Commits that removed it.
    pub fixed_by: Vec<String>,
    /// How its versions are ordered.
    pub order: Order,
    /// How its tags name versions; empty where that is to be recognised.
    pub tags: Vec<String>,
    /// What it is called, in any spelling that tags may have.
    pub names: Vec<String>,
    /// Other packages are in the repository too.
    pub shared: bool,
}

/// Why nothing can be derived.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A commit that no branch and no tag has.
    #[error(
        "commit {0} is on no branch and in no tag of it: its branch is gone, or it was squashed or rebased; name the commit that was merged"
    )]
    Missing(String),
    /// Tags that nobody can read.
    #[error(transparent)]
    Tags(#[from] Ambiguous),
}

/// What follows for one package.
#[derive(Clone, Debug)]
pub struct Derived {
    /// How its tags name versions.
    pub schemes: Vec<Scheme>,
    /// The commits that matter: those given first, then those recognised.
    pub events: Vec<Event>,
    /// Their hashes.
    pub ids: Vec<Id>,
    /// Every tag that names a version, by version.
    pub tags: Vec<TagVerdict>,
    /// The affected versions.
    pub ranges: Vec<Interval>,
    /// Fixes that no release has although the newest one is affected.
    pub unreleased: Vec<Id>,
    /// Was the flaw there before the first commit?
    pub from_the_start: bool,
}

impl Derived {
    /// The first version, in their order, that has an event in its past.
    pub fn first_with(&self, event: usize) -> Option<&TagVerdict> {
        self.tags.iter().find(|tag| tag.holds.contains(&event))
    }
}

/// Derives from `graph`. `patches` makes the hash of what the commit at a place changes, or of what
/// takes that back; it is asked for few.
///
/// # Errors
/// Commits that the history does not have, and tags that nobody can read.
pub fn derive(
    graph: &Graph,
    facts: &Facts,
    patches: &mut dyn FnMut(u32, Way) -> Option<PatchId>,
) -> Result<Derived, Refusal> {
    let question = Question {
        declared: &facts.tags,
        names: &facts.names,
        shared: facts.shared,
        order: facts.order,
    };
    let given = given(graph, facts)?;
    let schemes = schemes(&question, graph.tags())?;
    let events = recognise(graph, &given, patches);
    let flow = Flow::new(graph, &events);
    let from_the_start = facts.introduced_by.is_empty();
    let versions = version_by(&schemes, facts.order);
    let tags = verdicts(graph, &flow, &events, from_the_start, &versions);
    drop(versions);
    let ranges = ranges(&tags, from_the_start);
    let ids = events.iter().map(|event| graph.commit(event.commit).id);
    Ok(Derived {
        unreleased: unreleased(graph, &events, &tags, &ranges),
        ids: ids.collect(),
        schemes,
        events,
        tags,
        ranges,
        from_the_start,
    })
}

fn given(graph: &Graph, facts: &Facts) -> Result<Vec<(u32, Effect)>, Refusal> {
    let starts = facts
        .introduced_by
        .iter()
        .map(|hash| (hash, Effect::Starts));
    let ends = facts.fixed_by.iter().map(|hash| (hash, Effect::Ends));
    let place = |(hash, effect): (&String, Effect)| {
        let id: Option<Id> = hash.parse().ok();
        let place = id.and_then(|id| graph.place(id));
        let place = place.ok_or_else(|| Refusal::Missing(hash.clone()))?;
        Ok((place, effect))
    };
    starts.chain(ends).map(place).collect()
}
