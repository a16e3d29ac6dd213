//! Owns the advisory and the project as people write them: TOML with places, read into plain data.
//! Must never know OSV, git or pages, nor judge a fact: it reads the shape, `check` judges the content.

mod document;
mod fields;
mod form;
mod input;
mod leaf;
mod model;
mod project;
mod read_advisory;
mod read_project;

pub use document::{Document, Draft, LARGEST_FILE, Places};
pub use form::{ADVISORY, Form, Key, PROJECT, Shape, Text};
pub use input::{Commit, Input};
pub use leaf::nearest;
pub use model::{
    Advisory, Affected, Consent, Credit, CreditRole, Embargo, Event, PackageRef, Reference,
    ReferenceType, Revision, Withdrawal, WithdrawalReason,
};
pub use project::{
    Contact, Feed, Mail, MailList, MailStyle, Package, Policy, Project, RuleLevel, RuleSetting,
    SeverityClass,
};

/// An instant in time; always written out in UTC.
pub use jiff::Timestamp;
