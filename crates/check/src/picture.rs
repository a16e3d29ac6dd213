//! Owns whether a file of the theme is what its name says, and harmless: SVG by a list of what may be in it, others by their first bytes.
//! Must never repair a file, or follow what it refers to.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What may be drawn with.
const ELEMENTS: [&str; 27] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComposite",
    "feFlood",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feOffset",
    "filter",
    "g",
    "line",
    "linearGradient",
    "mask",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "svg",
    "symbol",
    "title",
];
const MORE_ELEMENTS: [&str; 6] = ["metadata", "pattern", "style", "text", "tspan", "use"];

/// What is wrong with the bytes of such a file.
pub(crate) fn fault_of(kind: &str, bytes: &[u8]) -> Option<String> {
    let begins = |head: &[u8]| bytes.starts_with(head);
    match kind {
        "svg" => svg(bytes),
        "png" if !begins(b"\x89PNG\r\n\x1a\n") => Some("this is no PNG file".to_owned()),
        "woff2" if !begins(b"wOF2") => Some("this is no WOFF2 file".to_owned()),
        _ => None,
    }
}

fn svg(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some("this is not UTF-8 text".to_owned());
    };
    let mut reader = Reader::from_str(text);
    let mut seen = Seen::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return seen.whole(),
            Ok(event) => match seen.event(&event) {
                None => {}
                fault => return fault,
            },
            Err(error) => return Some(format!("this is no XML: {error}")),
        }
    }
}

/// What was read of a picture.
#[derive(Default)]
struct Seen {
    root: Option<String>,
    /// Does its first element say that it is SVG?
    named: bool,
    depth: usize,
    /// All text without what divides it: a comment in the middle of a style hides nothing.
    text: String,
}

impl Seen {
    fn event(&mut self, event: &Event<'_>) -> Option<String> {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                self.element(tag)
            }
            Event::Empty(tag) => self.element(tag),
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                None
            }
            Event::Text(text) => self.words(text),
            Event::CData(text) => self.words(text),
            Event::GeneralRef(name) => match &**name {
                b"amp" | b"lt" | b"gt" | b"quot" | b"apos" => None,
                _ => Some("it has an entity or a letter by its number".to_owned()),
            },
            Event::DocType(_) => Some("it has a document type, which may hold entities".to_owned()),
            Event::PI(_) => Some("it has a processing instruction".to_owned()),
            Event::Decl(_) | Event::Comment(_) | Event::Eof => None,
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> Option<String> {
        if self.root.is_none() {
            self.root = Some(name_of(tag));
            self.named = in_namespace(tag);
        }
        element(tag)
    }

    fn words(&mut self, text: &[u8]) -> Option<String> {
        self.text.push_str(&String::from_utf8_lossy(text));
        None
    }

    /// What is wrong with all of it.
    fn whole(self) -> Option<String> {
        match self.root.as_deref() {
            Some("svg") if self.depth == 0 && !self.named => Some(NO_NAMESPACE.to_owned()),
            Some("svg") if self.depth == 0 => style(&self.text),
            Some("svg") => Some("this is no XML: it ends too early".to_owned()),
            _ => Some("this is no SVG file".to_owned()),
        }
    }
}

/// Without it no browser draws a file.
const NO_NAMESPACE: &str = "its first element has no `xmlns=\"http://www.w3.org/2000/svg\"`";

fn in_namespace(tag: &BytesStart<'_>) -> bool {
    let attribute = tag.try_get_attribute("xmlns").ok().flatten();
    attribute.is_some_and(|one| *one.value == *b"http://www.w3.org/2000/svg")
}

fn name_of(tag: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(tag.name().as_ref()).into_owned()
}

