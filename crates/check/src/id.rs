//! Owns where ids of the well-known databases stand in a text.
//! Must never know whether an id exists.

use std::ops::Range;

const PREFIXES: [&str; 4] = ["CVE-", "GHSA-", "PYSEC-", "RUSTSEC-"];

/// No id is longer, in bytes; what is, is something else.
const LONGEST: usize = 40;

/// Every whole id in a text, in the order of prefixes; a pattern such as `CVE-2026-XXXX` is none.
pub(crate) fn ids(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for prefix in PREFIXES {
        for (at, _) in text.match_indices(prefix) {
            let before = text[..at].chars().next_back();
            let inside = before.is_some_and(|c| c.is_alphanumeric() || "_-/".contains(c));
            let start = at + prefix.len();
            let rest = &text[start..];
            let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
            let length = rest.bytes().take(LONGEST).take_while(part).count();
            let entry = rest[..length].trim_end_matches('-');
            if !inside && is_entry(prefix, entry) {
                found.push(at..start + entry.len());
            }
        }
    }
    found
}

fn is_entry(prefix: &str, entry: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if prefix == "GHSA-" {
        let groups = entry.split('-').filter(|group| group.len() == 4);
        return groups.count() == 3 && entry.len() == 14;
    }
    let parts = entry.split_once('-');
    parts.is_some_and(|(year, number)| year.len() == 4 && digits(year) && digits(number))
}

#[cfg(test)]
mod tests {
    use super::ids;

    #[test]
    fn ids_are_found_whole_and_patterns_are_none() {
        let found = |text| -> Vec<&str> { ids(text).into_iter().map(|at| &text[at]).collect() };
        let text = "(CVE-2026-12345), GHSA-2f84-9xq5-cvjm: RUSTSEC-2026-0001- PYSEC-2021-1";
        let all = [
            "CVE-2026-12345",
            "GHSA-2f84-9xq5-cvjm",
            "PYSEC-2021-1",
            "RUSTSEC-2026-0001",
        ];
        assert_eq!(found(text), all);
        let none = "CVE-2026-XXXX CVE-IDs GHSA-xxxx xCVE-2026-1234 /CVE-2026-1234 CVE-";
        assert_eq!(found(none), [""; 0]);
    }
}
