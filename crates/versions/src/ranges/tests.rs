//! Owns the proof of the algebra: every answer against one that asks version by version.
//! Must never take an answer from the code under test.

use super::*;
use crate::Order;
use proptest::collection::vec;
use proptest::prelude::*;

/// Ends of branches lie on the odd places, so that versions also lie between any two ends, before and after them all.
const UNIVERSE: [&str; 11] = [
    "0.9.0",
    "1.0.0-a",
    "1.0.0-b",
    "1.0.0",
    "1.0.1",
    "1.1.0-rc.1",
    "1.1.0-rc.2",
    "1.1.0",
    "1.5.0",
    "2.0.0",
    "3.0.0",
];

fn version(at: usize) -> Version {
    Version::parse(Order::SemVer, UNIVERSE[at]).expect("valid")
}

fn versions() -> impl Iterator<Item = (usize, Version)> {
    (0..UNIVERSE.len()).map(|at| (at, version(at)))
}

/// A branch, and which places of the universe it holds, reckoned without versions.
#[derive(Clone, Debug)]
struct Case {
    branch: Interval,
    holds: [bool; UNIVERSE.len()],
}

fn case() -> impl Strategy<Value = Case> {
    let end = || proptest::option::weighted(0.8, 0_usize..5);
    (end(), end(), any::<bool>()).prop_filter_map("holds nothing", |(low, high, last)| {
        let (low, high) = (low.map(|at| at * 2 + 1), high.map(|at| at * 2 + 1));
        let sign = if last { "<=" } else { "<" };
        let lower = low.map_or(">= 0".to_owned(), |at| format!(">= {}", UNIVERSE[at]));
        let upper = high.map_or(String::new(), |at| format!(", {sign} {}", UNIVERSE[at]));
        let branch = Interval::parse(Order::SemVer, &(lower + &upper)).ok()?;
        let holds = std::array::from_fn(|at| {
            low.is_none_or(|low| low <= at)
                && high.is_none_or(|high| at < high || (last && at == high))
        });
        Some(Case { branch, holds })
    })
}

fn branches(cases: &[Case]) -> Vec<Interval> {
    cases.iter().map(|case| case.branch.clone()).collect()
}

fn any_holds(cases: &[Case], at: usize) -> bool {
    cases.iter().any(|case| case.holds[at])
}

/// OSV's own evaluation: an event sets or clears, in order.
fn affected(events: &[Event], version: &Version) -> bool {
    let mut affected = false;
    for event in events {
        match event {
            Event::Introduced(start) if start.as_ref().is_none_or(|start| version >= start) => {
                affected = true;
            }
            Event::Fixed(fixed) if version >= fixed => affected = false,
            Event::LastAffected(last) if version > last => affected = false,
            _ => {}
        }
    }
    affected
}

