//! Owns the web and mail addresses in a text: where they stand, and which host they name.
//! Must never judge them.

use std::ops::Range;

/// Every web address that is written out, without the punctuation that follows it.
pub(crate) fn web(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices("://") {
        let scheme = text[..at].bytes().rev();
        let length = scheme.take(8).take_while(u8::is_ascii_alphabetic).count();
        let start = at - length;
        let known = ["http", "https"].contains(&text[start..at].to_ascii_lowercase().as_str());
        if known && found.last().is_none_or(|last| last.end <= start) {
            found.push(start..end(text, at + 3));
        }
    }
    found
}

/// No address that anybody wrote is longer, in bytes.
const LONGEST: usize = 1_000;

/// Where a web address ends whose host begins at `start`.
fn end(text: &str, start: usize) -> usize {
    let (mut round, mut square, mut end) = (0, 0, start);
    for c in text[start..].chars() {
        match c {
            _ if c.is_whitespace() || "<>\"`{}|^\\".contains(c) => break,
            // A bracket that was not opened within belongs to the sentence.
            ')' if round == 0 => break,
            ']' if square == 0 => break,
            '(' => round += 1,
            '[' => square += 1,
            ')' => round -= 1,
            ']' => square -= 1,
            _ if end - start > LONGEST => break,
            _ => {}
        }
        end += c.len_utf8();
    }
    let marks = ['.', ',', ';', ':', '!', '?', '\'', '*'];
    start + text[start..end].trim_end_matches(marks).len()
}

/// The host of a web address, without user and port.
pub(crate) fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?;
    if let Some(six) = host.strip_prefix('[') {
        return six.split(']').next();
    }
    host.split(':').next()
}

/// Every mail address that is written out.
pub(crate) fn mail(text: &str) -> Vec<Range<usize>> {
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text.as_bytes()[..at].iter().rev().take(64);
        let start = at - before.take_while(|byte| local(byte)).count();
        let after = text.as_bytes()[at + 1..].iter().take(254);
        let end = at + 1 + after.take_while(|byte| host(byte)).count();
        let domain = text[at + 1..end].trim_end_matches(['.', '-']);
        let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
        let letters = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
        if start < at && letters && !domain.starts_with('.') {
            found.push(start..at + 1 + domain.len());
        }
    }
    found
}

/// The mailbox of a `mailto:` link, of `Name <address>`, or of an address alone; in small letters.
pub(crate) fn mailbox(text: &str) -> Option<String> {
    if text.contains("://") {
        return None;
    }
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let text = text.split('?').next()?;
    let address = text.rsplit_once('<').map_or(text, |(_, rest)| rest);
    let address = address.trim().trim_end_matches('>');
    address
        .contains('@')
        .then(|| address.replace("%40", "@").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str, find: fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn web_addresses_end_where_the_sentence_goes_on() {
        for (text, url) in [
            ("See https://a.b/c.", "https://a.b/c"),
            ("(https://a.b/c_(d))", "https://a.b/c_(d)"),
            ("[x](http://a.b)", "http://a.b"),
            ("<HTTPS://a.b?c=d>", "HTTPS://a.b?c=d"),
            ("ähttps://a.b/ü x", "https://a.b/ü"),
        ] {
            assert_eq!(all(text, web), [url]);
        }
        assert_eq!(all("git://a.b s3://x :// ", web), [""; 0]);
    }

    #[test]
    fn a_host_stands_between_user_and_port() {
        assert_eq!(host("https://u@a.b:8/c"), Some("a.b"));
        assert_eq!(host("http://[::1]:8/"), Some("::1"));
        assert_eq!(host("https://a.b?c"), Some("a.b"));
        assert_eq!(host("a.b"), None);
    }

    #[test]
    fn one_mailbox_has_many_spellings() {
        for text in [
            "mailto:A@b.org",
            "a@B.org",
            "Team <a@b.org>",
            "mailto:a@b.org?subject=x",
        ] {
            assert_eq!(mailbox(text).as_deref(), Some("a@b.org"), "{text}");
        }
        assert_eq!(mailbox("https://u@b.org/"), None);
        assert_eq!(mailbox("a.b.org"), None);
    }

    #[test]
    fn mail_addresses_are_told_from_handles_and_scopes() {
        assert_eq!(
            all("Ask <a.b+c@d.org>, e@f.co.", mail),
            ["a.b+c@d.org", "e@f.co"]
        );
        assert_eq!(
            all("@name a@b @scope/pkg x@1.2.3 git@host: @ .@.", mail),
            [""; 0]
        );
    }
}
