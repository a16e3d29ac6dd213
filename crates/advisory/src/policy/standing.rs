//! Owns what the policy says at all times: thanks, safety for researchers, keys, scope, claims and advice.
//! Must never reword a text that was written for lawyers.

use crate::leaf::vocabulary;
use crate::{Consent, Date};

/// How finders are thanked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditRule {
    /// Where names may appear, with permission.
    pub places: Vec<Consent>,
}

/// What researchers need not fear. The text is the lawyers', word for word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SafeHarbour {
    /// Of the text.
    pub version: String,
    /// Since when it holds.
    pub date: Date,
    /// Markdown.
    pub text: String,
}

/// Whether finders are paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounty {
    /// What there is.
    pub state: BountyState,
    /// Where its terms are.
    pub url: Option<String>,
}

vocabulary! {
    /// Whether finders are paid.
    BountyState, "state of a bounty" {
        /// No, and nothing is planned.
        None = "none" / "None",
        /// Not yet.
        Planned = "planned" / "Planned",
        /// Yes.
        Live = "live" / "Live",
    }
}

/// A key for confidential reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportKey {
    /// OpenPGP fingerprint, hexadecimal.
    pub fingerprint: String,
    /// Where the public key is.
    pub url: String,
    /// The last day on which it is to be used.
    pub expires: Option<Date>,
}

/// What counts as a flaw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// What does.
    pub inside: Vec<String>,
    /// What does not.
    pub outside: Vec<String>,
}

/// What is said of the project's own security.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// One sentence.
    pub says: String,
    /// Where that can be seen.
    pub evidence: Option<String>,
    /// When it was last found true.
    pub date: Option<Date>,
}

/// Advice for users that is no advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    /// One line.
    pub title: String,
    /// Markdown.
    pub text: String,
}
