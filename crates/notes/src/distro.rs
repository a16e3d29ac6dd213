//! Owns notes as lines for the changelogs of packagers.
//! Must never close a bug, expand a macro, or begin what a changelog would take for another entry.

use caveat_words::lines::fold;

use crate::item::Item;

/// Lines of prose are at most this long.
const WIDTH: usize = 80;

/// Lines of an entry of `debian/changelog`. Whoever uploads writes the first and the last line.
pub(crate) fn debian(items: &[Item]) -> String {
    entries(items, ["  * ", "    "], open)
}

/// Lines of `%changelog`, below the line with date and name.
pub(crate) fn rpm(items: &[Item]) -> String {
    entries(items, ["- ", "  "], |text| text.replace('%', "%%"))
}

fn entries(items: &[Item], [first, rest]: [&str; 2], safe: impl Fn(&str) -> String) -> String {
    let mut lines = Vec::new();
    for item in items {
        let (severity, title, names) = (&item.severity, &item.title, item.names());
        let head = format!("Security fix, {severity}: {title} ({names}).");
        lines.extend(fold(&safe(&head), [first, rest], WIDTH));
        let text = item.sentences().join(" ");
        lines.extend(fold(&safe(&text), [rest, rest], WIDTH));
        lines.push(format!("{rest}{}", safe(&item.url)));
    }
    lines.join("\n") + "\n"
}

/// Text that closes no bug: Debian and Launchpad look for `Closes: #1` and `LP: #1` anywhere, also within words.
fn open(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let before = &text.as_bytes()[..at];
        let ends = |word: &[u8]| {
            let from = before.len().saturating_sub(word.len());
            before[from..].eq_ignore_ascii_case(word)
        };
        if c == ':' && (ends(b"closes") || ends(b"lp")) && is_bug(&text[at + 1..]) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

fn is_bug(text: &str) -> bool {
    let text = text.trim_start();
    let bug = text
        .get(..3)
        .is_some_and(|word| word.eq_ignore_ascii_case("bug"));
    bug || text.starts_with(|c: char| c == '#' || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::samples::{HOSTILE, item};

    #[test]
    fn no_text_closes_a_bug() {
        assert_eq!(open("Closes: #1"), "Closes : #1");
        assert_eq!(open("discloses:bug 5, LP: #6"), "discloses :bug 5, LP : #6");
        assert_eq!(open("closes: all, help: yes"), "closes: all, help: yes");
    }

    #[test]
    fn no_line_begins_another_entry() {
        for text in HOSTILE {
            let items = [item(text)];
            let debian = debian(&items);
            assert!(
                debian
                    .lines()
                    .all(|line| line.starts_with("    ") || line.starts_with("  * S"))
            );
            let rpm = rpm(&items);
            assert!(
                rpm.lines()
                    .all(|line| line.starts_with("  ") || line.starts_with("- S"))
            );
            assert_eq!(rpm.replace("%%", "").matches('%').count(), 0, "{rpm}");
            assert!(rpm.contains("CVE-2026-31337") && debian.contains("CVE-2026-31337"));
        }
    }
}
