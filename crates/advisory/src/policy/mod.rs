//! Owns the policy as plain data: what the projects promise to those who report and to those who use.
//! Must never hold a default that hides a missing promise: what was not written is `None` or empty.

mod disclosure;
mod handling;
mod standing;

pub use disclosure::{Bump, Channel, Disclosure, Packager, Period, Release, Weekday};
pub use handling::{Calendar, Clock, Contact, LegalSheet, ReportForm};
pub use standing::{
    Bounty, BountyState, Claim, CreditRule, Guidance, ReportKey, SafeHarbour, Scope,
};

use crate::leaf::vocabulary;
use crate::{Consent, Date, Target};

/// What the projects promise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Which text this is, and when it is looked at again.
    pub document: Option<PolicyDocument>,
    /// How finished the software is, one sentence for a banner.
    pub maturity: Option<String>,
    /// Severity classes, highest first.
    pub severities: Vec<SeverityClass>,
    /// Which versions get fixes.
    pub support: Vec<SupportRow>,
    /// What holds for versions that no row names.
    pub support_default: Option<SupportStatus>,
    /// Where to report, in order of preference.
    pub contacts: Vec<Contact>,
    /// What a report should hold.
    pub report: Option<ReportForm>,
    /// Which days count.
    pub calendar: Option<Calendar>,
    /// How fast answers come, whatever the severity.
    pub clock: Option<Clock>,
    /// When flaws become public.
    pub disclosure: Option<Disclosure>,
    /// How fixes are released.
    pub release: Option<Release>,
    /// Who hears of a flaw before the public.
    pub packagers: Vec<Packager>,
    /// Where advisories appear besides this site and its lists.
    pub channels: Vec<Channel>,
    /// How often a bulletin sums up, "none" included.
    pub bulletin: Option<Period>,
    /// How finders are thanked.
    pub credit: Option<CreditRule>,
    /// What researchers need not fear.
    pub safe_harbour: Option<SafeHarbour>,
    /// Whether finders are paid.
    pub bounty: Option<Bounty>,
    /// Keys for confidential reports.
    pub keys: Vec<ReportKey>,
    /// What counts as a flaw.
    pub scope: Option<Scope>,
    /// What is said of the project's own security.
    pub claims: Vec<Claim>,
    /// Advice that is no advisory.
    pub guidance: Vec<Guidance>,
}

impl Policy {
    /// May names stand there at all, with permission? Everywhere, where the policy says nothing.
    pub fn names_in(&self, place: Consent) -> bool {
        let rule = self.credit.as_ref();
        rule.is_none_or(|rule| rule.places.contains(&place))
    }
}

vocabulary! {
    /// Whether something that was announced exists.
    State, "state" {
        /// It works today.
        Live = "live" / "Live",
        /// It is meant to come, and nobody may rely on it.
        Planned = "planned" / "Planned",
    }
}

/// Which text this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyDocument {
    /// Of the text, not of a product.
    pub version: String,
    /// When it was last changed.
    pub updated: Date,
    /// When it is looked at again; `security.txt` expires then at the latest.
    pub next_review: Date,
}

/// A severity class, and what is promised for it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeverityClass {
    /// What advisories write.
    pub id: String,
    /// What people read.
    pub label: String,
    /// What it means.
    pub definition: String,
    /// Lowest and highest CVSS score of the class, where it has a band.
    pub cvss: Option<(f64, f64)>,
    /// Until when a fix is released.
    pub fix: Option<Target>,
    /// Until when the incident is looked back upon.
    pub review: Option<Target>,
    /// Every flaw of the class gets a CVE id.
    pub cve: Option<bool>,
    /// Channels that tell of it: names of mail lists or of `[[policy.channel]]`.
    pub notify: Vec<String>,
}

/// Versions that are treated alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupportRow {
    /// Key of the package; absent where the project has one.
    pub package: Option<String>,
    /// Range string.
    pub versions: String,
    /// What people call them, such as `1.0.x`; the range where absent.
    pub label: Option<String>,
    /// What they get.
    pub status: SupportStatus,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

vocabulary! {
    /// What a version gets.
    SupportStatus, "support status" {
        /// Fixes of all kinds.
        Full = "full" / "Supported",
        /// Fixes of security flaws only.
        Security = "security" / "Security fixes only",
        /// Nothing any more; flaws in it may go unnoticed.
        EndOfLife = "end-of-life" / "Not supported",
        /// It does not exist yet.
        Unreleased = "unreleased" / "Not released yet",
    }
}
