//! Owns that no byte of a published tree can be changed unnoticed, and that no bytes fell the client.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

/// Three roots with two or three signatures, two editions: all metadata that a feed can have.
static RICH: LazyLock<Feed> = LazyLock::new(|| {
    let mut feed = Feed::new();
    feed.rotate(keyring(&[1, 2, 4], 11, 21), &[1, 2, 4]);
    feed.rotate(keyring(&[1, 2, 4], 12, 21), &[1, 4]);
    feed.keys = vec![12, 21];
    feed.publish(START, &[("all.zip", "two"), ("index.json", "[1,2]")]);
    feed
});

/// Files that a client reads: nobody reads those of the edition before any more.
fn read() -> Vec<&'static str> {
    let old = ["1.snapshot.json", "1.targets.json"];
    RICH.tree
        .keys()
        .map(String::as_str)
        .filter(|name| !old.contains(name))
        .collect()
}

/// Is this byte, changed so, noticed? By a client of the last root that does not depend on the file, which is the hardest
/// case; where it is the first root, also by one that was given the changed one to trust.
fn noticed(name: &str, at: usize, change: u8) -> bool {
    let mut tree = RICH.tree.clone();
    tree.get_mut(name).expect("there")[at] ^= change;
    let before = match name {
        "1.root.json" | "2.root.json" => 1,
        "3.root.json" => 2,
        _ => 3,
    };
    let mut trusted = vec![RICH.chain.get(before).expect("there").1];
    if name == "1.root.json" {
        trusted.push(&tree[name]);
    }
    trusted.iter().all(|root| {
        let outcome = check(&tree, root, None, When::Now(time(START)));
        matches!(outcome.verdict, Verdict::Invalid(_))
    })
}

#[test]
fn every_byte_of_a_feed_that_is_read_matters() {
    for name in read() {
        for at in 0..RICH.tree[name].len() {
            assert!(noticed(name, at, 1 << (at % 8)), "{name}, byte {at}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn any_change_of_any_byte_is_noticed(file in 0_usize..6, at in any::<prop::sample::Index>(), change in 1..=u8::MAX) {
        let name = read()[file];
        prop_assert!(noticed(name, at.index(RICH.tree[name].len()), change));
    }

    #[test]
    fn any_bytes_as_a_file_are_refused_and_never_fell_the_client(file in 0_usize..6, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut tree = RICH.tree.clone();
        tree.insert(read()[file].to_owned(), bytes);
        let outcome = check(&tree, RICH.pinned(), None, When::Now(time(START)));
        prop_assert!(matches!(outcome.verdict, Verdict::Invalid(_)));
    }
}
