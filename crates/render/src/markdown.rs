//! Owns Markdown to HTML.
//! Must never pass raw HTML through, load an image, or make a link that a browser would run.

use caveat_words::plain::OPTIONS;
use caveat_words::title_parts;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Parser, Tag, TagEnd, html};

/// HTML for a text of an advisory. Its headings come below those of the page.
pub(crate) fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    html::push_html(&mut out, Parser::new_ext(text, OPTIONS).map(safe));
    out
}

/// HTML for a text that has a page of its own: its headings come right below the title.
pub(crate) fn to_html_below_title(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    let raised = Parser::new_ext(text, OPTIONS)
        .map(safe)
        .map(|event| match event {
            Event::Start(Tag::Heading {
                level,
                id,
                classes,
                attrs,
            }) => Event::Start(Tag::Heading {
                level: above(level),
                id,
                classes,
                attrs,
            }),
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(above(level))),
            other => other,
        });
    html::push_html(&mut out, raised);
    out
}

/// HTML for one line in which only backticks mean something.
pub(crate) fn line_to_html(text: &str) -> String {
    let html = |(part, code)| {
        let part = escape(part);
        if code {
            format!("<code>{part}</code>")
        } else {
            part
        }
    };
    title_parts(text).into_iter().map(html).collect()
}

/// Text as HTML shows it unchanged.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Each event as harmless as its text.
fn safe(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
        Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
        Event::Start(Tag::Heading { level, .. }) => {
            let (id, classes, attrs) = (None, Vec::new(), Vec::new());
            Event::Start(Tag::Heading {
                level: below(level),
                id,
                classes,
                attrs,
            })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(below(level))),
        // A picture elsewhere would tell its host who reads: readers get a link to it instead.
        Event::Start(
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }
            | Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            },
        ) => Event::Start(Tag::Link {
            link_type,
            dest_url: harmless(dest_url),
            title,
            id,
        }),
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        other => other,
    }
}

/// The page has h1 and h2; what people write begins at h3.
fn below(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// One level up, of those that are left.
fn above(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H6 => HeadingLevel::H5,
        HeadingLevel::H5 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H3,
        _ => HeadingLevel::H2,
    }
}

fn harmless(url: CowStr<'_>) -> CowStr<'_> {
    let lower = url.trim().to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:"];
    let good = known.iter().any(|scheme| lower.starts_with(scheme));
    if good { url } else { CowStr::Borrowed("#") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn raw_html_comes_out_as_text() {
        let html = to_html("a <b>bold</b>\n\n<script>alert(1)</script>\n");
        assert!(
            html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
            "{html}"
        );
        assert!(!html.contains("<b>") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn links_that_a_browser_would_run_lead_nowhere() {
        let html = to_html(
            "[x](javascript:alert(1)) [y](JAVASCRIPT:x) [z](data:text/html,x) <vbscript:x> [r]\n\n[r]: //evil\n",
        );
        assert!(
            !html.contains("script:") || !html.contains("href=\"java"),
            "{html}"
        );
        assert_eq!(
            html.matches("href=\"#\"").count(),
            html.matches("href=").count(),
            "{html}"
        );
    }

    #[test]
    fn a_picture_becomes_a_link() {
        let html = to_html("![a < b](https://example.org/x.png)");
        assert_eq!(
            html,
            "<p><a href=\"https://example.org/x.png\">a &lt; b</a></p>\n"
        );
    }

    #[test]
    fn headings_come_below_those_of_the_page() {
        assert_eq!(
            to_html("# A\n## B\n### C"),
            "<h3>A</h3>\n<h3>B</h3>\n<h4>C</h4>\n"
        );
    }

    #[test]
    fn backticks_in_a_line_are_code_and_all_else_is_text() {
        assert_eq!(
            line_to_html("`a<b` & _c_ `d"),
            "<code>a&lt;b</code> &amp; _c_ `d"
        );
        assert_eq!(line_to_html("a `` b"), "a `` b");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_tag_of_its_own(text in "([<>&\"'`\\[\\]()!#*_|\n -]|script|img|on=|javascript:|https://a.b/|[a-z]){0,40}") {
            let html = to_html(&text);
            for tag in ["<script", "<img", "<iframe", "<style", "href=\"javascript", "<input"] {
                prop_assert!(!html.to_ascii_lowercase().contains(tag), "{html}");
            }
        }
    }
}
