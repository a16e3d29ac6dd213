//! Owns `caveat.toml` as plain data: the feed, its packages, its mail lists and its rules.
//! Must never hold what an advisory says, or a default that hides a missing promise.

use crate::leaf::vocabulary;
use crate::{Policy, Site, State, Timestamp};

/// One advisory repository.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// What is published, and under which name.
    pub feed: Feed,
    /// The packages advisories may name by key.
    pub packages: Vec<Package>,
    /// Mail, where the feed announces by mail.
    pub mail: Option<Mail>,
    /// Who speaks, where advisories are published as CSAF, too.
    pub csaf: Option<Csaf>,
    /// Who assigns CVE ids, where their records are published, too.
    pub cve: Option<Cve>,
    /// Who speaks, where advisories are published as OpenVEX, too.
    pub vex: Option<Vex>,
    /// What the projects promise.
    pub policy: Policy,
    /// Releases with fixes that are told of before.
    pub announcements: Vec<Announcement>,
    /// Names that others gave to what is no flaw of these packages.
    pub disputed: Vec<Disputed>,
    /// How the site looks and speaks.
    pub site: Site,
    /// Addresses that are no more, and what to read instead.
    pub redirects: Vec<Redirect>,
    /// How strict some rules are.
    pub rules: Vec<RuleSetting>,
}

/// That a release with fixes comes: when, and how grave the gravest is. It has no room for more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// When.
    pub at: Timestamp,
    /// Id of the highest severity class.
    pub severity: String,
}

/// A name that somebody else gave to what is no flaw here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disputed {
    /// The name.
    pub id: String,
    /// What became of it.
    pub state: DisputeState,
    /// Why it is none, one sentence.
    pub reason: String,
    /// More about it.
    pub url: Option<String>,
}

vocabulary! {
    /// What became of a name that should not have been given.
    DisputeState, "state of a name" {
        /// Those who gave it stand by it.
        Disputed = "disputed" / "Disputed",
        /// It was taken back.
        Rejected = "rejected" / "Rejected",
    }
}

vocabulary! {
    /// What becomes of versions that turn out to be affected after publication.
    Widen, "way to widen" {
        /// The advisory is revised.
        Allow = "allow" / "Revised",
        /// They get an advisory of their own.
        FollowUp = "follow-up" / "Follow-up",
    }
}

/// An address that was published and is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// Path below the site's root; a slash at its end stands for the page there.
    pub from: String,
    /// Where it leads: such a path, or an `https` address.
    pub to: String,
}

impl Redirect {
    /// The file of a path: a page is `index.html` in its directory.
    pub fn file(path: &str) -> String {
        match path.strip_suffix('/') {
            Some(directory) => format!("{directory}/index.html"),
            None => path.to_owned(),
        }
    }
}

/// What is published, and under which name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Name for people.
    pub name: String,
    /// `https` address of the site's root, no slash at the end.
    pub url: String,
    /// What ids begin with: `x_NAME`, or a prefix registered with OSV.
    pub id_prefix: String,
    /// How many digits the number of an id has at least.
    pub id_digits: u8,
    /// SPDX expression for the texts.
    pub license: String,
    /// Where readers suggest a correction: `https:` or `mailto:`.
    pub corrections: Option<String>,
    /// What becomes of versions that turn out to be affected after publication.
    pub widen: Widen,
}

impl Feed {
    /// Host and path: the feed's identity in signatures and tag URIs.
    pub fn principal(&self) -> &str {
        self.url
            .split_once("://")
            .map_or(self.url.as_str(), |(_, rest)| rest)
    }
}

/// Who publishes the feed, as CSAF asks: with it there is a tree of CSAF documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csaf {
    /// What the publisher is to the software.
    pub category: PublisherCategory,
    /// Name of the publisher; the feed's where absent.
    pub name: Option<String>,
    /// `https` address that is the publisher's own; the feed's where absent.
    pub namespace: Option<String>,
    /// May those who collect CSAF documents hand out copies?
    pub mirror: bool,
}

