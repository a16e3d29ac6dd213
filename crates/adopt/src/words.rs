//! Owns the words of a line: text without markup, addresses and links in it, whether it gives an order.
//! Must never know what a policy is.

use std::ops::Range;

/// Is one of these in the text?
pub(crate) fn has(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// Text without Markdown and HTML: link texts stay, their targets go.
pub(crate) fn plain(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let (keep, next) = match c {
            '~' | '<' if struck_run(rest).is_some() => (" ", struck_run(rest).unwrap_or(1)),
            '*' | '`' => ("", 1),
            '<' => tag(rest),
            // The mark of a quotation.
            '>' if out.trim_end_matches(' ').ends_with('\n') => ("", 1),
            // A mark that is meant as itself.
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => (&rest[1..2], 2),
            ']' if rest[1..].starts_with('(') => ("", target(rest)),
            '[' if is_link(rest) => ("", 1),
            '&' => entity(rest),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        out.push_str(keep);
        rest = &rest[next..];
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How long the struck-out run is that begins here: `~~so~~`, `<s>so</s>`, `<del>so</del>`.
fn struck_run(rest: &str) -> Option<usize> {
    /// A longer run is one whose end somebody lost.
    const LONGEST: usize = 2000;
    let marks = [
        ("~~", "~~"),
        ("<s>", "</s>"),
        ("<del>", "</del>"),
        ("<strike>", "</strike>"),
    ];
    let (open, close) = marks.iter().find(|(open, _)| rest.starts_with(open))?;
    let end = rest.floor_char_boundary(LONGEST.min(rest.len()));
    let inner = rest.get(open.len()..end)?;
    let length = inner
        .find(close)
        .filter(|length| *length > 0 && !inner.starts_with('~'))?;
    Some(open.len() + length + close.len())
}

/// What is struck out: it says what does not hold.
pub(crate) fn struck(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices(['~', '<']) {
        let free = found.last().is_none_or(|last| last.end <= at);
        if let Some(length) = free.then(|| struck_run(&text[at..])).flatten() {
            found.push(at..at + length);
        }
    }
    found
}

/// Is a place in one of these, which are in order?
pub(crate) fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let before = ranges.partition_point(|range| range.start <= at);
    before
        .checked_sub(1)
        .is_some_and(|last| at < ranges[last].end)
}

/// Characters that nobody sees, and that make another mailbox of an address.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Letters that do not belong into an address, and look as if they did.
fn is_foreign(c: char) -> bool {
    is_hidden(c) || (!c.is_ascii() && c < '\u{590}' && c.is_alphabetic())
}

/// The first of these bytes, not far from here: nothing is looked at twice but a few times.
fn first(rest: &str, signs: &[u8]) -> Option<(usize, u8)> {
    let near = rest.as_bytes().iter().take(500).enumerate().skip(1);
    let mut found = near.filter(|(_, byte)| signs.contains(byte));
    found.next().map(|(at, byte)| (at, *byte))
}

/// `[text](`: the bracket opens a link.
fn is_link(rest: &str) -> bool {
    let end = first(rest, b"[]").filter(|(_, byte)| *byte == b']');
    end.is_some_and(|(end, _)| rest.as_bytes().get(end + 1) == Some(&b'('))
}

/// How long `](target)` is; 1 where it is none.
fn target(rest: &str) -> usize {
    let end = first(rest, b"[])").filter(|(_, byte)| *byte == b')');
    end.map_or(1, |(end, _)| end + 1)
}

/// `<b>` goes, `<a@b.org>` loses its brackets, `< 1.0` stays.
fn tag(rest: &str) -> (&str, usize) {
    let named = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    let end = first(rest, b"<>").filter(|(_, byte)| *byte == b'>' && named);
    match end {
        Some((end, _)) if rest[..end].contains(['@', ':']) && !rest[..end].contains(' ') => {
            (&rest[1..end], end + 1)
        }
        Some((end, _)) => (" ", end + 1),
        None => ("<", 1),
    }
}

fn entity(rest: &str) -> (&str, usize) {
    for (name, text) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&nbsp;", " "),
    ] {
        if rest.starts_with(name) {
            return (text, name.len());
        }
    }
    ("&", 1)
}

/// The mail addresses in a text, in order.
pub(crate) fn addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
    let host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let struck = struck(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let left = bytes[..at]
            .iter()
            .rev()
            .take(65)
            .take_while(|b| local(b))
            .count();
        let right = bytes[at + 1..]
            .iter()
            .take(254)
            .take_while(|b| host(b))
            .count();
        let domain = text[at + 1..at + 1 + right].trim_end_matches(['.', '-']);
        let end = at + 1 + domain.len();
        let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
        let cut = text[..at - left].ends_with(is_foreign) || text[end..].starts_with(is_foreign);
        let out = is_within(&struck, at);
        let whole = (1..=64).contains(&left)
            && !cut
            && !out
            && top.len() > 1
            && top.bytes().all(|b| b.is_ascii_alphabetic());
        if whole
            && &text[at - left..at] != "git"
            && found.last().is_none_or(|last| last.end <= at - left)
        {
            found.push(at - left..end);
        }
    }
    found
}

