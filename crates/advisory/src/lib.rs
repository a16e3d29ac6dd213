//! Owns the advisory and the project as people write them: TOML with places, read into plain data.
//! Must never know OSV, git or pages, nor judge a fact: it reads the shape, `check` judges the content.

mod affected;
mod changes;
mod data;
mod document;
mod fields;
mod form;
mod history;
mod input;
mod keyring;
mod leaf;
mod lock;
mod model;
mod past;
mod places;
mod policy;
mod project;
mod read_advisory;
mod read_keyring;
mod read_policy;
mod read_project;
mod read_site;
mod site;
mod target;

pub use affected::{Affected, FixNote, Justification, PackageRef, Status, StatusKind};
pub use changes::{changes, row_names};
pub use data::{Data, Extra, PACKAGE_KEYS, RECORD_KEYS, size_of_rows, texts_of};
pub use document::{Document, Draft, LARGEST_FILE};
pub use fields::is_name;
pub use form::{ADVISORY, Form, KEYRING, Key, PROJECT, Shape, Text};
pub use history::{Change, Relation, RelationType, Revision, Withdrawal, WithdrawalReason};
pub use input::{Commit, Input};
pub use keyring::{KeyPeriod, KeyRole, KeyringFile, Revocation, RoleTable, StatePlace};
pub use leaf::nearest;
pub use lock::{
    Lock, LockedEffect, LockedEvent, LockedEvidence, LockedPackage, LockedTag, LockedVerdict,
};
pub use model::{
    Advisory, Consent, Credit, CreditRole, CveState, Embargo, Event, LateReason, Reference,
    ReferenceType,
};
pub use past::{Line, Past, PastRoot, State as PastState, stem};
pub use policy::{
    Bounty, BountyState, Bump, Calendar, Channel, Claim, Clock, Contact, CreditRule, Disclosure,
    Guidance, LegalSheet, Packager, Period, Policy, PolicyDocument, Release, ReportForm, ReportKey,
    SafeHarbour, Scope, SeverityClass, State, SupportRow, SupportStatus, Weekday,
};
pub use project::{
    Announcement, Csaf, Cve, DisputeState, Disputed, Feature, Feed, Mail, MailList, MailStyle,
    Package, Project, PublisherCategory, Redirect, RuleLevel, RuleSetting, Vex, Widen,
};
pub use site::{Font, FontStack, FontUse, Logo, Palette, Site, TOKENS, Theme, Token};
pub use target::{Target, Unit};

/// An instant in time; always written out in UTC.
pub use jiff::Timestamp;
/// A day of the calendar, in no time zone.
pub use jiff::civil::Date;
