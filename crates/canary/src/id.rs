//! Owns the spellings of a name of a flaw: its parts glued or apart, with and without the `x_` of ids that are nobody's yet.
//! Must never make a spelling so short that somebody else means something else by it.

/// With fewer letters and digits, glued parts are a word or a number of their own.
const SHORTEST: usize = 8;
/// So many letters make a prefix; fewer are a word in a sentence.
const PREFIX: usize = 3;
/// With more parts, only all are glued: nobody leaves some apart.
const PARTS: usize = 4;

/// All spellings of folded and loosened words, the given one first.
pub(crate) fn spellings(words: &[u8]) -> Vec<Vec<u8>> {
    let parts: Vec<&[u8]> = words.split(|byte| *byte == b' ').collect();
    let mut all = joined(&parts);
    if let [b"x", bare @ ..] = &parts[..]
        && bare.len() > 1
        && bare[0].len() >= PREFIX
    {
        all.extend(joined(bare));
    }
    let mut at = 0..;
    let apart = |words: &[u8]| words.contains(&b' ');
    all.retain(|words| at.next() == Some(0) || apart(words) || words.len() >= SHORTEST);
    all
}

/// The parts with and without a space at each joint.
fn joined(parts: &[&[u8]]) -> Vec<Vec<u8>> {
    let joints = parts.len().saturating_sub(1);
    let every = if parts.len() <= PARTS {
        (0..1_u32 << joints).collect()
    } else {
        vec![0, u32::MAX]
    };
    let glued = |mask: u32| {
        let mut words = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let open = at > 0 && (mask >> (at - 1).min(31)) & 1 == 0;
            words.extend(open.then_some(b' '));
            words.extend_from_slice(part);
        }
        words
    };
    every.into_iter().map(glued).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(words: &str) -> Vec<String> {
        let all = spellings(words.as_bytes()).into_iter();
        all.map(|words| String::from_utf8(words).expect("text"))
            .collect()
    }

    #[test]
    fn parts_are_apart_or_glued() {
        let cve = [
            "cve 2026 77777",
            "cve2026 77777",
            "cve 202677777",
            "cve202677777",
        ];
        assert_eq!(all("cve 2026 77777"), cve);
        assert_eq!(all("a b c d e f g h").len(), 2);
        assert_eq!(all("a b c d e").len(), 1);
        assert_eq!(all("dsa 77"), ["dsa 77"]);
    }

    #[test]
    fn an_id_is_also_looked_for_without_its_mark_of_nobody() {
        let mine = all("x mine 2026 0001");
        assert!(mine.iter().any(|words| words == "mine 2026 0001"));
        assert!(mine.iter().any(|words| words == "mine20260001"));
        assert!(
            !all("x f 2026 0001")
                .iter()
                .any(|words| words == "f 2026 0001")
        );
        assert_eq!(all("x"), ["x"]);
    }
}
