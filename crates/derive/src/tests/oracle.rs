//! Owns the comparison with an oracle that looks at all ancestors of each commit.
//! Must never share a line with what it judges.

use std::collections::BTreeSet;

use proptest::prelude::*;

use caveat_versions::{Order, Version};

use super::id;
use crate::flow::{Flow, State};
use crate::verdict::ranges;
use crate::{Commit, Effect, Event, Evidence, Graph, TagVerdict, Verdict};

/// Parents, each as a distance back, and whether the commit starts or ends the flaw.
type Row = (Vec<usize>, Option<bool>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let parents = proptest::collection::vec(1..9_usize, 0..4);
    let event = prop_oneof![4 => Just(None), 1 => Just(Some(true)), 1 => Just(Some(false))];
    proptest::collection::vec((parents, event), 1..60)
}

fn graph(rows: &[Row]) -> (Graph, Vec<Event>) {
    let (mut commits, mut events) = (Vec::new(), Vec::new());
    for (at, (back, event)) in rows.iter().enumerate() {
        let place = u32::try_from(at).expect("few");
        let parents: BTreeSet<u32> = back
            .iter()
            .filter_map(|back| place.checked_sub(u32::try_from(*back).expect("few")))
            .collect();
        commits.push(Commit {
            id: id(&at.to_string()),
            parents: parents.into_iter().collect(),
            author: "A".into(),
            written: 0,
            subject: "".into(),
            picked: Vec::new(),
            reverts: Vec::new(),
        });
        events.extend(event.map(|starts| Event {
            commit: place,
            effect: if starts { Effect::Starts } else { Effect::Ends },
            evidence: Evidence::Given,
            part: false,
        }));
    }
    (Graph::new(commits, Vec::new()).expect("in order"), events)
}

fn ancestors(graph: &Graph, of: u32) -> BTreeSet<u32> {
    let (mut seen, mut left) = (BTreeSet::new(), vec![of]);
    while let Some(at) = left.pop() {
        if seen.insert(at) {
            left.extend(&graph.commit(at).parents);
        }
    }
    seen
}

/// The definition, word for word.
fn expected(graph: &Graph, events: &[Event], commit: u32, from_the_start: bool) -> State {
    let past = ancestors(graph, commit);
    let among: Vec<&Event> = events
        .iter()
        .filter(|event| past.contains(&event.commit))
        .collect();
    let followed = |event: &Event| {
        among.iter().any(|later| {
            later.commit != event.commit && ancestors(graph, later.commit).contains(&event.commit)
        })
    };
    let last: Vec<Effect> = among
        .iter()
        .filter(|event| !followed(event))
        .map(|event| event.effect)
        .collect();
    match (last.contains(&Effect::Starts), last.contains(&Effect::Ends)) {
        (true, true) => State::Both,
        (true, false) => State::There,
        (false, true) => State::Gone,
        (false, false) if from_the_start => State::There,
        (false, false) => State::Never,
    }
}

/// Tags of versions, some of them named twice.
fn tags() -> impl Strategy<Value = Vec<TagVerdict>> {
    let verdict = proptest::sample::select(vec![
        Verdict::Affected,
        Verdict::Fixed,
        Verdict::Never,
        Verdict::Uncertain,
    ]);
    let tag = (0..30_u8, verdict).prop_map(|(number, verdict)| TagVerdict {
        name: format!("v1.{number}.0"),
        version: Version::parse(Order::SemVer, &format!("1.{number}.0")).expect("a version"),
        commit: id("c"),
        verdict,
        by: Vec::new(),
        holds: Vec::new(),
    });
    proptest::collection::vec(tag, 0..25).prop_map(|mut tags| {
        tags.sort_by(|a, b| a.version.cmp(&b.version));
        tags
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn ranges_hold_the_affected_tags_and_no_others(tags in tags(), from_the_start: bool) {
        let ranges = ranges(&tags, from_the_start);
        for tag in &tags {
            let same = tags.iter().filter(|other| other.version == tag.version);
            let affected = same.into_iter().any(|other| other.verdict.is_affected());
            let held = ranges.iter().any(|range| range.contains(&tag.version));
            prop_assert_eq!(held, affected, "{}", tag.version);
        }
        prop_assert!(caveat_versions::overlap(&ranges).is_none());
        prop_assert!(caveat_versions::touch(&ranges).is_none());
    }

    #[test]
    fn one_pass_says_what_all_ancestors_say(rows in rows(), from_the_start: bool) {
        let (graph, events) = graph(&rows);
        let flow = Flow::new(&graph, &events);
        for commit in 0..u32::try_from(rows.len()).expect("few") {
            let state = flow.state(commit, &events, from_the_start);
            prop_assert_eq!(state, expected(&graph, &events, commit, from_the_start));
            let past = ancestors(&graph, commit);
            let among = events.iter().enumerate();
            let among: BTreeSet<usize> = among
                .filter(|(_, event)| past.contains(&event.commit))
                .map(|(at, _)| at)
                .collect();
            prop_assert_eq!(flow.reaching(commit), among);
        }
    }
}
