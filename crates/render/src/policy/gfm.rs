//! Owns the policy's tree as GitHub flavoured Markdown.
//! Must never let a value be read as markup: what is a span is text, whatever characters it has.

use pulldown_cmark::{Event, Parser, Tag};

use super::tree::{Block, Line, Section, Span};
use caveat_words::plain::OPTIONS;

/// All sections, each heading below the title of the file.
pub(super) fn sections(sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        heading(&mut out, 2, section.title);
        for block in &section.blocks {
            write(&mut out, block);
        }
    }
    out
}

/// Advice: each text below its title.
pub(super) fn advice(advice: &[(Line, Block)]) -> String {
    let mut out = String::new();
    for (title, block) in advice {
        out.push_str(&format!("### {}\n\n", spans(title)));
        write(&mut out, block);
    }
    out
}

/// A paragraph and the empty line after it.
pub(super) fn paragraph(out: &mut String, line: &Line) {
    out.push_str(spans(line).trim_end());
    out.push_str("\n\n");
}

fn heading(out: &mut String, level: usize, text: &str) {
    out.push_str(&format!("{} {}\n\n", "#".repeat(level), escape(text)));
}

fn write(out: &mut String, block: &Block) {
    match block {
        Block::Heading { text } => heading(out, 3, text),
        Block::Text { line } => paragraph(out, line),
        Block::List { lines } => list(out, lines, |_| "- ".to_owned()),
        Block::Steps { lines } => list(out, lines, |at| format!("{}. ", at + 1)),
        Block::Table { head, rows, .. } => table(out, head, rows),
        Block::Prose { text, exact, .. } => prose(out, text, *exact),
        Block::Verbatim { text } => fenced(out, text),
    }
}

/// Markdown of somebody else: whatever it leaves open ends with it, and what cannot be ended is shown as it is.
fn prose(out: &mut String, text: &str, exact: bool) {
    let ends = ["", "\n```", "\n~~~", "\n-->"];
    match ends
        .iter()
        .find(|end| stands_alone(&format!("{text}{end}")))
    {
        None => fenced(out, text),
        Some(end) if exact => out.push_str(&format!("{text}{end}\n\n")),
        Some(end) => out.push_str(&format!("{}{end}\n\n", lowered(text))),
    }
}

/// Is a paragraph that comes after the text one of its own?
fn stands_alone(text: &str) -> bool {
    let probe = format!("{text}\n\nprobe\n");
    let mut last = Parser::new_ext(&probe, OPTIONS).collect::<Vec<_>>();
    let end = last.split_off(last.len().saturating_sub(3));
    let is_open = |event: &Event<'_>| match event {
        Event::Start(_) => 1,
        Event::End(_) => -1,
        _ => 0,
    };
    last.iter().map(is_open).sum::<i32>() == 0
        && matches!(&end[..], [Event::Start(Tag::Paragraph), Event::Text(text), _] if &**text == "probe")
}

fn list(out: &mut String, lines: &[Line], mark: impl Fn(usize) -> String) {
    for (at, line) in lines.iter().enumerate() {
        out.push_str(&format!("{}{}\n", mark(at), spans(line)));
    }
    out.push('\n');
}

fn table(out: &mut String, head: &[&str], rows: &[Vec<Line>]) {
    let mut row = |cells: Vec<String>| out.push_str(&format!("| {} |\n", cells.join(" | ")));
    row(head.iter().map(|cell| escape(cell)).collect());
    row(head.iter().map(|_| "---".to_owned()).collect());
    for cells in rows {
        row(cells.iter().map(in_cell).collect());
    }
    out.push('\n');
}

/// A bar ends a cell even in code, so it is escaped there too.
fn in_cell(line: &Line) -> String {
    let bars = |span: &Span| match span {
        Span::Code { text } => fence(text).replace('|', "\\|"),
        other => inline(std::slice::from_ref(other)),
    };
    line.iter().map(bars).collect()
}

/// A fence longer than any in the text.
fn fenced(out: &mut String, text: &str) {
    let fence = "`".repeat(longest_run(text).max(2) + 1);
    let text = text.trim_matches('\n');
    out.push_str(&format!("{fence}text\n{text}\n{fence}\n\n"));
}

/// Spans at the begin of a line.
fn spans(line: &[Span]) -> String {
    begun(&inline(line))
}

fn inline(line: &[Span]) -> String {
    let mut out = String::new();
    for span in line {
        out.push_str(&match span {
            Span::Text { text } => escape(text),
            Span::Strong { text } => format!("**{}**", escape(text.trim())),
            Span::Code { text } => fence(text),
            Span::Link { text, url } => format!("[{}]({})", escape(text), destination(url)),
        });
    }
    out
}

