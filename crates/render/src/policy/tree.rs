//! Owns the policy as a tree of sentences, lists and tables: what both the Markdown and the pages print.
//! Must never know the medium: a span is text as people read it, never escaped.

use serde::Serialize;

/// A part of the policy with a heading of its own.
#[derive(Serialize)]
pub(crate) struct Section {
    /// Its anchor, and the name of its page where it has one.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) blocks: Vec<Block>,
}

/// What stands below a heading.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Block {
    /// A heading below that of the section.
    Heading { text: &'static str },
    /// A paragraph.
    Text { line: Line },
    /// A list without order.
    List { lines: Vec<Line> },
    /// A list in which the first comes first.
    Steps { lines: Vec<Line> },
    /// The first cell of a row names it.
    Table {
        label: &'static str,
        head: Vec<&'static str>,
        rows: Vec<Vec<Line>>,
    },
    /// Markdown as people wrote it; `exact` where not even the depth of a heading may change.
    Prose {
        text: String,
        html: String,
        exact: bool,
    },
    /// A text to be copied.
    Verbatim { text: String },
}

/// One line, in pieces.
pub(crate) type Line = Vec<Span>;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Span {
    Text { text: String },
    Strong { text: String },
    Code { text: String },
    Link { text: String, url: String },
}

impl Section {
    pub(crate) fn new(id: &'static str, title: &'static str, blocks: Vec<Block>) -> Self {
        Self { id, title, blocks }
    }
}

impl Block {
    /// A paragraph in which backticks mean code.
    pub(crate) fn text(text: &str) -> Self {
        Self::Text { line: line(text) }
    }

    /// Markdown as people wrote it.
    pub(crate) fn prose(text: &str) -> Self {
        Self::Prose {
            text: text.trim().to_owned(),
            html: crate::markdown::to_html(text),
            exact: false,
        }
    }

    /// Markdown that was written for lawyers.
    pub(crate) fn exact(text: &str) -> Self {
        Self::Prose {
            text: text.trim_matches('\n').to_owned(),
            html: crate::markdown::to_html(text),
            exact: true,
        }
    }

    /// A list of one-line texts.
    pub(crate) fn list(texts: &[String]) -> Self {
        Self::List {
            lines: texts.iter().map(|text| line(text)).collect(),
        }
    }
}

/// One line in which backticks mean code, and nothing else means anything.
pub(crate) fn line(text: &str) -> Line {
    let text = one_line(text);
    let parts: Vec<&str> = text.split('`').collect();
    let odd = parts.len().is_multiple_of(2);
    let mut spans = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        match at % 2 == 1 {
            // The last backtick has no partner: it is text.
            true if last && odd => spans.push(plain(&format!("`{part}"))),
            true => spans.push(code(part)),
            false if part.is_empty() => {}
            false => spans.push(plain(part)),
        }
    }
    spans
}

pub(crate) fn plain(text: &str) -> Span {
    Span::Text {
        text: one_line(text),
    }
}

pub(crate) fn strong(text: &str) -> Span {
    Span::Strong {
        text: one_line(text),
    }
}

pub(crate) fn code(text: &str) -> Span {
    Span::Code {
        text: one_line(text),
    }
}

/// A link; what is written of an address is the address without its scheme.
pub(crate) fn address(url: &str) -> Span {
    let text = url.strip_prefix("mailto:").map_or_else(
        || url.trim_start_matches("https://").trim_end_matches('/'),
        |mail| mail.split('?').next().unwrap_or(mail),
    );
    link(text, url)
}

/// A link; text alone where a browser would do more than to go there.
pub(crate) fn link(text: &str, url: &str) -> Span {
    if !["https://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
    {
        return plain(text);
    }
    Span::Link {
        text: one_line(text),
        url: one_line(url),
    }
}

/// What was written over several lines by mistake must not begin a block.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backticks_in_pairs_are_code_and_a_lonely_one_is_text() {
        assert_eq!(line("a `b` c"), [plain("a "), code("b"), plain(" c")]);
        assert_eq!(line("`a` `b"), [code("a"), plain(" "), plain("`b")]);
        assert_eq!(line("a\nb"), [plain("a b")]);
    }

    #[test]
    fn an_address_is_shown_without_its_scheme() {
        assert_eq!(
            address("mailto:a@b.c?subject=x"),
            link("a@b.c", "mailto:a@b.c?subject=x")
        );
        assert_eq!(address("https://b.c/"), link("b.c", "https://b.c/"));
    }
}
