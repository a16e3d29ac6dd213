//! Owns the list of oddities, and looking for each: what cannot be kept as it is written, and what to do.
//! Must never change a fact: the text is reported, not repaired.

mod claims;
mod clocks;
mod contacts;
mod dates;
mod disclosure;
mod law;
mod list;
mod names;
mod support;
mod text;

use std::ops::Range;
use std::sync::Arc;

use caveat_diag::{Diagnostic, Level, Report};

pub use list::ODDITIES;

use crate::Settings;
use crate::facts::Facts;
use crate::page::Page;

/// One thing that can be odd about a policy text.
#[derive(Clone, Copy)]
pub struct Oddity {
    /// Stable kebab-case name.
    pub code: &'static str,
    /// What is wrong, as a sentence without a full stop.
    pub says: &'static str,
    level: Level,
    look: fn(&Case<'_>, &mut Finds<'_>),
}

/// A text and what was understood of it.
pub(crate) struct Case<'c> {
    pub(crate) page: &'c Page,
    pub(crate) facts: &'c Facts,
    pub(crate) settings: &'c Settings,
}

/// Where findings of one oddity go.
pub(crate) struct Finds<'c> {
    page: &'c Page,
    code: &'static str,
    level: Level,
    found: Vec<Diagnostic>,
}

impl Finds<'_> {
    /// A finding at a place. It still has to be pushed.
    pub(crate) fn at(&self, at: &Range<usize>, message: impl AsRef<str>) -> Diagnostic {
        let source = &self.page.source;
        Diagnostic::new(
            self.level,
            self.code,
            message,
            source,
            source.span(at.clone()),
        )
    }

    /// Another place of a finding.
    pub(crate) fn also(
        &self,
        found: Diagnostic,
        at: &Range<usize>,
        text: impl AsRef<str>,
    ) -> Diagnostic {
        let source: &Arc<_> = &self.page.source;
        found.also(source, source.span(at.clone()), text)
    }

    pub(crate) fn push(&mut self, found: Diagnostic) {
        self.found.push(found);
    }

    /// Nobody reads more of one kind.
    pub(crate) fn is_full(&self) -> bool {
        self.found.len() >= 100
    }
}

pub(crate) fn look(page: &Page, facts: &Facts, settings: &Settings, report: &mut Report) {
    let case = Case {
        page,
        facts,
        settings,
    };
    for oddity in ODDITIES {
        let mut finds = Finds {
            page,
            code: oddity.code,
            level: oddity.level,
            found: Vec::new(),
        };
        (oddity.look)(&case, &mut finds);
        let full = finds.is_full();
        let mut found = finds.found;
        found.truncate(100);
        if let Some(last) = found.pop_if(|_| full) {
            found.push(last.note("there may be more of this kind: only the first 100 are listed"));
        }
        for one in found {
            report.push(one);
        }
    }
}
