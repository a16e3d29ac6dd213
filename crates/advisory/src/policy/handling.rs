//! Owns what the policy says of a report on its way: where to, what it holds, how fast answers come.
//! Must never count time.

use crate::leaf::vocabulary;
use crate::{Date, Event, State, Target};

/// Where to report a flaw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Who answers.
    pub name: String,
    /// `mailto:` or `https:`; only what is planned may lack one.
    pub url: Option<String>,
    /// Whether somebody reads it today.
    pub state: State,
    /// For what cannot wait.
    pub urgent: bool,
}

impl Contact {
    /// The link, where somebody is behind it today.
    pub fn reachable(&self) -> Option<&str> {
        self.url.as_deref().filter(|_| self.state == State::Live)
    }
}

/// What a report should hold, and what a report must not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportForm {
    /// What to include.
    pub wanted: Vec<String>,
    /// Begins the subject of a mail.
    pub subject: Option<String>,
    /// A text to fill in.
    pub template: Option<String>,
    /// Where flaws must not be reported, such as `public GitHub issues`.
    pub never: Vec<String>,
    /// Where all other faults go.
    pub issues: Option<String>,
}

/// Which days count as business days, and where midnight is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// IANA name.
    pub time_zone: String,
    /// Days on which nobody works, besides Saturday and Sunday.
    pub holidays: Vec<Date>,
}

/// How fast answers come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Until the first answer.
    pub acknowledge: Option<Target>,
    /// Until the first assessment.
    pub assess: Option<Target>,
    /// The longest silence towards the reporter.
    pub update: Option<Target>,
    /// Which events readers see; empty is all.
    pub public: Vec<Event>,
    /// Sheets of legal deadlines to show beside.
    pub legal: Vec<LegalSheet>,
}

vocabulary! {
    /// Deadlines of a law. A reminder, not legal advice.
    LegalSheet, "sheet of legal deadlines" {
        /// Regulation (EU) 2024/2847, Article 14: actively exploited vulnerabilities.
        EuCra14 = "eu-cra-14" / "EU Cyber Resilience Act, Article 14",
    }
}
