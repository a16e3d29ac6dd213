//! Owns what the policy says of the way into the open: when, in which release, who hears first, and where.
//! Must never decide what may be published: `check` does.

use crate::leaf::vocabulary;
use crate::{State, Target};

/// When flaws become public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disclosure {
    /// The longest that a flaw is kept private.
    pub longest: Option<Target>,
    /// Until when a flaw is published that is exploited and has no fix.
    pub exploited: Option<Target>,
    /// Days of the week on which nothing is published if it can wait.
    pub avoid: Vec<Weekday>,
    /// The terms in words, Markdown.
    pub terms: Option<String>,
}

vocabulary! {
    /// A day of the week.
    Weekday, "day of the week" {
        /// Monday.
        Monday = "monday" / "Monday",
        /// Tuesday.
        Tuesday = "tuesday" / "Tuesday",
        /// Wednesday.
        Wednesday = "wednesday" / "Wednesday",
        /// Thursday.
        Thursday = "thursday" / "Thursday",
        /// Friday.
        Friday = "friday" / "Friday",
        /// Saturday.
        Saturday = "saturday" / "Saturday",
        /// Sunday.
        Sunday = "sunday" / "Sunday",
    }
}

/// How fixes are released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Which part of the version a fix may change.
    pub bump: Option<Bump>,
    /// Release notes name every advisory that the release fixes, with its severity.
    pub notes: Option<bool>,
}

vocabulary! {
    /// The part of a version that a release with a fix changes at most.
    Bump, "part of a version" {
        /// The third number.
        Patch = "patch" / "Patch release",
        /// The second number.
        Minor = "minor" / "Minor release",
        /// Any.
        Major = "major" / "Major release",
    }
}

/// Somebody who hears of a flaw before the public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packager {
    /// Who.
    pub name: String,
    /// `mailto:` or `https:`
    pub url: String,
    /// Fingerprint of the OpenPGP key that mail to them is encrypted to.
    pub key: Option<String>,
    /// What the subject of mail to them begins with, such as `[vs]`.
    pub subject: Option<String>,
    /// How long before publication they hear.
    pub lead: Target,
    /// Whether they may ship the fix before publication.
    pub may_deploy: bool,
    /// Other terms, one line.
    pub terms: Option<String>,
}

/// A place where advisories appear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// What people call it, and what `notify` names.
    pub name: String,
    /// Where.
    pub url: Option<String>,
    /// Whether it exists yet.
    pub state: State,
}

vocabulary! {
    /// How often.
    Period, "period" {
        /// Twelve times a year.
        Month = "month" / "Monthly",
        /// Four times a year.
        Quarter = "quarter" / "Quarterly",
        /// Once a year.
        Year = "year" / "Yearly",
    }
}
