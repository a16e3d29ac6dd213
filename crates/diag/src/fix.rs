//! Owns edits that certainly mend a finding, and applying them to texts.
//! Must never touch a byte outside the spans: comments and layout are the author's.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::{Report, Source, Span};

/// An edit that mends a finding: these bytes of this file become that text.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, as an order, in a few words.
    pub title: String,
    /// The file.
    pub source: Arc<Source>,
    /// The bytes to replace.
    pub span: Span,
    /// What stands there afterwards; empty takes the bytes out.
    pub replacement: String,
}

/// A file with its fixes applied.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The file as it was read.
    pub source: Arc<Source>,
    /// Its new text.
    pub text: String,
    /// How many edits were made.
    pub count: usize,
}

/// Applies every fix of a report that does not overlap an earlier one; by path.
/// What overlaps is left for another round, after the text was checked again.
pub fn apply(report: &Report) -> Vec<Fixed> {
    let mut by_path: BTreeMap<&str, Vec<&Fix>> = BTreeMap::new();
    for found in report.sorted() {
        // One finding is mended once.
        if let Some(fix) = found.fixes.first() {
            by_path.entry(fix.source.path()).or_default().push(fix);
        }
    }
    by_path.into_values().filter_map(apply_to_one).collect()
}

fn apply_to_one(mut fixes: Vec<&Fix>) -> Option<Fixed> {
    let source = Arc::clone(&fixes.first()?.source);
    // Spans of another reading of the file mean other bytes.
    fixes.retain(|fix| fix.source.text() == source.text());
    fixes.sort_by_key(|fix| (fix.span.start(), fix.span.end()));
    let old = source.text();
    let (mut text, mut done, mut count) = (String::with_capacity(old.len()), 0, 0);
    let mut last_start = None;
    for fix in fixes {
        let (start, end) = (fix.span.start(), fix.span.end());
        let overlaps = start < done || last_start == Some(start);
        let (Some(before), Some(replaced)) = (old.get(done..start), old.get(start..end)) else {
            continue;
        };
        if overlaps || replaced == fix.replacement {
            continue;
        }
        text.push_str(before);
        text.push_str(&fix.replacement);
        (done, last_start) = (end, Some(start));
        count += 1;
    }
    text.push_str(old.get(done..)?);
    (count > 0).then_some(Fixed {
        source,
        text,
        count,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Diagnostic;
    use proptest::prelude::*;

    fn report(source: &Arc<Source>, fixes: &[(usize, usize, &str)]) -> Report {
        let mut report = Report::default();
        for (start, end, text) in fixes {
            let span = source.span(*start..*end);
            let found = Diagnostic::error("c", "m", source, span.clone());
            report.push(found.fix("do it", span, *text));
        }
        report
    }

    fn fixed(text: &str, fixes: &[(usize, usize, &str)]) -> Vec<(String, usize)> {
        let source = Arc::new(Source::new("a.toml", text));
        let all = apply(&report(&source, fixes)).into_iter();
        all.map(|fixed| (fixed.text, fixed.count)).collect()
    }

    #[test]
    fn fixes_change_their_bytes_and_nothing_else() {
        let edits = [(9, 12, "x"), (0, 1, "bb"), (4, 4, "!")];
        assert_eq!(
            fixed("a # k\r\n= old", &edits),
            [("bb # !k\r\n= x".to_owned(), 3)]
        );
    }

    #[test]
    fn of_two_fixes_that_overlap_the_first_is_made() {
        assert_eq!(
            fixed("abcdef", &[(2, 5, "X"), (1, 3, "Y")]),
            [("aYdef".to_owned(), 1)]
        );
        assert_eq!(
            fixed("abc", &[(1, 1, "X"), (1, 1, "X")]),
            [("aXbc".to_owned(), 1)]
        );
    }

    #[test]
    fn a_fix_that_changes_nothing_is_none() {
        assert_eq!(fixed("abc", &[(1, 2, "b")]), []);
    }

    #[test]
    fn text_that_nobody_could_see_is_not_written() {
        assert_eq!(fixed("abc", &[(1, 2, "\u{202e}")]), []);
    }

    proptest! {
        #[test]
        fn any_fixes_of_any_readings_give_a_text(
            texts in proptest::collection::vec("(?s).{0,20}", 1..4),
            edits in proptest::collection::vec((0usize..4, 0usize..30, 0usize..9, "\\PC{0,3}"), 0..12),
        ) {
            let sources: Vec<_> = texts.iter().map(|text| Arc::new(Source::new("a", text.as_str()))).collect();
            let mut all = Report::default();
            for (which, start, length, text) in &edits {
                // A span of one text, used on another: it may lie anywhere.
                let span = sources[which % sources.len()].span(*start..start + length);
                let target = &sources[start % sources.len()];
                all.push(Diagnostic::error("c", "m", target, target.first_line()).fix("t", span, text));
            }
            let once: Vec<String> = apply(&all).into_iter().map(|fixed| fixed.text).collect();
            let again: Vec<String> = apply(&all).into_iter().map(|fixed| fixed.text).collect();
            prop_assert_eq!(once, again);
        }
    }
}
