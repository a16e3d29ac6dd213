//! Owns one derivation beside what is declared: where they differ, and what else an author should know.
//! Must never decide which of the two is right.

use caveat_advisory::LockedPackage;
use caveat_derive::{Derived, Refusal, TagVerdict, derive, locked};
use caveat_versions::{Interval, Order, Upper, Version};

use super::source::Source;
use super::target::Target;
use crate::failure::Failure;

/// What was derived for one package of one advisory.
pub(crate) struct Outcome<'t> {
    pub(crate) target: &'t Target<'t>,
    pub(crate) derived: Derived,
    /// The same as it is kept.
    pub(crate) locked: LockedPackage,
    /// The ranges that are declared, as far as they can be read.
    pub(crate) declared: Vec<Interval>,
}

impl<'t> Outcome<'t> {
    pub(crate) fn new(target: &'t Target<'t>, source: &Source) -> Result<Self, Failure> {
        let Source { history, graph, .. } = source;
        let facts = &target.facts;
        let patch = &mut |place, way| history.patch(graph.commit(place).id, way);
        let derived = derive(graph, facts, patch).map_err(|refusal| {
            let repository = source.place.clone();
            match refusal {
                Refusal::Missing(commit) if !history.has(&commit) => {
                    Failure::NoSuchCommit { commit, repository }
                }
                refusal => Failure::Derive {
                    repository,
                    refusal,
                },
            }
        })?;
        let repository = target.declared.and_then(|one| one.repository.as_deref());
        let locked = locked(&target.ecosystem, &target.name, repository, facts, &derived);
        let declared = target.written.versions.iter();
        let declared = declared.filter_map(|text| Interval::parse(facts.order, text).ok());
        Ok(Self {
            declared: declared.collect(),
            target,
            derived,
            locked,
        })
    }

    fn order(&self) -> Order {
        self.target.facts.order
    }

    /// Is a version declared to be affected?
    fn declares(&self, version: &Version) -> bool {
        self.declared.iter().any(|range| range.contains(version))
    }

    /// Tags for which declared and derived are not the same.
    pub(crate) fn differences(&self) -> impl Iterator<Item = &TagVerdict> {
        let tags = self.derived.tags.iter();
        let unequal = tags.filter(|tag| tag.verdict.is_affected() != self.declares(&tag.version));
        unequal.filter(|tag| !self.is_older(tag))
    }

    /// Tags from before the declared start, where no commit shows that start.
    pub(crate) fn older(&self) -> impl Iterator<Item = &TagVerdict> {
        let tags = self.derived.tags.iter();
        tags.filter(|tag| tag.verdict.is_affected() && self.is_older(tag))
    }

    fn is_older(&self, tag: &TagVerdict) -> bool {
        let before = self.start().is_some_and(|start| tag.version < *start);
        before && tag.by.is_empty()
    }

    /// The declared start that nothing but the author's word shows: git knows none, and contradicts none.
    pub(crate) fn start(&self) -> Option<&Version> {
        let mut lowers = self.declared.iter().map(Interval::lower);
        let known = !self.derived.from_the_start || lowers.clone().any(|lower| lower.is_none());
        if known {
            return None;
        }
        lowers.next()?;
        self.declared.iter().filter_map(Interval::lower).min()
    }

    /// The ranges for `versions`: those of the history, from the start that only the author knows.
    pub(crate) fn ranges(&self) -> Vec<String> {
        let Some(start) = self.start() else {
            return self.locked.versions.clone();
        };
        let from = |range: &Interval| {
            let lower = range.lower().map_or(start, |lower| lower.max(start));
            Interval::new(Some(lower.clone()), range.upper().clone())
        };
        let ranges = self.derived.ranges.iter().filter_map(from);
        ranges.map(|range| range.expression()).collect()
    }

    /// Do they differ, and does nobody say why?
    pub(crate) fn differs(&self) -> bool {
        self.target.written.differs_from_git.is_none() && self.differences().next().is_some()
    }

    /// May `versions` be filled in? Not where nothing is affected, nor where somebody knows better.
    pub(crate) fn fills(&self) -> bool {
        self.target.written.differs_from_git.is_none() && !self.ranges().is_empty()
    }

    /// Versions that `versions` names and no tag has.
    pub(crate) fn untagged(&self) -> Vec<String> {
        let ends = self.declared.iter().flat_map(|range| {
            let upper = match range.upper() {
                Upper::Fixed(version) | Upper::LastAffected(version) => Some(version),
                Upper::Open => None,
            };
            range.lower().into_iter().chain(upper)
        });
        let tagged =
            |version: &&Version| self.derived.tags.iter().any(|tag| tag.version == **version);
        let mut missing: Vec<String> = Vec::new();
        for version in ends.filter(|version| !tagged(version)) {
            let text = version.to_string();
            if !missing.contains(&text) {
                missing.push(text);
            }
        }
        missing
    }

    /// Tags that are elsewhere than the lock says, or gone: name, where it was, where it is.
    pub(crate) fn moved(&self) -> Vec<(String, String, Option<String>)> {
        let lock = self.target.lock.as_ref().and_then(super::read);
        let packages = lock
            .map(|lock| lock.into_data().packages)
            .unwrap_or_default();
        let same = |one: &LockedPackage| {
            one.ecosystem == self.locked.ecosystem && one.name == self.locked.name
        };
        let old = packages.into_iter().find(same);
        let mut moved = Vec::new();
        for old in old.into_iter().flat_map(|old| old.tagged) {
            let now = self.locked.tagged.iter().find(|tag| tag.tag == old.tag);
            let now = now.map(|tag| tag.commit.clone());
            if now.as_ref() != Some(&old.commit) {
                moved.push((old.tag, old.commit, now));
            }
        }
        moved
    }

    /// The tags at both ends of a derived range: the first affected one, and the one that ends it.
    pub(crate) fn ends(&self, range: &Interval) -> (Option<&TagVerdict>, Option<&TagVerdict>) {
        let tags = &self.derived.tags;
        let first = tags.iter().find(|tag| range.contains(&tag.version));
        let fixed = range.fixed();
        let last = fixed.and_then(|fixed| tags.iter().find(|tag| tag.version == *fixed));
        (first, last)
    }

    /// Declared range strings that are no ranges of the order.
    pub(crate) fn unread(&self) -> usize {
        let all = self.target.written.versions.iter();
        all.filter(|text| Interval::parse(self.order(), text).is_err())
            .count()
    }
}
