//! Owns the list of weaknesses, embedded so that no check needs the network.
//! Must never invent a name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::book::Weakness;

static LIST: LazyLock<BTreeMap<u32, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("../data/cwe.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let (number, name) = line.split_once('\t')?;
        Some((number.parse().ok()?, name))
    };
    rows.filter_map(row).collect()
});

/// The version of the list, for messages.
pub(crate) const VERSION: &str = "4.17";

/// Every name of the list.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    LIST.values().copied()
}

/// The weakness written as `CWE-n`; `None` where the list has no such entry.
pub(crate) fn weakness(text: &str) -> Option<Weakness> {
    let digits = text.strip_prefix("CWE-")?;
    let number = digits.parse().ok()?;
    let name = LIST.get(&number)?;
    (digits == number.to_string()).then_some(Weakness { number, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_list_is_read() {
        let rows = include_str!("../data/cwe.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'));
        assert_eq!(LIST.len(), rows.count());
        assert_eq!(
            weakness("CWE-502").map(|w| w.name),
            Some("Deserialization of Untrusted Data")
        );
    }

    #[test]
    fn other_spellings_are_no_weakness() {
        for text in [
            "CWE-022",
            "cwe-22",
            "CWE-+22",
            "22",
            "CWE-0",
            "CWE-99999999999",
        ] {
            assert_eq!(weakness(text), None, "{text}");
        }
    }
}
