//! Owns promised times as people write them: `48 h`, `5 bd`, `30 d after assessed`.
//! Must never count time: that needs a calendar.

use std::fmt;

use caveat_diag::quoted;
use toml::de::DeValue;

use crate::Event;
use crate::leaf::{Leaf, Problem, unknown_word, vocabulary};

/// A promised time: how long, and since what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// How many of the unit, at least one.
    pub count: u32,
    /// Hours, days, business days or weeks.
    pub unit: Unit,
    /// Counted from this event; the promise's usual one where absent.
    pub after: Option<Event>,
}

vocabulary! {
    /// What a promised time is counted in.
    Unit, "unit of time" {
        /// 3,600 seconds.
        Hour = "h" / "hours",
        /// The same time of day, that many days later, in the calendar's time zone.
        Day = "d" / "days",
        /// Days that are neither on a weekend nor a holiday.
        BusinessDay = "bd" / "business days",
        /// Seven days.
        Week = "w" / "weeks",
    }
}

impl fmt::Display for Target {
    /// As it is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit.as_str())?;
        match self.after {
            Some(event) => write!(f, " after {}", event.as_str()),
            None => Ok(()),
        }
    }
}

impl Target {
    /// For people: `5 business days`, `1 week after assessment` keeps the word of the event.
    pub fn words(&self) -> String {
        let label = self.unit.label();
        let unit = if self.count == 1 {
            label.strip_suffix('s').unwrap_or(label)
        } else {
            label
        };
        format!("{} {unit}", self.count)
    }
}

impl Leaf for Target {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        let text = <String as Leaf>::read(value)?;
        let wrong = || {
            Problem {
            message: format!("{} is no promised time", quoted(&text)),
            help: Some(
                "write a number and a unit, such as `48 h`, `7 d`, `5 bd` (business days) or `2 w`; \
                 `30 d after assessed` counts from another event"
                    .to_owned(),
            ),
        }
        };
        let words: Vec<&str> = text.split(' ').collect();
        let (count, unit, event) = match words[..] {
            [count, unit] => (count, unit, None),
            [count, unit, "after", event] => (count, unit, Some(event)),
            _ => return Err(wrong()),
        };
        let digits = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        let number: Option<u32> = count.parse().ok().filter(|_| digits);
        // A century of hours; what is longer is no promise.
        let count = number
            .filter(|n| (1..=876_600).contains(n))
            .ok_or_else(wrong)?;
        let unit = Unit::ALL.iter().find(|known| known.as_str() == unit);
        let after = match event {
            None => None,
            Some(word) => Some(known_event(word)?),
        };
        Ok(Self {
            count,
            unit: *unit.ok_or_else(wrong)?,
            after,
        })
    }
}

fn known_event(word: &str) -> Result<Event, Problem> {
    let found = Event::ALL.iter().find(|event| event.as_str() == word);
    found
        .copied()
        .ok_or_else(|| unknown_word("event", word, Event::WORDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Target, String> {
        let value = DeValue::String(text.into());
        Target::read(&value).map_err(|problem| problem.message)
    }

    #[test]
    fn a_promised_time_is_read_and_written_the_same() {
        for text in ["48 h", "1 d", "5 bd", "4 w", "30 d after assessed"] {
            assert_eq!(read(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn one_of_a_unit_is_said_in_the_singular() {
        assert_eq!(read("1 bd").expect("right").words(), "1 business day");
        assert_eq!(read("2 w").expect("right").words(), "2 weeks");
    }

    #[test]
    fn what_is_no_promise_is_refused() {
        for text in [
            "",
            "48",
            "48h",
            "0 d",
            "-1 d",
            "+1 d",
            "24-48 h",
            "1.5 d",
            "2 months",
            "999999999 h",
            "1 d after",
            "1 d after  assessed",
            "1  d",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(
            read("1 d after asessed")
                .expect_err("misspelt")
                .contains("is no event")
        );
    }
}
