//! Owns the texts that `caveat policy` writes as they were given: terms, form, safe harbour, guidance.
//! Must never reword one.

use std::ops::Range;

use super::Placed;
use crate::facts::{Harbour, Kept, Said};
use crate::page::Kind;
use crate::read::{Reading, dates};

pub(super) fn code(reading: &mut Reading<'_>, placed: &Placed<'_>) {
    let Kind::Code(inner) = &placed.part.kind else {
        return;
    };
    if placed.below == "A form to fill in" {
        let text = reading
            .page
            .source
            .text()
            .get(inner.clone())
            .unwrap_or_default();
        reading.facts.template = Some(Said::new(format!("{text}\n"), inner));
        reading.verbatim.push(placed.part.at.clone());
        reading.take(placed.at);
    }
}

/// Keeps these parts word for word.
fn keep(reading: &mut Reading<'_>, parts: Range<usize>) -> Option<(String, Range<usize>)> {
    let text = reading.page.verbatim(parts.clone())?.to_owned();
    let first = reading.page.parts.get(parts.start)?.at.start;
    let last = reading.page.parts.get(parts.end.checked_sub(1)?)?.at.end;
    reading.verbatim.push(first..last);
    parts.for_each(|at| reading.take(at));
    Some((text, first..last))
}

/// The terms follow the list, and end where a heading begins.
pub(super) fn terms(reading: &mut Reading<'_>, placed: &Placed<'_>) {
    let below = reading.page.below(placed.at);
    let parts = &reading.page.parts[below.clone()];
    let list = parts.iter().take_while(|part| part.is_item()).count();
    let rest = &parts[list..];
    let count = rest
        .iter()
        .take_while(|part| !matches!(part.kind, Kind::Heading(_)))
        .count();
    let from = below.start + list;
    if let Some((text, at)) = keep(reading, from..from + count) {
        reading.facts.terms_text = Some(Said::new(text, &at));
    }
}

pub(super) fn harbour(reading: &mut Reading<'_>, placed: &Placed<'_>) {
    let below = reading.page.below(placed.at);
    let Some(last) = below
        .end
        .checked_sub(1)
        .and_then(|at| reading.page.parts.get(at))
    else {
        return;
    };
    let which = last.sentence();
    let which = which
        .strip_prefix("Version ")
        .and_then(|rest| rest.split_once(" of this text, of "));
    let Some((version, date)) =
        which.and_then(|(version, date)| Some((version.to_owned(), dates::date(date)?)))
    else {
        return;
    };
    let texts = below.start..below.end - 1;
    if let Some((text, _)) = keep(reading, texts) {
        reading.facts.harbour = Some(Harbour {
            text,
            at: placed.part.at.clone(),
            date: Some(date.date),
            version: Some(version),
        });
        reading.verbatim.push(last.at.clone());
        reading.take(below.end - 1);
    }
}

pub(super) fn guidance(reading: &mut Reading<'_>, placed: &Placed<'_>) {
    let below = reading.page.below(placed.at);
    if let Some((text, _)) = keep(reading, below) {
        reading.facts.kept.push(Kept {
            title: placed.part.text.clone(),
            text,
            at: placed.part.at.clone(),
            advice: true,
        });
    }
}
