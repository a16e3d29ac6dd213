//! Owns what caveat.toml alone says to readers: which release is announced, and which names of others are disputed.
//! Must never read an advisory: an announcement tells a day and a severity, and nothing that is not public could be in it.

use caveat_advisory::SeverityClass;
use caveat_check::Book;
use caveat_texts::Texts;
use serde::Serialize;

use super::card::{Severity, id_url};
use super::day;

/// A release that comes.
#[derive(Serialize)]
pub(crate) struct AnnouncedView {
    at: String,
    date: String,
    /// `14:00`, UTC.
    time: String,
    severity: Severity,
}

/// A name that stands for no flaw.
#[derive(Serialize)]
pub(crate) struct DisputedView {
    id: String,
    id_url: Option<String>,
    state: &'static str,
    state_label: String,
    reason: String,
    url: Option<String>,
}

/// What is still to come, soonest first.
pub(crate) fn announced(book: &Book) -> Vec<AnnouncedView> {
    let project = book.project();
    let class = |id: &str| {
        let mut classes = project.policy.severities.iter().enumerate();
        classes.find(|(_, class)| class.id == id)
    };
    let ahead = project
        .announcements
        .iter()
        .filter(|one| one.at > book.as_of());
    let mut ahead: Vec<_> = ahead.collect();
    ahead.sort_by_key(|one| one.at);
    let view = |one: &caveat_advisory::Announcement| {
        let (rank, class) = class(&one.severity)?;
        let at = one.at.to_string();
        Some(AnnouncedView {
            date: day(one.at),
            time: at.get(11..16).unwrap_or_default().to_owned(),
            severity: severity(rank, class),
            at,
        })
    };
    ahead.into_iter().filter_map(view).collect()
}

fn severity(rank: usize, class: &SeverityClass) -> Severity {
    Severity {
        id: class.id.clone(),
        label: class.label.clone(),
        rank,
        definition: class.definition.clone(),
    }
}

/// In the order of caveat.toml.
pub(crate) fn disputed(texts: &Texts, book: &Book) -> Vec<DisputedView> {
    let all = book.project().disputed.iter();
    let view = |one: &caveat_advisory::Disputed| DisputedView {
        id: one.id.clone(),
        id_url: id_url(&one.id),
        state: one.state.as_str(),
        state_label: caveat_words::dispute(texts, one.state),
        reason: one.reason.trim().to_owned(),
        url: one.url.clone(),
    };
    all.map(view).collect()
}
