//! Owns the question: can any Markdown become a tag that a browser would run, or an endless page?
//! Must never trust the writer of the page: the tags are counted here again.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// All that a text of an advisory may become.
const TAGS: [&str; 27] = [
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "s", "strong",
    "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
];

fuzz_target!(|text: &str| {
    for html in caveat_render::markdown(text) {
        // In what was escaped, `<` only ever begins a tag.
        for tag in html.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("every tag ends");
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
            assert!(TAGS.contains(&name), "<{tag}> from {text:?}");
            let parts: Vec<&str> = tag.split('"').collect();
            for attribute in parts.chunks(2) {
                let (name, value) = (attribute[0], attribute.get(1).unwrap_or(&""));
                assert!(!name.contains(" on"), "<{tag}> from {text:?}");
                let value = value.trim_start().to_ascii_lowercase();
                let good = ["https://", "mailto:"].iter().any(|good| value.starts_with(good));
                assert!(!name.ends_with("href=") || good || value == "#", "<{tag}> from {text:?}");
            }
        }
        assert!(html.len() <= 4096 + text.len() * 64, "{} bytes from {}", html.len(), text.len());
    }
});
