//! Owns the rule `policy-review-dates`: the policy was changed in the past, and is looked at again after that.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-review-dates",
    says: "the policy was changed in the past, and is looked at again after that",
    why: "The next review is when `security.txt` expires. A date that lies before the last change \
        makes it expire before it was written.",
    example: r#"# caveat.toml
[policy.document]
version = "2"
updated = 2026-11-01
next-review = 2025-11-01
"#,
    instead: r#"# caveat.toml
[policy.document]
version = "2"
updated = 2026-11-01
next-review = 2027-05-01
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let Some(document) = &finder.facts.policy().document else {
        return;
    };
    let (updated, next) = ("policy.document.updated", "policy.document.next-review");
    if document.next_review <= document.updated {
        let found = finder.project(next, "this review does not come after the last change");
        let found = finder.also(found, updated, "the last change");
        finder.push(found.help("write the day on which the policy is to be looked at again"));
    }
    let today = finder.facts.today();
    if document.updated > today {
        let found = finder.project(
            updated,
            format!("this lies in the future: today is {today}"),
        );
        finder.push(found.help("write the day of the last change"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    #[test]
    fn today_is_not_the_future_and_tomorrow_is() {
        for (day, wrong) in [("20", false), ("21", true)] {
            let text = format!(
                "[policy.document]\nversion = \"1\"\nupdated = 2026-11-{day}\nnext-review = 2027-01-01\n[[policy.contact]]"
            );
            let said = said_of_project_after(&[("[[policy.contact]]", &text)]);
            assert_eq!(said.contains("error[policy-review-dates]"), wrong, "{said}");
        }
    }
}
