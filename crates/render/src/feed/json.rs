//! Owns the JSON Feed (version 1.1, jsonfeed.org).
//! Must never have a member of its own that does not begin with `_`.

use caveat_check::Book;
use serde::Serialize;

use super::Feed;
use super::item::Item;
use crate::view;

#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: String,
    feed_url: String,
    description: &'static str,
    language: &'static str,
    authors: [Author<'f>; 1],
    items: Vec<JsonItem<'f>>,
}

#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
    url: String,
}

#[derive(Serialize)]
struct JsonItem<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    summary: &'f str,
    content_html: &'f str,
    date_published: String,
    date_modified: String,
    tags: Vec<&'f str>,
    #[serde(rename = "_advisory")]
    advisory: Facts<'f>,
}

/// What programs would otherwise look for in the text.
#[derive(Serialize)]
struct Facts<'f> {
    id: &'f str,
    aliases: &'f [String],
    severity: &'f str,
    status: &'static str,
    osv: String,
}

/// One feed as JSON.
pub(super) fn write(book: &Book, feed: &Feed<'_>, items: &[Item<'_>], path: &str) -> Vec<u8> {
    let site = &book.project().feed;
    let all = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: format!("{}/{}", site.url, feed.page),
        feed_url: format!("{}/{path}", site.url),
        description: "Security advisories: what is affected, and what to do.",
        language: "en",
        authors: [Author {
            name: &site.name,
            url: format!("{}/", site.url),
        }],
        items: items.iter().map(|item| json_item(book, item)).collect(),
    };
    // No map with keys that are not text, and no number: nothing fails to be written.
    let mut bytes = serde_json::to_vec_pretty(&all).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn json_item<'f>(book: &Book, item: &'f Item<'_>) -> JsonItem<'f> {
    let entry = item.entry;
    let packages = item.packages.iter().map(String::as_str);
    JsonItem {
        id: &item.id,
        url: &item.url,
        title: &item.title,
        summary: entry.advisory.impact.trim(),
        content_html: &item.content,
        date_published: entry.published.to_string(),
        date_modified: entry.told_at().to_string(),
        tags: std::iter::once(item.severity.as_str())
            .chain(packages)
            .collect(),
        advisory: Facts {
            id: &entry.id,
            aliases: &entry.advisory.aliases,
            severity: &entry.severity.id,
            status: view::status(entry),
            osv: format!("{}/osv/{}.json", book.project().feed.url, entry.id),
        },
    }
}
