//! Owns the ways to report: addresses, links, private forms; and the lists that are told.
//! Must never take an address for live where the text itself doubts it.

use std::ops::Range;

use caveat_advisory::State;
use caveat_doubt::hedge::IN_PROSE;
use caveat_doubt::host;

use super::Reading;
use super::forms::{link, private_form};
use super::purpose::{Around, is_barred};
use crate::facts::{Route, Said, add};
use crate::page::{Part, Spot};
use crate::words;

/// Words of headings below which addresses are ways to report.
const PLACES: [&str; 8] = [
    "report",
    "contact",
    "disclos",
    "security team",
    "questions",
    "how to",
    "communication",
    "security policy",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    for (spot, part) in reading.prose() {
        let raw = reading.page.raw(part);
        let mails = mails(reading, spot, part, raw, "");
        if mails == 0 {
            private_form(reading, spot, part);
        }
        link(reading, spot, part, mails > 0);
        if mails == 0 {
            empty(reading, spot, part);
        }
    }
    for (at, part) in reading.page.parts.iter().enumerate() {
        if part.cells().is_some() {
            row(reading, at, part);
        }
    }
}

/// Addresses of a text whose words are not read.
pub(super) fn bare(reading: &mut Reading<'_>) {
    for (spot, part) in reading.prose() {
        let raw = reading.page.raw(part);
        for at in words::addresses(raw).into_iter().take(10) {
            let url = Said::guess(
                format!("mailto:{}", &raw[at.clone()]),
                &part.at,
                "an address of the text, whose words were not read",
            );
            let doubt = is_reserved(&raw[at]);
            push(reading, spot, part, (Some(url), doubt, false));
        }
        link(reading, spot, part, false);
    }
}

/// The addresses of a sentence or cell, each with what stands before it; how many of them reports may go to.
fn mails(reading: &mut Reading<'_>, spot: Spot, part: &Part, raw: &str, lead: &str) -> usize {
    let found: Vec<Range<usize>> = words::addresses(raw).into_iter().take(10).collect();
    let alone = found.len() == 1;
    let (mut before, mut open) = (0, 0);
    for (nth, address) in found.iter().enumerate() {
        let clause = format!("{lead} {}", raw[before..address.start].to_lowercase());
        let end = found.get(nth + 1).map_or(raw.len(), |next| next.start);
        let behind = raw[address.end..end].to_lowercase();
        let value = &raw[address.clone()];
        let around = Around {
            before: &clause,
            behind: &behind,
            value,
        };
        before = address.end;
        if is_list(&clause, &part.lower, alone) || !is_barred(reading, spot, part, &around) {
            mail(reading, spot, part, (value, &clause, alone));
            subject(reading, part, &raw[address.end..end]);
            open += 1;
        }
    }
    open
}

/// A table of contacts: what an address is for stands in the cells before it.
fn row(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let cells = part.cells().unwrap_or_default();
    let mut lead = String::new();
    for (piece, cell) in cells.iter().enumerate().take(10) {
        let raw = reading
            .page
            .source
            .text()
            .get(cell.at.clone())
            .unwrap_or_default();
        let spot = Spot { part: at, piece };
        let mut own = part.clone();
        own.at = cell.at.clone();
        own.label = cells
            .first()
            .map(|first| first.text.clone())
            .filter(|_| piece > 0);
        if mails(reading, spot, &own, raw, &lead) == 0 {
            link(reading, spot, &own, false);
        }
        if reading.is_taken(spot) && words::has(raw, &["@", "https://"]) {
            reading.take(Spot { part: at, piece: 0 });
            if let Some((start, _)) = super::severity::head(reading, at) {
                reading.take(start);
            }
        }
        lead.push_str(&cell.text.to_lowercase());
        lead.push(' ');
    }
}

/// Does the text itself doubt that this works?
pub(super) fn is_doubted(lower: &str) -> bool {
    hedge(lower).is_some()
}

/// The words of doubt in a text in small letters; `Mastodon` has no `todo`.
pub(crate) fn hedge(lower: &str) -> Option<&'static str> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let joined = |sign: &str, at: usize| {
        let before = sign.starts_with(part) && lower[..at].ends_with(part);
        before || (sign.ends_with(part) && lower[at + sign.len()..].starts_with(part))
    };
    let found = |sign: &str| {
        let mut hits = lower.match_indices(sign);
        hits.any(|(at, _)| !joined(sign, at))
    };
    IN_PROSE.iter().copied().find(|sign| found(sign))
}

