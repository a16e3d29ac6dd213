//! Owns what a rule is and what it may look at.
//! Must never give a rule more than plain data: no files, no clock.

use std::collections::BTreeMap;

use caveat_advisory::{Document, Draft, Project, Timestamp};
use caveat_diag::{Diagnostic, Level, Report};

use crate::candidate::Candidate;

/// One rule. Its code is stable: people put it into scripts.
pub struct Rule {
    /// Kebab-case name.
    pub code: &'static str,
    /// What holds where the rule is kept, as a sentence.
    pub says: &'static str,
    /// How bad it is to break it.
    pub level: Level,
    pub(crate) run: Run,
}

/// What a rule looks at.
pub(crate) enum Run {
    /// One advisory at a time.
    Advisory(fn(&mut Finder<'_>, &Candidate)),
    /// Everything at once.
    Feed(fn(&mut Finder<'_>)),
}

impl Rule {
    /// A rule whose breach stops publication.
    pub(crate) const fn error(code: &'static str, says: &'static str, run: Run) -> Self {
        Self {
            code,
            says,
            level: Level::Error,
            run,
        }
    }

    /// A rule whose breach is probably a mistake.
    pub(crate) const fn warning(code: &'static str, says: &'static str, run: Run) -> Self {
        Self {
            code,
            says,
            level: Level::Warning,
            run,
        }
    }

    pub(crate) fn judge_advisory(&self, finder: &mut Finder<'_>, candidate: &Candidate) {
        if let Run::Advisory(run) = self.run {
            run(finder, candidate);
        }
    }

    pub(crate) fn judge_feed(&self, finder: &mut Finder<'_>) {
        if let Run::Feed(run) = self.run {
            run(finder);
        }
    }
}

/// All that rules may know.
pub(crate) struct Facts<'a> {
    pub(crate) project: &'a Document<Project>,
    pub(crate) candidates: &'a [Candidate],
    /// The first candidate with each id.
    pub(crate) by_id: BTreeMap<&'a str, usize>,
    pub(crate) strays: &'a [String],
    pub(crate) others: &'a [Draft],
    pub(crate) as_of: Timestamp,
}

/// One rule at work: what it may know, and where its findings go.
pub(crate) struct Finder<'a> {
    rule: &'static Rule,
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) report: Report,
}

impl<'a> Finder<'a> {
    pub(crate) fn new(rule: &'static Rule, facts: &'a Facts<'a>) -> Self {
        Self {
            rule,
            facts,
            report: Report::default(),
        }
    }

    /// A finding at a field; the caller adds labels and help, then hands it to [`Finder::push`].
    pub(crate) fn at<T>(
        &self,
        document: &Document<T>,
        field: &str,
        message: impl AsRef<str>,
    ) -> Diagnostic {
        self.on(document, document.at(field), message)
    }

    /// A finding at a span of a document.
    pub(crate) fn on<T>(
        &self,
        document: &Document<T>,
        span: caveat_diag::Span,
        message: impl AsRef<str>,
    ) -> Diagnostic {
        Diagnostic::new(
            self.rule.level,
            self.rule.code,
            message,
            document.source(),
            span,
        )
    }

    /// A finding about a file that is no document.
    pub(crate) fn file(&self, draft: &Draft, message: impl AsRef<str>) -> Diagnostic {
        let source = caveat_diag::Source::decode(draft.path.clone(), Vec::new()).0;
        let source = std::sync::Arc::new(source);
        let span = source.first_line();
        Diagnostic::new(self.rule.level, self.rule.code, message, &source, span)
    }

    pub(crate) fn push(&mut self, found: Diagnostic) {
        self.report.push(found);
    }
}
