//! Owns the advisory as plain data, word for word as written.
//! Must never hold places, parsed versions or scores: those belong to `Document` and to `check`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::leaf::vocabulary;
use crate::{Affected, Extra};
use crate::{Relation, Revision, Status, Withdrawal};

/// One advisory file. Fields are documented in `advisories/README.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Advisory {
    /// The feed's own id; absent in a draft.
    pub id: Option<String>,
    /// One line of plain text; backticks mark code.
    pub title: String,
    /// Id of a severity class of the policy.
    pub severity: String,
    /// Why class and CVSS score disagree.
    pub severity_reason: Option<String>,
    /// CVSS vectors of any version.
    pub cvss: Vec<String>,
    /// Weaknesses, `CWE-n`.
    pub cwe: Vec<String>,
    /// Other names of the same flaw.
    pub aliases: Vec<String>,
    /// Why a flaw that the policy promises a CVE id has none.
    pub cve: Option<CveState>,
    /// Names of other flaws.
    pub related: Vec<String>,
    /// Names of the flaws in what the package is made of, which are what is told here.
    pub upstream: Vec<String>,
    /// What it has to do with other advisories of the feed.
    pub relations: Vec<Relation>,
    /// One sentence: what an attacker gains.
    pub impact: String,
    /// Markdown.
    pub description: String,
    /// Markdown: who is affected.
    pub affected_if: Option<String>,
    /// Markdown: what helps without an upgrade.
    pub workaround: Option<String>,
    /// Packages and their versions.
    pub affected: Vec<Affected>,
    /// What is known of versions and packages that are not affected, or that nobody looked at.
    pub statuses: Vec<Status>,
    /// Links.
    pub references: Vec<Reference>,
    /// People to thank.
    pub credits: Vec<Credit>,
    /// What happened when.
    pub timeline: BTreeMap<Event, Timestamp>,
    /// When the reporter was told how it goes.
    pub updates: Vec<Timestamp>,
    /// Why a promised time was missed.
    pub late_reason: LateReason,
    /// Publication and every change since, oldest first.
    pub revisions: Vec<Revision>,
    /// Set where the advisory should not have been.
    pub withdrawn: Option<Withdrawal>,
    /// Set while nobody else may know.
    pub embargo: Option<Embargo>,
    /// What the form has no key for; public.
    pub extra: Extra,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What is behind it.
    pub kind: ReferenceType,
    /// Where.
    pub url: String,
}

vocabulary! {
    /// What is behind a link: the OSV reference types.
    ReferenceType, "reference type" {
        /// A published advisory.
        Advisory = "advisory" / "Advisory",
        /// An article or blog post.
        Article = "article" / "Article",
        /// A tool or signature that detects the flaw.
        Detection = "detection" / "Detection",
        /// A public discussion.
        Discussion = "discussion" / "Discussion",
        /// The report, for example an issue.
        Report = "report" / "Report",
        /// The fix.
        Fix = "fix" / "Fix",
        /// The change that brought the flaw.
        Introduced = "introduced" / "Introducing change",
        /// The home of the package.
        Package = "package" / "Package",
        /// A demonstration that the claim is true.
        Evidence = "evidence" / "Evidence",
        /// Anything else.
        Web = "web" / "Web page",
    }
}

/// Somebody to thank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Absent where the person is not to be named at all.
    pub name: Option<String>,
    /// What they did.
    pub role: CreditRole,
    /// A page of theirs.
    pub url: Option<String>,
    /// Where the name may appear; empty is nowhere.
    pub consent: Vec<Consent>,
    /// When the person agreed. Never published.
    pub agreed: Option<Date>,
    /// Where that can be seen. Never published.
    pub evidence: Option<String>,
}

impl Credit {
    /// The name, if it may appear there.
    pub fn name_for(&self, place: Consent) -> Option<&str> {
        self.name
            .as_deref()
            .filter(|_| self.consent.contains(&place))
    }
}

vocabulary! {
    /// What somebody did: the roles of CVE and OSV.
    CreditRole, "role" {
        /// Found it.
        Finder = "finder" / "Finder",
        /// Told the maintainers.
        Reporter = "reporter" / "Reporter",
        /// Analysed it.
        Analyst = "analyst" / "Analyst",
        /// Coordinated.
        Coordinator = "coordinator" / "Coordinator",
        /// Wrote the fix.
        RemediationDeveloper = "remediation-developer" / "Remediation developer",
        /// Reviewed the fix.
        RemediationReviewer = "remediation-reviewer" / "Remediation reviewer",
        /// Tested the fix.
        RemediationVerifier = "remediation-verifier" / "Remediation verifier",
        /// A tool that was used.
        Tool = "tool" / "Tool",
        /// Paid for it.
        Sponsor = "sponsor" / "Sponsor",
        /// Anything else.
        Other = "other" / "Other",
    }
}

vocabulary! {
    /// Where a name may appear.
    Consent, "place for a name" {
        /// The advisory: page, record, mail and feed.
        Advisory = "advisory" / "Advisory",
        /// Release notes.
        ReleaseNotes = "release-notes" / "Release notes",
        /// The thanks page.
        Thanks = "thanks" / "Thanks",
        /// The annual report.
        AnnualReport = "annual-report" / "Annual report",
    }
}

vocabulary! {
    /// What can happen to a flaw.
    Event, "event" {
        /// Somebody found it.
        Discovered = "discovered" / "Discovered",
        /// The maintainers were told.
        Reported = "reported" / "Reported to the maintainers",
        /// They answered.
        Acknowledged = "acknowledged" / "Report acknowledged",
        /// They understood it.
        Assessed = "assessed" / "Assessed",
        /// The first release with the fix.
        Fixed = "fixed" / "First fixed release",
        /// The first public word, anywhere.
        Disclosed = "disclosed" / "Publicly disclosed",
        /// The maintainers learnt that it is exploited.
        Exploited = "exploited" / "Known to be exploited",
        /// The authorities had an early warning.
        AuthorityWarned = "authority-warned" / "Early warning to the authorities",
        /// They had the notification.
        AuthorityNotified = "authority-notified" / "Notification to the authorities",
        /// They had the final report.
        AuthorityReported = "authority-reported" / "Final report to the authorities",
        /// The maintainers looked back on it.
        Reviewed = "reviewed" / "Incident reviewed",
    }
}

/// Why promised times were missed, one sentence each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LateReason {
    /// The first answer.
    pub acknowledge: Option<String>,
    /// The first assessment.
    pub assess: Option<String>,
    /// A silence towards the reporter.
    pub update: Option<String>,
    /// The fix.
    pub fix: Option<String>,
    /// The look back.
    pub review: Option<String>,
    /// Publication.
    pub disclose: Option<String>,
}

vocabulary! {
    /// Why a flaw has no CVE id yet.
    CveState, "state of a CVE id" {
        /// It was asked for.
        Pending = "pending" / "Pending",
        /// It was refused, or nobody will ask.
        None = "none" / "None",
    }
}

/// Until when nobody else may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embargo {
    /// The first moment at which it may be published.
    pub until: Timestamp,
    /// With whom that was agreed.
    pub agreed_with: Vec<String>,
    /// Why it is published before the agreed time.
    pub ended_early: Option<String>,
}