/// Who assigns CVE ids for the feed: with it there is a record for each that is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cve {
    /// The UUID that the CVE program gave them.
    pub assigner_org_id: String,
    /// The short name that goes with it.
    pub assigner_short_name: String,
    /// Who makes the software; whoever owns its repository where absent.
    pub vendor: Option<String>,
    /// Aliases that somebody else assigned.
    pub not_ours: Vec<String>,
}

impl Cve {
    /// Did they assign this alias? Every CVE id that is not excepted.
    pub fn owns(&self, alias: &str) -> bool {
        alias.starts_with("CVE-") && !self.not_ours.iter().any(|id| id == alias)
    }
}

/// Who speaks in OpenVEX documents: with it there are some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vex {
    /// A name, or an address that is one.
    pub author: String,
    /// What they are to the software.
    pub role: String,
}

vocabulary! {
    /// What a publisher is to the software: the words of CSAF 2.0.
    PublisherCategory, "category of a publisher" {
        /// They make it.
        Vendor = "vendor" / "Vendor",
        /// They speak for several who make software.
        Coordinator = "coordinator" / "Coordinator",
        /// They find flaws.
        Discoverer = "discoverer" / "Discoverer",
        /// They use it.
        User = "user" / "User",
        /// They translate what others published.
        Translator = "translator" / "Translator",
        /// Anything else.
        Other = "other" / "Other",
    }
}

/// A package that advisories may name by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// What advisories write.
    pub key: String,
    /// OSV ecosystem.
    pub ecosystem: String,
    /// Name within it.
    pub name: String,
    /// What people read.
    pub title: String,
    /// Where its source is.
    pub repository: Option<String>,
    /// Written only to be checked: it must be the canonical one.
    pub purl: Option<String>,
    /// How tags of the repository name versions; recognised where absent.
    pub tags: Vec<String>,
    /// Every released version, where the project keeps the list.
    pub releases: Vec<String>,
    /// Features that advisories may ask for, where the project keeps the list.
    pub features: Vec<Feature>,
}

/// Something of a package that can be used or not, and the versions that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// As its configuration names it.
    pub name: String,
    /// The first release that has it; the first of all where absent.
    pub since: Option<String>,
    /// The first release that has it no more.
    pub removed: Option<String>,
}

/// How the feed announces by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// `Name <address>`.
    pub from: String,
    /// Where mails go.
    pub lists: Vec<MailList>,
}

/// One list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailList {
    /// Name of the channel; part of file names.
    pub name: String,
    /// Address of the list.
    pub to: String,
    /// Whose manners to keep.
    pub style: MailStyle,
    /// Where answers go; to the sender where absent.
    pub reply_to: Option<String>,
    /// Who reads it, for people.
    pub audience: Option<String>,
    /// Where everybody can read what was sent.
    pub archive: Option<String>,
    /// Whether it exists yet.
    pub state: State,
}

vocabulary! {
    /// Whose manners a mail keeps.
    MailStyle, "mail style" {
        /// The project's own list: what to do comes first, the subject has a tag.
        Project = "project" / "Project list",
        /// oss-security: product, version and flaw in the subject, no tags, a body that stands alone.
        OssSecurity = "oss-security" / "oss-security",
    }
}

/// How strict one rule is for this project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    /// The rule.
    pub code: String,
    /// Its level here; the rule's own where absent.
    pub level: Option<RuleLevel>,
    /// Advisories that were first published before are let be.
    pub published_since: Option<Timestamp>,
}

vocabulary! {
    /// What a breach of a rule comes to.
    RuleLevel, "level" {
        /// Nothing is published.
        Error = "error" / "Error",
        /// Probably wrong; published all the same.
        Warning = "warning" / "Warning",
        /// Worth knowing.
        Note = "note" / "Note",
        /// Not looked at.
        Off = "off" / "Off",
    }
}
