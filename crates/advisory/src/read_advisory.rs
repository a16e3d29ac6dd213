//! Owns the shape of an advisory file: one line per key.
//! Must never know what makes a value right beyond its type.

use std::collections::BTreeMap;

use caveat_diag::Report;

use crate::fields::Fields;
use crate::{
    Advisory, Affected, Change, Credit, Document, Draft, Embargo, Event, FixNote, LateReason,
    PackageRef, Reference, Relation, Revision, Status, Timestamp, Withdrawal,
};

impl Document<Advisory> {
    /// Reads one advisory file. `None` only if something was reported.
    pub fn read(draft: Draft, report: &mut Report) -> Option<Self> {
        Self::read_with(draft, report, advisory)
    }
}

fn advisory(f: &mut Fields<'_, '_, '_>) -> Option<Advisory> {
    let id = f.optional("id");
    let (title, severity) = (f.required("title"), f.required("severity"));
    let (impact, description) = (f.required("impact"), f.required("description"));
    let (timeline, updates) = f.table("timeline", timeline).unwrap_or_default();
    Some(Advisory {
        severity_reason: f.optional("severity-reason"),
        cvss: f.list("cvss"),
        cwe: f.list("cwe"),
        aliases: f.list("aliases"),
        cve: f.optional("cve"),
        related: f.list("related"),
        upstream: f.list("upstream"),
        affected_if: f.optional("affected-if"),
        workaround: f.optional("workaround"),
        affected: f.tables("affected", affected),
        statuses: f.tables("status", status),
        references: f.tables("reference", reference),
        relations: f.tables("relation", relation),
        credits: f.tables("credit", credit),
        late_reason: f.table("late-reason", late_reason).unwrap_or_default(),
        timeline,
        updates,
        revisions: f.tables("revision", revision),
        withdrawn: f.table("withdrawn", withdrawal),
        embargo: f.table("embargo", embargo),
        extra: f.data("extra"),
        id,
        title: title?,
        severity: severity?,
        impact: impact?,
        description: description?,
    })
}

fn affected(f: &mut Fields<'_, '_, '_>) -> Option<Affected> {
    let package = package(f);
    Some(Affected {
        versions: f.list("versions"),
        introduced_by: f.list("introduced-by"),
        fixed_by: f.list("fixed-by"),
        functions: f.list("functions"),
        features: f.list("features"),
        no_fix: f.optional("no-fix"),
        fixes: f.tables("fix", fix_note),
        fix_unreleased: f.optional("fix-unreleased").unwrap_or_default(),
        differs_from_git: f.optional("differs-from-git"),
        extra: f.data("extra"),
        ecosystem_extra: f.data("ecosystem-extra"),
        package: package?,
    })
}

fn fix_note(f: &mut Fields<'_, '_, '_>) -> Option<FixNote> {
    let version = f.required("version");
    Some(FixNote {
        availability: f.optional("availability"),
        upgrade_to: f.optional("upgrade-to"),
        version: version?,
    })
}

fn status(f: &mut Fields<'_, '_, '_>) -> Option<Status> {
    let (package, state) = (package(f), f.required("state"));
    Some(Status {
        versions: f.list("versions"),
        justification: f.optional("justification"),
        reason: f.optional("reason"),
        package: package?,
        state: state?,
    })
}

/// Either the key of a package, or ecosystem and name.
fn package(f: &mut Fields<'_, '_, '_>) -> Option<PackageRef> {
    const HELP: &str =
        "write `package = \"KEY\"`, a [[package]] of caveat.toml, or both `ecosystem` and `name`";
    let key: Option<String> = f.optional("package");
    let ecosystem: Option<String> = f.optional("ecosystem");
    let name: Option<String> = f.optional("name");
    match (key, ecosystem, name) {
        (Some(key), None, None) => Some(PackageRef::Key(key)),
        (None, Some(ecosystem), Some(name)) => Some(PackageRef::Named { ecosystem, name }),
        (None, None, None) => {
            f.fault("this does not say which package is affected", HELP);
            None
        }
        _ => {
            f.fault(
                "a package is named either by key or by ecosystem and name",
                HELP,
            );
            None
        }
    }
}

fn reference(f: &mut Fields<'_, '_, '_>) -> Option<Reference> {
    let (kind, url) = (f.required("type"), f.required("url"));
    Some(Reference {
        kind: kind?,
        url: url?,
    })
}

fn credit(f: &mut Fields<'_, '_, '_>) -> Option<Credit> {
    let (name, role) = (f.optional("name"), f.required("role"));
    Some(Credit {
        name,
        url: f.optional("url"),
        consent: f.list("consent"),
        agreed: f.optional("agreed"),
        evidence: f.optional("evidence"),
        role: role?,
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every reader of a table has this shape"
)]
fn timeline(f: &mut Fields<'_, '_, '_>) -> Option<(BTreeMap<Event, Timestamp>, Vec<Timestamp>)> {
    let events = Event::ALL.iter();
    let events = events
        .filter_map(|event| Some((*event, f.optional(event.as_str())?)))
        .collect();
    Some((events, f.list("updates")))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every reader of a table has this shape"
)]
fn late_reason(f: &mut Fields<'_, '_, '_>) -> Option<LateReason> {
    Some(LateReason {
        acknowledge: f.optional("acknowledge"),
        assess: f.optional("assess"),
        update: f.optional("update"),
        fix: f.optional("fix"),
        review: f.optional("review"),
        disclose: f.optional("disclose"),
    })
}

fn revision(f: &mut Fields<'_, '_, '_>) -> Option<Revision> {
    let (at, note) = (f.required("at"), f.required("note"));
    Some(Revision {
        editorial: f.optional("editorial").unwrap_or(false),
        changed: f.tables("changed", change),
        narrows: f.optional("narrows"),
        fix_reverted: f.optional("fix-reverted"),
        reinstates: f.optional("reinstates"),
        at: at?,
        note: note?,
    })
}

fn change(f: &mut Fields<'_, '_, '_>) -> Option<Change> {
    let field = f.required("field");
    Some(Change {
        from: f.optional("from"),
        to: f.optional("to"),
        field: field?,
    })
}

fn relation(f: &mut Fields<'_, '_, '_>) -> Option<Relation> {
    let (kind, id) = (f.required("type"), f.required("id"));
    Some(Relation {
        kind: kind?,
        id: id?,
    })
}

fn withdrawal(f: &mut Fields<'_, '_, '_>) -> Option<Withdrawal> {
    let (at, reason) = (f.required("at"), f.required("reason"));
    Some(Withdrawal {
        replaced_by: f.list("replaced-by"),
        note: f.optional("note"),
        at: at?,
        reason: reason?,
    })
}

fn embargo(f: &mut Fields<'_, '_, '_>) -> Option<Embargo> {
    let until = f.required("until");
    Some(Embargo {
        agreed_with: f.list("agreed-with"),
        ended_early: f.optional("ended-early"),
        until: until?,
    })
}

#[cfg(test)]
mod tests;
