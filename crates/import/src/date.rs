//! Owns foreign dates: days and instants into whole seconds of UTC.
//! Must never move a date to another day.

use caveat_advisory::Timestamp;

/// A date as it could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) at: Timestamp,
    /// Only the day is known; noon is an arbitrary time of it, the one that RustSec's own export takes.
    pub(crate) day_only: bool,
}

/// Reads `2026-11-20`, or RFC 3339 with an offset; fractions of a second are cut off.
pub(crate) fn read(text: &str) -> Option<Date> {
    let is_day = text.len() == 10;
    let whole = if is_day {
        format!("{text}T12:00:00Z")
    } else {
        text.to_owned()
    };
    let at: Timestamp = whole.parse().ok()?;
    let at = Timestamp::from_second(at.as_second()).ok()?;
    Some(Date {
        at,
        day_only: is_day,
    })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_day_is_its_noon_and_an_instant_loses_only_fractions() {
        let shown = |text| read(text).map(|date| (date.at.to_string(), date.day_only));
        let (day, instant) = ("2021-01-03", "2026-07-18T02:44:25.521+02:00");
        assert_eq!(shown(day), Some(("2021-01-03T12:00:00Z".to_owned(), true)));
        assert_eq!(
            shown(instant),
            Some(("2026-07-18T00:44:25Z".to_owned(), false))
        );
        for bad in [
            "",
            "2021-02-30",
            "2021-01-03T00:00:00",
            "yesterday!",
            "äöüäö",
        ] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }
}
