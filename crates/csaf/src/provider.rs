//! Owns what those who collect CSAF documents read first: who publishes, and where the documents are.
//! Must never name what is not there: a static host lists no directory, so the feed alone is named.

use caveat_advisory::Contact;
use caveat_check::Book;
use serde::Serialize;

use crate::Publisher;
use crate::document::name;
use crate::model::{PublisherName, Time};
use crate::place::{FEED, METADATA, OPENPGP_KEY, SERVICE};
use crate::tree::updated;

/// `provider-metadata.json`.
#[derive(Serialize)]
pub(crate) struct Provider<'b> {
    canonical_url: String,
    distributions: [Distribution; 1],
    last_updated: Time,
    #[serde(rename = "list_on_CSAF_aggregators")]
    list: bool,
    metadata_version: &'static str,
    #[serde(rename = "mirror_on_CSAF_aggregators")]
    mirror: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    public_openpgp_keys: Option<[OpenPgpKey; 1]>,
    publisher: PublisherName<'b>,
    role: &'static str,
}

#[derive(Serialize)]
struct OpenPgpKey {
    fingerprint: String,
    url: String,
}

#[derive(Serialize)]
struct Distribution {
    rolie: Rolie,
}

#[derive(Serialize)]
struct Rolie {
    feeds: [Feed; 1],
    services: [String; 1],
}

#[derive(Serialize)]
struct Feed {
    summary: String,
    tlp_label: &'static str,
    url: String,
}

/// The metadata of a book. A provider is trusted where a key of this fingerprint signs every document.
pub(crate) fn provider<'b>(
    book: &'b Book,
    publisher: &Publisher<'b>,
    signer: Option<&str>,
) -> Provider<'b> {
    let feed = &book.project().feed;
    let address = |path: &str| format!("{}/{path}", feed.url);
    Provider {
        canonical_url: address(METADATA),
        distributions: [Distribution {
            rolie: Rolie {
                feeds: [Feed {
                    summary: format!("All advisories of {}", feed.name.trim()),
                    tlp_label: "WHITE",
                    url: address(FEED),
                }],
                services: [address(SERVICE)],
            },
        }],
        last_updated: Time(updated(book)),
        list: true,
        metadata_version: "2.0",
        mirror: publisher.csaf.mirror,
        publisher: PublisherName {
            contact_details: contact(book),
            ..name(publisher)
        },
        public_openpgp_keys: signer.map(|fingerprint| {
            [OpenPgpKey {
                fingerprint: fingerprint.to_owned(),
                url: address(OPENPGP_KEY),
            }]
        }),
        role: match signer {
            Some(_) => "csaf_trusted_provider",
            None => "csaf_provider",
        },
    }
}

/// Every way to report that somebody reads.
fn contact(book: &Book) -> Option<String> {
    let contacts = book.project().policy.contacts.iter();
    let ways: Vec<&str> = contacts.filter_map(Contact::reachable).collect();
    (!ways.is_empty()).then(|| ways.join(", "))
}
