//! Owns an advisory as its own page shows it.
//! Must never name somebody who did not agree to be named there.

use caveat_advisory::{Consent, Event, Project, State};
use caveat_check::{Book, Entry, Score};
use caveat_convert::Record;
use caveat_texts::Texts;
use sha2::{Digest as _, Sha256};

use super::affected::{action_views, affected_views, status_views};
use super::card::{id_url, severity, status};
use super::clocks::{clocks, sheets};
use super::day;
use super::linked::linked;
use super::shape::{
    AdvisoryView, ChangeView, CreditView, CvssView, CweView, DataView, EventView, ExploitationView,
    IdView, LinkView, MailView, NoteView, ReferenceView, RevisionView, TieView, WithdrawnView,
};
use crate::clocks::{event, events, is_public};
use crate::markdown::{line_to_html, to_html};
use caveat_words::{credits, cve_is_pending, event_label, plain_title, published_early, role};

/// The page's view of an entry and its record.
pub(crate) fn advisory(texts: &Texts, book: &Book, entry: &Entry, record: &Record) -> AdvisoryView {
    let written = &entry.advisory;
    let id = |id: &String| IdView {
        id: id.clone(),
        url: id_url(id),
    };
    AdvisoryView {
        id: entry.id.clone(),
        title: plain_title(&written.title),
        title_html: line_to_html(written.title.trim()),
        status: status(entry),
        severity: severity(entry),
        severity_reason: written.severity_reason.clone(),
        impact: written.impact.trim().to_owned(),
        cvss: entry.scores.iter().map(|one| cvss(texts, one)).collect(),
        cwe: entry.weaknesses.iter().map(cwe).collect(),
        aliases: written.aliases.iter().map(id).collect(),
        cve_pending: cve_is_pending(entry),
        ties: entry.ties.iter().map(|one| tie(texts, one)).collect(),
        related: written.related.iter().map(id).collect(),
        upstream: written.upstream.iter().map(id).collect(),
        actions: action_views(texts, entry),
        affected: affected_views(texts, book, entry),
        statuses: status_views(texts, entry),
        published_early: published_early(entry).map(str::to_owned),
        affected_if_html: written.affected_if.as_deref().map(to_html),
        workaround_html: written.workaround.as_deref().map(to_html),
        description_html: to_html(&written.description),
        timeline: timeline(texts, book, entry),
        clocks: clocks(texts, book, entry),
        legal: sheets(texts, book, entry),
        credits: credit_views(texts, entry),
        references: references(texts, entry),
        revisions: revisions(entry),
        withdrawn: withdrawn(texts, entry),
        published: entry.published.to_string(),
        published_date: day(entry.published),
        modified: entry.modified.to_string(),
        modified_date: day(entry.modified),
        data: data(book.project(), entry, record),
        exploitation: exploitation(book, entry),
        json_ld: linked(book, entry),
    }
}

/// Whether it was exploited, as far as this feed may tell.
fn exploitation(book: &Book, entry: &Entry) -> Option<ExploitationView> {
    is_public(book, Event::Exploited).then(|| {
        let seen = event(book, entry, Event::Exploited);
        ExploitationView {
            at: seen.map(|at| at.to_string()),
            date: seen.map(day),
        }
    })
}

fn cvss(texts: &Texts, score: &Score) -> CvssView {
    let version = score.version;
    let base = match version {
        "2.0" => "https://nvd.nist.gov/vuln-metrics/cvss/v2-calculator?vector=",
        "4.0" => "https://www.first.org/cvss/calculator/4.0#",
        "3.0" => "https://www.first.org/cvss/calculator/3.0#",
        _ => "https://www.first.org/cvss/calculator/3.1#",
    };
    CvssView {
        version,
        calculator: format!("{base}{}", score.vector),
        vector: score.vector.clone(),
        score: score.display(),
        rating: caveat_words::rating(texts, score.rating),
    }
}

fn cwe(cwe: &caveat_check::Weakness) -> CweView {
    let number = cwe.number;
    CweView {
        id: format!("CWE-{number}"),
        name: cwe.name,
        url: format!("https://cwe.mitre.org/data/definitions/{number}.html"),
    }
}

fn timeline(texts: &Texts, book: &Book, entry: &Entry) -> Vec<EventView> {
    let mut events: Vec<_> = events(book, entry)
        .into_iter()
        .map(|(at, event)| (at, event.as_str(), event_label(texts, event)))
        .collect();
    events.push((entry.published, "published", texts.word("event.published")));
    events.extend(
        entry
            .advisory
            .withdrawn
            .as_ref()
            .map(|withdrawn| (withdrawn.at, "withdrawn", texts.word("event.withdrawn"))),
    );
    events.sort();
    let view = |(at, event, label): (caveat_advisory::Timestamp, _, _)| EventView {
        event,
        label,
        at: at.to_string(),
        date: day(at),
    };
    events.into_iter().map(view).collect()
}

