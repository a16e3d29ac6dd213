//! Owns an advisory as linked data (JSON-LD, schema.org): what search engines read of a page.
//! Must never use a property that schema.org has not, or say more than the page does.

use caveat_check::{Book, Entry};
use serde_json::{Value, json};

/// A `TechArticle`, safe inside a `script` element: no `<` is left in it.
pub(super) fn linked(book: &Book, entry: &Entry) -> String {
    let feed = &book.project().feed;
    let written = &entry.advisory;
    let ids: Vec<&str> = std::iter::once(entry.id.as_str())
        .chain(written.aliases.iter().map(String::as_str))
        .collect();
    let about: Vec<Value> = entry
        .affected
        .iter()
        .map(|affected| {
            let package = &affected.package;
            json!({"@type": "SoftwareApplication", "name": package.title, "identifier": package.purl()})
        })
        .collect();
    let status = if written.withdrawn.is_some() {
        "Withdrawn"
    } else {
        "Published"
    };
    let publisher =
        json!({"@type": "Organization", "name": feed.name, "url": format!("{}/", feed.url)});
    let article = json!({
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": written.title.trim(),
        "description": written.impact.trim(),
        "identifier": ids,
        "about": about,
        "datePublished": entry.published.to_string(),
        "dateModified": entry.modified.to_string(),
        "creativeWorkStatus": status,
        "inLanguage": "en",
        "publisher": publisher,
        "license": feed.license,
        "url": format!("{}/advisories/{}/", feed.url, entry.id),
    });
    // JSON may have these only inside of texts, where an escape says the same.
    article
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_escaped_text_is_the_same_text() {
        let text = serde_json::json!("</script><!-- & -->").to_string();
        let safe = text
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026");
        assert!(!safe.contains(['<', '>', '&']));
        let read: String = serde_json::from_str(&safe).expect("JSON");
        assert_eq!(read, "</script><!-- & -->");
    }
}
