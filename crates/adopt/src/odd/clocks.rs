//! Owns what is odd about promised times.

use caveat_advisory::{Target, Unit};

use super::{Case, Finds};
use crate::facts::{Said, hours};
use crate::words;

/// Acknowledge, then assess, then fix.
pub(super) fn order(case: &Case<'_>, finds: &mut Finds<'_>) {
    let facts = case.facts;
    if let (Some(first), Some(then)) = (&facts.acknowledge, &facts.assess) {
        early(
            finds,
            ("the assessment", then),
            ("the acknowledgment", first),
        );
    }
    let before = facts.assess.as_ref().map(|said| ("the assessment", said));
    let before = before.or_else(|| {
        facts
            .acknowledge
            .as_ref()
            .map(|said| ("the acknowledgment", said))
    });
    for class in &facts.classes {
        if let (Some(fix), Some(before)) = (&class.fix, before) {
            early(
                finds,
                (&format!("the fix of class `{}`", class.id), fix),
                before,
            );
        }
    }
}

fn early(finds: &mut Finds<'_>, late: (&str, &Said<Target>), first: (&str, &Said<Target>)) {
    // What is counted from a later step cannot be due before it.
    if late.1.value.after.is_some() || hours(late.1.value) >= hours(first.1.value) {
        return;
    }
    let (due, before) = (late.1.value.words(), first.1.value.words());
    let message = format!(
        "{} is due in {due}, before {}, due in {before}",
        late.0, first.0
    );
    let found = finds
        .at(&late.1.at, message)
        .help("give each step no less time than the one before it");
    finds.push(finds.also(found, &first.1.at, format!("{} is due here", first.0)));
}

pub(super) fn schedule(case: &Case<'_>, finds: &mut Finds<'_>) {
    let step = |signs: &[&str]| {
        let mut steps = case.facts.steps.iter().rev();
        steps.find(|step| words::has(&step.lower, signs))
    };
    let Some(step) = step(&["released", "release", "fix"]) else {
        return;
    };
    for class in &case.facts.classes {
        let Some(fix) = &class.fix else { continue };
        let day = step.to.unwrap_or(step.from);
        if hours(fix.value) >= u64::from(day) * 24 {
            continue;
        }
        let message = format!(
            "class `{}` is fixed in {}, and the schedule says day {day}",
            class.id,
            fix.value.words()
        );
        let found = finds
            .at(&fix.at, message)
            .help("let the schedule name each class, or give one time only");
        finds.push(finds.also(found, &step.at, "the schedule"));
    }
}

pub(super) fn range(case: &Case<'_>, finds: &mut Finds<'_>) {
    for time in case.facts.times.iter().filter(|time| time.range) {
        let words = time.target.words();
        let found = finds.at(
            &time.at,
            format!("this time has two ends: only {words} can be missed"),
        );
        finds.push(found.help(format!("write `{words}`")));
    }
}

pub(super) fn calendar(case: &Case<'_>, finds: &mut Finds<'_>) {
    let business = |said: &&Said<Target>| said.value.unit == Unit::BusinessDay;
    let facts = case.facts;
    let clocks = [
        &facts.acknowledge,
        &facts.assess,
        &facts.update,
        &facts.longest,
    ];
    let fixes = facts.classes.iter().map(|class| &class.fix);
    let mut all = clocks.into_iter().chain(fixes).flatten();
    if let Some(said) = all.find(business).filter(|_| facts.time_zone.is_none()) {
        let found = finds.at(
            &said.at,
            "business days of which country, and which time zone?",
        );
        finds.push(found.help("name the time zone and the holidays, or promise days"));
    }
}

/// `regular updates`, `regular bulletins`.
pub(super) fn interval(case: &Case<'_>, finds: &mut Finds<'_>) {
    let facts = case.facts;
    let updates = [
        "regular updates",
        "regularly updat",
        "keep you informed",
        "keep you updated",
        "periodic updates",
    ];
    let to_you = |lower: &str| lower.contains("you") && !words::is_order(lower);
    let bulletins = [
        "regular security bulletin",
        "regular bulletin",
        "periodic bulletin",
    ];
    for part in case.page.parts.iter().filter(|part| part.is_prose()) {
        let update =
            facts.update.is_none() && words::has(&part.lower, &updates) && to_you(&part.lower);
        let bulletin = facts.bulletin.is_none() && words::has(&part.lower, &bulletins);
        if (update || bulletin) && !finds.is_full() {
            let found = finds.at(&part.at, "this is promised regularly, and not how often");
            finds.push(
                found.help("name the longest time between two: `every 7 days`, `every quarter`"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    #[test]
    fn steps_come_one_after_the_other() {
        let code = "adopt-fix-before-assessment";
        let text = "- Assessment within 5 business days\n- **Critical**: Fix within 48 hours\n- **High**: Fix within 1 week\n";
        assert_eq!(lines(code, text), [2]);
        assert_eq!(
            lines(
                code,
                "We acknowledge within 7 days.\n\nAssessment within 2 days.\n"
            ),
            [3]
        );
        assert!(
            lines(
                code,
                "- Assessment within 2 days\n- **Critical**: Fix within 48 hours\n"
            )
            .is_empty()
        );
    }

    #[test]
    fn a_schedule_holds_for_every_class() {
        let code = "adopt-schedule-conflict";
        let text = "We fix critical vulnerabilities within 7 days.\n\n- **Day 7-30**: Fix development\n- **Day 30+**: Update released\n";
        assert_eq!(lines(code, text), [1]);
        assert!(lines(code, &text.replace("7 days", "60 days")).is_empty());
    }

    #[test]
    fn of_a_time_with_two_ends_only_one_can_be_missed() {
        let code = "adopt-time-range";
        assert_eq!(lines(code, "**High**: Fix within 24-48 hours\n"), [1]);
        assert!(lines(code, "**High**: Fix within 48 hours\n").is_empty());
        assert!(lines(code, "Open 24-48 hours.\n").is_empty());
    }

    #[test]
    fn business_days_need_a_calendar() {
        let code = "adopt-calendar-missing";
        let text = "Assessment within 5 business days.\n";
        assert_eq!(lines(code, text), [1]);
        let zone = "\nBusiness days are counted in Europe/Berlin.\n";
        assert!(lines(code, &format!("{text}{zone}")).is_empty());
        assert!(lines(code, "Assessment within 5 days.\n").is_empty());
    }

    #[test]
    fn regularly_is_no_interval() {
        let code = "adopt-no-interval";
        assert_eq!(lines(code, "We will send you regular updates.\n"), [1]);
        assert_eq!(lines(code, "- Regular security bulletins\n"), [1]);
        assert!(
            lines(
                code,
                "We will send you regular updates every 7 days, updates every 7 days.\n"
            )
            .is_empty()
        );
        assert!(lines(code, "Regularly update your system.\n").is_empty());
    }
}
