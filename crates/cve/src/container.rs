//! Owns the container of a CVE id whose advisory stands: field by field, as docs/cve.md says.
//! Must never name somebody who did not agree, or tell an event that the policy keeps private.

use std::cmp::Ordering;

use caveat_advisory::{Consent, CreditRole, Event, Project, ReferenceType, Timestamp};
use caveat_check::{Book, Entry, PackageId};
use caveat_texts::Texts;
use caveat_words::clocks::{event, events};
use caveat_words::{actions, credits, exploitation, plain_title};

use crate::model::{
    Container, Credit, Description, Generator, Impact, Moment, ProblemType, Provider, Source, Time,
    Weakness,
};
use crate::voice::{Voice, page};
use crate::{metric, product, reference, text};

/// Products and links of every advisory that speaks; everything else of the first.
pub(crate) fn container<'b>(book: &'b Book, voice: &Voice<'b>) -> Container<'b> {
    let project = book.project();
    let entry = voice.entries[0];
    let (written, page) = (&entry.advisory, page(project, &entry.id));
    let optional = |text: &Option<String>| -> Vec<Description> {
        let text = text.iter();
        text.map(|text| text::markdown(text, &page)).collect()
    };
    let updated = crate::record::updated(voice);
    Container {
        affected: product::products(project, &voice.entries),
        configurations: optional(&written.affected_if),
        credits: people(entry),
        date_public: Time(public(book, entry)),
        descriptions: [description(entry, &page)],
        exploits: exploitation(Texts::english(), book, entry)
            .iter()
            .map(|sentence| text::plain(sentence, &page))
            .collect(),
        impacts: [Impact {
            descriptions: [text::plain(&written.impact, &page)],
        }],
        metrics: metric::metrics(project, entry),
        problem_types: weaknesses(entry),
        provider_metadata: provider(project, updated),
        references: reference::references(project, &voice.entries),
        solutions: solutions(entry, &page),
        source: source(entry),
        timeline: timeline(book, entry, &page),
        title: plain_title(&written.title),
        workarounds: optional(&written.workaround),
        aliases: aliases(voice),
        generator: Generator::CAVEAT,
    }
}

/// Who says so, where caveat.toml has it: whoever hands the container over adds it otherwise.
pub(crate) fn provider(project: &Project, updated: Timestamp) -> Option<Provider<'_>> {
    let cve = project.cve.as_ref()?;
    Some(Provider {
        date_updated: Time(updated),
        org_id: &cve.assigner_org_id,
        short_name: &cve.assigner_short_name,
    })
}

/// What an attacker gains comes first, as on the page. It names nobody: people have a field of their own.
fn description(entry: &Entry, page: &str) -> Description {
    let written = &entry.advisory;
    let (impact, told) = (written.impact.trim(), written.description.trim());
    text::markdown(&format!("{impact}\n\n{told}"), page)
}

/// The first public word that readers may know of.
fn public(book: &Book, entry: &Entry) -> Timestamp {
    let disclosed = event(book, entry, Event::Disclosed);
    disclosed.map_or(entry.published, |at| at.min(entry.published))
}

fn people(entry: &Entry) -> Vec<Credit<'_>> {
    let (named, _) = credits(entry, Consent::Advisory);
    let mut all: Vec<Credit<'_>> = Vec::new();
    for (credit, name) in named {
        let one = Credit {
            lang: "en",
            role: role(credit.role),
            value: name,
        };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// The same words, with a space.
fn role(role: CreditRole) -> String {
    role.as_str().replace('-', " ")
}

fn weaknesses(entry: &Entry) -> Vec<ProblemType> {
    let mut all: Vec<Weakness> = Vec::new();
    for cwe in &entry.weaknesses {
        let id = format!("CWE-{}", cwe.number);
        let one = Weakness {
            description: format!("{id}: {}", cwe.name),
            cwe_id: id,
            lang: "en",
            kind: "CWE",
        };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    let wrapped = all.into_iter();
    wrapped
        .map(|one| ProblemType {
            descriptions: [one],
        })
        .collect()
}

/// The sentence of the page for each package, then why there is no fix. Where two packages share a title, each is told apart.
fn solutions(entry: &Entry, page: &str) -> Vec<Description> {
    let own = |package: &PackageId| {
        let same = entry
            .affected
            .iter()
            .filter(|one| one.package.title == package.title);
        (same.count() > 1).then(|| format!("{} {}", package.ecosystem, package.name))
    };
    let actions = actions(Texts::english(), entry).into_iter();
    let sentences = actions.map(|action| match own(&action.affected.package) {
        Some(name) => format!("{name}: {}", action.sentence()),
        None => action.sentence(),
    });
    let rows = entry.affected.iter().zip(&entry.advisory.affected);
    let reasons = rows.filter_map(|(affected, written)| {
        let (package, reason) = (&affected.package, written.no_fix.as_deref()?.trim());
        let name = own(package).unwrap_or_else(|| package.title.clone());
        Some(format!("{name}: {reason}"))
    });
    let mut all: Vec<Description> = Vec::new();
    for text in sentences.chain(reasons) {
        let one = text::plain(&text, page);
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// Who found it is in the credits; whether they are from within, nobody wrote.
fn source(entry: &Entry) -> Source<'_> {
    let links = entry.advisory.references.iter();
    let reports = links.filter(|link| link.kind == ReferenceType::Report);
    Source {
        advisory: &entry.id,
        defect: reports.map(|link| link.url.as_str()).collect(),
        discovery: "UNKNOWN",
    }
}

/// What readers of the page see, too: events that the policy shows, and what each revision told.
fn timeline(book: &Book, entry: &Entry, page: &str) -> Vec<Moment> {
    let moment = |at: Timestamp, value: &str| Moment {
        lang: "en",
        time: Time(at),
        value: text::plain(value, page).value,
    };
    let seen = events(book, entry).into_iter();
    let mut all: Vec<Moment> = seen.map(|(at, name)| moment(at, name.label())).collect();
    let revisions = entry.advisory.revisions.iter();
    all.extend(revisions.map(|one| moment(one.at, &one.note)));
    // Stable: events come before the revision that tells them.
    all.sort_by(by_time);
    all.dedup();
    all
}

fn by_time(a: &Moment, b: &Moment) -> Ordering {
    a.time.0.cmp(&b.time.0)
}

/// What else the flaw is called: the format has no field for other databases.
fn aliases<'b>(voice: &Voice<'b>) -> Vec<&'b str> {
    let written = voice
        .entries
        .iter()
        .flat_map(|entry| &entry.advisory.aliases);
    let mut all: Vec<&str> = Vec::new();
    for alias in written.map(String::as_str) {
        if voice.cve != Some(alias) && !all.contains(&alias) {
            all.push(alias);
        }
    }
    all
}
