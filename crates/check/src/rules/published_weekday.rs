//! Owns the rule `published-weekday`: nothing is published on a day on which the policy promises not to.

use caveat_advisory::{Date, Event, Weekday};
use caveat_diag::Level;

use crate::calendar::{day, days};
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "published-weekday",
    says: "nothing is published on a day on which the policy promises not to",
    why: "A flaw that is published on the eve of a free day is one for attackers: those who would \
        mend it have gone home.",
    example: r#"# caveat.toml
[policy.disclosure]
longest = "90 d"
avoid = ["friday", "saturday", "sunday"]
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-12-04T12:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-04T12:00:00Z
agreed-with = ["The reporter"]
"#,
    instead: r#"# caveat.toml
[policy.disclosure]
longest = "90 d"
avoid = ["friday", "saturday", "sunday"]
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-12-07T12:00:00Z, note = "First published." }]
[embargo]
until = 2026-12-07T12:00:00Z
agreed-with = ["The reporter"]
"#,
    level: Level::Note,
    firm: false,
    run: Run::Advisory(judge),
};

/// What was published longer ago than this cannot be moved.
const LONGEST: i64 = 7;

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let (facts, advisory) = (finder.facts, candidate.advisory());
    let Some(disclosure) = &facts.policy().disclosure else {
        return;
    };
    let Some(first) = advisory.revisions.first().filter(|_| !candidate.is_draft()) else {
        return;
    };
    let waits = !advisory.timeline.contains_key(&Event::Exploited);
    let recent = days(first.at, facts.as_of) < LONGEST;
    let day = day(facts.policy(), first.at);
    let name = weekday(day);
    let Some(nth) = disclosure.avoid.iter().position(|avoided| *avoided == name) else {
        return;
    };
    if waits && recent {
        let message = format!("{day} is a {}", name.label());
        let found = finder.at(&candidate.document, "revision[0].at", message);
        let field = format!("policy.disclosure.avoid[{nth}]");
        let found = finder.also(found, &field, "avoided, if it can wait");
        finder.push(found.help("publish on the next day that is not avoided, if it can wait"));
    }
}

fn weekday(day: Date) -> Weekday {
    match day.weekday() {
        jiff::civil::Weekday::Monday => Weekday::Monday,
        jiff::civil::Weekday::Tuesday => Weekday::Tuesday,
        jiff::civil::Weekday::Wednesday => Weekday::Wednesday,
        jiff::civil::Weekday::Thursday => Weekday::Thursday,
        jiff::civil::Weekday::Friday => Weekday::Friday,
        jiff::civil::Weekday::Saturday => Weekday::Saturday,
        jiff::civil::Weekday::Sunday => Weekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::breaks;

    #[test]
    fn the_day_is_that_of_the_calendar() {
        let page = |zone: &str, more: &str| {
            format!(
                "# caveat.toml\n[policy.calendar]\ntime-zone = \"{zone}\"\n[policy.disclosure]\navoid = [\"friday\"]\n\
                 # advisories/2026/x_T-2026-0001.toml\n\
                 revision = [{{ at = 2026-11-19T12:00:00Z, note = \"First published.\" }}]\n{more}\n"
            )
        };
        let code = "published-weekday";
        assert!(!breaks(code, &page("UTC", "")));
        assert!(breaks(code, &page("Pacific/Auckland", "")));
        let exploited = "timeline = { exploited = 2026-11-18T00:00:00Z }";
        assert!(!breaks(code, &page("Pacific/Auckland", exploited)));
    }
}
