//! Owns what a SECURITY.md cannot know: the feed, its packages, and the day on which it is read.
//! Must never look it up: the caller does.

use caveat_advisory::Date;

/// Who said a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The caller, by name.
    Said,
    /// Worked out; the words say from what.
    Guessed(String),
    /// Nobody: a placeholder that `check` reports.
    Open,
}

/// What the caller knows.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the feed.
    pub name: (String, Origin),
    /// Address of its site.
    pub url: (String, Origin),
    /// What ids begin with.
    pub id_prefix: (String, Origin),
    /// SPDX expression for the texts.
    pub license: (String, Origin),
    /// OSV ecosystem of the packages.
    pub ecosystem: Option<String>,
    /// Names of the packages.
    pub packages: Vec<String>,
    /// Where the source is, an https link.
    pub repository: Option<(String, Origin)>,
    /// The day to judge for.
    pub as_of: Date,
}
