//! Owns how fixes are released and told: patch versions, notes, CVE ids, channels, bulletins.
//! Must never turn `regularly` into a period.

use caveat_advisory::{Bump, Period};

use super::{Reading, classes_in, severity};
use crate::facts::{Channel, Said, add};
use crate::page::{Part, Spot};
use crate::words;

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.prose() {
        let lower = part.lower.as_str();
        if words::has(lower, &["patch version", "patch release"])
            && words::has(lower, &["release", "ship"])
        {
            reading
                .facts
                .bump
                .get_or_insert(Said::new(Bump::Patch, &part.at));
            reading.take(at);
        }
        let written = words::has(lower, &["document", "list", "name", "describ"]);
        if words::has(lower, &["release notes", "changelog"])
            && written
            && !lower.contains("credit")
        {
            reading.facts.notes.get_or_insert(Said::new(true, &part.at));
            reading.take(at);
        }
        bulletin(reading, at, part);
        channel(reading, at, part);
        cve(reading, at, part);
    }
}

fn bulletin(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    if !part.lower.contains("bulletin") {
        return;
    }
    let periods = [
        ("month", Period::Month),
        ("quarter", Period::Quarter),
        ("year", Period::Year),
        ("annual", Period::Year),
    ];
    let found = periods.iter().find(|(sign, _)| part.lower.contains(sign));
    if let Some((_, period)) = found {
        reading
            .facts
            .bulletin
            .get_or_insert(Said::new(*period, &part.at));
        reading.take(at);
    }
}

/// A page on which advisories appear.
fn channel(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let raw = reading.page.raw(part);
    let published = words::links(raw).into_iter().find(|at| {
        let url = raw[at.clone()].trim_end_matches('/');
        url.ends_with("/security/advisories") && part.lower.contains("advisor")
    });
    if let Some(link) = published.filter(|_| !reading.is_taken(at)) {
        let name = part
            .label
            .clone()
            .unwrap_or_else(|| "Published advisories".to_owned());
        let url = Said::new(raw[link].to_owned(), &part.at);
        live(reading, &name, url);
        reading.take(at);
        return;
    }
    if told_on(reading, at, part) {
        return;
    }
    let told = reading.page.right_under(
        part,
        &["advisor", "announce", "notification", "publication"],
    );
    if !told || reading.is_taken(at) {
        return;
    }
    let links = words::links(raw);
    if let (Some(label), [link]) = (part.label.as_deref(), links.as_slice()) {
        let url = Said::new(raw[link.clone()].to_owned(), &part.at);
        live(reading, label, url);
        reading.take(at);
    } else if part.text.ends_with(':') {
        reading.take(at.part);
    }
}

/// `Advisories are posted on LINK`: a page of the project's own, with a name of nobody.
fn told_on(reading: &mut Reading<'_>, at: Spot, part: &Part) -> bool {
    let raw = reading.page.raw(part);
    let links = words::links(raw);
    let tells = words::has(&part.lower, &["advisor", "bulletin"])
        && words::has(&part.lower, &["posted", "published", "announced", "appear"])
        && !words::has(&part.lower, &["not ", "never"])
        && !super::promise::is_past(&part.lower);
    let [link] = links.as_slice() else {
        return false;
    };
    if !tells || reading.is_taken(at) || raw[link.clone()].contains("/advisories/new") {
        return false;
    }
    let url = Said::new(raw[link.clone()].to_owned(), &part.at);
    live(reading, "Published advisories", url);
    reading.take(at);
    true
}

fn live(reading: &mut Reading<'_>, name: &str, url: Said<String>) {
    let channel = Channel {
        name: words::short(name, 100),
        at: url.at.clone(),
        url: Some(url),
        planned: false,
    };
    add(&mut reading.facts.channels, channel);
}

/// Who gets a CVE id.
fn cve(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let lower = part.lower.as_str();
    let told = words::has(
        lower,
        &[
            "cve id",
            "cve database",
            "cve identifier",
            "request a cve",
            "assign a cve",
            "cves are",
            "cves for",
            "a cve is",
            "get a cve",
            "gets a cve",
            "receives a cve",
        ],
    );
    let told = told && !words::has(lower, &["not ", "never ", "no cve", "n't "]);
    if !told {
        return;
    }
    let mut ids: Vec<&'static str> = classes_in(lower).into_iter().map(|(id, _)| id).collect();
    let all = words::has(lower, &["every ", "all "]) && ids.is_empty();
    if all {
        ids = reading.facts.classes.iter().map(|class| class.id).collect();
    }
    if !ids.is_empty() {
        reading.take(at);
    }
    for id in ids {
        let label = severity::label(id);
        let class = severity::class(reading, id, &label, part);
        class.cve.get_or_insert(Said::new(true, &part.at));
    }
    severity::sort(reading);
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    #[test]
    fn the_classes_that_get_a_cve_are_read() {
        let found = facts("A CVE is requested for every High and Critical flaw.\n");
        let ids: Vec<&str> = found.classes.iter().map(|class| class.id).collect();
        assert_eq!(ids, ["critical", "high"]);
        assert!(found.classes.iter().all(|class| class.cve.is_some()));
        assert!(found.claims.is_empty());
    }
}
