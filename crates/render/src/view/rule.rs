//! Owns the rules as pages see them: what is checked before anything is published, and how strictly here.
//! Must never say of a rule what its own page in `check` does not.

use caveat_check::{Book, RULES, Rule};
use serde::Serialize;

use crate::markdown::to_html;

/// A rule and its page.
#[derive(Serialize)]
pub(crate) struct RuleView {
    pub(crate) code: &'static str,
    /// A sentence.
    pub(crate) says: String,
    why_html: String,
    example: &'static str,
    instead: &'static str,
    /// `error`, `warning`, `note` or `off`: how this feed has it.
    level: &'static str,
    firm: bool,
    /// It judges one advisory at a time.
    of_advisories: bool,
    /// Advisories published before are let be.
    since: Option<String>,
}

/// Every rule, by code.
pub(crate) fn rules(book: &Book) -> Vec<RuleView> {
    RULES.iter().map(|rule| view(book, rule)).collect()
}

fn view(book: &Book, rule: &Rule) -> RuleView {
    let (level, since) = book.strictness(rule);
    RuleView {
        code: rule.code,
        says: rule.sentence(),
        why_html: to_html(rule.why),
        example: rule.example,
        instead: rule.instead,
        level,
        firm: rule.firm,
        of_advisories: rule.is_of_advisories(),
        since: since.map(super::day),
    }
}
