//! Owns the list of oddities, and looking for each: what cannot be kept as it is written, and what to do.
//! Must never change a fact: the text is reported, not repaired.

mod claims;
mod clocks;
mod contacts;
mod dates;
mod disclosure;
mod law;
mod support;
mod text;

use std::ops::Range;
use std::sync::Arc;

use caveat_diag::{Diagnostic, Level, Report};

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

const fn warning(
    code: &'static str,
    says: &'static str,
    look: fn(&Case<'_>, &mut Finds<'_>),
) -> Oddity {
    Oddity {
        code,
        says,
        level: Level::Warning,
        look,
    }
}

const fn note(
    code: &'static str,
    says: &'static str,
    look: fn(&Case<'_>, &mut Finds<'_>),
) -> Oddity {
    Oddity {
        code,
        says,
        level: Level::Note,
        look,
    }
}

/// All that are looked for, by subject. `adopt-encoding` is told before there is a text.
pub static ODDITIES: &[Oddity] = &[
    warning(
        "adopt-support-overlap",
        "two rows of the support table hold the same version",
        support::overlap,
    ),
    warning(
        "adopt-support-gap",
        "the support table says nothing of some versions",
        support::gap,
    ),
    warning(
        "adopt-support-unreleased",
        "a version is called supported, or not, that does not exist",
        support::unreleased,
    ),
    warning(
        "adopt-status-symbol",
        "a symbol alone says whether a version is supported",
        support::symbol,
    ),
    warning(
        "adopt-support-unread",
        "a row of the support table names no versions, or no status",
        support::unread,
    ),
    warning(
        "adopt-severity-undefined",
        "a severity class is named, and not what it means",
        law::undefined,
    ),
    warning(
        "adopt-fix-before-assessment",
        "a fix, or an assessment, is due before the step before it",
        clocks::order,
    ),
    warning(
        "adopt-schedule-conflict",
        "a promised time and the schedule of the same text disagree",
        clocks::schedule,
    ),
    warning(
        "adopt-time-range",
        "a promised time has two ends",
        clocks::range,
    ),
    warning(
        "adopt-calendar-missing",
        "business days are promised, and no time zone or holidays say which",
        clocks::calendar,
    ),
    warning(
        "adopt-no-interval",
        "something is promised regularly, and not how often",
        clocks::interval,
    ),
    warning(
        "adopt-placeholder",
        "a contact or key is a placeholder, planned or doubtful",
        contacts::placeholder,
    ),
    warning(
        "adopt-list-is-intake",
        "confidential reports and a mailing list share an address",
        contacts::list_is_intake,
    ),
    warning(
        "adopt-missing-referent",
        "something is promised that the text does not name",
        contacts::referent,
    ),
    warning(
        "adopt-free-mail",
        "the contact is a mailbox at a provider for everybody",
        contacts::free_mail,
    ),
    warning(
        "adopt-single-route",
        "fewer than two ways to report work today",
        contacts::single_route,
    ),
    warning(
        "adopt-foreign-domain",
        "a contact or link belongs to another name than the repository",
        contacts::foreign,
    ),
    warning(
        "adopt-bare-address",
        "a mail address is no link",
        contacts::bare,
    ),
    warning(
        "adopt-date-incomplete",
        "a date has no day",
        dates::incomplete,
    ),
    warning(
        "adopt-review-overdue",
        "the promised review of the text is overdue",
        dates::overdue,
    ),
    warning(
        "adopt-version-of-product",
        "the version of the text is a version of the product",
        dates::product,
    ),
    warning(
        "adopt-disclosure-open",
        "disclosure has no latest time",
        disclosure::open,
    ),
    warning(
        "adopt-exploited-unfixed",
        "flaws are told after the fix only: nothing is said of exploited ones without",
        disclosure::exploited,
    ),
    warning(
        "adopt-disclosure-words",
        "responsible and coordinated disclosure are mixed",
        disclosure::words,
    ),
    warning(
        "adopt-cve-rule",
        "who gets a CVE id is said for some classes only",
        law::cve,
    ),
    warning(
        "adopt-safe-harbour-undated",
        "the safe harbour has no version and date",
        law::undated,
    ),
    warning(
        "adopt-safe-harbour-statute",
        "the safe harbour names the law of one country",
        law::statute,
    ),
    warning(
        "adopt-claim-absolute",
        "a claim leaves no room for an exception, and shows no evidence",
        claims::absolute,
    ),
    warning(
        "adopt-claim-evidence",
        "an audit, scan or certificate is claimed without evidence",
        claims::evidence,
    ),
    warning(
        "adopt-mojibake",
        "a line was read in the wrong encoding",
        text::mojibake,
    ),
    warning(
        "adopt-broken-sentence",
        "a sentence is broken by an empty line",
        text::broken,
    ),
    warning(
        "adopt-final-newline",
        "the file does not end with a line feed",
        text::newline,
    ),
    warning(
        "adopt-too-long",
        "a line, or the whole text, is too long to be read",
        text::long,
    ),
    note(
        "adopt-kept-as-guidance",
        "a section was not understood, and is kept as guidance",
        text::kept,
    ),
    note(
        "adopt-not-understood",
        "nothing was made of these lines",
        text::unread,
    ),
];

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
