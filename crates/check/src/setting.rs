//! Owns what a project made of each rule: its level, and since when it holds.
//! Must never relax a firm rule, whatever the project says.

use std::collections::BTreeMap;

use caveat_advisory::{Project, RuleLevel, RuleSetting, Timestamp};
use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::Rule;

/// How strict one rule is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// `None`: the rule is off.
    pub(crate) level: Option<Level>,
    /// Advisories that were first published before are let be.
    pub(crate) since: Option<Timestamp>,
}

impl Setting {
    /// The level for one advisory; drafts have no past.
    pub(crate) fn level_for(self, candidate: &Candidate) -> Option<Level> {
        let first = candidate.advisory().revisions.first();
        let old = self
            .since
            .zip(first)
            .is_some_and(|(since, first)| first.at < since);
        self.level.filter(|_| !old)
    }
}

/// What the project says about rules.
pub(crate) struct Settings {
    by_code: BTreeMap<&'static str, Setting>,
}

impl Settings {
    pub(crate) fn new(project: &Project) -> Self {
        let one = |written: &RuleSetting| {
            let rule = crate::rule(&written.code)?;
            let level = written.level.map_or(Some(rule.level), level);
            let since = written.published_since;
            (!relaxes(rule, written)).then_some((rule.code, Setting { level, since }))
        };
        Self {
            by_code: project.rules.iter().filter_map(one).collect(),
        }
    }

    pub(crate) fn of(&self, rule: &Rule) -> Setting {
        let standard = Setting {
            level: Some(rule.level),
            since: None,
        };
        self.by_code.get(rule.code).copied().unwrap_or(standard)
    }
}

/// Would this let something pass that a firm rule must not?
pub(crate) fn relaxes(rule: &Rule, written: &RuleSetting) -> bool {
    // `Level` is ordered from the worst to the mildest.
    let milder = |written| level(written).is_none_or(|level| level > rule.level);
    rule.firm && (written.level.is_some_and(milder) || written.published_since.is_some())
}

fn level(level: RuleLevel) -> Option<Level> {
    match level {
        RuleLevel::Error => Some(Level::Error),
        RuleLevel::Warning => Some(Level::Warning),
        RuleLevel::Note => Some(Level::Note),
        RuleLevel::Off => None,
    }
}
