//! Owns the commands, one file each.
//! Must never hold what two commands would say differently.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod verify;

use caveat_advisory::Timestamp;

use crate::args::Time;
use crate::failure::Failure;

/// The moment to judge for.
fn as_of(time: &Time, default: impl FnOnce() -> Timestamp) -> Result<Timestamp, Failure> {
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
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
