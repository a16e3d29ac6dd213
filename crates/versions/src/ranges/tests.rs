//! Owns the proof of the algebra: every answer against one that asks version by version, under four orders.
//! Must never take an answer from the code under test.

use super::universe::{Case, DEBIAN, Ends, MAVEN, PEP440, PLACES, SEMVER, World, cases, ends};
use super::*;
use crate::Order;
use proptest::prelude::*;

type Outcome = Result<(), TestCaseError>;

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

/// Asks a set for every place of the world.
fn holds(
    world: &World,
    spelling: usize,
    set: &Ranges,
    expected: impl Fn(usize) -> bool,
) -> Outcome {
    assert_normal(set);
    for (at, version) in world.versions(spelling) {
        prop_assert_eq!(set.contains(version), expected(at), "{} {:?}", version, set);
    }
    Ok(())
}

fn order(world: &World, (a, b): (usize, usize), spelling: usize) -> Outcome {
    let (one, other) = (world.version(a, spelling), world.version(b, spelling / 4));
    prop_assert_eq!(one.cmp(other), a.cmp(&b), "{} {}", one, other);
    prop_assert_eq!(one == other, a == b);
    Ok(())
}

fn parse(world: &World, ends: Ends, other: Ends) -> Outcome {
    let text = ends.text(world);
    let branch = Interval::parse(world.order, &text).ok();
    prop_assert_eq!(branch.is_some(), ends.holds().contains(&true), "{}", text);
    prop_assert_eq!(&branch, &ends.branch(world));
    let Some(branch) = branch else { return Ok(()) };
    let again = Interval::parse(world.order, &branch.expression()).ok();
    prop_assert_eq!(again.as_ref(), Some(&branch));
    for (at, version) in world.versions(other.spelling) {
        prop_assert_eq!(
            branch.contains(version),
            ends.holds()[at],
            "{} {}",
            text,
            version
        );
    }
    if let Some(other) = other.branch(world) {
        let starts = |branch: &Interval| world.versions(0).position(|(_, at)| branch.contains(at));
        let both = [starts(&branch), starts(&other)];
        prop_assert_eq!(branch.cmp_lower(&other), both[0].cmp(&both[1]));
    }
    Ok(())
}

fn union(world: &World, cases: &[Case], spelling: usize) -> Outcome {
    let set = Ranges::merge(&branches(cases));
    holds(world, spelling, &set, |at| any_holds(cases, at))?;
    prop_assert_eq!(set.is_empty(), cases.is_empty());
    let again = set.branches().expect("a union of branches is branches");
    prop_assert_eq!(Ranges::merge(&again), set);
    Ok(())
}

fn complement(world: &World, cases: &[Case], spelling: usize) -> Outcome {
    let set = Ranges::merge(&branches(cases));
    let other = set.complement();
    holds(world, spelling, &other, |at| !any_holds(cases, at))?;
    prop_assert!(set.is_disjoint(&other));
    prop_assert_eq!(set.union(&other), Ranges::all());
    prop_assert_eq!(other.complement(), set);
    Ok(())
}

fn two_sets(world: &World, a: &[Case], b: &[Case], spelling: usize) -> Outcome {
    let (one, other) = (Ranges::merge(&branches(a)), Ranges::merge(&branches(b)));
    let (both, either) = (one.intersection(&other), one.union(&other));
    let (in_a, in_b) = (|at| any_holds(a, at), |at| any_holds(b, at));
    holds(world, spelling, &both, |at| in_a(at) && in_b(at))?;
    holds(world, spelling, &either, |at| in_a(at) || in_b(at))?;
    let rest = one.difference(&other);
    holds(world, spelling, &rest, |at| in_a(at) && !in_b(at))?;
    let shared = (0..PLACES).any(|at| in_a(at) && in_b(at));
    prop_assert_eq!(one.is_disjoint(&other), !shared);
    prop_assert_eq!(&both, &other.intersection(&one));
    prop_assert_eq!(rest.union(&both), one);
    Ok(())
}

