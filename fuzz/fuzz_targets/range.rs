//! Owns the question: can any text be read as a range that is said otherwise, or break a law of the algebra?
//! Must never compare versions of two orders.
#![no_main]

use caveat_versions::{Interval, Order, Ranges, Version, events, overlap};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let order = Order::ALL[usize::from(*first) % Order::ALL.len()];
    let text = String::from_utf8_lossy(rest);
    let mut branches = Vec::new();
    for line in text.lines().take(8) {
        match Interval::parse(order, line) {
            Ok(branch) => {
                let again = Interval::parse(order, &branch.expression());
                assert_eq!(again.as_ref(), Ok(&branch), "{}", branch.expression());
                assert!(branch.words().is_ascii());
                branches.push(branch);
            }
            Err(error) => assert!(line.get(error.span).is_some(), "a span outside"),
        }
    }
    laws(&branches);
    let found = text.lines().filter_map(|line| Version::found(order, line).ok());
    for version in found.take(8) {
        let held = branches.iter().any(|branch| branch.contains(&version));
        assert_eq!(Ranges::merge(&branches).contains(&version), held, "{version}");
    }
});

fn laws(branches: &[Interval]) {
    let set = Ranges::merge(branches);
    let other = set.complement();
    assert!(set.is_disjoint(&other) && set.union(&other) == Ranges::all());
    assert_eq!(other.complement(), set);
    assert!(set.difference(&set).is_empty() && set.difference(&other) == set);
    for (at, one) in branches.iter().enumerate() {
        for later in &branches[..at] {
            assert_eq!(one.overlaps(later), later.overlaps(one));
            let both = [one, later].map(|branch| Ranges::merge(std::slice::from_ref(branch)));
            assert_eq!(both[0].is_disjoint(&both[1]), !one.overlaps(later));
        }
    }
    let shared = overlap(branches).is_some();
    let pairs = || (0..branches.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    assert_eq!(shared, pairs().any(|(a, b)| branches[a].overlaps(&branches[b])));
    assert_eq!(events(branches).is_empty(), branches.is_empty());
}
