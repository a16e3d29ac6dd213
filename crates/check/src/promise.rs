//! Owns the promised times of a policy as lengths that can be compared, and the event that each runs from.
//! Must never say when a promise ends: that needs a calendar, and a day to begin.

use caveat_advisory::{Clock, Event, Policy, Target, Unit};
use caveat_clock::Promise as Kind;

/// One promised time.
#[derive(Clone, Debug)]
pub(crate) struct Promise {
    /// Its field in `caveat.toml`.
    pub(crate) field: String,
    /// How long.
    pub(crate) target: Target,
    /// What it runs from where it does not say.
    usual: Event,
}

impl Promise {
    fn new(kind: Kind, class: usize, target: Target) -> Self {
        Self {
            field: field(kind, class),
            target,
            usual: kind.starts(),
        }
    }

    /// What it runs from.
    pub(crate) fn start(&self) -> Event {
        self.target.after.unwrap_or(self.usual)
    }
}

/// The field of `caveat.toml` that holds a promise; some are made for each severity class.
pub(crate) fn field(kind: Kind, class: usize) -> String {
    match kind {
        Kind::Fix | Kind::Review => format!("policy.severity[{class}].{}", kind.as_str()),
        Kind::Disclose => "policy.disclosure.longest".to_owned(),
        Kind::Exploited => "policy.disclosure.exploited".to_owned(),
        _ => format!("policy.clock.{}", kind.as_str()),
    }
}

/// The first answer.
pub(crate) fn acknowledge(policy: &Policy) -> Option<Promise> {
    let target = policy.clock.as_ref()?.acknowledge?;
    Some(Promise::new(Kind::Acknowledge, 0, target))
}

/// The first assessment.
pub(crate) fn assess(policy: &Policy) -> Option<Promise> {
    let target = policy.clock.as_ref()?.assess?;
    Some(Promise::new(Kind::Assess, 0, target))
}

/// The fix of one class.
pub(crate) fn fix(policy: &Policy, class: usize) -> Option<Promise> {
    let target = policy.severities.get(class)?.fix?;
    Some(Promise::new(Kind::Fix, class, target))
}

/// Every fix that is promised.
pub(crate) fn fixes(policy: &Policy) -> Vec<Promise> {
    let classes = 0..policy.severities.len();
    classes.filter_map(|class| fix(policy, class)).collect()
}

/// The look back of one class.
pub(crate) fn reviews(policy: &Policy) -> Vec<Promise> {
    let classes = policy.severities.iter().enumerate();
    let one = |(at, class): (usize, &caveat_advisory::SeverityClass)| {
        Some(Promise::new(Kind::Review, at, class.review?))
    };
    classes.filter_map(one).collect()
}

/// The longest that a flaw is private.
pub(crate) fn longest(policy: &Policy) -> Option<Promise> {
    let target = policy.disclosure.as_ref()?.longest?;
    Some(Promise::new(Kind::Disclose, 0, target))
}

/// The longest that an exploited flaw without a fix is private.
pub(crate) fn exploited(policy: &Policy) -> Option<Promise> {
    let target = policy.disclosure.as_ref()?.exploited?;
    Some(Promise::new(Kind::Exploited, 0, target))
}

/// Every promised time of a policy.
pub(crate) fn all(policy: &Policy) -> Vec<Promise> {
    let update = policy.clock.as_ref().and_then(|clock: &Clock| clock.update);
    let update = update.map(|target| Promise::new(Kind::Update, 0, target));
    let mut all: Vec<Promise> = [acknowledge(policy), assess(policy), update]
        .into_iter()
        .flatten()
        .collect();
    all.extend(fixes(policy));
    all.extend(reviews(policy));
    all.extend(longest(policy));
    all.extend(exploited(policy));
    for (at, packager) in policy.packagers.iter().enumerate() {
        // Counted back from publication, so no clock of an advisory.
        all.push(Promise {
            field: format!("policy.packager[{at}].lead"),
            target: packager.lead,
            usual: Event::Disclosed,
        });
    }
    all
}

/// Is this a text for reporters and users? Then it should hold what they look for; classes and times alone are none.
pub(crate) fn is_whole(policy: &Policy) -> bool {
    policy.document.is_some() || policy.report.is_some() || !policy.support.is_empty()
}

/// A length in hours. Business days are taken as they fall in weeks without holidays: five of them are seven days.
pub(crate) fn hours(target: Target) -> u64 {
    let count = u64::from(target.count);
    match target.unit {
        Unit::Hour => count,
        Unit::Day => count * 24,
        Unit::BusinessDay => (count / 5 * 7 + count % 5) * 24,
        Unit::Week => count * 7 * 24,
    }
}

/// How long after the report a promise ends at the latest, where it can be traced back to the report.
pub(crate) fn from_report(policy: &Policy, promise: &Promise) -> Option<u64> {
    let mut total = hours(promise.target);
    let mut start = promise.start();
    // The answer and the assessment: who goes round in a circle never comes to the report.
    for _ in 0..3 {
        let before = match start {
            Event::Reported => return Some(total),
            Event::Acknowledged => acknowledge(policy)?,
            Event::Assessed => assess(policy)?,
            _ => return None,
        };
        total += hours(before.target);
        start = before.start();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(count: u32, unit: Unit, after: Option<Event>) -> Target {
        Target { count, unit, after }
    }

    #[test]
    fn five_business_days_are_a_week() {
        let bd = |count| hours(target(count, Unit::BusinessDay, None));
        assert_eq!(bd(5), hours(target(1, Unit::Week, None)));
        assert_eq!(bd(1), hours(target(24, Unit::Hour, None)));
        assert_eq!(bd(7), hours(target(9, Unit::Day, None)));
    }

    #[test]
    fn a_promise_is_traced_back_to_the_report_and_never_in_circles() {
        let mut policy = Policy {
            clock: Some(Clock {
                acknowledge: Some(target(1, Unit::Day, None)),
                assess: Some(target(2, Unit::Day, Some(Event::Acknowledged))),
                ..Clock::default()
            }),
            ..Policy::default()
        };
        let fix = Promise::new(Kind::Fix, 0, target(3, Unit::Day, Some(Event::Assessed)));
        assert_eq!(from_report(&policy, &fix), Some(6 * 24));
        let odd = Promise::new(Kind::Fix, 0, target(3, Unit::Day, Some(Event::Exploited)));
        assert_eq!(from_report(&policy, &odd), None);
        let circle = target(1, Unit::Day, Some(Event::Assessed));
        policy.clock.as_mut().expect("set").acknowledge = Some(circle);
        assert_eq!(from_report(&policy, &fix), None);
    }
}
