//! Owns the rule `text-html`: Markdown holds no HTML.

use std::ops::Range;

use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-html",
    says: "Markdown holds no HTML",
    why: "Tags are shown as text on pages and in mails. Others who show the record drop them, with what \
        they say: a `<script>` that was to be read is gone.",
    example: r#"description = "Text between <b>bold</b> tags reaches the page, and whatever script it holds runs there."
"#,
    instead: r#"description = "Text between `<b>` tags reaches the page, and whatever script it holds runs there."
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

/// What is not in this list is a placeholder or a type, `<T>`.
const TAGS: &str = " a abbr article aside audio b blockquote body br button canvas center code col dd del \
    details div dl dt em embed font footer form frame h1 h2 h3 h4 h5 h6 head header hr html i iframe img \
    input ins kbd li link main mark meta nav object ol p pre s samp script section small span strike \
    strong style sub summary sup svg table tbody td textarea tfoot th thead title tr tt u ul var video ";

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in prose.markdown() {
        let first = tags(&piece.words).into_iter().next();
        if let Some(place) = first {
            let tag = &piece.text[place.clone()];
            let message = format!("the tag `{tag}` is shown as text");
            let found = prose.at(finder, piece, place.clone(), message);
            finder.push(
                found.help("write it in Markdown, or put backticks around it to speak of the tag"),
            );
        }
    }
}

fn tags(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('<') {
        if text[at..].starts_with("<!--") {
            found.push(at..at + 4);
            continue;
        }
        let name = at + 1 + usize::from(text[at + 1..].starts_with('/'));
        let rest = &text[name..];
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let known = TAGS.contains(&format!(" {} ", rest[..length].to_ascii_lowercase()));
        // `Foo<a>` is a type.
        let generic = name == at + 1 && text[..at].ends_with(char::is_alphanumeric);
        if length == 0 || !known || (generic && length == 1) {
            continue;
        }
        // Attributes may follow on the next line, but not for long.
        let end = rest[length..]
            .bytes()
            .take(400)
            .position(|byte| byte == b'>');
        let follows = rest[length..].starts_with(['>', ' ', '\n', '/']);
        if let Some(end) = end.filter(|_| follows) {
            found.push(at..name + length + end + 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn types_comparisons_and_addresses_are_no_tags() {
        for good in [
            "Vec<T> and Box<dyn A>",
            "a < b and c > d",
            "replace <name> and <your-token>",
            "Foo<a> and <p",
            "<a@b.org>",
            "<>",
        ] {
            assert!(tags(good).is_empty(), "{good}");
        }
        for bad in [
            "<b>",
            "x</p>y",
            "<BR/>",
            "<a\nhref='x'>",
            "<!-- x -->",
            "<img src=x>",
        ] {
            assert_eq!(tags(bad).len(), 1, "{bad}");
        }
    }
}
