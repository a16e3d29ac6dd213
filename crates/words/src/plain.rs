//! Owns Markdown to plain text for mails: 72 columns, nothing that needs a reader of Markdown.
//! Must never break a link, a hash or a line of code.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::lines::{WIDTH, fold, wrap};

/// What of CommonMark's extensions is understood, in every view.
pub const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Markdown as plain text, blocks apart by an empty line, no line feed at the end.
pub fn to_plain(text: &str) -> String {
    written(text, WIDTH)
}

/// The same with a paragraph on each line: for readers that break lines themselves.
pub fn to_lines(text: &str) -> String {
    written(text, usize::MAX)
}

fn written(text: &str, width: usize) -> String {
    let mut writer = Writer {
        width,
        ..Writer::default()
    };
    for event in Parser::new_ext(text, OPTIONS) {
        writer.take(event);
    }
    writer.flush();
    writer.blocks.join("\n\n")
}

/// Capitals would change names in a heading: `load` is not `LOAD`.
fn underlined(heading: &str) -> String {
    let longest = heading.lines().map(|line| line.chars().count()).max();
    format!("{heading}\n{}", "~".repeat(longest.unwrap_or(0).min(WIDTH)))
}

#[derive(Default)]
struct Writer {
    /// Lines of prose are at most this long.
    width: usize,
    blocks: Vec<String>,
    /// Prose of the block that is being read.
    text: String,
    /// Open lists: the number of the next item, if they are numbered.
    lists: Vec<Option<u64>>,
    /// The mark of the item that is being read, until its first block is written.
    mark: Option<String>,
    link: Option<(String, usize)>,
    code: bool,
    cells: Vec<String>,
    headers: Vec<String>,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.text.push_str(&text);
            }
            Event::Code(code) => self.text.push_str(&format!("`{code}`")),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Rule => self.blocks.push("* * *".to_owned()),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(start) => {
                self.flush();
                self.lists.push(start);
            }
            Tag::Item => self.mark = Some(self.next_mark()),
            Tag::CodeBlock(_) => {
                self.flush();
                self.code = true;
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.link = Some((dest_url.to_string(), self.text.len()));
            }
            Tag::TableRow | Tag::TableHead => self.cells.clear(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item | TagEnd::HtmlBlock | TagEnd::BlockQuote(_) => {
                self.flush();
            }
            TagEnd::Heading(_) => {
                let heading = std::mem::take(&mut self.text);
                let heading = self.wrap(&heading, "", "");
                self.blocks.push(underlined(&heading));
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.code_block(),
            TagEnd::Link | TagEnd::Image => self.end_link(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                self.cells.push(cell);
            }
            TagEnd::TableHead => self.headers = std::mem::take(&mut self.cells),
            TagEnd::TableRow => self.row(),
            _ => {}
        }
    }

    /// Lines of a mail are kept from what mail programs do to them.
    fn wrap(&self, text: &str, first: &str, rest: &str) -> String {
        if self.width == WIDTH {
            wrap(text, first, rest)
        } else {
            fold(text, [first, rest], self.width).join("\n")
        }
    }

    fn next_mark(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "* ".to_owned(),
        }
    }

    /// Ends a block of prose; list items stand close together.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        if self.lists.is_empty() {
            let block = self.wrap(&text, "", "");
            self.blocks.push(block);
            return;
        }
        let outer = "  ".repeat(self.lists.len() - 1);
        let mark = self.mark.take();
        let first = format!("{outer}{}", mark.as_deref().unwrap_or("  "));
        let rest = format!("{outer}  ");
        let item = self.wrap(&text, &first, &rest);
        match self
            .blocks
            .last_mut()
            .filter(|block| mark.is_some() && is_item(block))
        {
            Some(list) => {
                list.push('\n');
                list.push_str(&item);
            }
            None => self.blocks.push(item),
        }
    }

    fn code_block(&mut self) {
        self.code = false;
        let code = std::mem::take(&mut self.text);
        let lines = code.trim_ascii_end().lines();
        let lines = lines.map(|line| format!("    {line}"));
        self.blocks.push(
            lines
                .map(|line| line.trim_ascii_end().to_owned())
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }

    fn end_link(&mut self) {
        let Some((url, start)) = self.link.take() else {
            return;
        };
        let shown = &self.text[start.min(self.text.len())..];
        if shown != url && !url.is_empty() && !url.starts_with('#') {
            self.text.push_str(&format!(" <{url}>"));
        }
    }

    /// A row of a table reads as an item, one line for each `heading: cell`, the cells below each other.
    fn row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let heads: Vec<String> = self.headers.iter().map(|head| label(head)).collect();
        let width = heads.iter().map(|head| head.chars().count()).max();
        let width = width.filter(|width| *width <= WIDTH / 3).unwrap_or(0);
        let mut mark = "* ";
        let lines = cells.iter().zip(&heads).map(|(cell, head)| {
            let first = format!("{}{head:width$}", std::mem::replace(&mut mark, "  "));
            let gap = if first.ends_with(' ') { "" } else { " " };
            let rest = " ".repeat(width + 3);
            self.wrap(cell, &format!("{first}{gap}"), &rest)
        });
        let item = lines.collect::<Vec<_>>().join("\n");
        match self.blocks.last_mut().filter(|block| is_item(block)) {
            Some(rows) => {
                rows.push('\n');
                rows.push_str(&item);
            }
            None => self.blocks.push(item),
        }
    }
}

/// What stands before the cells of a column.
fn label(head: &str) -> String {
    match head.trim() {
        "" => String::new(),
        head => format!("{head}:"),
    }
}

fn is_item(block: &str) -> bool {
    let last = block.trim_start();
    last.starts_with("* ")
        || last
            .split_once(". ")
            .is_some_and(|(number, _)| number.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use snapbox::{assert_data_eq, str};

    #[test]
    fn a_paragraph_may_stand_on_one_line() {
        let long = "From here ".repeat(20);
        let text = format!("{long}\nto there\n\n* {long}");
        let told = format!("{long}to there\n\n* {}", long.trim_end());
        assert_eq!(to_lines(&text), told);
        assert!(
            to_plain(&text)
                .lines()
                .all(|line| line.chars().count() <= WIDTH)
        );
    }

    #[test]
    fn markdown_reads_as_text() {
        let text = "Some *text* with [a link](https://example.org/a) and `code`, long enough that it has to be wrapped.\n\n\
            # Heading\n\n* one\n* two\n  1. inner\n\n```sh\nrun --it\n  twice\n```\n\n| a | b |\n|---|---|\n| 1 | <x> |\n\n<https://example.org>";
        assert_data_eq!(
            to_plain(text),
            str![[r"
Some text with a link <https://example.org/a> and `code`, long enough
that it has to be wrapped.

Heading
~~~~~~~

* one
* two
  1. inner

    run --it
      twice

* a: 1
  b: <x>

https://example.org
"]]
        );
    }

    #[test]
    fn blanks_that_mean_something_stay_as_they_are() {
        let text = "a\u{3000}b\u{a0}c\u{2009}d";
        assert_eq!(
            wrap(&format!("{text}\n {text} "), "", ""),
            format!("{text} {text}")
        );
        assert_eq!(to_plain(&format!("{text}\u{a0}")), format!("{text}\u{a0}"));
    }

    proptest! {
        #[test]
        fn any_markdown_becomes_text(text in "(?s).{0,120}") {
            to_plain(&text);
        }
    }
}
