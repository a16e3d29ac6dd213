//! Owns whether the time to judge by can be right: by when the last check was, and by when the tree says it was signed.
//! Must never say what has ended, or believe a time that nobody signed.

use caveat_tuf::When;
use jiff::{SignedDuration, Timestamp as Time};

use crate::Fault;

/// How far a reader's clock may be behind: it is set now and then, and no two agree.
pub const SKEW: SignedDuration = SignedDuration::from_hours(1);

/// Why the time cannot be right. `seen` is when a check was last fresh, `issued` what a signature that holds says.
pub(crate) fn doubt(when: When, seen: Option<Time>, issued: Option<Time>) -> Option<Fault> {
    let now = match when {
        When::Now(now) => now,
        When::OfflineAt(at) => {
            let issued = issued.filter(|issued| *issued > at)?;
            return Some(Fault::Early {
                at: at.to_string(),
                issued: issued.to_string(),
            });
        }
    };
    let ahead = |time: &Time| time.duration_since(now) > SKEW;
    let seen = seen.filter(ahead).map(last_check);
    let issued = issued.filter(ahead);
    let after = seen.or_else(|| issued.map(|time| format!("this was issued at {time}")))?;
    let now = now.to_string();
    Some(Fault::Clock { now, after })
}

/// As a fault says it.
pub(crate) fn last_check(seen: Time) -> String {
    format!("the last check was at {seen}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hour: i64) -> Time {
        Time::from_second(hour * 3600).expect("a time")
    }

    fn said(when: When, seen: Option<i64>, issued: Option<i64>) -> Option<String> {
        doubt(when, seen.map(hour), issued.map(hour)).map(|fault| fault.to_string())
    }

    #[test]
    fn a_clock_may_be_an_hour_behind_and_no_more() {
        for (seen, issued) in [(Some(10), None), (None, Some(10))] {
            assert_eq!(said(When::Now(hour(9)), seen, issued), None);
            let told = said(When::Now(hour(8)), seen, issued).expect("a fault");
            assert!(told.contains("at 1970-01-01T10:00:00Z: correct the clock"));
        }
        assert_eq!(said(When::Now(hour(8)), None, None), None);
    }

    #[test]
    fn a_time_that_somebody_names_is_compared_with_the_signature_alone() {
        assert_eq!(said(When::OfflineAt(hour(8)), Some(10), Some(8)), None);
        assert_eq!(
            said(When::OfflineAt(hour(8)), None, Some(9)).expect("a fault"),
            "it was issued at 1970-01-01T09:00:00Z, after 1970-01-01T08:00:00Z, the time to judge it by"
        );
    }
}
