//! Owns what a page of the site becomes in a preview: the same, and a script that waits for the next edition.
//! Must never change anything else of it, or let a page load from elsewhere.

use std::borrow::Cow;

/// What a page of the preview may load: its own files, and nothing in the page itself.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How the policy of a page begins, which allows no script of ours; the preview sends one as a header.
const META: &str = "<meta http-equiv=\"Content-Security-Policy\"";

/// The page with the script. The template may be somebody's own: where there is no head, the script comes last.
pub(crate) fn with_script(page: &[u8], mark: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let text = without_policy(&text);
    let script = format!(
        "<link rel=\"stylesheet\" href=\"/-/preview.css\"><script src=\"/-/preview.js\" data-mark=\"{mark}\" defer></script>"
    );
    let at = text.find("</head>").unwrap_or(text.len());
    [&text[..at], &script, &text[at..]].concat().into_bytes()
}

/// Two policies hold both, so the narrow one has to go. Values of attributes hold no `>` here: the renderer escapes them.
fn without_policy(text: &str) -> Cow<'_, str> {
    let Some(start) = text.find(META) else {
        return Cow::Borrowed(text);
    };
    let Some(length) = text[start..].find('>') else {
        return Cow::Borrowed(text);
    };
    Cow::Owned([&text[..start], &text[start + length + 1..]].concat())
}

/// The page that is there while nothing could ever be shown.
pub(crate) fn of_faults(faults: &str) -> Vec<u8> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Caveat: nothing to show yet</title></head>\n\
         <body><main class=\"caveat-faults\"><h1>The advisories have faults</h1><pre>{}</pre>\
         <p>The page comes by itself when they are mended.</p></main></body></html>\n",
        escaped(faults)
    );
    with_script(page.as_bytes(), "")
}

/// The page of an address that leads nowhere.
pub(crate) fn missing(mark: &str) -> Vec<u8> {
    let page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Caveat: no such page</title></head>\n\
                <body><main class=\"caveat-faults\"><h1>No such page</h1><p><a href=\"/\">All advisories</a></p></main></body></html>\n";
    with_script(page.as_bytes(), mark)
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> String {
        String::from_utf8(with_script(text.as_bytes(), "m1")).expect("text")
    }

    #[test]
    fn the_policy_of_a_page_gives_way_to_that_of_the_preview() {
        let shown = page(
            "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><title>x</title></head><body>y",
        );
        assert!(shown.starts_with("<head><title>x</title><link "), "{shown}");
        assert!(shown.contains("data-mark=\"m1\""));
        assert!(shown.ends_with("defer></script></head><body>y"), "{shown}");
    }

    #[test]
    fn a_page_without_a_head_has_the_script_too() {
        assert!(page("x").starts_with("x<link "));
        assert!(page("<meta http-equiv=\"Content-Security-Policy\"").contains("preview.js"));
    }

    #[test]
    fn what_is_wrong_is_text() {
        let faults = String::from_utf8(of_faults("<script>&")).expect("text");
        assert!(faults.contains("<pre>&lt;script&gt;&amp;</pre>"));
    }
}
