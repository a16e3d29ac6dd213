//! Owns the order in which subjects are read, and which parts are taken.
//! Must never judge: what is odd is told elsewhere.

mod claims;
mod clocks;
mod contacts;
pub(crate) mod dates;
mod disclosure;
mod duration;
mod ranges;
mod release;
mod report;
mod rest;
mod severity;
mod standing;
mod status;
mod support;

use crate::Settings;
use crate::facts::Facts;
use crate::page::{Page, Part};

pub(crate) use contacts::{HEDGES, is_doubted, is_reserved, own};
pub(crate) use ranges::order;
pub(crate) use severity::classes_in;

/// A text while it is read.
pub(crate) struct Reading<'p> {
    pub(crate) page: &'p Page,
    pub(crate) settings: &'p Settings,
    pub(crate) facts: Facts,
    taken: Vec<bool>,
}

impl<'p> Reading<'p> {
    /// Something of this part is in the facts.
    pub(crate) fn take(&mut self, at: usize) {
        if let Some(taken) = self.taken.get_mut(at) {
            *taken = true;
        }
    }

    pub(crate) fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(true)
    }

    /// Paragraphs, items and labelled lines, with their numbers.
    pub(crate) fn prose(&self) -> impl Iterator<Item = (usize, &'p Part)> + use<'p> {
        let parts = self.page.parts.iter().enumerate();
        parts.filter(|(_, part)| part.is_prose())
    }
}

pub(crate) fn read(page: &Page, settings: &Settings) -> Facts {
    let mut reading = Reading {
        page,
        settings,
        facts: Facts::default(),
        taken: vec![false; page.parts.len()],
    };
    let readers: [fn(&mut Reading<'_>); 10] = [
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
    for reader in readers {
        reader(&mut reading);
    }
    rest::read(&mut reading);
    reading.facts
}
