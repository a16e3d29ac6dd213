//! Owns notes as Markdown, and text in Markdown that reads as it was written.
//! Must never let a word of an advisory become markup, a link or a heading.

use caveat_words::title_parts;

use crate::item::Item;

/// A section as Keep a Changelog has it.
pub(crate) fn section(items: &[Item]) -> String {
    format!("### Security\n\n{}", list(items))
}

/// Its entries alone.
pub(crate) fn list(items: &[Item]) -> String {
    let entry = |item| format!("- {}\n", lines(item).join("\n  "));
    items.iter().map(entry).collect()
}

/// One entry, line by line, without its mark.
pub(crate) fn lines(item: &Item) -> Vec<String> {
    let url = &item.url;
    let mut lines = vec![
        format!(
            "**{}**: {} ({})",
            escaped(&item.severity),
            title(&item.title, escaped),
            names(item)
        ),
        started(&item.impact),
    ];
    lines.extend(item.versions().iter().map(|one| escaped(one)));
    if item.conditional {
        lines.push(format!(
            "Not every installation is affected: see [the advisory]({url})."
        ));
    }
    if item.workaround {
        lines.push(format!("A [workaround]({url}#workarounds) is known."));
    }
    lines.extend(item.thanks(escaped));
    lines
}

/// The id as a link, and every other name.
pub(crate) fn names(item: &Item) -> String {
    let mut names = vec![format!("[{}]({})", item.id, item.url)];
    names.extend(item.aliases.iter().map(|alias| escaped(alias)));
    names.join(", ")
}

/// Code of a title, and its text with what Markdown would take for markup escaped.
pub(crate) fn title(text: &str, escaped: impl Fn(&str) -> String) -> String {
    let parts = title_parts(text.trim()).into_iter();
    let written = parts.map(
        |(part, is_code)| {
            if is_code { code(part) } else { escaped(part) }
        },
    );
    written.collect()
}

/// Code within backticks. Where spaces are at both ends, Markdown takes one of each away.
fn code(text: &str) -> String {
    let taken = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let pad = if taken { " " } else { "" };
    format!("`{pad}{text}{pad}`")
}

/// Text with what Markdown would take for markup escaped.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '#' | '$'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The same where a line begins: there a hyphen or a number would begin a list, and a row of `=` make a heading.
pub fn started(text: &str) -> String {
    let text = escaped(text);
    let text = text.trim_start();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &text[..text.len() - digits.len()];
    if text.starts_with(['-', '+', '=', ':']) {
        format!("\\{text}")
    } else if !number.is_empty() && digits.starts_with(['.', ')']) {
        format!("{number}\\{digits}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::samples::{HOSTILE, bare, item};
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    #[test]
    fn a_title_full_of_markup_reads_as_it_was_written() {
        assert_eq!(
            title("`a<b` & _c_ <d>", escaped),
            "`a<b` \\& \\_c\\_ \\<d\\>"
        );
        assert_eq!(title("a ` b", escaped), "a \\` b");
        assert_eq!(title("a `` b", escaped), "a \\`\\` b");
        assert_eq!(title("` a ` b", escaped), "`  a  ` b");
    }

    /// What GitHub and others read beyond CommonMark.
    const OPTIONS: Options = Options::ENABLE_TABLES
        .union(Options::ENABLE_STRIKETHROUGH)
        .union(Options::ENABLE_FOOTNOTES)
        .union(Options::ENABLE_TASKLISTS)
        .union(Options::ENABLE_MATH)
        .union(Options::ENABLE_GFM);

    /// What a reader sees, word by word; panics where something became more than text, code or our links.
    fn read(markdown: &str) -> String {
        let mut out = String::new();
        for event in Parser::new_ext(markdown, OPTIONS) {
            match event {
                Event::Text(text) | Event::Code(text) => out.push_str(&text),
                Event::SoftBreak => out.push(' '),
                Event::Start(Tag::List(None) | Tag::Item | Tag::Paragraph | Tag::Strong)
                | Event::End(_) => {}
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(
                        dest_url.starts_with("https://story.example.org/"),
                        "{dest_url}"
                    );
                }
                other => panic!("{other:?} of {markdown}"),
            }
        }
        out.replace('`', "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn survives(text: &str) {
        let item = item(text);
        let said = read(&list(std::slice::from_ref(&item)));
        let expected = format!(
            "High: {} ({}) {} {} Not every installation is affected: see the advisory. A workaround is known. Thanks to {}.",
            item.title,
            item.names(),
            item.impact,
            item.versions().join(" "),
            item.thanks[0]
        );
        assert_eq!(said, bare(&expected), "{text:?}");
    }

    #[test]
    fn hostile_text_reads_as_it_was_written() {
        for text in HOSTILE {
            survives(text);
        }
        survives(&"w".repeat(300));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_text_reads_as_it_was_written(text in "([a-z<>&*_`|\\[\\]()!#~\\\\.$^=:+-]|<!--|-->| |[0-9]|ä|\u{202e}|\u{1f980}){1,40}") {
            survives(&format!("{text}."));
        }

        #[test]
        fn any_text_at_all_reads_as_it_was_written(text in "\\PC{1,60}") {
            survives(&format!("{text}."));
        }
    }
}