fn element(tag: &BytesStart<'_>) -> Option<String> {
    let name = name_of(tag);
    if !ELEMENTS
        .iter()
        .chain(&MORE_ELEMENTS)
        .any(|known| *known == name)
    {
        return Some(format!("it has the element `{}`", name.escape_debug()));
    }
    tag.attributes().find_map(|attribute| {
        let Ok(attribute) = attribute else {
            return Some("this is no XML: an attribute is broken".to_owned());
        };
        let key = String::from_utf8_lossy(attribute.key.as_ref()).to_ascii_lowercase();
        let value = String::from_utf8_lossy(&attribute.value);
        let link = key == "href" || key.ends_with(":href");
        match () {
            () if key.starts_with("on") => {
                Some(format!("it runs a script by `{}`", key.escape_debug()))
            }
            () if key == "xml:base" || (link && !value.starts_with('#')) => {
                Some("it refers to something outside of itself".to_owned())
            }
            // Escapes in styles could hide an address.
            () if key != "xmlns" && !key.starts_with("xmlns:") => style(&value),
            () => None,
        }
    })
}

/// Text that may be a style: nothing is brought from elsewhere.
fn style(text: &str) -> Option<String> {
    let text: String = text.to_ascii_lowercase().split_whitespace().collect();
    let mut links = text.split("url(").skip(1);
    let outside = links.any(|link| !link.trim_start_matches(['"', '\'']).starts_with('#'));
    let hidden =
        text.contains(['\\', '&']) || text.contains("@import") || text.contains("image-set(");
    (outside || hidden).then(|| "it may bring something from elsewhere".to_owned())
}

#[cfg(test)]
mod tests {
    use super::fault_of;

    fn said(inside: &str) -> Option<String> {
        let svg = format!(
            "<?xml version=\"1.0\"?>\n<!-- A -->\n<svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>"
        );
        fault_of("svg", svg.as_bytes())
    }

    #[test]
    fn shapes_styles_and_text_are_harmless() {
        for good in [
            "<path d=\"M0 0\" style=\"fill:url(#a)\"/>",
            "<style>path { fill: #fff } @media print { path { fill: url(\"#a\") } }</style>",
            "<defs><linearGradient id=\"a\"><stop offset=\"0\"/></linearGradient></defs><use href=\"#a\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#a\"/>",
            "<title>A &amp; B</title><text x=\"1\">é</text>",
        ] {
            assert_eq!(said(good), None, "{good}");
        }
    }

    #[test]
    fn what_runs_or_loads_is_refused() {
        for bad in [
            "<script>alert(1)</script>",
            "<path onload=\"x\"/>",
            "<path ONLOAD=\"x\"/>",
            "<foreignObject/>",
            "<image href=\"https://example.org/x.png\"/>",
            "<a href=\"javascript:alert(1)\"/>",
            "<use href=\"https://example.org/x.svg#a\"/>",
            "<use xlink:href=\"data:image/svg+xml,x\"/>",
            "<use href=\"&#x68;ttps://example.org\"/>",
            "<animate attributeName=\"href\"/>",
            "<style>@import 'x'</style>",
            "<style>a { b: u\\72l(x) }</style>",
            "<style><![CDATA[a { b: url(x) }]]></style>",
            "<path style=\"fill: URL( 'https://example.org/x' )\"/>",
            "<path style=\"fill: u&#114;l(x)\"/>",
            "<style>a { b: u&#114;l(x) }</style>",
            "<style>a { b: u<!-- -->rl(x) }</style>",
            "<style>a { b: u<![CDATA[rl(x) }]]></style>",
            "<g xml:base=\"https://example.org/\"/>",
            "<svg:script/>",
            "<?xml-stylesheet href=\"x\"?>",
            "<g>",
            "<g a=b/>",
        ] {
            assert!(said(bad).is_some(), "{bad}");
        }
        for bad in [
            "",
            "<html/>",
            "<!DOCTYPE svg><svg/>",
            "<svg>",
            "<svg/>",
            "\u{feff}x",
        ] {
            assert!(fault_of("svg", bad.as_bytes()).is_some(), "{bad}");
        }
        assert!(fault_of("svg", b"\xff").is_some() && fault_of("png", b"GIF89a").is_some());
    }
}
