//! Owns the VEX document of a package: every flaw of it that was published in one year, and which versions have it.
//! Must never acquit a version by a name that still stands for a flaw, or end when an advisory is withdrawn.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::Timestamp;
use caveat_check::{Book, Entry, PackageId};

use crate::model::{
    Csaf, Document, Id, Link, ProductStatus, Revision, Threat, Time, Tracking, Vulnerability,
};
use crate::place::{document_path, package_id, package_path, year};
use crate::product::{self, Row, Status, Why, affected};
use crate::{Publisher, branches, document, notes, remediation, score, vulnerability};

/// A package of caveat.toml and the advisories of one year that name it.
pub(crate) struct Sheet<'b> {
    package: &'b PackageId,
    year: String,
    entries: Vec<&'b Entry>,
}

/// What an advisory says of the package.
type Told<'b> = (&'b Entry, Vec<Row<'b>>);

/// The documents of a book, by key and year. Other packages have no name that could be part of a path for good.
pub(crate) fn sheets(book: &Book) -> Vec<Sheet<'_>> {
    let packages = book.project().packages.iter();
    let declared: BTreeSet<&str> = packages.map(|one| one.key.as_str()).collect();
    let mut sheets: BTreeMap<(&str, String), Sheet<'_>> = BTreeMap::new();
    for entry in book.entries() {
        for package in product::packages(entry) {
            if !declared.contains(package.key.as_str()) {
                continue;
            }
            let sheet = sheets.entry((&package.key, year(entry)));
            let sheet = sheet.or_insert_with_key(|(_, year)| Sheet {
                package,
                year: year.clone(),
                entries: Vec::new(),
            });
            sheet.entries.push(entry);
        }
    }
    sheets.into_values().collect()
}

impl<'b> Sheet<'b> {
    pub(crate) fn id(&self, book: &Book) -> String {
        package_id(
            &book.project().feed.id_prefix,
            &self.package.key,
            &self.year,
        )
    }

    pub(crate) fn path(&self, book: &Book) -> String {
        package_path(
            &book.project().feed.id_prefix,
            &self.package.key,
            self.entries[0],
        )
    }

    pub(crate) fn title(&self) -> String {
        format!(
            "{}: versions and the flaws published in {}",
            self.package.title, self.year
        )
    }

    pub(crate) fn published(&self) -> Timestamp {
        let times = self.entries.iter().map(|entry| entry.published);
        times.min().unwrap_or_default()
    }

    pub(crate) fn modified(&self) -> Timestamp {
        let times = self.entries.iter().map(|entry| entry.modified);
        times.max().unwrap_or_default()
    }

    /// The whole document.
    pub(crate) fn document(&self, book: &Book, publisher: &Publisher<'b>) -> Vec<u8> {
        let told: Vec<Told<'b>> = self.entries.iter().map(|entry| self.told(entry)).collect();
        let rows: Vec<&Row<'_>> = told.iter().flat_map(|(_, rows)| rows).collect();
        let flaws = told.iter().flat_map(|(entry, rows)| {
            let flaw = |name| flaw(book, entry, self.package, rows, name);
            names(book, entry).into_iter().map(flaw)
        });
        crate::json::bytes(&Csaf {
            document: self.head(book, publisher),
            product_tree: Some(branches::tree(&rows, publisher)),
            vulnerabilities: flaws.collect(),
        })
    }

