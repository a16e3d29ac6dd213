//! Owns the years of a feed, and what thieves and bad hosts make of its trees. Numbers are cases of the list of attacks.
//! Must never ask a question whose answer depends on the machine.

use caveat_tuf::Fingerprint;
use jiff::{SignedDuration, Timestamp as Time};

use crate::Book;
use crate::feed::{Feed, forged, hex, key};

/// So many hours before now.
fn ago(book: &Book, hours: i64) -> Time {
    book.now
        .saturating_sub(SignedDuration::from_hours(hours))
        .unwrap_or(book.now)
}

/// A feed with a first edition, five days ago.
fn begun(book: &Book) -> Feed {
    let mut feed = Feed::new(ago(book, 120));
    feed.publish(ago(book, 120), "one");
    feed
}

/// The same with a second one, a day later.
pub(crate) fn second(book: &Book) -> Feed {
    let mut feed = begun(book);
    feed.publish(ago(book, 96), "two");
    feed
}

/// A name, the keys of root, publisher and timestamp after it, and who signs for it.
type Change = (&'static str, &'static [u8], u8, u8, &'static [u8]);

/// Three rotations, and a theft of all that machines have.
const CHANGES: [Change; 4] = [
    ("publisher", &[1, 2, 3], 11, 20, &[1, 2]),
    ("person", &[1, 2, 4], 11, 20, &[1, 2]),
    ("freshness", &[1, 2, 4], 11, 21, &[2, 4]),
    ("compromise", &[1, 4, 5], 12, 22, &[1, 4]),
];

/// Editions, heartbeats, rotations: every client follows from wherever it was.
pub(crate) fn years(book: &mut Book) {
    let mut feed = begun(book);
    book.root = feed.root();
    book.tree("first", &feed);
    feed.heartbeat(ago(book, 110));
    book.tree("heartbeat", &feed);
    feed.publish(ago(book, 96), "two");
    book.tree("second", &feed);
    for (hours, (name, root, publish, freshness, signers)) in (1..).zip(CHANGES) {
        feed.rotate(root, publish, freshness, signers);
        feed.publish(ago(book, 90 - hours), name);
        book.tree(name, &feed);
    }
    let mut seen = vec!["first", "heartbeat", "second"];
    book.ask("a new client takes the first edition", &seen[..1], true);
    book.ask("a client takes a heartbeat", &seen[..2], true);
    book.ask("a client takes the next edition", &seen, true);
    seen.extend(CHANGES.map(|change| change.0));
    book.ask(
        "a client sees three rotations and a compromise",
        &seen,
        true,
    );
    book.ask(
        "an old client skips all of them",
        &["first", "compromise"],
        true,
    );
    book.ask(
        "a new client starts at the first root",
        &["compromise"],
        true,
    );
}

/// What somebody with the keys of machines can do, and how the feed recovers.
pub(crate) fn thefts(book: &mut Book) {
    let mut feed = second(book);
    book.tree("two", &feed);
    book.tree("pushed", &pushed(&feed));
    let back = forged(&feed.text("timestamp.json"), &[20], |text| {
        let text = repointed(text, &feed.text("1.snapshot.json"));
        let text = text.replace("\"version\":2}}", "\"version\":1}}");
        text.replace("\"version\":2}", "\"version\":3}")
    });
    book.attack(
        "17: a new timestamp points back",
        &["two"],
        feed.with("timestamp.json", back),
    );
    feed.publish(ago(book, 90), "three");
    book.attack(
        "25: versions pushed up, and no recovery",
        &["two", "pushed"],
        feed.tree.clone(),
    );
    let mut half = feed.clone();
    half.rotate(&[1, 2, 3], 10, 21, &[1, 2]);
    half.publish(ago(book, 80), "half");
    let name = "25: versions pushed up, and the key of the timestamp alone replaced";
    book.attack(name, &["two", "pushed"], half.tree);
    let old = feed.text("timestamp.json");
    feed.rotate(&[1, 2, 3], 11, 21, &[1, 2]);
    feed.publish(ago(book, 80), "recovered");
    book.tree("recovered", &feed);
    book.ask(
        "25: versions pushed up, and a recovery",
        &["two", "pushed", "recovered"],
        true,
    );
    book.attack(
        "24: a key that was taken out signs on",
        &["two"],
        feed.with("timestamp.json", old),
    );
}

/// All versions as high as the thief likes, signed with the keys of machines.
fn pushed(feed: &Feed) -> Feed {
    let up = |text: &str| text.replace("\"version\":2", "\"version\":2147483648");
    let targets = forged(&feed.text("2.targets.json"), &[10], up);
    let pointing = |name, signer, file: &str| {
        forged(&feed.text(name), &[signer], |text| {
            up(&repointed(text, file))
        })
    };
    let snapshot = pointing("2.snapshot.json", 10, &targets);
    let timestamp = pointing("timestamp.json", 20, &snapshot);
    let mut pushed = feed.clone();
    pushed.tree = pushed.with("2147483648.targets.json", targets);
    pushed.tree = pushed.with("2147483648.snapshot.json", snapshot);
    pushed.tree = pushed.with("timestamp.json", timestamp);
    pushed
}

/// Roots that too few or the wrong people signed, or that are not the next one.
pub(crate) fn roots(book: &mut Book) {
    let feed = second(book);
    let mut ahead = feed.clone();
    ahead.rotate(&[1, 2, 3], 11, 21, &[1, 2]);
    let unsigned = text(&feed.next_root(&[4, 5, 6], 11, 21, &[]));
    for (name, root) in [
        (
            "20: a root with one signature of two",
            feed.next_root(&[1, 2, 3], 11, 21, &[1]),
        ),
        (
            "21: a root signed only with its own keys",
            forged(&unsigned, &[4, 5], str::to_owned).into_bytes(),
        ),
        (
            "22: a root version skipped",
            ahead.next_root(&[1, 2, 3], 12, 22, &[1, 2]),
        ),
        ("22: a root version replayed", feed.root()),
    ] {
        book.attack(name, &["two"], feed.with("2.root.json", root));
    }
    one_key_twice(book, &feed);
}

/// A root that lists one person's key under two ids, and a later one that this person signs for two.
fn one_key_twice(book: &mut Book, feed: &Feed) {
    let (id, other) = (key(1).id().to_string(), "0".repeat(64));
    let doubled = |text: &str| {
        let start = text.find(&format!("\"{id}\":")).unwrap_or_default() + id.len() + 3;
        let end = start + text[start..].find("\"ed25519\"}").unwrap_or_default() + 10;
        let keys = format!("\"keys\":{{\"{other}\":{},", &text[start..end]);
        let ids = format!("\"root\":{{\"keyids\":[\"{other}\",");
        let text = text.replacen("\"keys\":{", &keys, 1);
        text.replace("\"root\":{\"keyids\":[", &ids)
    };
    let version = |text: &str, version: u8| {
        doubled(text).replace("\"version\":1", &format!("\"version\":{version}"))
    };
    let root = text(&feed.root());
    let second = forged(&root, &[1, 2], |text| version(text, 2));
    let third = forged(&root, &[1], |text| version(text, 3));
    let end = third.find(']').unwrap_or_default();
    let own = third["{\"signatures\":[".len()..end].replace(&id, &other);
    let third = third.replacen('[', &format!("[{own},"), 1);
    let mut tree = feed.with("2.root.json", second);
    tree.insert("tuf/3.root.json".to_owned(), third.into_bytes());
    book.attack("23: one key under two ids signs for two", &["two"], tree);
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A pointer to this file instead of what it points at.
fn repointed(text: &str, file: &str) -> String {
    let sha256 = hex(&Fingerprint::of(file.as_bytes()).sha256);
    let at = text.find("\"sha256\":\"").unwrap_or_default() + 10;
    let text = format!("{}{sha256}{}", &text[..at], &text[at + 64..]);
    let at = text.find("\"length\":").unwrap_or_default() + 9;
    let end = at + text[at..].find(',').unwrap_or_default();
    format!("{}{}{}", &text[..at], file.len(), &text[end..])
}

/// What a host can do that has no key: files of other times, or none.
pub(crate) fn hosts(book: &mut Book) {
    let (first, feed) = (begun(book), second(book));
    book.tree("one", &first);
    book.attack(
        "14: an older timestamp",
        &["one", "two"],
        first.tree.clone(),
    );
    let mut late = Feed::new(ago(book, 120));
    late.publish(ago(book, 400), "late");
    book.attack("16: an expired timestamp", &[], late.tree);
    let mixed = feed.with("2.targets.json", first.text("1.targets.json"));
    book.attack(
        "18: the list of the edition before under the new name",
        &["one"],
        mixed,
    );
    let mixed = feed.with("2.snapshot.json", first.text("1.snapshot.json"));
    book.attack(
        "18: the snapshot of the edition before under the new name",
        &["one"],
        mixed,
    );
    for (name, path) in [
        ("26: no timestamp", "tuf/timestamp.json"),
        ("26: no snapshot", "tuf/2.snapshot.json"),
        ("26: no list of files", "tuf/2.targets.json"),
    ] {
        let mut tree = feed.tree.clone();
        tree.remove(path);
        book.attack(name, &["one"], tree);
    }
}

/// Files that a host has changed.
pub(crate) fn changes(book: &mut Book) {
    let feed = second(book);
    let bundle = caveat_tuf::target_path("all.zip", &Fingerprint::of(b"two"));
    let timestamp = feed.text("timestamp.json");
    let cut = timestamp[..timestamp.len() - 20].to_owned();
    let flipped = timestamp.replace("\"version\":2}}", "\"version\":3}}");
    let list = feed
        .text("2.targets.json")
        .replace("\"length\":3", "\"length\":4");
    for (name, file, text) in [
        (
            "2: a bundle of the same length",
            bundle.as_str(),
            "six".to_owned(),
        ),
        (
            "3: a bundle with something appended",
            &bundle,
            "two\n".to_owned(),
        ),
        (
            "3: a timestamp of a megabyte",
            "timestamp.json",
            " ".repeat(1 << 20),
        ),
        ("4: a timestamp that was cut", "timestamp.json", cut),
        ("1: one byte of the timestamp", "timestamp.json", flipped),
        ("1: one byte of the list", "2.targets.json", list),
    ] {
        book.attack(name, &["one"], feed.with(file, text));
    }
}
