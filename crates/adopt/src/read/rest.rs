//! Owns what nobody took: sections that are kept as they are, and sentences that were not understood.
//! Must never drop a part in silence.

use std::ops::Range;

use super::{Reading, coverage, values};
use crate::facts::{Claim, Kept, Unread};
use crate::page::{Kind, Page, Part, Piece};
use crate::words;

/// `caveat.toml` is read up to a limit: longer texts stay where they are.
const LARGEST: usize = 200_000;

const ADVICE: [&str; 22] = [
    "best practice",
    "consideration",
    "recommend",
    "guid",
    "harden",
    "configuration",
    "for users",
    "for contributors",
    "deployment",
    "resources",
    "tools",
    "documentation",
    "measures",
    "features",
    "standards",
    "assessments",
    "incident",
    "mitigation",
    "limitations",
    "known",
    "threat",
    "scanning",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    leads(reading);
    coverage::read(reading);
    let mut room = LARGEST;
    let parts = &reading.page.parts;
    let mut at = 0;
    while at < parts.len() {
        let section = section(parts, at);
        one(reading, at, section.clone(), &mut room);
        at = section.end.max(at + 1);
    }
}

/// The sentence that opens a list says no more than the list.
fn leads(reading: &mut Reading<'_>) {
    for (at, part) in reading.page.parts.iter().enumerate() {
        let next = reading.page.parts.get(at + 1).filter(|_| part.is_prose());
        let opens = part.text.ends_with(':') && next.is_some_and(Part::is_item);
        if opens && reading.is_taken(at + 1) {
            reading.take(at);
        }
    }
}

/// The parts right below a heading, or before the first.
fn section(parts: &[Part], at: usize) -> Range<usize> {
    let heading = |part: &Part| matches!(part.kind, Kind::Heading(_) | Kind::Break);
    let start = at + usize::from(heading(&parts[at]));
    let count = parts[start..]
        .iter()
        .take_while(|part| !heading(part))
        .count();
    start..start + count
}

fn one(reading: &mut Reading<'_>, at: usize, inner: Range<usize>, room: &mut usize) {
    let page = reading.page;
    let heading = &page.parts[at];
    let free = |nth: &usize| !reading.is_taken(*nth);
    if !inner.clone().any(|nth| free(&nth)) {
        return;
    }
    let whole = inner.clone().all(|nth| free(&nth));
    let text = page.verbatim(inner.clone()).unwrap_or_default();
    let advice = words::has(&heading.lower, &ADVICE) || page.under(heading, &ADVICE);
    let listed = page.parts[inner.clone()]
        .iter()
        .any(|part| part.is_item() || part.cells().is_some());
    let headed = matches!(heading.kind, Kind::Heading(_));
    if whole && headed && (advice || listed) && text.len() <= *room {
        *room -= text.len();
        reading.facts.kept.push(Kept {
            title: words::short(&heading.text, 100),
            text: text.replace("\r\n", "\n"),
            at: heading.at.clone(),
            advice,
        });
        return;
    }
    let mut last = None;
    let rest: Vec<usize> = inner.filter(free).collect();
    for nth in rest {
        if is_claimed(reading, &page.parts[nth]) {
            continue;
        }
        let part = &page.parts[nth];
        let matters = whole || matters(page, part);
        let runs = &mut reading.facts.unread;
        match runs.last_mut().filter(|_| nth > 0 && last == Some(nth - 1)) {
            Some(run) => {
                run.at.end = part.at.end;
                run.matters |= matters;
            }
            None => runs.push(Unread {
                at: part.at.clone(),
                matters,
            }),
        }
        last = Some(nth);
    }
}

/// Every sentence of it is a claim, word for word and with its links.
fn is_claimed(reading: &Reading<'_>, part: &Part) -> bool {
    let whole = |claim: &Claim, piece: &Piece| {
        let raw = reading
            .page
            .source
            .text()
            .get(piece.at.clone())
            .unwrap_or_default();
        let mut links = words::addresses(raw).into_iter().chain(words::links(raw));
        let evidence = claim.evidence.as_deref().unwrap_or_default();
        let held = |at: Range<usize>| claim.says.contains(&raw[at.clone()]) || evidence == &raw[at];
        claim.at == piece.at && !claim.says.ends_with('…') && links.all(held)
    };
    let is_claim = |piece: &Piece| reading.facts.claims.iter().any(|claim| whole(claim, piece));
    part.is_prose() && part.pieces.iter().all(is_claim)
}

/// A politeness beside what was read needs no word; an item of a list is mostly more.
fn matters(page: &Page, part: &Part) -> bool {
    let polite = part.kind == Kind::Text && !values::promises(&part.lower);
    !polite || !values::values(&part.text, page.raw(part)).is_empty()
}
