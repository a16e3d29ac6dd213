//! Owns the links of a record: the page of the advisory first, each address once, with the tags of the CVE program.
//! Must never link to what is no web page, or call somebody's page the vendor's who is not.

use caveat_advisory::{Project, PublisherCategory, ReferenceType};
use caveat_check::Entry;
use caveat_convert::links;

use crate::model::Reference;
use crate::voice::page;

/// The format has no room for more.
const MOST: usize = 512;
const LONGEST: usize = 2048;

/// Pages of the advisories, what they link to, then the advisories that they say they have to do with.
pub(crate) fn references(project: &Project, entries: &[&Entry]) -> Vec<Reference> {
    let mut all = Vec::new();
    for entry in entries {
        add(&mut all, &page(project, &entry.id), Some(own(project)));
    }
    for entry in entries {
        for link in links(entry) {
            add(&mut all, &link.url, tag(link.kind, &link.url, entry));
        }
        for relation in &entry.advisory.relations {
            add(&mut all, &page(project, &relation.id), Some("related"));
        }
    }
    all.truncate(MOST);
    all
}

fn add(all: &mut Vec<Reference>, url: &str, tag: Option<&'static str>) {
    let url = url.trim();
    let is_web = ["https://", "http://", "ftp://", "ftps://"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    if !is_web || url.len() > LONGEST {
        return;
    }
    let known = all.iter().position(|one| one.url == url);
    let at = known.unwrap_or(all.len());
    if known.is_none() {
        let tags = Vec::new();
        all.push(Reference {
            tags,
            url: url.to_owned(),
        });
    }
    let tags = &mut all[at].tags;
    tags.extend(tag.filter(|tag| !tags.contains(tag)));
}

/// Whoever speaks for others' software is a third party; where nobody says so, a CNA speaks for its own.
fn own(project: &Project) -> &'static str {
    let vendor = project
        .csaf
        .as_ref()
        .is_none_or(|csaf| csaf.category == PublisherCategory::Vendor);
    if vendor {
        "vendor-advisory"
    } else {
        "third-party-advisory"
    }
}

/// What the program has no word for has one with `x_`.
fn tag(kind: ReferenceType, url: &str, entry: &Entry) -> Option<&'static str> {
    let of_vendor = || {
        let mut repositories = entry
            .affected
            .iter()
            .filter_map(|one| one.package.repository.as_deref());
        repositories.any(|repository| url.starts_with(&format!("{repository}/")))
    };
    Some(match kind {
        ReferenceType::Advisory if of_vendor() => "vendor-advisory",
        ReferenceType::Advisory => "third-party-advisory",
        ReferenceType::Article => "technical-description",
        ReferenceType::Detection => "x_detection",
        ReferenceType::Discussion => "x_discussion",
        ReferenceType::Report => "issue-tracking",
        ReferenceType::Fix => "patch",
        ReferenceType::Introduced => "x_introduced",
        ReferenceType::Package => "product",
        ReferenceType::Evidence => "exploit",
        ReferenceType::Web => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_given_once_with_all_its_tags_and_only_if_it_is_of_the_web() {
        let mut all = Vec::new();
        add(&mut all, "https://example.org/a", Some("patch"));
        add(&mut all, "https://example.org/a", Some("patch"));
        add(&mut all, "https://example.org/a", Some("exploit"));
        add(&mut all, "mailto:a@example.org", None);
        add(
            &mut all,
            &format!("https://example.org/{}", "x".repeat(3_000)),
            None,
        );
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].url, "https://example.org/a");
        assert_eq!(all[0].tags, ["patch", "exploit"]);
    }
}
