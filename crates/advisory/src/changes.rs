//! Owns what differs between two states of an advisory, field by field, as readers would see it.
//! Must never call reformatting a change, or repeat a long text or a person's name.

use std::collections::BTreeSet;

mod rows;

pub use rows::row_names;
use rows::{packages, statuses};

use crate::{Advisory, Change, Data, Event, Extra, LateReason, Timestamp};

/// What is longer is named, and not repeated.
const LONGEST: usize = 160;

/// What readers would see differently; nothing where only spaces, comments or the order of keys changed.
///
/// Revisions and the embargo are left out: they say when something may be seen, not what.
pub fn changes(old: &Advisory, new: &Advisory) -> Vec<Change> {
    let mut all = Vec::new();
    lines(old, new, &mut all);
    texts(old, new, &mut all);
    packages(old, new, &mut all);
    sets("status", &statuses(old), &statuses(new), &mut all);
    links(old, new, &mut all);
    people(old, new, &mut all);
    times(old, new, &mut all);
    ends(old, new, &mut all);
    data("extra", &old.extra, &new.extra, &mut all);
    all
}

/// Adds a field, if it differs.
fn field(all: &mut Vec<Change>, name: &str, from: Option<String>, to: Option<String>) {
    if from == to {
        return;
    }
    let short = |text: &Option<String>| {
        let short = |text: &&String| text.len() <= LONGEST && !text.contains(['\n', '\r']);
        text.as_ref().is_none_or(|text| short(&text))
    };
    let both = short(&from) && short(&to);
    let kept = |text: Option<String>| text.filter(|_| both);
    all.push(Change {
        field: name.to_owned(),
        from: kept(from),
        to: kept(to),
    });
}

/// A line as it is printed.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn some(text: Option<&String>) -> Option<String> {
    text.map(|text| line(text))
}

fn list(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join(", "))
}

fn lines(old: &Advisory, new: &Advisory, all: &mut Vec<Change>) {
    let one = |text: &String| some(Some(text));
    field(all, "title", one(&old.title), one(&new.title));
    field(all, "severity", one(&old.severity), one(&new.severity));
    let reason = |state: &Advisory| some(state.severity_reason.as_ref());
    field(all, "severity-reason", reason(old), reason(new));
    field(all, "cvss", list(&old.cvss), list(&new.cvss));
    field(all, "cwe", list(&old.cwe), list(&new.cwe));
    field(all, "aliases", list(&old.aliases), list(&new.aliases));
    let cve = |state: &Advisory| state.cve.map(|cve| cve.as_str().to_owned());
    field(all, "cve", cve(old), cve(new));
    field(all, "related", list(&old.related), list(&new.related));
    field(all, "upstream", list(&old.upstream), list(&new.upstream));
    field(all, "impact", one(&old.impact), one(&new.impact));
}

/// Texts of several lines are compared without the spaces at their ends.
fn texts(old: &Advisory, new: &Advisory, all: &mut Vec<Change>) {
    let mut long = |name: &str, from: Option<&String>, to: Option<&String>| {
        let plain = |text: &String| {
            let lines = text.trim().lines().map(str::trim_end);
            lines.collect::<Vec<_>>().join("\n")
        };
        if from.map(plain) != to.map(plain) {
            all.push(Change {
                field: name.to_owned(),
                from: None,
                to: None,
            });
        }
    };
    long(
        "description",
        Some(&old.description),
        Some(&new.description),
    );
    long(
        "affected-if",
        old.affected_if.as_ref(),
        new.affected_if.as_ref(),
    );
    long(
        "workaround",
        old.workaround.as_ref(),
        new.workaround.as_ref(),
    );
}

/// Data without a key of the form, by the first of its own keys.
fn data(path: &str, old: &Extra, new: &Extra, all: &mut Vec<Change>) {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let before = all.len();
        let line = |side: &Extra| side.get(key).map(Data::line);
        let name = format!("{path}.{key}");
        field(all, &name, line(old), line(new));
        if all.len() == before && old.get(key) != new.get(key) {
            all.push(Change {
                field: name,
                from: None,
                to: None,
            });
        }
    }
}