/// Does the address belong to a list that is told?
fn is_list(lead: &str, lower: &str, alone: bool) -> bool {
    let listed = ["mailing list", "announce", "subscribe"];
    let reports = ["report", "vulnerab", "disclos", "contact"];
    words::has(lead, &listed)
        || (alone && words::has(lower, &listed) && !words::has(lower, &reports))
}

/// `?subject=[SECURITY]` behind an address of a link.
fn subject(reading: &mut Reading<'_>, part: &Part, behind: &str) {
    let Some(rest) = behind.strip_prefix("?subject=") else {
        return;
    };
    let end = rest.find(['&', ')', '>', '"', ' ', '\n']);
    let text = &rest[..end.unwrap_or(rest.len())];
    let marks = [
        ("%20", " "),
        ("%5B", "["),
        ("%5D", "]"),
        ("%3A", ":"),
        ("%5b", "["),
        ("%5d", "]"),
    ];
    let text = marks.iter().fold(text.to_owned(), |text, (code, mark)| {
        text.replace(code, mark)
    });
    // What is written in other codes is told, not guessed.
    if !text.is_empty() && !text.contains('%') && reading.facts.subject.is_none() {
        reading.facts.subject = Some(Said::new(words::short(&text, 100), &part.at));
    }
}

fn mail(
    reading: &mut Reading<'_>,
    at: Spot,
    part: &Part,
    (address, lead, alone): (&str, &str, bool),
) {
    let lower = &part.lower;
    let whole = &reading.whole(at).lower;
    if is_list(lead, lower, alone) {
        let said = Said::new(address.to_owned(), &part.at);
        add(&mut reading.facts.lists, said);
        reading.take(at);
        return;
    }
    let other = [
        "non-security",
        "not security",
        "general inquir",
        "general question",
        "other bugs",
    ];
    let other = words::has(lead, &other) || (alone && words::has(lower, &other));
    let signs = ["secur", "vulnerab", "report", "contact", "e-mail", "email"];
    let security = words::has(whole, &signs) || words::has(lead, &signs);
    let place = reading.page.under(part, &PLACES)
        || reading.page.right_under(part, &["secur", "vulnerab"])
        || part.section.is_none();
    if other || !(security || place) {
        return;
    }
    let doubt = is_doubted(lower) || is_reserved(address);
    let urgent = words::has(lower, &["emergency", "urgent"]);
    let url = Some(Said::new(format!("mailto:{address}"), &part.at));
    push(reading, at, part, (url, doubt, urgent));
}

/// Nobody is there.
pub(crate) fn is_reserved(address: &str) -> bool {
    host::is_reserved(address.rsplit_once('@').map_or(address, |(_, host)| host))
}

pub(super) fn push(
    reading: &mut Reading<'_>,
    at: Spot,
    part: &Part,
    way: (Option<Said<String>>, bool, bool),
) {
    let (url, doubt, urgent) = way;
    reading.take(at);
    let value = url.as_ref().map(|url| url.value.as_str());
    let known = reading.facts.routes.iter_mut();
    if let Some(known) = known.into_iter().find(|known| {
        let other = known.url.as_ref().map(|url| url.value.as_str());
        value.is_some() && other == value
    }) {
        known.urgent |= urgent;
        return;
    }
    let name = match part.label.as_deref() {
        Some("Alternative") => "Private report".to_owned(),
        Some(label) => label.to_owned(),
        None if value.is_some_and(|url| url.starts_with("mailto:")) => "Mail".to_owned(),
        None => "Private report".to_owned(),
    };
    let missing = url.is_none();
    let guess = match (doubt, missing) {
        (true, _) => Some("the text itself says that it may not be there yet"),
        (false, true) => Some("no repository is known to take the link from"),
        _ => None,
    };
    add(
        &mut reading.facts.routes,
        Route {
            name: words::short(&name, 100),
            url,
            state: if doubt { State::Planned } else { State::Live },
            urgent,
            doubted: doubt,
            at: part.at.clone(),
            guess: guess.map(str::to_owned),
        },
    );
}

/// A contact that is promised by its label and has no address.
fn empty(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let label = part.label.as_deref().unwrap_or_default().to_lowercase();
    let contact = words::has(&label, &["contact", "e-mail", "email"]);
    if contact && is_doubted(&part.lower) && !reading.is_taken(at) {
        let urgent = words::has(&label, &["emergency", "urgent"]);
        push(reading, at, part, (None, true, urgent));
    }
}
