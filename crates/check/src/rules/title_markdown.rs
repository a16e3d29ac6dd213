//! Owns the rule `title-markdown`: a title is plain text, where only backticks mean something.

use std::ops::Range;

use caveat_diag::Level;

use crate::markdown::links;
use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "title-markdown",
    says: "a title is plain text, where only backticks mean something",
    why: "Titles go into subject lines, feeds and the `summary` of OSV records, where Markdown is shown as \
        it was typed.",
    example: r#"title = "Crafted file **overwrites** memory"
"#,
    instead: r#"title = "Crafted file overwrites memory"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let Some(title) = prose.piece("title") else {
        return;
    };
    if let Some((place, what)) = markup(&title.open) {
        let found = prose.at(
            finder,
            title,
            place,
            format!("the title holds Markdown: {what}"),
        );
        finder.push(found.help("leave the signs out; only backticks around code are understood"));
    }
}

fn markup(title: &str) -> Option<(Range<usize>, &'static str)> {
    if let Some(link) = links(title).into_iter().next() {
        return Some((link.address, "a link"));
    }
    let signs = title.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&signs) && title[signs..].starts_with(' ') {
        return Some((0..signs, "a heading"));
    }
    ["**", "__", "~~", "*"]
        .iter()
        .find_map(|sign| Some((emphasis(title, sign)?, "emphasis")))
}

/// A sign that opens before a word and closes after one. Operators, wildcards and `__init__` are none.
fn emphasis(title: &str, sign: &str) -> Option<Range<usize>> {
    let start = title.find(sign)?;
    let inner = start + sign.len();
    let length = title[inner..].find(sign)?;
    let end = inner + length + sign.len();
    let word = |c: char| c.is_alphanumeric();
    let outside = |c: char| c.is_whitespace() || "(),.:;!?\"'".contains(c);
    let text = &title[inner..inner + length];
    let begins = start == 0 || title[..start].ends_with(outside);
    let ends = end == title.len() || title[end..].starts_with(outside);
    let wraps = text.starts_with(word) && text.ends_with(word);
    let dunder = sign == "__" && !text.contains(' ');
    (begins && ends && wraps && !dunder).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::markup;

    #[test]
    fn stars_and_lines_that_are_no_emphasis_pass() {
        for title in [
            "a * b and c * d",
            "Paths such as *.so and *.dll are loaded",
            "*mut T is freed twice",
            "Use of __init__ in a file",
            "f(**args) and g(**more)",
            "C# code runs",
            "Item #3 [draft] (new)",
            "#[no_mangle] is lost",
        ] {
            assert_eq!(markup(title), None, "{title}");
        }
        for title in [
            "**Bold** move",
            "An *odd* one",
            "__Two words__",
            "# Head",
            "[a](b)",
        ] {
            assert!(markup(title).is_some(), "{title}");
        }
    }
}