fn links(old: &Advisory, new: &Advisory, all: &mut Vec<Change>) {
    let links = |state: &Advisory| -> Vec<String> {
        let said = state.references.iter();
        said.map(|link| format!("{}: {}", link.kind.as_str(), link.url))
            .collect()
    };
    sets("reference", &links(old), &links(new), all);
    let relations = |state: &Advisory| -> Vec<String> {
        let said = state.relations.iter();
        said.map(|one| format!("{}: {}", one.kind.as_str(), one.id))
            .collect()
    };
    sets("relation", &relations(old), &relations(new), all);
}

/// What is gone and what is new; the order alone where nothing is either.
fn sets(name: &str, old: &[String], new: &[String], all: &mut Vec<Change>) {
    let before = all.len();
    let [was, is] = [old, new].map(|side| side.iter().collect::<BTreeSet<_>>());
    for gone in old.iter().filter(|one| !is.contains(one)) {
        field(all, name, Some(gone.clone()), None);
    }
    for added in new.iter().filter(|one| !was.contains(one)) {
        field(all, name, None, Some(added.clone()));
    }
    if all.len() == before && old != new {
        all.push(Change {
            field: name.to_owned(),
            from: None,
            to: None,
        });
    }
}

/// Who is named where; never the names, which may be gone because somebody asked for it.
fn people(old: &Advisory, new: &Advisory, all: &mut Vec<Change>) {
    let public = |state: &Advisory| -> Vec<_> {
        let shown = state.credits.iter().map(|credit| {
            let name = credit.name.clone().filter(|_| !credit.consent.is_empty());
            let url = credit.url.clone().filter(|_| name.is_some());
            (name, credit.role, url, credit.consent.clone())
        });
        shown.collect()
    };
    if public(old) != public(new) {
        all.push(Change {
            field: "credit".to_owned(),
            from: None,
            to: None,
        });
    }
}

fn times(old: &Advisory, new: &Advisory, all: &mut Vec<Change>) {
    let said = |at: Option<&Timestamp>| at.map(ToString::to_string);
    for event in Event::ALL {
        let (from, to) = (old.timeline.get(event), new.timeline.get(event));
        field(
            all,
            &format!("timeline.{}", event.as_str()),
            said(from),
            said(to),
        );
    }
    let updates = |state: &Advisory| {
        let all: Vec<String> = state.updates.iter().map(ToString::to_string).collect();
        list(&all)
    };
    field(all, "timeline.updates", updates(old), updates(new));
    for ((name, from), (_, to)) in reasons(&old.late_reason)
        .iter()
        .zip(reasons(&new.late_reason))
    {
        field(all, &format!("late-reason.{name}"), some(*from), some(to));
    }
}

fn reasons(late: &LateReason) -> [(&'static str, Option<&String>); 6] {
    [
        ("acknowledge", late.acknowledge.as_ref()),
        ("assess", late.assess.as_ref()),
        ("update", late.update.as_ref()),
        ("fix", late.fix.as_ref()),
        ("review", late.review.as_ref()),
        ("disclose", late.disclose.as_ref()),
    ]
}

fn ends(old: &Advisory, new: &Advisory, all: &mut Vec<Change>) {
    let said = |state: &Advisory| {
        let withdrawn = state.withdrawn.as_ref()?;
        let mut text = withdrawn.reason.as_str().to_owned();
        if !withdrawn.replaced_by.is_empty() {
            text = format!("{text}, see {}", withdrawn.replaced_by.join(", "));
        }
        Some(text)
    };
    field(all, "withdrawn", said(old), said(new));
    let at = |state: &Advisory| Some(state.withdrawn.as_ref()?.at.to_string());
    let note = |state: &Advisory| some(state.withdrawn.as_ref()?.note.as_ref());
    if old.withdrawn.is_some() && new.withdrawn.is_some() {
        field(all, "withdrawn.at", at(old), at(new));
        field(all, "withdrawn.note", note(old), note(new));
    }
}

#[cfg(test)]
mod tests;
