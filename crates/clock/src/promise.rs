//! Owns what can be promised: from which event a promise runs, which event ends it, and what people call both.
//! Must never hold how long anything takes: the policy says that, and the law.

use caveat_advisory::{Advisory, Event, Policy, Target};

/// A promised time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promise {
    /// The first answer.
    Acknowledge,
    /// The first assessment.
    Assess,
    /// The longest silence towards the reporter.
    Update,
    /// The first release with the fix.
    Fix,
    /// The longest that the flaw is private.
    Disclose,
    /// The longest that an exploited flaw without a fix is private.
    Exploited,
    /// The look back.
    Review,
    /// To the authorities: it is exploited.
    EarlyWarning,
    /// To the authorities: what it is.
    Notification,
    /// To the authorities: all of it.
    FinalReport,
}

impl Promise {
    /// What projects promise, in the order in which it comes.
    pub const ALL: [Self; 7] = [
        Self::Acknowledge,
        Self::Assess,
        Self::Update,
        Self::Fix,
        Self::Disclose,
        Self::Exploited,
        Self::Review,
    ];

    /// What the law asks for.
    pub const LEGAL: [Self; 3] = [Self::EarlyWarning, Self::Notification, Self::FinalReport];

    /// A word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledge",
            Self::Assess => "assess",
            Self::Update => "update",
            Self::Fix => "fix",
            Self::Disclose => "disclose",
            Self::Exploited => "disclose-exploited",
            Self::Review => "review",
            Self::EarlyWarning => "early-warning",
            Self::Notification => "notification",
            Self::FinalReport => "final-report",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Acknowledge => "First answer",
            Self::Assess => "First assessment",
            Self::Update => "News for the reporter",
            Self::Fix => "Fix",
            Self::Disclose => "Publication",
            Self::Exploited => "Publication or fix once exploited",
            Self::Review => "Incident review",
            Self::EarlyWarning => "Early warning",
            Self::Notification => "Notification",
            Self::FinalReport => "Final report",
        }
    }

    /// The event that it runs from, unless the policy names another.
    pub const fn starts(self) -> Event {
        match self {
            Self::Acknowledge | Self::Assess | Self::Update | Self::Fix | Self::Disclose => {
                Event::Reported
            }
            Self::Review | Self::FinalReport => Event::Fixed,
            Self::Exploited | Self::EarlyWarning | Self::Notification => Event::Exploited,
        }
    }

    /// The event that ends it; `None` where that may be one of several.
    pub const fn ends(self) -> Option<Event> {
        match self {
            Self::Acknowledge => Some(Event::Acknowledged),
            Self::Assess => Some(Event::Assessed),
            Self::Fix => Some(Event::Fixed),
            Self::Review => Some(Event::Reviewed),
            Self::EarlyWarning => Some(Event::AuthorityWarned),
            Self::Notification => Some(Event::AuthorityNotified),
            Self::FinalReport => Some(Event::AuthorityReported),
            Self::Update | Self::Disclose | Self::Exploited => None,
        }
    }

    /// The key of `[late-reason]` that excuses it. The law takes no excuse here.
    pub const fn reason_key(self) -> Option<&'static str> {
        match self {
            Self::Disclose | Self::Exploited => Some("disclose"),
            Self::EarlyWarning | Self::Notification | Self::FinalReport => None,
            other => Some(other.as_str()),
        }
    }

    /// Why it was missed, where the advisory says so.
    pub fn reason(self, advisory: &Advisory) -> Option<&str> {
        let late = &advisory.late_reason;
        let reason = match self {
            Self::Acknowledge => &late.acknowledge,
            Self::Assess => &late.assess,
            Self::Update => &late.update,
            Self::Fix => &late.fix,
            Self::Disclose | Self::Exploited => &late.disclose,
            Self::Review => &late.review,
            Self::EarlyWarning | Self::Notification | Self::FinalReport => &None,
        };
        reason.as_deref()
    }

    /// What the policy promises for an advisory of this severity class.
    pub fn target(self, policy: &Policy, severity: &str) -> Option<Target> {
        let class = policy.severities.iter().find(|class| class.id == severity);
        let clock = policy.clock.as_ref();
        let disclosure = policy.disclosure.as_ref();
        match self {
            Self::Acknowledge => clock?.acknowledge,
            Self::Assess => clock?.assess,
            Self::Update => clock?.update,
            Self::Fix => class?.fix,
            Self::Review => class?.review,
            Self::Disclose => disclosure?.longest,
            Self::Exploited => disclosure?.exploited,
            Self::EarlyWarning | Self::Notification | Self::FinalReport => None,
        }
    }

    /// Does the policy promise it for any severity class at all?
    pub fn is_made(self, policy: &Policy) -> bool {
        let mut classes = policy.severities.iter();
        classes.any(|class| self.target(policy, &class.id).is_some())
    }
}

/// An event as the start of a promise: `48 hours after the report`.
pub const fn start_words(event: Event) -> &'static str {
    match event {
        Event::Discovered => "the discovery",
        Event::Reported => "the report",
        Event::Acknowledged => "the first answer",
        Event::Assessed => "the assessment",
        Event::Fixed => "the first fixed release",
        Event::Disclosed => "the disclosure",
        Event::Exploited => "the news that it is exploited",
        Event::AuthorityWarned => "the early warning",
        Event::AuthorityNotified => "the notification",
        Event::AuthorityReported => "the final report",
        Event::Reviewed => "the review",
    }
}
