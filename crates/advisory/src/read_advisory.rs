//! Owns the shape of an advisory file: one line per key.
//! Must never know what makes a value right beyond its type.

use std::collections::BTreeMap;

use caveat_diag::Report;

use crate::fields::Fields;
use crate::{
    Advisory, Affected, Change, Credit, Document, Draft, Embargo, Event, LateReason, PackageRef,
    Reference, Relation, Revision, Timestamp, Withdrawal,
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
        affected_if: f.optional("affected-if"),
        workaround: f.optional("workaround"),
        affected: f.tables("affected", affected),
        references: f.tables("reference", reference),
        relations: f.tables("relation", relation),
        credits: f.tables("credit", credit),
        late_reason: f.table("late-reason", late_reason).unwrap_or_default(),
        timeline,
        updates,
        revisions: f.tables("revision", revision),
        withdrawn: f.table("withdrawn", withdrawal),
        embargo: f.table("embargo", embargo),
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
        fix_unreleased: f.optional("fix-unreleased").unwrap_or_default(),
        differs_from_git: f.optional("differs-from-git"),
        package: package?,
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
mod tests {
    use super::*;
    use caveat_diag::emit::{human, short};
    use proptest::prelude::*;
    use snapbox::{assert_data_eq, str};

    const GOOD: &str = r#"
id = "x_T-2026-0001"
title = "A title"
severity = "high"
impact = "Code runs."
description = "Text."
[[affected]]
package = "torch"
versions = [">= 1.0.0, < 1.2.0"]
[[revision]]
at = 2026-11-20T14:00:00+02:00
note = "First published."
"#;

    fn read(text: impl Into<Vec<u8>>) -> (Option<Document<Advisory>>, Report) {
        let mut report = Report::default();
        let draft = Draft {
            path: "a.toml".to_owned(),
            bytes: text.into(),
        };
        (Document::<Advisory>::read(draft, &mut report), report)
    }

    #[test]
    fn a_good_file_is_read_with_its_places() {
        let (document, report) = read(GOOD);
        assert!(report.is_empty(), "{}", human(&report, false));
        let document = document.expect("no trouble");
        let versions = &document.data().affected[0].versions[0];
        let span = document.within("affected[0].versions[0]", versions, 10..17);
        assert_eq!(&document.source().text()[span.range()], "< 1.2.0");
        assert_eq!(
            document.data().revisions[0].at.to_string(),
            "2026-11-20T12:00:00Z"
        );
    }

    #[test]
    fn every_fault_of_shape_is_said_in_one_run() {
        let text = GOOD
            .replace("title = ", "titel = ")
            .replace("\"high\"", "3")
            .replace(
                "versions = [\">= 1.0.0, < 1.2.0\"]",
                "versions = \"< 1\"\nfixed_by = []",
            )
            .replace("at = 2026-11-20T14:00:00+02:00", "at = 2026-11-20");
        let (document, report) = read(text + "[[credit]]\nrole = \"findr\"\n");
        assert!(document.is_none());
        assert_data_eq!(
            short(&report),
            str![[r"
a.toml:1:1: error[missing-key]: `title` is missing
a.toml:3:1: error[unknown-key]: unknown key `titel`
a.toml:4:12: error[wrong-value]: `severity`: expected a string, found integer
a.toml:9:12: error[wrong-value]: `affected[0].versions`: expected an array, found string
a.toml:10:1: error[unknown-key]: unknown key `fixed_by`
a.toml:12:6: error[wrong-value]: `revision[0].at`: `2026-11-20` does not name an instant
a.toml:15:8: error[wrong-value]: `credit[0].role`: `findr` is no role

"]]
        );
        assert!(human(&report, false).contains("did you mean `fixed-by`?"));
    }

    #[test]
    fn several_syntax_errors_are_said_at_once_and_nothing_is_called_missing_for_them() {
        let (document, report) = read(
            GOOD.replace("title = \"A title\"", "title = ")
                .replace("at = 2026", "at == 2026"),
        );
        assert!(document.is_none());
        let said = short(&report);
        assert!(said.matches("error[syntax]").count() >= 2, "{said}");
        assert!(!said.contains("missing-key"), "{said}");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_once() {
        let (document, report) = read(vec![0xff; 4096]);
        assert!(document.is_none());
        assert_eq!(
            short(&report),
            "a.toml:1:1: error[not-utf8]: this file is not UTF-8 text\n"
        );
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_document_or_a_diagnostic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let (document, report) = read(bytes);
            prop_assert!(document.is_some() != report.has_errors());
            human(&report, true);
        }

        #[test]
        fn any_damage_to_a_good_file_gives_a_document_or_a_diagnostic(at in 0usize..230, with in "\\PC{0,6}", cut in 0usize..12) {
            let mut text = GOOD.as_bytes().to_vec();
            let at = at.min(text.len());
            let end = (at + cut).min(text.len());
            text.splice(at..end, with.bytes());
            let (document, report) = read(text);
            prop_assert!(document.is_some() != report.has_errors());
            human(&report, true);
        }
    }
}
