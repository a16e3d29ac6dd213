//! Owns the whole record of a CVE id: its state and who assigned it around the container.
//! Must never hold the dates that only the CVE services know: when an id was reserved, and when its record was first published there.

use caveat_advisory::{Cve, Timestamp};
use caveat_check::Book;

use crate::model::{Containers, Metadata, Record, Time};
use crate::voice::Voice;
use crate::{container, json, rejected};

pub(crate) const PUBLISHED: &str = "PUBLISHED";
pub(crate) const REJECTED: &str = "REJECTED";

/// The record as it is written.
pub(crate) fn record(book: &Book, cve: &Cve, id: &str, voice: &Voice<'_>) -> Vec<u8> {
    match voice.rejected() {
        Some(entry) => {
            let at = entry.advisory.withdrawn.as_ref().map(|one| Time(one.at));
            whole(
                rejected::container(book, entry),
                Metadata {
                    date_rejected: at,
                    state: REJECTED,
                    ..metadata(cve, id, voice)
                },
            )
        }
        None => whole(container::container(book, voice), metadata(cve, id, voice)),
    }
}

fn metadata<'e>(cve: &'e Cve, id: &'e str, voice: &Voice<'_>) -> Metadata<'e> {
    Metadata {
        assigner_org_id: &cve.assigner_org_id,
        assigner_short_name: &cve.assigner_short_name,
        cve_id: id,
        date_rejected: None,
        date_updated: Time(updated(voice)),
        state: PUBLISHED,
    }
}

/// The last change of any advisory that speaks.
pub(crate) fn updated(voice: &Voice<'_>) -> Timestamp {
    let times = voice.entries.iter().map(|entry| entry.modified);
    times.max().unwrap_or_default()
}

fn whole<C: serde::Serialize>(cna: C, cve_metadata: Metadata<'_>) -> Vec<u8> {
    json::bytes(&Record {
        containers: Containers { cna },
        cve_metadata,
        data_type: "CVE_RECORD",
        data_version: "5.2",
    })
}