    fn told(&self, entry: &'b Entry) -> Told<'b> {
        if entry.advisory.withdrawn.is_some() {
            let row = Row {
                package: self.package,
                affected: None,
                products: product::all_clear(self.package),
            };
            return (entry, vec![row]);
        }
        let mut rows = product::rows(entry);
        rows.retain(|row| row.package == self.package);
        (entry, rows)
    }

    fn head(&self, book: &Book, publisher: &Publisher<'b>) -> Document<'b> {
        let project = book.project();
        let about = format!(
            "What this publisher knows of flaws of {} that were published in {}. Versions and flaws that are not named were \
             perhaps looked at by nobody.",
            self.package.title, self.year
        );
        Document {
            aggregate_severity: None,
            category: "csaf_vex",
            csaf_version: "2.0",
            distribution: document::distribution(project),
            lang: "en",
            notes: vec![notes::note("general", "About this document", about)],
            publisher: document::name(publisher),
            references: vec![link(
                "self",
                "Canonical URL",
                format!("{}/{}", project.feed.url, self.path(book)),
            )],
            title: self.title(),
            tracking: self.tracking(book),
        }
    }

    /// The revisions of all advisories in one line; those of one moment are one.
    fn tracking(&self, book: &Book) -> Tracking<'b> {
        let mut notes: BTreeMap<Timestamp, Vec<String>> = BTreeMap::new();
        for entry in &self.entries {
            for one in &entry.advisory.revisions {
                let note = format!("{}: {}", entry.id, one.note.trim());
                notes.entry(one.at).or_default().push(note);
            }
        }
        let version = notes.len().to_string();
        let history = notes.into_iter().zip(1..);
        let history = history.map(|((at, notes), number)| Revision {
            date: Time(at),
            number: format!("{number}"),
            summary: notes.join(" ").into(),
        });
        Tracking {
            current_release_date: Time(self.modified()),
            generator: document::GENERATOR,
            id: self.id(book).into(),
            initial_release_date: Time(self.published()),
            revision_history: history.collect(),
            status: "final",
            version,
        }
    }
}

fn link(category: &'static str, summary: &str, url: String) -> Link {
    Link {
        category,
        summary: summary.to_owned(),
        url,
    }
}

/// Where more is said of a flaw.
fn advisory(url: &str, entry: &Entry) -> Vec<Link> {
    let document = format!("{url}/{}", document_path(entry));
    let page = format!("{url}/advisories/{}/", entry.id);
    vec![
        link("external", "Advisory", document),
        link("external", "Advisory as a page", page),
    ]
}

/// What a flaw is called: the CVE id, if any, and all other names.
type Names<'e> = (Option<&'e str>, Vec<Id<'e>>);

/// The names of an advisory. Of one that was withdrawn the others may stand for a flaw all the same: of a successor, or of
/// what was published too early; so they are in it only where the withdrawal says that they stand for none of this package.
fn names<'e>(book: &'e Book, entry: &'e Entry) -> Vec<Names<'e>> {
    let mut ids = vulnerability::ids(book, entry);
    if !caveat_words::acquits(book, entry) {
        // The own id is the first.
        ids.truncate(1);
        return vec![(None, ids)];
    }
    let names = vulnerability::cves(entry).into_iter();
    names
        .map(|cve| (cve, vulnerability::ids(book, entry)))
        .collect()
}

fn flaw<'e>(
    book: &'e Book,
    entry: &'e Entry,
    package: &PackageId,
    rows: &'e [Row<'e>],
    (cve, ids): Names<'e>,
) -> Vulnerability<'e> {
    let stands = entry.advisory.withdrawn.is_none();
    let hit = affected(rows);
    let scores = entry.scores.iter().filter(|_| !hit.is_empty());
    Vulnerability {
        acknowledgments: Vec::new(),
        cve,
        cwe: vulnerability::cwe(entry).filter(|_| stands),
        discovery_date: None,
        flags: vulnerability::flags(entry, rows),
        ids,
        notes: notes::of_package(entry, package),
        product_status: ProductStatus {
            recommended: Vec::new(),
            ..product::status(rows)
        },
        references: advisory(&book.project().feed.url, entry),
        release_date: None,
        remediations: remediation::remediations(entry, rows),
        scores: scores.filter_map(|one| score::of(one, &hit)).collect(),
        threats: reasons(entry, rows),
        title: document::title(entry),
    }
}

/// Why versions are not affected, one for each reason.
fn reasons<'e>(entry: &'e Entry, rows: &'e [Row<'e>]) -> Vec<Threat<'e>> {
    let mut threats: Vec<Threat<'e>> = Vec::new();
    let all = rows.iter().flat_map(|row| {
        let all = row.products.iter();
        all.map(move |product| (row, product))
    });
    for (row, product) in all {
        let Status::NotAffected(why) = product.status else {
            continue;
        };
        let text = reason(entry, row, why);
        let id = product.id.as_str();
        match threats.iter_mut().find(|threat| threat.details == text) {
            Some(threat) => threat.product_ids.push(id),
            None => threats.push(Threat {
                category: "impact",
                date: None,
                details: text.into(),
                product_ids: vec![id],
            }),
        }
    }
    threats
}

fn reason(entry: &Entry, row: &Row<'_>, why: Why) -> String {
    let told = match why {
        Why::Told(at) => entry.statuses[at].reason.as_deref(),
        Why::Withdrawn => None,
        Why::Older => {
            let affected = row.affected.map(|at| &entry.affected[at]);
            return affected.map_or_else(String::new, caveat_words::older);
        }
    };
    let withdrawn = entry.advisory.withdrawn.as_ref();
    let withdrawn = withdrawn.map(caveat_words::withdrawn);
    told.map(|reason| reason.trim().to_owned())
        .or(withdrawn)
        .unwrap_or_default()
}
