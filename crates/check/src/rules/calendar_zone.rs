//! Owns the rule `calendar-zone`: the time zone of the calendar is one that exists.

use caveat_advisory::nearest;
use caveat_clock::{is_zone, zones};
use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "calendar-zone",
    says: "the time zone of the calendar is one that exists",
    why: "A day ends at midnight somewhere. Deadlines in a zone that nobody knows cannot be computed, and reporters could \
        not tell when they may complain.",
    example: r#"# caveat.toml
[policy.calendar]
time-zone = "Europe/Bertin"
"#,
    instead: r#"# caveat.toml
[policy.calendar]
time-zone = "Europe/Berlin"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project;
    let Some(calendar) = &project.data().policy.calendar else {
        return;
    };
    let name = &calendar.time_zone;
    if is_zone(name) {
        return;
    }
    let known = zones();
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write an IANA name such as `Europe/Berlin`, or `UTC`".to_owned(),
    };
    let message = format!("there is no time zone {}", quoted(name));
    let found = finder.at(project, "policy.calendar.time-zone", message);
    finder.push(found.help(help));
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    #[test]
    fn an_offset_is_no_time_zone() {
        let said = said_of_project_after(&[(
            "[policy]\n",
            "[policy]\n[policy.calendar]\ntime-zone = \"+02:00\"\n",
        )]);
        assert!(said.contains("[calendar-zone]"), "{said}");
    }
}