fn assert_normal(set: &Ranges) {
    assert!(set.stretches.iter().all(|(from, to)| from < to), "{set:?}");
    assert!(
        set.stretches.windows(2).all(|pair| pair[0].1 < pair[1].0),
        "{set:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_union_holds_what_one_of_its_branches_holds(cases in vec(case(), 0..5)) {
        let set = Ranges::merge(&branches(&cases));
        assert_normal(&set);
        for (at, version) in versions() {
            prop_assert_eq!(set.contains(&version), any_holds(&cases, at), "{}", version);
        }
        prop_assert_eq!(set.is_empty(), cases.is_empty());
        let again = set.branches().expect("a union of branches is branches");
        prop_assert_eq!(Ranges::merge(&again), set);
    }

    #[test]
    fn a_complement_holds_everything_else(cases in vec(case(), 0..5)) {
        let set = Ranges::merge(&branches(&cases));
        let other = set.complement();
        assert_normal(&other);
        for (_, version) in versions() {
            prop_assert_ne!(set.contains(&version), other.contains(&version), "{}", version);
        }
        prop_assert!(set.intersection(&other).is_empty());
        prop_assert_eq!(set.union(&other), Ranges::all());
        prop_assert_eq!(other.complement(), set);
    }

    #[test]
    fn an_intersection_holds_what_both_hold(a in vec(case(), 0..4), b in vec(case(), 0..4)) {
        let (one, other) = (Ranges::merge(&branches(&a)), Ranges::merge(&branches(&b)));
        let (both, either) = (one.intersection(&other), one.union(&other));
        assert_normal(&both);
        assert_normal(&either);
        for (at, version) in versions() {
            prop_assert_eq!(both.contains(&version), any_holds(&a, at) && any_holds(&b, at), "{}", version);
            prop_assert_eq!(either.contains(&version), any_holds(&a, at) || any_holds(&b, at), "{}", version);
        }
        prop_assert_eq!(&both, &other.intersection(&one));
        prop_assert_eq!(one.complement().union(&other.complement()).complement(), both);
    }

    #[test]
    fn branches_overlap_when_they_share_a_version(cases in vec(case(), 0..5)) {
        let shared = |a: &Case, b: &Case| (0..UNIVERSE.len()).any(|at| a.holds[at] && b.holds[at]);
        let pairs = || (0..cases.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        let found = overlap(&branches(&cases));
        prop_assert_eq!(found.is_some(), pairs().any(|(a, b)| shared(&cases[a], &cases[b])));
        if let Some((a, b)) = found {
            prop_assert!(a != b && shared(&cases[a], &cases[b]));
        }
        for (a, b) in pairs() {
            prop_assert_eq!(cases[a].branch.overlaps(&cases[b].branch), shared(&cases[a], &cases[b]));
        }
    }

    #[test]
    fn branches_that_touch_are_one_when_merged(cases in vec(case(), 2..3)) {
        let list = branches(&cases);
        if let Some((a, b)) = touch(&list) {
            prop_assert_eq!(list[a].fixed(), list[b].lower());
            prop_assert_eq!(Ranges::merge(&list).stretches.len(), 1);
        } else if overlap(&list).is_none() {
            prop_assert_eq!(Ranges::merge(&list).stretches.len(), 2);
        }
    }

    #[test]
    fn events_mean_to_osv_what_the_branches_mean(cases in vec(case(), 0..5)) {
        let ranges = events(&branches(&cases));
        for (at, version) in versions() {
            let hit = ranges.iter().any(|events| affected(events, &version));
            prop_assert_eq!(hit, any_holds(&cases, at), "{} {:?}", version, ranges);
        }
        for events in &ranges {
            for (at, event) in events.iter().enumerate() {
                prop_assert_eq!(at % 2 == 0, matches!(event, Event::Introduced(_)));
            }
            let fixed = events.iter().any(|event| matches!(event, Event::Fixed(_)));
            let last = events.iter().any(|event| matches!(event, Event::LastAffected(_)));
            prop_assert!(!(fixed && last));
        }
        prop_assert!(ranges.len() <= 2);
    }
}

#[test]
fn a_set_that_begins_after_a_version_is_no_list_of_branches() {
    let only = Interval::parse(Order::SemVer, "<= 1.0.0").expect("valid");
    let rest = Ranges::merge(&[only]).complement();
    assert_eq!(rest.branches(), None);
    assert!(!rest.contains(&version(3)) && rest.contains(&version(4)));
}

#[test]
fn the_first_pair_is_named_by_its_places_in_the_list() {
    let list = |texts: &[&str]| -> Vec<Interval> {
        let read = |text: &&str| Interval::parse(Order::SemVer, text).expect("valid");
        texts.iter().map(read).collect()
    };
    let branches = list(&[">= 3.0.0", "< 1.0.0", ">= 2.0.0, < 3.0.1"]);
    assert_eq!((overlap(&branches), touch(&branches)), (Some((2, 0)), None));
    let branches = list(&[">= 2.0.0", ">= 1.0.0, < 2.0.0"]);
    assert_eq!((overlap(&branches), touch(&branches)), (None, Some((1, 0))));
    assert_eq!(
        (overlap(&[]), touch(&[]), events(&[])),
        (None, None, Vec::new())
    );
}
