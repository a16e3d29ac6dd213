//! Owns what a rule is and what it may look at.
//! Must never give a rule more than plain data: no files, no clock.

use std::collections::BTreeMap;
use std::sync::Arc;

use caveat_advisory::{Date, Document, Draft, Past, Policy, Project, Timestamp};
use caveat_diag::{Diagnostic, Level, Report, Source, Span};
use caveat_keyring::Keyring;

use crate::calendar::day;
use crate::candidate::Candidate;
use crate::crowd::Crowd;
use crate::lock::Locks;
use crate::person::Traces;
use crate::prose::Prose;
use crate::setting::{Setting, Settings};
use crate::support::Support;

/// One rule and its page. Its code is stable: people put it into scripts.
pub struct Rule {
    /// Kebab-case name.
    pub code: &'static str,
    /// What holds where the rule is kept, as a sentence without capital and stop.
    pub says: &'static str,
    /// Who is harmed where it is not kept, in Markdown.
    pub why: &'static str,
    /// Parts of files that break it; `# PATH` starts a file, `# without KEY` leaves a key out. Empty where none can be shown as text.
    pub example: &'static str,
    /// The same parts as they should be.
    pub instead: &'static str,
    /// How bad it is to break it, unless the project says otherwise.
    pub level: Level,
    /// It protects those who consume the feed: no project may relax it.
    pub firm: bool,
    pub(crate) run: Run,
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// One advisory at a time.
    Advisory(fn(&mut Finder<'_>, &Candidate)),
    /// The texts of one advisory at a time.
    Prose(fn(&mut Finder<'_>, &Prose<'_>)),
    /// Everything at once.
    Feed(fn(&mut Finder<'_>)),
    /// The shape of a file: kept by whoever reads it.
    Reading,
}

impl Rule {
    /// What holds, as a sentence.
    pub fn sentence(&self) -> String {
        let (first, rest) = self.says.split_at(1);
        format!("{}{rest}.", first.to_uppercase())
    }

    /// Does it judge one advisory at a time? Only then can old advisories be let be.
    pub fn is_of_advisories(&self) -> bool {
        matches!(self.run, Run::Advisory(_) | Run::Prose(_))
    }

    pub(crate) fn judge_advisory(&'static self, facts: &Facts<'_>, prose: &Prose<'_>) -> Report {
        let Some(level) = facts.setting(self).level_for(prose.candidate) else {
            return Report::default();
        };
        let mut finder = Finder::new(self, level, facts);
        match self.run {
            Run::Advisory(run) => run(&mut finder, prose.candidate),
            Run::Prose(run) => run(&mut finder, prose),
            Run::Feed(_) | Run::Reading => {}
        }
        finder.report
    }

    pub(crate) fn judge_feed(&'static self, facts: &Facts<'_>) -> Report {
        match (self.run, facts.setting(self).level) {
            (Run::Feed(run), Some(level)) => {
                let mut finder = Finder::new(self, level, facts);
                run(&mut finder);
                finder.report
            }
            _ => Report::default(),
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
    pub(crate) locks: &'a Locks,
    pub(crate) sealed: &'a [String],
    /// Advisory files that could not be read.
    pub(crate) unread: &'a [String],
    pub(crate) past: Option<&'a dyn Past>,
    pub(crate) keys: &'a [Draft],
    /// None where there is none, and where it is faulty.
    pub(crate) keyring: Option<&'a Keyring>,
    pub(crate) others: &'a [Draft],
    pub(crate) templates: &'a BTreeMap<String, Vec<u8>>,
    pub(crate) as_of: Timestamp,
    pub(crate) settings: Settings,
    pub(crate) support: Support,
    /// Who is to be named nowhere, for rules that repeat what an earlier state said.
    pub(crate) unnamed: Option<&'a Crowd<Traces>>,
}

impl<'a> Facts<'a> {
    pub(crate) fn policy(&self) -> &'a Policy {
        &self.project.data().policy
    }

    /// Today, where the maintainers are.
    pub(crate) fn today(&self) -> Date {
        day(self.policy(), self.as_of)
    }

    fn setting(&self, rule: &Rule) -> Setting {
        self.settings.of(rule)
    }
}

/// One rule at work: what it may know, and where its findings go.
pub(crate) struct Finder<'a> {
    rule: &'static Rule,
    level: Level,
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) report: Report,
}

impl<'a> Finder<'a> {
    fn new(rule: &'static Rule, level: Level, facts: &'a Facts<'a>) -> Self {
        Self {
            rule,
            level,
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
        Diagnostic::new(self.level, self.rule.code, message, document.source(), span)
    }

    /// A finding at a field, of what can still be kept from happening: never more than a warning.
    pub(crate) fn ahead<T>(
        &self,
        document: &Document<T>,
        field: &str,
        message: impl AsRef<str>,
    ) -> Diagnostic {
        let (source, span) = (document.source(), document.at(field));
        Diagnostic::new(self.mild(), self.rule.code, message, source, span)
    }

    fn mild(&self) -> Level {
        match self.level {
            Level::Error => Level::Warning,
            level => level,
        }
    }

    /// How caveat.toml says that tags name the versions of a row's package.
    pub(crate) fn tags_of(&self, candidate: &Candidate, row: usize) -> &'a [String] {
        let packages = &self.facts.project.data().packages;
        let declared = candidate.declared(row, self.facts);
        declared.map_or(&[], |package| &packages[package].tags)
    }

    /// A finding at a field of caveat.toml.
    pub(crate) fn project(&self, field: &str, message: impl AsRef<str>) -> Diagnostic {
        self.at(self.facts.project, field, message)
    }

    /// Labels a field of caveat.toml as well.
    pub(crate) fn also(&self, found: Diagnostic, field: &str, text: impl AsRef<str>) -> Diagnostic {
        let project = self.facts.project;
        found.also(project.source(), project.at(field), text)
    }

    /// A finding in a file that is no document.
    pub(crate) fn in_source(
        &self,
        source: &Arc<Source>,
        span: Span,
        message: impl AsRef<str>,
    ) -> Diagnostic {
        Diagnostic::new(self.level, self.rule.code, message, source, span)
    }

    /// A finding about a file that is no document.
    pub(crate) fn file(&self, path: &str, message: impl AsRef<str>) -> Diagnostic {
        self.file_at(self.level, path, message)
    }

    /// The same, of what can still be kept from happening.
    pub(crate) fn file_ahead(&self, path: &str, message: impl AsRef<str>) -> Diagnostic {
        self.file_at(self.mild(), path, message)
    }

    fn file_at(&self, level: Level, path: &str, message: impl AsRef<str>) -> Diagnostic {
        let source = caveat_diag::Source::new(path, "");
        let source = std::sync::Arc::new(source);
        let span = source.first_line();
        Diagnostic::new(level, self.rule.code, message, &source, span)
    }

    pub(crate) fn push(&mut self, found: Diagnostic) {
        self.report.push(found);
    }
}