/// A line may not begin as a heading, a quote or a list does.
fn begun(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some(b'-' | b'+' | b'#' | b'=') if digits == 0 => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// Code, whatever backticks it has.
fn fence(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(text) + 1);
    // One space at both ends is taken away by whoever reads the Markdown.
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let padded = text.starts_with('`') || text.ends_with('`') || spaced;
    let space = if padded { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`');
    runs.map(str::len).max().unwrap_or(0)
}

/// Text that is shown as it is written.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>|~&$".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address in angle brackets where parentheses or spaces would end it early.
fn destination(url: &str) -> String {
    let quoted = url.replace('<', "%3C").replace('>', "%3E");
    if quoted.contains(['(', ')', ' ', '\\', '|']) {
        format!("<{}>", quoted.replace('\\', "%5C").replace('|', "%7C"))
    } else {
        quoted
    }
}

/// Markdown with its headings below those of the section: a text that begins with `#` has no place of its own.
fn lowered(text: &str) -> String {
    let headings = Parser::new_ext(text, OPTIONS).into_offset_iter();
    let starts: Vec<usize> = headings
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Heading { .. }) => Some(range.start),
            _ => None,
        })
        .filter(|at| text[*at..].starts_with('#'))
        .collect();
    let levels = |at: usize| text[at..].bytes().take_while(|byte| *byte == b'#').count();
    let highest = starts.iter().map(|at| levels(*at)).min().unwrap_or(4);
    let deeper = 4_usize.saturating_sub(highest);
    let mut out = String::with_capacity(text.len() + starts.len() * 3);
    let mut from = 0;
    for at in starts {
        out.push_str(&text[from..at]);
        out.push_str(&"#".repeat(deeper.min(6_usize.saturating_sub(levels(at)))));
        from = at;
    }
    out + &text[from..]
}

#[cfg(test)]
mod tests {
    use super::super::tree::{code, line, link, plain};
    use super::*;
    use proptest::prelude::*;

    /// What a reader of the Markdown sees as text.
    fn seen(markdown: &str) -> String {
        let text = |event| match event {
            Event::Text(text) | Event::Code(text) => Some(text.into_string()),
            Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
            _ => None,
        };
        Parser::new_ext(markdown, OPTIONS)
            .filter_map(text)
            .collect()
    }

    #[test]
    fn a_bar_in_a_cell_does_not_end_it() {
        let mut out = String::new();
        table(
            &mut out,
            &["A"],
            &[vec![vec![code(">= 1 | 2"), plain(" | x")]]],
        );
        assert_eq!(out, "| A |\n| --- |\n| `>= 1 \\| 2` \\| x |\n\n");
    }

    #[test]
    fn headings_of_a_text_come_below_those_of_the_file() {
        assert_eq!(
            lowered("# A\n## B\n```\n# c\n```"),
            "#### A\n##### B\n```\n# c\n```"
        );
        assert_eq!(lowered("#### A"), "#### A");
    }

    #[test]
    fn what_a_text_leaves_open_ends_with_it() {
        for text in [
            "```\ncode",
            "~~~\ncode",
            "<!-- hidden",
            "````\ncode",
            "<pre>",
            "- a",
            "| a |\n|-|",
        ] {
            let mut out = String::new();
            prose(&mut out, text, false);
            assert!(stands_alone(&out), "{out}");
        }
        let mut out = String::new();
        prose(&mut out, "Plain *text*.", true);
        assert_eq!(out, "Plain *text*.\n\n");
    }

    #[test]
    fn a_link_with_parentheses_is_whole() {
        let text = spans(&[link("a", "https://b.c/(d)")]);
        assert_eq!(text, "[a](<https://b.c/(d)>)");
    }

    proptest! {
        #[test]
        fn only_the_depth_of_headings_changes(text in "([#`\n >é-]|[a-z]| ){0,40}") {
            let without = |text: &str| text.replace('#', "");
            prop_assert_eq!(without(&lowered(&text)), without(&text));
        }

        #[test]
        fn every_text_is_read_as_it_was_written(text in "([0-9]{0,2}[.)]|[-+#=>|*_~`<>&;\\[\\]()!$\\\\]|[a-z]| ){1,20}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!text.is_empty());
            let whole: String = line(&text).iter().map(|span| match span {
                Span::Text { text } | Span::Strong { text } | Span::Code { text } | Span::Link { text, .. } => text.clone(),
            }).collect();
            let mut out = String::new();
            paragraph(&mut out, &line(&text));
            let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(tidy(&seen(&out)), tidy(&whole), "{}", out);
        }
    }
}
