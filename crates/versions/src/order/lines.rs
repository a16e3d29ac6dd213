//! Owns what the tests of every order share: lists of comparisons, one `A < B` on a line.
//! Must never pass over a line that it cannot read.

use std::cmp::Ordering;
use std::path::Path;

use crate::{Order, Version};

type Read = fn(Order, &str) -> Result<Version, crate::VersionError>;

/// Every line holds for versions as authors must write them.
pub(super) fn assert_lines(order: Order, lines: &str) {
    assert_eq!(wrong(order, Version::parse, lines), Vec::<String>::new());
}

/// Every line holds for versions as the world writes them.
pub(super) fn assert_found(order: Order, lines: &str) {
    assert_eq!(wrong(order, Version::found, lines), Vec::<String>::new());
}

/// Every line of these shared files holds; says so where they are not there.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
pub(super) fn assert_agreed(order: Order, files: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/version-order");
    for file in files {
        match std::fs::read_to_string(folder.join(file)) {
            Ok(lines) => {
                assert!(
                    lines
                        .lines()
                        .any(|line| line.contains(" > ") || line.contains(" < ")),
                    "{file}"
                );
                assert_eq!(
                    wrong(order, Version::found, &lines),
                    Vec::<String>::new(),
                    "{file}"
                );
            }
            Err(_) => eprintln!("skipped: {file} is not in this checkout"),
        }
    }
}

fn wrong(order: Order, read: Read, lines: &str) -> Vec<String> {
    let comment = |line: &&str| line.is_empty() || line.starts_with('#') || line.starts_with("//");
    let lines = lines.lines().map(str::trim).filter(|line| !comment(line));
    lines
        .filter(|line| !holds(order, read, line))
        .map(str::to_owned)
        .collect()
}

fn holds(order: Order, read: Read, line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [a, sign, b] = words[..] else {
        panic!("{line}: no comparison");
    };
    let expected = match sign {
        "<" => Ordering::Less,
        "=" => Ordering::Equal,
        ">" => Ordering::Greater,
        _ => panic!("{line}: no sign"),
    };
    let [a, b] =
        [a, b].map(|text| read(order, text).unwrap_or_else(|error| panic!("{line}: {error}")));
    a.cmp(&b) == expected && b.cmp(&a) == expected.reverse() && (a == b) == expected.is_eq()
}
