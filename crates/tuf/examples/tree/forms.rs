//! Owns documents in other words than ours: those that say the same, and those that nobody should understand.
//! Must never be signed for what they say where an attack is on their form alone.

use crate::Book;
use crate::attacks::{second, text};
use crate::feed::forged;

/// Documents that say what was signed, in other words.
pub(crate) fn words(book: &mut Book) {
    let feed = second(book);
    let timestamp = feed.text("timestamp.json");
    let (kind, version) = ("\"_type\":\"timestamp\"", "\"version\":2}}");
    for (name, text) in [
        (
            "28: a key twice",
            timestamp.replacen(kind, &format!("{kind},{kind}"), 1),
        ),
        ("28: a byte order mark", format!("\u{feff}{timestamp}")),
        ("28: white space", timestamp.replace(',', ", ")),
        (
            "28: a field that nobody signed",
            timestamp.replacen('{', "{\"more\":1,", 1),
        ),
        (
            "28: a version with a fraction",
            timestamp.replace(version, "\"version\":2.0}}"),
        ),
        (
            "28: lists in lists",
            format!("{}{}", "[".repeat(8000), "]".repeat(8000)),
        ),
    ] {
        book.attack(name, &["one"], feed.with("timestamp.json", text));
    }
}

/// Documents that were signed, and that nobody should understand.
pub(crate) fn senses(book: &mut Book) {
    let feed = second(book);
    let (timestamp, root) = (feed.text("timestamp.json"), text(&feed.root()));
    for (name, file, old, new) in [
        (
            "27: specification 2",
            "timestamp.json",
            "\"1.0.34\"",
            "\"2.0.0\"",
        ),
        (
            "27: another role's document",
            "timestamp.json",
            "\"timestamp\"",
            "\"snapshot\"",
        ),
        (
            "27: a threshold of 0",
            "2.root.json",
            "\"threshold\":1",
            "\"threshold\":0",
        ),
        (
            "27: a scheme that nobody knows",
            "2.root.json",
            "\"scheme\":\"ed25519\"",
            "\"scheme\":\"ed25520\"",
        ),
    ] {
        let forged = if file == "timestamp.json" {
            forged(&timestamp, &[20], |text| text.replace(old, new))
        } else {
            forged(&root, &[1, 2], |text| {
                text.replace("\"version\":1", "\"version\":2")
                    .replace(old, new)
            })
        };
        book.attack(name, &["one"], feed.with(file, forged));
    }
}
