//! Owns what every page knows: the site, its key, its policy.
//! Must never differ between two pages of one build.

use caveat_advisory::Widen;
use caveat_check::Book;
use serde::Serialize;

use super::{day, packages};
use crate::Edition;
use crate::edition::Key;
use crate::headers::CONTENT_SECURITY_POLICY;
use crate::templates::SiteTemplates;

/// The site.
#[derive(Serialize)]
pub(crate) struct SiteView {
    name: String,
    url: String,
    license: String,
    license_url: Option<String>,
    generator: String,
    content_security_policy: &'static str,
    as_of: String,
    as_of_date: String,
    local: bool,
    corrections: Option<String>,
    /// More versions get an advisory of their own.
    follows_up: bool,
    contacts: Vec<ContactView>,
    principal: String,
    key: Key,
    counts: Counts,
    /// There is a report of at least one year.
    reports: bool,
    logo: Option<LogoView>,
}

/// The picture beside its name.
#[derive(Serialize)]
struct LogoView {
    path: String,
    alt: String,
}

#[derive(Serialize)]
struct ContactView {
    name: String,
    url: String,
    text: String,
}

#[derive(Serialize)]
struct Counts {
    advisories: usize,
    withdrawn: usize,
    packages: usize,
}

/// One page.
#[derive(Serialize)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) canonical: String,
    pub(crate) path: String,
    pub(crate) content_security_policy: &'static str,
    /// The tag of its language.
    pub(crate) language: String,
}

/// A severity class and how many advisories it has.
#[derive(Serialize)]
pub(crate) struct ClassView {
    id: String,
    label: String,
    definition: String,
    rank: usize,
    count: usize,
}

/// The site's view of a book.
pub(crate) fn site(book: &Book, edition: &Edition, templates: &SiteTemplates<'_>) -> SiteView {
    let project = book.project();
    let withdrawn = book
        .entries()
        .iter()
        .filter(|entry| entry.advisory.withdrawn.is_some())
        .count();
    let contacts = project.policy.contacts.iter().filter_map(|contact| {
        let url = contact.reachable()?;
        Some(ContactView {
            name: contact.name.clone(),
            url: url.to_owned(),
            text: url
                .trim_start_matches("mailto:")
                .trim_start_matches("https://")
                .to_owned(),
        })
    });
    SiteView {
        name: project.feed.name.clone(),
        url: project.feed.url.clone(),
        license: project.feed.license.clone(),
        license_url: license_url(&project.feed.license),
        generator: edition.generator.clone(),
        content_security_policy: CONTENT_SECURITY_POLICY,
        as_of: book.as_of().to_string(),
        as_of_date: day(book.as_of()),
        local: edition.local,
        follows_up: project.feed.widen == Widen::FollowUp,
        corrections: project.feed.corrections.clone(),
        contacts: contacts.collect(),
        principal: project.feed.principal().to_owned(),
        key: edition.key.clone(),
        counts: Counts {
            advisories: book.entries().len() - withdrawn,
            withdrawn,
            packages: packages(book).len(),
        },
        reports: !book.entries().is_empty(),
        logo: templates.logo().map(|(path, alt)| LogoView {
            path: path.to_owned(),
            alt: alt.to_owned(),
        }),
    }
}

/// SPDX's page of a single licence; an expression of several has none.
fn license_url(license: &str) -> Option<String> {
    let plain = license
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte));
    plain.then(|| format!("https://spdx.org/licenses/{license}.html"))
}

/// The policy's classes, highest first. Withdrawn advisories do not count.
pub(crate) fn classes(book: &Book) -> Vec<ClassView> {
    let classes = book.project().policy.severities.iter().enumerate();
    let count = |rank: usize| {
        let standing = book
            .entries()
            .iter()
            .filter(|entry| entry.advisory.withdrawn.is_none());
        standing.filter(|entry| entry.rank == rank).count()
    };
    let view = |(rank, class): (usize, &caveat_advisory::SeverityClass)| ClassView {
        id: class.id.clone(),
        label: class.label.clone(),
        definition: class.definition.clone(),
        rank,
        count: count(rank),
    };
    classes.map(view).collect()
}
