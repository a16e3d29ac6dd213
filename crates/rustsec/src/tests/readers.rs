//! Owns the order of versions as the two readers of the tree have it, and the proof that both give our verdict.
//! Must never know more of a file than its requirements.

use caveat_versions::{Interval, Order, Ranges, Version};
use proptest::prelude::*;
use semver::{Comparator, Op, VersionReq};

use crate::requirement::{Requirements, of};

/// A place in the order of versions as `rustsec` sees it: a version, or the first one after it.
type Place = (semver::Version, bool);

/// The safe stretch that a requirement is to `rustsec`: from one place up to, but not including, another. It looks at
/// bounds alone, and not at what Cargo would match: pre-releases have no rule of their own.
fn stretch(text: &str) -> (Option<Place>, Option<Place>) {
    let requirement = VersionReq::parse(text).expect(text);
    assert!(requirement.comparators.len() <= 2, "{text}");
    let (mut from, mut to) = (None, None);
    for comparator in &requirement.comparators {
        let (side, after) = match comparator.op {
            Op::GreaterEq => (&mut from, false),
            Op::Greater => (&mut from, true),
            Op::Less => (&mut to, false),
            Op::LessEq => (&mut to, true),
            _ => panic!("{text}"),
        };
        assert!(
            side.replace((version(comparator), after)).is_none(),
            "{text}"
        );
    }
    (from, to)
}

fn version(comparator: &Comparator) -> semver::Version {
    semver::Version {
        major: comparator.major,
        minor: comparator.minor.expect("three numbers"),
        patch: comparator.patch.expect("three numbers"),
        pre: comparator.pre.clone(),
        build: semver::BuildMetadata::EMPTY,
    }
}

fn is_from(version: &semver::Version, place: Option<&Place>) -> bool {
    place.is_none_or(|(bound, after)| match after {
        // `rustsec` adds `-0` or `.0`: the very next version, which no build metadata of the bound reaches.
        true => version.cmp_precedence(bound).is_gt(),
        false => version >= bound,
    })
}

/// As `rustsec::advisory::Versions::is_vulnerable`. It refuses a file whose requirements share a version.
fn of_rustsec(said: &Requirements, version: &semver::Version) -> bool {
    let safe: Vec<_> = said.patched.iter().chain(&said.unaffected).collect();
    let safe: Vec<_> = safe.into_iter().map(|text| stretch(text)).collect();
    let inside = |(from, to): &&(Option<Place>, Option<Place>)| {
        is_from(version, from.as_ref()) && !(to.is_some() && is_from(version, to.as_ref()))
    };
    let count = safe.iter().filter(inside).count();
    assert!(count <= 1, "{said:?} holds {version} twice");
    count == 0
}

/// As `cargo-deny`: what Cargo matches, where a version is no pre-release.
fn of_cargo(said: &Requirements, version: &semver::Version) -> bool {
    let mut safe = said.patched.iter().chain(&said.unaffected);
    !safe.any(|text| VersionReq::parse(text).expect(text).matches(version))
}

const VERSION: &str = "[0-2]\\.[0-2]\\.(0|1|10)(-(rc|alpha|0|1)(\\.(0|1|10|x))?)?(\\+[ab])?";

/// Branches as people write them.
fn expression() -> impl Strategy<Value = String> {
    let sign = |sign: &'static str| VERSION.prop_map(move |version| format!("{sign} {version}"));
    let two = |end: &'static str| {
        (VERSION, VERSION).prop_map(move |(a, b)| {
            let read = |text| Version::parse(Order::SemVer, text).expect("a version");
            let (low, high) = if read(&a) <= read(&b) { (a, b) } else { (b, a) };
            format!(">= {low}, {end} {high}")
        })
    };
    prop_oneof![
        sign("<"),
        sign("<="),
        sign(">="),
        sign("="),
        two("<"),
        two("<="),
        Just(">= 0".to_owned())
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_reader_gives_our_verdict(
        texts in prop::collection::vec(expression(), 1..4),
        asked in prop::collection::vec(VERSION, 1..20),
    ) {
        let branches = texts.iter().filter_map(|text| Interval::parse(Order::SemVer, text).ok());
        let affected = Ranges::merge(&branches.collect::<Vec<_>>());
        prop_assume!(!affected.is_empty());
        let said = of(&affected);
        for text in asked {
            let ours = affected.contains(&Version::parse(Order::SemVer, &text).expect("a version"));
            let theirs = semver::Version::parse(&text).expect("a version");
            prop_assert_eq!(of_rustsec(&said, &theirs), ours, "{} {:?} {:?}", &text, &texts, &said);
            if theirs.pre.is_empty() {
                prop_assert_eq!(of_cargo(&said, &theirs), ours, "{} {:?} {:?}", &text, &texts, &said);
            }
        }
    }
}

#[test]
fn a_first_fix_is_patched_and_all_else_is_unaffected() {
    let read = |text: &&str| Interval::parse(Order::SemVer, text).expect("a range");
    let said = |texts: &[&str]| of(&Ranges::merge(&texts.iter().map(read).collect::<Vec<_>>()));
    let list = |texts: &[&str]| {
        texts
            .iter()
            .map(|&text| text.to_owned())
            .collect::<Vec<_>>()
    };
    for (affected, patched, unaffected) in [
        (&["< 1.2.0"][..], &[">= 1.2.0"][..], &[][..]),
        (&[">= 1.0.0, < 1.2.0+b"], &[">= 1.2.0"], &["< 1.0.0"]),
        (
            &[">= 1.0.0, < 1.2.0", ">= 2.0.0-rc.1, < 2.0.1"],
            &[">= 1.2.0, < 2.0.0-rc.1", ">= 2.0.1"],
            &["< 1.0.0"],
        ),
        (&["<= 1.2.0"], &[], &["> 1.2.0"]),
        (&["= 1.2.0"], &[], &["< 1.2.0", "> 1.2.0"]),
        (&[">= 1.0.0"], &[], &["< 1.0.0"]),
        (&[">= 0"], &[], &[]),
        (&["<= 1.0.18446744073709551615"], &[], &[]),
    ] {
        let found = said(affected);
        assert_eq!(found.patched, list(patched), "{affected:?}");
        assert_eq!(found.unaffected, list(unaffected), "{affected:?}");
    }
}
