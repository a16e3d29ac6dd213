//! Owns the document of an advisory: what it is called, who speaks, how often it was changed, and where else to read.
//! Must never hold a fact of the build: a document changes only with its advisory and with caveat.toml.

use caveat_advisory::Project;
use caveat_check::{Book, Entry};
use caveat_convert::links;

use crate::model::{
    Csaf, Distribution, Document, Engine, Generator, Link, PublisherName, Revision, Severity, Time,
    Tlp, Tracking,
};
use crate::place::document_path;
use crate::product::Row;
use crate::{Publisher, branches, notes, product, vulnerability};

/// What made it.
pub(crate) const GENERATOR: Generator = Generator {
    engine: Engine { name: "Caveat" },
};

/// The whole document. Of what is withdrawn no product is told to have a flaw, or to have none.
pub(crate) fn document<'e>(book: &'e Book, entry: &'e Entry, publisher: &Publisher<'e>) -> Vec<u8> {
    let rows = product::rows(entry);
    let all: Vec<&Row<'_>> = rows.iter().collect();
    let stands = entry.advisory.withdrawn.is_none();
    crate::json::bytes(&Csaf {
        document: head(book.project(), entry, publisher, stands),
        product_tree: stands.then(|| branches::tree(&all, publisher)),
        vulnerabilities: if stands {
            vulnerability::vulnerabilities(book, entry, &rows)
        } else {
            Vec::new()
        },
    })
}

fn head<'e>(
    project: &Project,
    entry: &'e Entry,
    publisher: &Publisher<'e>,
    stands: bool,
) -> Document<'e> {
    let url = &project.feed.url;
    Document {
        aggregate_severity: Some(Severity {
            namespace: format!("{url}/policy/"),
            text: entry.severity.label.trim(),
        }),
        category: if stands {
            "csaf_security_advisory"
        } else {
            "csaf_base"
        },
        csaf_version: "2.0",
        distribution: distribution(project),
        lang: "en",
        notes: notes::of_document(entry),
        publisher: name(publisher),
        references: references(project, entry),
        title: title(entry),
        tracking: tracking(entry),
    }
}

/// Everybody may have it.
pub(crate) fn distribution(project: &Project) -> Distribution {
    Distribution {
        text: format!("License: {}", project.feed.license),
        tlp: Tlp {
            label: "WHITE",
            url: "https://www.first.org/tlp/",
        },
    }
}

/// One line of plain text.
pub(crate) fn title(entry: &Entry) -> String {
    entry.advisory.title.trim().replace('`', "")
}

/// Without ways to reach them: those may change, and a document does not change with them.
pub(crate) fn name<'e>(publisher: &Publisher<'e>) -> PublisherName<'e> {
    PublisherName {
        category: publisher.csaf.category.as_str(),
        contact_details: None,
        name: publisher.name,
        namespace: publisher.namespace,
    }
}

/// The number of a revision is its place: none is ever taken back.
fn tracking(entry: &Entry) -> Tracking<'_> {
    let revisions = &entry.advisory.revisions;
    let history = revisions.iter().zip(1..).map(|(one, number)| Revision {
        date: Time(one.at),
        number: format!("{number}"),
        summary: one.note.trim().into(),
    });
    Tracking {
        current_release_date: Time(entry.modified),
        generator: GENERATOR,
        id: entry.id.as_str().into(),
        initial_release_date: Time(entry.published),
        revision_history: history.collect(),
        status: "final",
        version: revisions.len().to_string(),
    }
}

/// The document itself, its page, what it links to, and the advisories that it says it has to do with.
fn references(project: &Project, entry: &Entry) -> Vec<Link> {
    let url = &project.feed.url;
    let page = |id: &str| format!("{url}/advisories/{id}/");
    let link = |category, summary: String, url| Link {
        category,
        summary,
        url,
    };
    let mut all = vec![
        link(
            "self",
            "Canonical URL".to_owned(),
            format!("{url}/{}", document_path(entry)),
        ),
        link("self", "Advisory as a page".to_owned(), page(&entry.id)),
    ];
    let written = links(entry).into_iter();
    all.extend(written.map(|one| link("external", one.kind.label().to_owned(), one.url)));
    let relations = entry.advisory.relations.iter();
    all.extend(relations.map(|one| {
        let summary = format!("{} {}", one.kind.label(), one.id);
        link("external", summary, page(&one.id))
    }));
    let withdrawn = entry.advisory.withdrawn.iter();
    let successors = withdrawn.flat_map(|one| &one.replaced_by);
    all.extend(successors.map(|id| link("external", format!("Replaced by {id}"), page(id))));
    all
}
