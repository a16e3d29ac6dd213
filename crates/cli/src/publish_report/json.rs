//! Owns the publish report as programs read it.
//! Must never leave out an advisory that is new or changed.

use serde_json::{Value, json};

use super::channel::{Next, Told};
use super::{News, PublishReport};

/// One object.
pub(super) fn json(report: &PublishReport<'_>) -> Value {
    let feed = &report.book.project().feed;
    let advisories = report.news.iter().map(|news| of(news, report));
    json!({
        "feed": feed.name,
        "as_of": report.book.as_of().to_string(),
        "compared": report.compared,
        "advisories": advisories.collect::<Vec<_>>(),
    })
}

fn of(news: &News<'_>, report: &PublishReport<'_>) -> Value {
    let entry = news.entry;
    json!({
        "id": entry.id,
        "change": news.change.word(),
        "revision": entry.advisory.revisions.len(),
        "severity": entry.severity.id,
        "url": format!("{}/advisories/{}/", report.book.project().feed.url, entry.id),
        "made": news.made,
        "notes_to_publish": news.notes_to_publish(report.book),
        "channels": news.channels.iter().map(channel).collect::<Vec<_>>(),
    })
}

fn channel(told: &Told<'_>) -> Value {
    let (state, what) = match &told.next {
        Next::Do(what) => ("to-do", what),
        Next::There(what) => ("there", what),
        Next::Skipped(what) => ("skipped", what),
    };
    json!({
        "name": told.name,
        "kind": told.kind,
        "made": told.made,
        "state": state,
        "what": what,
    })
}
