//! Owns texts of a record: plain text in English, and beside it the Markdown that it was written as.
//! Must never be longer than the format allows, nor end where a reader could take the part for the whole.

use caveat_words::plain;

use crate::model::{Description, Media};

/// In characters.
const LONGEST: usize = 4096;
const LONGEST_MEDIA: usize = 16384;

/// A text that is plain as it is. `page` has the whole of it.
pub(crate) fn plain(text: &str, page: &str) -> Description {
    Description {
        lang: "en",
        supporting_media: None,
        value: within(text.trim(), page),
    }
}

/// A text in Markdown, as plain text; the Markdown itself beside it, where that says more.
pub(crate) fn markdown(text: &str, page: &str) -> Description {
    let text = text.trim();
    let told = plain::to_lines(text);
    let told = match told.trim() {
        "" => text,
        told => told,
    };
    let fits = told != text && text.chars().count() <= LONGEST_MEDIA;
    Description {
        supporting_media: fits.then(|| {
            [Media {
                base64: false,
                kind: "text/markdown",
                value: text.to_owned(),
            }]
        }),
        ..plain(told, page)
    }
}

/// What is too long ends between two paragraphs, or at least between two words, and says where to read on.
fn within(text: &str, page: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let more = format!("\n\n[The whole text: {page}]");
    let room = LONGEST.saturating_sub(more.chars().count() + 1);
    let end = text
        .char_indices()
        .nth(room)
        .map_or(text.len(), |(at, _)| at);
    let part = &text[..end];
    let end = part
        .rfind("\n\n")
        .filter(|at| *at > end / 2)
        .or_else(|| part.rfind(char::is_whitespace))
        .unwrap_or(end);
    format!("{}…{more}", part[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_plain_and_its_markdown_stands_beside_it() {
        let told = markdown("The *file* is\nread.", "https://example.org/");
        assert_eq!(told.value, "The file is read.");
        let media = told.supporting_media.expect("it says more");
        assert_eq!(media[0].value, "The *file* is\nread.");
        assert!(markdown("Plain.", "").supporting_media.is_none());
        assert_eq!(
            markdown("[x]: https://example.org", "").value,
            "[x]: https://example.org"
        );
    }

    #[test]
    fn a_long_text_says_where_the_rest_is() {
        let page = "https://example.org/advisories/x/";
        for text in [
            "ö".repeat(9_000),
            "wörd ".repeat(9_000),
            "A paragraph.\n\n".repeat(900),
        ] {
            let told = plain(&text, page).value;
            assert!(told.chars().count() <= LONGEST && told.chars().count() > 2_000);
            assert!(
                told.ends_with(&format!("…\n\n[The whole text: {page}]")),
                "{told}"
            );
            assert!(
                markdown(&text, page).supporting_media.is_none()
                    || text.chars().count() <= LONGEST_MEDIA
            );
        }
        let short = "A paragraph.\n\n".repeat(400);
        assert!(plain(&short, page).value.contains("A paragraph.…"));
    }
}