fn credit_views(texts: &Texts, entry: &Entry) -> Vec<CreditView> {
    let (named, _) = credits(entry, Consent::Advisory);
    let view = |credit: &caveat_advisory::Credit| {
        let name = named
            .iter()
            .find(|(other, _)| std::ptr::eq(*other, credit))
            .map(|(_, name)| (*name).to_owned());
        let url = name.as_ref().and(credit.url.clone());
        CreditView {
            name,
            role_label: role(texts, credit.role),
            url,
        }
    };
    entry.advisory.credits.iter().map(view).collect()
}

fn references(texts: &Texts, entry: &Entry) -> Vec<ReferenceView> {
    let view = |link: &caveat_advisory::Reference| ReferenceView {
        r#type: link.kind.as_str(),
        label: caveat_words::reference(texts, link.kind),
        url: link.url.clone(),
    };
    entry.advisory.references.iter().map(view).collect()
}

fn revisions(entry: &Entry) -> Vec<RevisionView> {
    let view = |(at, revision): (usize, &caveat_advisory::Revision)| RevisionView {
        number: at + 1,
        at: revision.at.to_string(),
        date: day(revision.at),
        note: revision.note.clone(),
        editorial: revision.editorial,
        changed: revision.changed.iter().map(change).collect(),
        narrows: revision.narrows.clone(),
        fix_reverted: revision.fix_reverted.clone(),
        reinstates: revision.reinstates.clone(),
    };
    entry
        .advisory
        .revisions
        .iter()
        .enumerate()
        .rev()
        .map(view)
        .collect()
}

/// A side that is absent was nothing, or is too long to be repeated.
fn change(change: &caveat_advisory::Change) -> ChangeView {
    ChangeView {
        field: change.field.clone(),
        from: change.from.clone(),
        to: change.to.clone(),
    }
}

fn tie(texts: &Texts, tie: &caveat_check::Tie) -> TieView {
    TieView {
        label: caveat_words::tie(texts, tie.kind),
        id: tie.id.clone(),
        path: format!("advisories/{}/", tie.id),
    }
}

fn withdrawn(texts: &Texts, entry: &Entry) -> Option<WithdrawnView> {
    let withdrawn = entry.advisory.withdrawn.as_ref()?;
    let link = |id: &String| LinkView {
        id: id.clone(),
        path: format!("advisories/{id}/"),
    };
    Some(WithdrawnView {
        at: withdrawn.at.to_string(),
        date: day(withdrawn.at),
        reason: withdrawn.reason.as_str(),
        reason_label: caveat_words::withdrawal(texts, withdrawn.reason),
        note: withdrawn.note.clone(),
        replaced_by: withdrawn.replaced_by.iter().map(link).collect(),
    })
}

/// No page lists more files than this.
const MOST_CRATES: usize = 5;

/// The file of each crate; the archive of all where they are many.
fn rustsec(entry: &Entry) -> Vec<String> {
    let paths = caveat_rustsec::paths(entry);
    if paths.len() > MOST_CRATES {
        return vec![caveat_rustsec::ARCHIVE.to_owned()];
    }
    paths
}

fn data(project: &Project, entry: &Entry, record: &Record) -> DataView {
    let lists = project.mail.iter().flat_map(|mail| &mail.lists);
    let digest = Sha256::digest(record.bytes());
    let note = |(package, version): caveat_notes::Key| NoteView {
        path: caveat_notes::path(&package, &version),
        package,
        version,
    };
    let (csaf, vex) = (project.csaf.as_ref(), project.vex.as_ref());
    DataView {
        csaf_path: csaf.map(|_| caveat_csaf::document_path(entry)),
        cve_paths: caveat_cve::paths(project, entry),
        rustsec_paths: rustsec(entry),
        go_path: caveat_vulndb::path(record),
        vex_path: vex.map(|_| caveat_openvex::document_path(entry)),
        osv_path: format!("osv/{}.json", entry.id),
        osv_sha256: digest
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")),
        mails: lists
            .filter(|list| list.state == State::Live)
            .map(|list| MailView {
                channel: list.name.clone(),
                path: format!("{}.txt", caveat_mail::path(entry, &list.name)),
            })
            .collect(),
        notes: caveat_notes::keys_of(entry).into_iter().map(note).collect(),
    }
}