fn pairs(cases: &[Case]) -> Outcome {
    let shared = |a: &Case, b: &Case| (0..PLACES).any(|at| a.holds[at] && b.holds[at]);
    let pairs = || (0..cases.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let list = branches(cases);
    let found = overlap(&list);
    prop_assert_eq!(
        found.is_some(),
        pairs().any(|(a, b)| shared(&cases[a], &cases[b]))
    );
    if let Some((a, b)) = found {
        prop_assert!(a != b && shared(&cases[a], &cases[b]));
    }
    for (a, b) in pairs() {
        prop_assert_eq!(list[a].overlaps(&list[b]), shared(&cases[a], &cases[b]));
    }
    let [a, b] = &list[..] else { return Ok(()) };
    if let Some((a, b)) = touch(&list) {
        prop_assert_eq!(list[a].fixed(), list[b].lower());
    }
    let merged = Ranges::merge(&list).stretches.len();
    prop_assert_eq!(merged == 1, a.overlaps(b) || touch(&list).is_some());
    Ok(())
}

fn written(world: &World, cases: &[Case], spelling: usize) -> Outcome {
    let ranges = events(&branches(cases));
    for (at, version) in world.versions(spelling) {
        let hit = ranges.iter().any(|events| affected(events, version));
        prop_assert_eq!(hit, any_holds(cases, at), "{} {:?}", version, ranges);
    }
    for events in &ranges {
        for (at, event) in events.iter().enumerate() {
            prop_assert_eq!(at % 2 == 0, matches!(event, Event::Introduced(_)));
        }
        let fixed = events.iter().any(|event| matches!(event, Event::Fixed(_)));
        let last = events
            .iter()
            .any(|event| matches!(event, Event::LastAffected(_)));
        prop_assert!(!(fixed && last));
    }
    prop_assert!(ranges.len() <= 2);
    Ok(())
}

/// The same laws under each order.
macro_rules! laws {
    ($($name:ident: $world:expr;)*) => {$(
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(10_000) })]

                #[test]
                fn versions_compare_as_their_places(a in 0..PLACES, b in 0..PLACES, spelling in 0..12_usize) {
                    order(&$world, (a, b), spelling)?;
                }

                #[test]
                fn a_text_is_read_as_the_branch_between_its_ends(one in ends(), other in ends()) {
                    parse(&$world, one, other)?;
                }

                #[test]
                fn a_union_holds_what_one_of_its_branches_holds(cases in cases(&$world, 4), spelling in 0..12_usize) {
                    union(&$world, &cases, spelling)?;
                }

                #[test]
                fn a_complement_holds_everything_else(cases in cases(&$world, 4), spelling in 0..12_usize) {
                    complement(&$world, &cases, spelling)?;
                }

                #[test]
                fn two_sets_share_join_and_differ(a in cases(&$world, 3), b in cases(&$world, 3), spelling in 0..12_usize) {
                    two_sets(&$world, &a, &b, spelling)?;
                }

                #[test]
                fn branches_overlap_when_they_share_a_version_and_touch_when_they_are_one(cases in cases(&$world, 4)) {
                    pairs(&cases)?;
                }

                #[test]
                fn events_mean_to_osv_what_the_branches_mean(cases in cases(&$world, 4), spelling in 0..12_usize) {
                    written(&$world, &cases, spelling)?;
                }
            }
        }
    )*};
}

laws! {
    semver: SEMVER;
    pep440: PEP440;
    maven: MAVEN;
    debian: DEBIAN;
}

#[test]
fn a_set_that_begins_after_a_version_is_no_list_of_branches() {
    let only = Interval::parse(Order::SemVer, "<= 1.0.0").expect("valid");
    let rest = Ranges::merge(&[only]).complement();
    assert_eq!(rest.branches(), None);
    let version = |at| SEMVER.version(at, 0);
    assert!(!rest.contains(version(3)) && rest.contains(version(4)));
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

#[test]
fn a_set_tells_the_ends_of_its_stretches() {
    let read = |text: &str| Interval::parse(Order::SemVer, text).expect(text);
    let set = Ranges::merge(&[read("< 1.0.0"), read("= 2.0.0")]).complement();
    let said = set.bounds().map(|(from, to)| {
        let text = |bound: Bound<&Version>| format!("{:?}", bound.map(Version::canonical));
        (text(from), text(to))
    });
    let said: Vec<(String, String)> = said.collect();
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(
        said,
        [
            pair(r#"Included("1.0.0")"#, r#"Excluded("2.0.0")"#),
            pair(r#"Excluded("2.0.0")"#, "Unbounded"),
        ]
    );
    assert_eq!(
        Ranges::all().bounds().collect::<Vec<_>>(),
        [(Bound::Unbounded, Bound::Unbounded)]
    );
}
