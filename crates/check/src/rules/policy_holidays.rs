//! Owns the rule `policy-holidays`: a calendar that lists holidays lists those of this year.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-holidays",
    says: "a calendar that lists holidays lists those of this year",
    why: "A list of holidays is written once and forgotten. From the first of January on, every \
        holiday counts as a business day, and answers are late that nobody thinks are.",
    example: r#"# caveat.toml
[policy.clock]
assess = "5 bd"

[policy.calendar]
time-zone = "Europe/Berlin"
holidays = [2024-12-25]
"#,
    instead: r#"# caveat.toml
[policy.clock]
assess = "5 bd"

[policy.calendar]
time-zone = "Europe/Berlin"
holidays = [2024-12-25, 2026-12-25]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let Some(calendar) = &finder.facts.policy().calendar else {
        return;
    };
    let Some(last) = calendar.holidays.iter().max() else {
        return;
    };
    let today = finder.facts.today();
    if last.year() < today.year() {
        let message = format!("no holiday is after {last}, and today is {today}");
        let found = finder.project("policy.calendar.holidays", message);
        finder.push(found.help("add those of this year and the next"));
    }
}
