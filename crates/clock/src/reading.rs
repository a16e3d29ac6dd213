//! Owns what one clock shows: what was promised, from when, until when, what happened, and what that comes to.
//! Must never be kept by anybody: it is read anew from the advisory each time.

use caveat_advisory::{Event, Target, Timestamp};

use crate::promise::{Promise, start_words};

/// What a clock shows for one advisory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which clock.
    pub promise: Promise,
    /// What was promised.
    pub target: Option<Target>,
    /// When it began to run.
    pub started: Option<Moment>,
    /// The last second at which the promise is kept.
    pub due: Option<Timestamp>,
    /// What ended it.
    pub happened: Option<Moment>,
    /// What that comes to.
    pub state: State,
    /// How late it was or is, in seconds; 0 unless it was missed.
    pub late: i64,
}

/// Something that happened, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What.
    pub mark: Mark,
    /// When.
    pub at: Timestamp,
}

/// What can begin or end a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// An event of the timeline.
    Event(Event),
    /// The reporter was told how it goes.
    Update,
    /// The advisory was published.
    Published,
}

/// What a promise came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It was kept.
    Met,
    /// It was not.
    Missed,
    /// There is time left.
    NotDue,
    /// Nothing was promised.
    NoTarget,
    /// Nobody wrote down when it happened.
    NotKnown,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Met,
        Self::Missed,
        Self::NotDue,
        Self::NoTarget,
        Self::NotKnown,
    ];

    /// A word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::NotDue => "not-due",
            Self::NoTarget => "no-target",
            Self::NotKnown => "not-known",
        }
    }

    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Met => "Met",
            Self::Missed => "Missed",
            Self::NotDue => "Not due",
            Self::NoTarget => "No target",
            Self::NotKnown => "Not known",
        }
    }
}

impl Reading {
    /// The promise in words: `within 48 hours of the report`.
    pub fn target_words(&self) -> Option<String> {
        let target = self.target?;
        let length = target.words();
        if self.promise == Promise::Update && target.after.is_none() {
            return Some(format!("at least every {length}"));
        }
        let start = target.after.unwrap_or(self.promise.starts());
        Some(format!("within {length} of {}", start_words(start)))
    }

    /// May readers see it? Only where every event that it tells of is among the public ones; all are where none is named.
    pub fn is_public(&self, public: &[Event]) -> bool {
        let start = self.target.and_then(|target| target.after);
        let start = start.unwrap_or(self.promise.starts());
        let marks = [self.started, self.happened].into_iter().flatten();
        let told = marks.filter_map(|moment| match moment.mark {
            Mark::Event(event) => Some(event),
            Mark::Update | Mark::Published => None,
        });
        let mut all = told.chain([start]).chain(self.promise.ends());
        public.is_empty() || all.all(|event| public.contains(&event))
    }
}

/// A length of time for people, rounded down: `40 minutes`, `31 hours`, `12 days`.
pub fn span_words(seconds: i64) -> String {
    let (count, unit) = match seconds {
        ..60 => return "less than a minute".to_owned(),
        60..3_600 => (seconds / 60, "minute"),
        3_600..172_800 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::span_words;

    #[test]
    fn lengths_of_time_are_said_in_the_unit_that_people_would_use() {
        let table = [
            (0, "less than a minute"),
            (59, "less than a minute"),
            (60, "1 minute"),
            (59 * 60, "59 minutes"),
            (3_600, "1 hour"),
            (47 * 3_600, "47 hours"),
            (48 * 3_600, "2 days"),
            (400 * 86_400, "400 days"),
        ];
        for (seconds, words) in table {
            assert_eq!(span_words(seconds), words);
        }
    }
}
