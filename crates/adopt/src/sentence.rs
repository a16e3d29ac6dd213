//! Owns where sentences end in a text with markup.
//! Must never cut inside code, a link or an address, or lose a byte that is not a space.

use std::ops::Range;

use crate::words;

/// Short forms whose full stop ends no sentence.
const SHORT: [&str; 8] = ["e.g", "i.e", "cf", "vs", "approx", "incl", "resp", "ca"];

/// What may close a sentence behind its full stop.
const CLOSERS: [char; 8] = ['*', '_', '"', '\'', ')', ']', '”', '’'];

/// The sentences of a text, without the spaces between them.
pub(crate) fn split(raw: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut code = false;
    let struck = words::struck(raw);
    for (at, c) in raw.char_indices() {
        if words::is_within(&struck, at) {
            continue;
        }
        match c {
            '`' => code = !code,
            '.' | '!' | '?' if !code => {
                if let Some(end) = end(raw, at).filter(|_| at >= start) {
                    push(&mut found, raw, start..end);
                    start = end;
                }
            }
            // `data is lost; fix within 30 days` says two things, and `&lt; 1.0` is a sign.
            ';' if !code && raw[at + 1..].starts_with(' ') && !is_entity(&raw[..at]) => {
                push(&mut found, raw, start..at + 1);
                start = at + 1;
            }
            // Two spaces before the end of a line break it on the page.
            '\n' if raw[..at].trim_end_matches('\r').ends_with("  ") => {
                push(&mut found, raw, start..at);
                start = at;
                code = false;
            }
            _ => {}
        }
    }
    push(&mut found, raw, start..raw.len());
    found
}

/// The end of the sentence that this mark closes, if it does.
fn end(raw: &str, at: usize) -> Option<usize> {
    let rest = &raw[at + 1..];
    let closers = rest.len() - rest.trim_start_matches(CLOSERS).len();
    let behind = &rest[closers..];
    let next = behind.trim_start();
    let apart = next.len() < behind.len() && !next.starts_with(char::is_lowercase);
    let word = raw[..at]
        .rsplit([' ', '(', '\n'])
        .next()
        .unwrap_or_default();
    let short = SHORT.contains(&word.to_ascii_lowercase().as_str());
    (apart && !short).then_some(at + 1 + closers)
}

fn is_entity(before: &str) -> bool {
    let name = before.rsplit('&').next().unwrap_or_default();
    name.len() < before.len()
        && name.len() < 8
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
}

fn push(found: &mut Vec<Range<usize>>, raw: &str, at: Range<usize>) {
    let piece = &raw[at.clone()];
    let start = at.start + piece.len() - piece.trim_start().len();
    let end = start + piece.trim().len();
    if end > start {
        found.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    fn read(raw: &str) -> Vec<&str> {
        split(raw).into_iter().map(|at| &raw[at]).collect()
    }

    #[test]
    fn a_sentence_ends_where_people_end_it() {
        assert_eq!(
            read("We answer in 2 days. **Never** wait! See a.b.org. Or not"),
            [
                "We answer in 2 days.",
                "**Never** wait!",
                "See a.b.org.",
                "Or not"
            ]
        );
        assert_eq!(read("Data is lost; fix it"), ["Data is lost;", "fix it"]);
        assert_eq!(read("**Bold.** Next"), ["**Bold.**", "Next"]);
        assert_eq!(read("one  \ntwo\nthree"), ["one", "two\nthree"]);
    }

    #[test]
    fn what_only_looks_like_an_end_is_none() {
        for raw in [
            "Patch versions (e.g. 1.0.1)",
            "Run `a. B`",
            "version 1. x",
            "below &lt; 1.0",
            "https://a.org/b.C?d",
        ] {
            assert_eq!(read(raw), [raw]);
        }
        assert!(read(" \n ").is_empty());
    }
}
