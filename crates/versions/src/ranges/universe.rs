//! Owns the small worlds in which the algebra is proven: for some orders, a list of places, written down by hand, each
//! with several spellings; a version is its place.
//! Must never ask the code under test which of two versions comes first.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::{Interval, Order, Upper, Version};

/// How many places a world has. Ends of branches lie on the odd ones, so that versions also lie between any two ends,
/// before and after them all.
pub(super) const PLACES: usize = 11;

/// An order, and its places: all spellings on a line are one version.
pub(super) struct World {
    pub(super) order: Order,
    places: [Vec<Version>; PLACES],
}

fn world(order: Order, places: [&str; PLACES]) -> World {
    let version = |text: &str| Version::parse(order, text).expect(text);
    let spellings = |place: &str| place.split(' ').map(version).collect();
    World {
        order,
        places: places.map(spellings),
    }
}

/// Pre-releases, and build metadata that does not count.
pub(super) static SEMVER: LazyLock<World> = LazyLock::new(|| {
    let places = [
        "0.9.0",
        "1.0.0-a 1.0.0-a+1",
        "1.0.0-b",
        "1.0.0 1.0.0+build",
        "1.0.1",
        "1.1.0-rc.2 1.1.0-rc.2+7",
        "1.1.0-rc.10",
        "1.1.0 1.1.0+a.b",
        "1.5.0",
        "1.10.0",
        "2.0.0-0",
    ];
    world(Order::SemVer, places)
});

/// Development, pre-, post- and local releases, and epochs.
pub(super) static PEP440: LazyLock<World> = LazyLock::new(|| {
    let places = [
        "0.9",
        "1.0.dev1 1.dev1",
        "1.0a2 1.0.alpha.2",
        "1.0 1 1.0.0",
        "1.0+local",
        "1.0.post1 1-1 1.0.0.post1",
        "1.1.dev0",
        "1.1rc1 1.1c1",
        "1.1 1.1.0",
        "1.10 1.10.0",
        "1!0.1",
    ];
    world(Order::Pep440, places)
});

/// Words before and after the release, and words that mean nothing.
pub(super) static MAVEN: LazyLock<World> = LazyLock::new(|| {
    let places = [
        "0.9",
        "1.0-alpha-2 1-alpha2 1.0.0-ALPHA-2",
        "1.0-beta-1 1-b1",
        "1.0 1 1.0.Final 1-ga",
        "1.0-sp",
        "1.0-foo 1-FOO",
        "1-1",
        "1.1-SNAPSHOT 1.1-snapshot",
        "1.1",
        "1.10 1.10.0",
        "2.0-rc1",
    ];
    world(Order::Maven, places)
});

/// Epochs, revisions and tildes.
pub(super) static DEBIAN: LazyLock<World> = LazyLock::new(|| {
    let places = [
        "0.9-1",
        "1.0~rc1-1 0:1.0~rc1-1",
        "1.0~rc2",
        "1.0 1.0-0 0:1.0",
        "1.0-1~bpo1",
        "1.0-1 1.00-01",
        "1.0-1+deb12u1",
        "1.0a-1 1.0a-01",
        "1.0+b",
        "1.10-1 0:1.10-1",
        "1:0.1",
    ];
    world(Order::Debian, places)
});

impl World {
    /// A version at this place, in one of its spellings.
    pub(super) fn version(&self, at: usize, spelling: usize) -> &Version {
        let spellings = &self.places[at];
        &spellings[spelling % spellings.len()]
    }

    /// Every place in one of its spellings.
    pub(super) fn versions(&self, spelling: usize) -> impl Iterator<Item = (usize, &Version)> {
        (0..PLACES).map(move |at| (at, self.version(at, spelling)))
    }
}

/// The ends of a branch as places, before anybody knows whether it holds anything.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) low: Option<usize>,
    pub(super) high: Option<usize>,
    pub(super) last: bool,
    pub(super) spelling: usize,
}

/// A branch, and which places it holds, reckoned without versions.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) branch: Interval,
    pub(super) holds: [bool; PLACES],
}

impl Ends {
    pub(super) fn holds(self) -> [bool; PLACES] {
        std::array::from_fn(|at| {
            self.low.is_none_or(|low| low <= at)
                && self
                    .high
                    .is_none_or(|high| at < high || (self.last && at == high))
        })
    }

    /// As made from its ends; `None` where they hold nothing.
    pub(super) fn branch(self, world: &World) -> Option<Interval> {
        let version = |at| world.version(at, self.spelling).clone();
        let upper = match self.high.map(version) {
            None => Upper::Open,
            Some(end) if self.last => Upper::LastAffected(end),
            Some(end) => Upper::Fixed(end),
        };
        Interval::new(self.low.map(version), upper)
    }

    /// As an author writes it.
    pub(super) fn text(self, world: &World) -> String {
        let version = |at| world.version(at, self.spelling);
        let lower = self
            .low
            .map_or(">= 0".to_owned(), |at| format!(">= {}", version(at)));
        let sign = if self.last { "<=" } else { "<" };
        let upper = self.high.map(|at| format!(", {sign} {}", version(at)));
        lower + &upper.unwrap_or_default()
    }
}

/// Any two ends.
pub(super) fn ends() -> impl Strategy<Value = Ends> {
    (0..6_usize, 0..6_usize, any::<bool>(), 0..12_usize).prop_map(|(low, high, last, spelling)| {
        let place = |at: usize| at.checked_sub(1).map(|at| at * 2 + 1);
        Ends {
            low: place(low),
            high: place(high),
            last,
            spelling,
        }
    })
}

/// Some branches that hold something: ends that hold nothing are left out.
pub(super) fn cases(world: &'static World, most: usize) -> impl Strategy<Value = Vec<Case>> {
    vec(ends(), 0..=most).prop_map(|all| {
        let case = |ends: Ends| {
            Some(Case {
                branch: ends.branch(world)?,
                holds: ends.holds(),
            })
        };
        all.into_iter().filter_map(case).collect()
    })
}
