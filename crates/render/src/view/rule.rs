//! Owns the rules as pages see them: what is checked before anything is published, and how strictly here.
//! Must never say of a rule what its own page in `check` does not.

use caveat_check::{Book, RULES, Rule};
use caveat_texts::Texts;
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
    /// The same for people.
    level_label: String,
    firm: bool,
    /// It judges one advisory at a time.
    of_advisories: bool,
    /// Advisories published before are let be.
    since: Option<String>,
}

/// Every rule, by code.
pub(crate) fn rules(book: &Book, texts: &Texts) -> Vec<RuleView> {
    RULES.iter().map(|rule| view(book, rule, texts)).collect()
}

fn view(book: &Book, rule: &Rule, texts: &Texts) -> RuleView {
    let (level, since) = book.strictness(rule);
    RuleView {
        code: rule.code,
        says: rule.sentence(),
        why_html: to_html(rule.why),
        example: rule.example,
        instead: rule.instead,
        level,
        level_label: texts.word(label(level)),
        firm: rule.firm,
        of_advisories: rule.is_of_advisories(),
        since: since.map(super::day),
    }
}

fn label(level: &str) -> &'static str {
    match level {
        "error" => "rules.error",
        "warning" => "rules.warning",
        "note" => "rules.note",
        _ => "rules.off",
    }
}
