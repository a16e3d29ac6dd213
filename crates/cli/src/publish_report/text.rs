//! Owns the publish report as people read it: only what is promised or to be done, not what every build makes.
//! Must never grow with a feed: the first build of a large one is all news.

use std::fmt::Write as _;

use super::channel::Next;
use super::{News, PublishReport};
use crate::output::plural;

/// More than this many are counted only.
const MOST: usize = 12;

/// Empty where nobody is promised anything.
pub(super) fn text(report: &PublishReport<'_>) -> String {
    let book = report.book;
    let promised =
        |news: &&News<'_>| !news.channels.is_empty() || !news.notes_to_publish(book).is_empty();
    let news: Vec<&News<'_>> = report.news.iter().filter(promised).collect();
    let mut text = String::new();
    for one in news.iter().take(MOST) {
        text += &of(one, report);
    }
    if news.len() > MOST {
        let rest = plural(news.len() - MOST, "advisory");
        let _ = writeln!(text, "and {rest} more: --format json has all");
    }
    text
}

fn of(news: &News<'_>, report: &PublishReport<'_>) -> String {
    let entry = news.entry;
    let mut text = format!(
        "{} ({}, {}) is to be told:\n",
        entry.id,
        news.change.word(),
        entry.severity.label
    );
    for told in &news.channels {
        let (mark, what) = match &told.next {
            Next::Do(what) => ("to do", what),
            Next::There(what) => ("there", what),
            Next::Skipped(what) => ("skipped", what),
        };
        let made = told.made.iter().map(|path| format!(" ({path})"));
        let made: String = made.collect();
        let _ = writeln!(text, "  {mark}: {}: {what}{made}", told.name);
    }
    for path in news.notes_to_publish(report.book) {
        let _ = writeln!(
            text,
            "  to do: release notes: publish {path} with the release"
        );
    }
    text
}
