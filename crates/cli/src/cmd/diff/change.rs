//! Owns what becomes of each advisory between two publications, as data.
//! Must never repeat what `changes` and `flips` leave out, or a value that names somebody who is to be named nowhere.

use caveat_advisory::{Change, State, Timestamp};
use caveat_check::Entry;
use caveat_gate::{Flip, Record, Tree, differing, fields, flips};
use serde::Serialize;

use super::is_withdrawn;
use crate::street::Ready;

/// One advisory that readers would see change.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) kind: Kind,
    /// Fields, old and new; long texts and names of people are not repeated.
    pub(super) fields: Vec<Row>,
    /// Versions whose verdict turns.
    pub(super) verdicts: Vec<Flip>,
    /// Mail that its last revision calls for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mail: Option<Mail>,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    New,
    Changed,
    Withdrawn,
    Reinstated,
    Gone,
}

#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct Mail {
    pub(super) kind: &'static str,
    pub(super) lists: Vec<String>,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::Reinstated => "reinstated",
            Self::Gone => "gone",
        }
    }
}

/// Every advisory whose record differs. Without the base's own files, fields are those of records.
pub(super) fn advisories(
    base: Option<&Ready>,
    head: &Ready,
    old: &Tree,
    new: &Tree,
) -> Vec<Changed> {
    let ids = differing(&old.files, &new.files);
    let all = ids.iter().filter_map(|id| {
        let (before, after) = (old.records.get(id), new.records.get(id));
        let shown = after.or(before)?;
        Some(Changed {
            id: id.clone(),
            // That of a state which is gone may tell what is not published any more.
            title: repeated(head, &shown.title),
            kind: kind(before, after),
            fields: told(base, head, before, after),
            verdicts: flips(before, after),
            mail: mail(head, before, entry(head, id)),
        })
    });
    all.collect()
}

/// A text of what was, unless it may not be repeated.
pub(super) fn repeated(head: &Ready, text: &str) -> String {
    if head.discretion.hides(text) {
        return WITHHELD.to_owned();
    }
    text.to_owned()
}

/// Stands where a text may not be repeated.
const WITHHELD: &str = "(withheld)";

fn kind(before: Option<&Record>, after: Option<&Record>) -> Kind {
    match (before, after) {
        (None, _) => Kind::New,
        (_, None) => Kind::Gone,
        _ if !is_withdrawn(before) && is_withdrawn(after) => Kind::Withdrawn,
        _ if is_withdrawn(before) && !is_withdrawn(after) => Kind::Reinstated,
        _ => Kind::Changed,
    }
}

fn entry<'r>(ready: &'r Ready, id: &str) -> Option<&'r Entry> {
    ready.book.entries().iter().find(|entry| entry.id == id)
}

fn told(
    base: Option<&Ready>,
    head: &Ready,
    before: Option<&Record>,
    after: Option<&Record>,
) -> Vec<Row> {
    let (Some(before), Some(after)) = (before, after) else {
        return Vec::new();
    };
    // What the policy keeps private is no part of what readers see.
    let entries = base.and_then(|base| Some((entry(base, &before.id)?, entry(head, &after.id)?)));
    let all = if let Some((old, new)) = entries {
        head.discretion.changes(&old.advisory, &new.advisory)
    } else {
        let mut all = fields(before, after);
        head.discretion.keep(&mut all);
        all
    };
    let policy = &head.book.project().policy;
    let seen = |change: &Change| !caveat_check::is_private(policy, &change.field);
    let field = |change: Change| Row {
        field: change.field,
        from: change.from,
        to: change.to,
    };
    all.into_iter().filter(seen).map(field).collect()
}

/// Mail is due where readers were told of something since; an editorial revision tells nobody.
fn mail(head: &Ready, before: Option<&Record>, entry: Option<&Entry>) -> Option<Mail> {
    let entry = entry?;
    let seen = before.map_or(Timestamp::MIN, |record| record.modified);
    let lists = head.book.project().mail.as_ref()?.lists.iter();
    let lists = lists.filter(|list| list.state == State::Live);
    let lists: Vec<String> = lists.map(|list| list.name.clone()).collect();
    if entry.told_at() <= seen || lists.is_empty() {
        return None;
    }
    let kind = match (before, &entry.advisory.withdrawn) {
        (_, Some(_)) => "withdrawal",
        (None, None) => "announce",
        (Some(_), None) => "update",
    };
    Some(Mail { kind, lists })
}
