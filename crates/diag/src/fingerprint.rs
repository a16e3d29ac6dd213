//! Owns the name by which other programs know a finding again after the file has changed elsewhere.
//! Must never depend on line numbers: an edit above a fault does not make it a new one.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::Diagnostic;

/// A finding and its fingerprint.
pub(crate) type Known<'a> = (&'a Diagnostic, String);

/// A fingerprint for each of these findings, all different: 32 hexadecimal digits.
pub(crate) fn known<'a>(findings: Vec<&'a Diagnostic>) -> Vec<Known<'a>> {
    let mut seen: BTreeMap<[&str; 4], usize> = BTreeMap::new();
    let mut one = |found: &'a Diagnostic| {
        let at = found.primary();
        let text = at.source.text().get(at.span.range()).unwrap_or_default();
        let parts = [at.source.path(), found.code, &found.message, text];
        let nth = seen.entry(parts).or_default();
        *nth += 1;
        (found, hash(parts, *nth))
    };
    findings.into_iter().map(&mut one).collect()
}

/// Equal findings of one file are told apart by counting them.
fn hash(parts: [&str; 4], nth: usize) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.update((nth as u64).to_le_bytes());
    let mut out = String::new();
    for byte in &hasher.finalize()[..16] {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Report, Source};

    fn prints(text: &str) -> Vec<String> {
        let source = Arc::new(Source::new("a.toml", text));
        let mut report = Report::default();
        for (at, hit) in text.match_indices("bad") {
            let span = source.span(at..at + hit.len());
            report.push(Diagnostic::error("c", "m", &source, span));
        }
        let all = known(report.sorted());
        all.into_iter().map(|(_, print)| print).collect()
    }

    #[test]
    fn a_finding_that_moved_is_the_same_and_a_second_one_is_another() {
        assert_eq!(prints("bad"), prints("\n\n  bad"));
        let two = prints("bad bad");
        assert!(two[0] == prints("bad")[0] && two[0] != two[1], "{two:?}");
    }
}
