//! Owns the order in which subjects are read, and which parts are taken.
//! Must never judge: what is odd is told elsewhere.

mod bands;
mod cells;
mod claims;
mod clocks;
mod contacts;
mod coverage;
pub(crate) mod dates;
mod disclosure;
mod duration;
mod forms;
mod language;
mod meaning;
mod perclass;
mod products;
mod promise;
mod purpose;
mod ranges;
mod release;
mod rendered;
mod report;
mod rest;
mod rhythm;
mod schedule;
mod series;
mod severity;
mod standing;
mod status;
mod support;
mod template;
mod values;

use std::ops::Range;

use crate::Settings;
use crate::facts::Facts;
use crate::page::{Page, Part, Spot};

pub(crate) use contacts::{hedge, is_reserved};
pub(crate) use forms::own;
pub(crate) use ranges::order;
pub(crate) use severity::classes_in;

/// A text while it is read.
pub(crate) struct Reading<'p> {
    pub(crate) page: &'p Page,
    pub(crate) settings: &'p Settings,
    pub(crate) facts: Facts,
    /// For every piece of every part, whether something of it is in the facts.
    taken: Vec<Vec<bool>>,
    /// What is kept word for word: nothing of it can be lost.
    verbatim: Vec<Range<usize>>,
}

/// A whole part, or one piece of it.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Part(usize),
    Piece(Spot),
}

impl From<usize> for Place {
    fn from(part: usize) -> Self {
        Self::Part(part)
    }
}

impl From<Spot> for Place {
    fn from(spot: Spot) -> Self {
        Self::Piece(spot)
    }
}

impl<'p> Reading<'p> {
    /// Something of this is in the facts.
    pub(crate) fn take(&mut self, place: impl Into<Place>) {
        match place.into() {
            Place::Part(part) => {
                if let Some(pieces) = self.taken.get_mut(part) {
                    pieces.fill(true);
                }
            }
            Place::Piece(spot) => {
                let pieces = self.taken.get_mut(spot.part);
                if let Some(taken) = pieces.and_then(|pieces| pieces.get_mut(spot.piece)) {
                    *taken = true;
                }
            }
        }
    }

    /// Is something of this in the facts?
    pub(crate) fn is_taken(&self, place: impl Into<Place>) -> bool {
        match place.into() {
            Place::Part(part) => self
                .taken
                .get(part)
                .is_none_or(|pieces| pieces.contains(&true)),
            Place::Piece(spot) => {
                let pieces = self.taken.get(spot.part);
                let taken = pieces.and_then(|pieces| pieces.get(spot.piece));
                taken.copied().unwrap_or(true)
            }
        }
    }

    /// Sentences of paragraphs, items and labelled lines.
    pub(crate) fn prose(&self) -> impl Iterator<Item = (Spot, &'p Part)> + use<'p> {
        self.page.sentences.iter().map(|(spot, part)| (*spot, part))
    }

    /// The part that this sentence is of.
    pub(crate) fn whole(&self, spot: Spot) -> &'p Part {
        &self.page.parts[spot.part]
    }
}

type Reader = fn(&mut Reading<'_>);

/// In the order in which they read: what is first takes the sentence.
const READERS: [Reader; 12] = [
    template::read,
    forms::repository,
    dates::read,
    support::read,
    severity::read,
    report::read,
    contacts::read,
    clocks::read,
    disclosure::read,
    release::read,
    standing::read,
    claims::read,
];

/// For a text whose words are not known.
const WITHOUT_WORDS: [Reader; 3] = [forms::repository, support::read, contacts::bare];

pub(crate) fn read(page: &Page, settings: &Settings) -> Facts {
    let mut reading = Reading {
        page,
        settings,
        facts: Facts::default(),
        taken: page.parts.iter().map(pieces).collect(),
        verbatim: Vec::new(),
    };
    // What `caveat policy` wrote is read by its own words, and only the rest by those of others.
    let own = rendered::range(page);
    let rest = own.as_ref().map(|own| {
        rendered::read(&mut reading, own);
        page.without(own)
    });
    if let Some(rest) = &rest {
        reading.page = rest;
    }
    reading.facts.language = language::other(reading.page);
    let readers = match reading.facts.language {
        None => &READERS[..],
        Some(_) => &WITHOUT_WORDS[..],
    };
    for reader in readers {
        reader(&mut reading);
    }
    reading.page = page;
    rest::read(&mut reading);
    reading.facts
}

/// A part without pieces, such as a heading or a block of code, is one by itself.
fn pieces(part: &Part) -> Vec<bool> {
    vec![false; part.pieces.len().max(1)]
}
