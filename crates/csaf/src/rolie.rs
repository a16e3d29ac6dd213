//! Owns the ROLIE feed (RFC 8322 in JSON, as CSAF 2.0 writes it) and the service document that leads to it.
//! Must never list a document twice, or one that is not there.

use caveat_check::Book;
use serde::Serialize;

use crate::model::Time;
use crate::place::{FEED, SERVICE};
use crate::tree::{Listed, updated};

const SCHEMA: &str = "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json";
const KIND: Category = Category {
    scheme: "urn:ietf:params:rolie:category:information-type",
    term: "csaf",
};

#[derive(Serialize)]
pub(crate) struct FeedFile {
    feed: Feed,
}

#[derive(Serialize)]
struct Feed {
    category: [Category; 1],
    entry: Vec<Item>,
    id: &'static str,
    link: [Link; 2],
    title: String,
    updated: Time,
}

#[derive(Serialize)]
struct Category {
    scheme: &'static str,
    term: &'static str,
}

#[derive(Serialize)]
struct Item {
    content: Content,
    format: Format,
    id: String,
    link: Vec<Link>,
    published: Time,
    summary: Summary,
    title: String,
    updated: Time,
}

#[derive(Serialize)]
struct Content {
    src: String,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Format {
    schema: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Link {
    href: String,
    rel: &'static str,
}

#[derive(Serialize)]
struct Summary {
    content: String,
}

/// `csaf-feed-tlp-white.json`, of documents in their order, each with its signature where they are `signed`.
pub(crate) fn feed<'l>(
    book: &Book,
    listed: impl Iterator<Item = &'l Listed>,
    signed: bool,
) -> FeedFile {
    let feed = &book.project().feed;
    let link = |rel, path: &str| Link {
        href: format!("{}/{path}", feed.url),
        rel,
    };
    FeedFile {
        feed: Feed {
            category: [KIND],
            entry: listed.map(|one| item(&feed.url, one, signed)).collect(),
            id: "csaf-feed-tlp-white",
            link: [link("self", FEED), link("service", SERVICE)],
            title: format!("{}: CSAF documents, TLP:WHITE", feed.name.trim()),
            updated: Time(updated(book)),
        },
    }
}

fn item(site: &str, one: &Listed, signed: bool) -> Item {
    let document = format!("{site}/{}", one.path);
    let beside = [("self", ""), ("hash", ".sha256"), ("hash", ".sha512")];
    let signature = signed.then_some(("signature", ".asc"));
    let links = beside.into_iter().chain(signature);
    let links = links.map(|(rel, end)| Link {
        href: format!("{document}{end}"),
        rel,
    });
    Item {
        format: Format {
            schema: SCHEMA,
            version: "2.0",
        },
        id: one.id.clone(),
        link: links.collect(),
        published: Time(one.published),
        summary: Summary {
            content: one.summary.clone(),
        },
        title: one.title.clone(),
        updated: Time(one.modified),
        content: Content {
            src: document,
            r#type: "application/json",
        },
    }
}

#[derive(Serialize)]
pub(crate) struct ServiceFile {
    service: Service,
}

#[derive(Serialize)]
struct Service {
    workspace: [Workspace; 1],
}

#[derive(Serialize)]
struct Workspace {
    collection: [Collection; 1],
    title: String,
}

#[derive(Serialize)]
struct Collection {
    categories: Categories,
    href: String,
    title: String,
}

#[derive(Serialize)]
struct Categories {
    category: [Category; 1],
}

/// `service.json`.
pub(crate) fn service(book: &Book) -> ServiceFile {
    let feed = &book.project().feed;
    ServiceFile {
        service: Service {
            workspace: [Workspace {
                collection: [Collection {
                    categories: Categories { category: [KIND] },
                    href: format!("{}/{FEED}", feed.url),
                    title: "TLP:WHITE".to_owned(),
                }],
                title: feed.name.trim().to_owned(),
            }],
        },
    }
}