/// The https links in a text, in order.
pub(crate) fn links(text: &str) -> Vec<Range<usize>> {
    let stop = |c: char| {
        c.is_whitespace() || c.is_control() || "()[]<>\"'`|\\{}".contains(c) || !c.is_ascii()
    };
    let struck = struck(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices("https://") {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let end = text[at..].find(stop).map_or(text.len(), |end| at + end);
        let end = at
            + text[at..end]
                .trim_end_matches(['.', ',', ';', ':', '!', '*', '_'])
                .len();
        let out = is_within(&struck, at);
        if text[at..end].len() > "https://".len() && !out && !text[end..].starts_with(is_hidden) {
            found.push(at..end);
        }
    }
    found
}

/// Verbs that open an order to the reader. A promise of the project begins with something else.
const ORDERS: &str = " always never use keep validate avoid do don't ensure review limit enable clear run be consider \
    monitor please protect follow update require maintain include check treat store make set verify report sanitize \
    regularly restrict classify deploy rotate disable configure choose prefer install audit test read pin isolate watch \
    share send open contact describe provide subscribe upgrade only when if ";

/// Does the sentence tell the reader what to do?
pub(crate) fn is_order(lower: &str) -> bool {
    let first = lower.split([' ', ',', ':']).next().unwrap_or_default();
    !first.is_empty() && ORDERS.contains(&format!(" {first} "))
}

/// Is the word there by itself, not as a part of another?
pub(crate) fn word(lower: &str, word: &str) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let mut hits = lower.match_indices(word);
    let alone = |at: &usize| {
        !letter(lower[..*at].chars().next_back())
            && !letter(lower[*at + word.len()..].chars().next())
    };
    hits.find(|(at, _)| alone(at)).map(|(at, _)| at)
}

/// The text, cut between characters to a length that names and comments may have.
pub(crate) fn short(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        assert_eq!(plain("**Mail**: `a@b.org`  now"), "Mail: a@b.org now");
        assert_eq!(
            plain("see [the page](https://x.org/y) or <a@b.org>"),
            "see the page or a@b.org"
        );
        assert_eq!(
            plain("< 0.1 &lt; 2 <b>x</b> [To be done]"),
            "< 0.1 < 2 x [To be done]"
        );
        assert_eq!(plain("[x](unclosed"), "x(unclosed");
    }

    #[test]
    fn addresses_end_where_a_sentence_does() {
        let text = "Write to a.b+c@x-y.org. Not git@github.com, @me, a@b or x@1.2.";
        let found: Vec<&str> = addresses(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(found, ["a.b+c@x-y.org"]);
    }

    #[test]
    fn no_address_is_cut_out_of_another_or_out_of_what_is_struck_out() {
        for text in [
            "secu\u{200b}rity@b.org",
            "a@b.co\u{200b}m",
            "séc@b.org",
            "~~a@b.org~~",
        ] {
            assert_eq!(addresses(text), [], "{text}");
        }
        assert_eq!(links("<s>https://a.org/b</s> https://a.org/c\u{200b}d"), []);
        assert_eq!(plain("~~yes~~ no"), "no");
    }

    #[test]
    fn links_end_where_a_sentence_does() {
        let text = "[x](https://a.org/b) and https://c.org/d. http://no.org https://";
        let found: Vec<&str> = links(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(found, ["https://a.org/b", "https://c.org/d"]);
    }

    #[test]
    fn an_order_is_no_promise() {
        assert!(is_order("always validate inputs"));
        assert!(!is_order("all inputs are validated"));
    }
}
