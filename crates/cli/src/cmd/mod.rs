//! Owns the commands, one file each.
//! Must never hold what two commands would say differently.

pub(crate) mod affected;
pub(crate) mod assign;
pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod derive;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod heartbeat;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod keys;
pub(crate) mod mail;
pub(crate) mod new;
pub(crate) mod notes;
pub(crate) mod policy;
pub(crate) mod publish;
pub(crate) mod publish_early;
pub(crate) mod regenerate;
pub(crate) mod reinstate;
pub(crate) mod report;
pub(crate) mod revise;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod verify;
pub(crate) mod withdraw;

use caveat_advisory::Timestamp;
use caveat_check::{Book, Entry};

use crate::args::Time;
use crate::failure::Failure;
use crate::output;

/// A time as people type it, in whole seconds as advisories have it.
fn instant(text: &str) -> Result<Timestamp, Failure> {
    let wrong = || Failure::Time(text.to_owned());
    let time: Timestamp = text.parse().map_err(|_| wrong())?;
    Timestamp::from_second(time.as_second()).map_err(|_| wrong())
}

/// The moment to judge for.
pub(crate) fn as_of(
    time: &Time,
    default: impl FnOnce() -> Timestamp,
) -> Result<Timestamp, Failure> {
    match time.as_of.as_deref() {
        None => Ok(default()),
        Some("now") => Ok(now()),
        Some(text) => text.parse().map_err(|_| Failure::Time(text.to_owned())),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the front door is where time comes in"
)]
pub(crate) fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// The end of its embargo, where that is not over yet: a time that was named, or of a commit, can be later than it is.
pub(crate) fn ahead(entry: &Entry, now: Timestamp) -> Option<Timestamp> {
    let embargo = entry.advisory.embargo.as_ref()?;
    Some(embargo.until.max(entry.published)).filter(|until| *until > now)
}

/// Says which embargoes are over only because somebody named a time that lies ahead.
fn warn_of_embargoed(book: &Book) {
    for entry in book.entries() {
        warn_of_embargoed_in(entry);
    }
}

/// The same for one advisory.
fn warn_of_embargoed_in(entry: &Entry) {
    if let Some(until) = ahead(entry, now()) {
        let id = &entry.id;
        output::warning(&format!(
            "{id} is embargoed until {until}, and this tells it, since --as-of is ahead of the clock: nobody else may see it before"
        ));
    }
}
