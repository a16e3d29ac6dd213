//! Owns how long something may be over and still count: hours, days and weeks as people write them.
//! Must never read months or years: nobody knows how long they are.

use jiff::SignedDuration;

use super::AskError;

/// How long after its end something still counts; not at all where nobody says.
pub(super) fn max_stale(text: Option<&str>) -> Result<SignedDuration, AskError> {
    let Some(text) = text else {
        return Ok(SignedDuration::ZERO);
    };
    read(text).ok_or_else(|| AskError::Duration(text.to_owned()))
}

fn read(text: &str) -> Option<SignedDuration> {
    let hours = match text.chars().last()? {
        'h' => 1,
        'd' => 24,
        'w' => 24 * 7,
        _ => return None,
    };
    let number = &text[..text.len() - 1];
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // More than anybody waits; what is added to a time never leaves the calendar.
    let number: i64 = number
        .parse()
        .ok()
        .filter(|number| digits && *number < 100_000)?;
    Some(SignedDuration::from_hours(number * hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_days_and_weeks_are_read_and_nothing_else() {
        for (text, hours) in [
            ("12h", 12),
            ("3d", 72),
            ("2w", 336),
            ("0d", 0),
            ("1000d", 24_000),
        ] {
            assert_eq!(
                read(text),
                Some(SignedDuration::from_hours(hours)),
                "{text}"
            );
        }
        for text in [
            "", "3", "d", "-3d", "+3d", "3 d", "3m", "1y", "100000h", "1.5d", "\u{e9}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
