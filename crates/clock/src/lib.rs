//! Owns promised times against what happened: a policy, a timeline and a moment give met, missed, not due, no target or not known.
//! Must never read a clock or a file of the machine (time zones are part of the program), nor judge an advisory.

mod calendar;
mod case;
mod legal;
mod promise;
mod reading;
mod silence;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, is_zone, zones};
pub use case::{Case, readings};
pub use legal::legal;
pub use promise::{Promise, start_words};
pub use reading::{Mark, Moment, Reading, State, span_words};
