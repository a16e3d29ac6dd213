//! Owns the rule `policy-intake-public`: where reports arrive in confidence is not where news is sent.

use caveat_diag::Level;

use crate::address::mailbox;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-intake-public",
    says: "where reports arrive in confidence is not where news is sent",
    why: "A list that announces is read by everybody. Whoever reports a flaw to its address publishes \
        it, and believes to have told the maintainers alone.",
    example: r#"# caveat.toml
[mail]
from = "Team <advisories@pytorch.org>"

[[mail.list]]
name = "announce"
to = "security@pytorch.org"
style = "project"

[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
"#,
    instead: r#"# caveat.toml
[mail]
from = "Team <advisories@pytorch.org>"

[[mail.list]]
name = "announce"
to = "announce@pytorch.org"
style = "project"

[[policy.contact]]
name = "Security team"
url = "mailto:security@pytorch.org"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project.data();
    let mut public: Vec<(String, String)> = Vec::new();
    let lists = project.mail.iter().flat_map(|mail| &mail.lists).enumerate();
    public.extend(lists.flat_map(|(at, list)| {
        let to = Some(("to", list.to.as_str()));
        // Answers to public mail are no reports in confidence.
        let answers = list.reply_to.as_deref().map(|to| ("reply-to", to));
        let both = to.into_iter().chain(answers);
        both.filter_map(move |(key, to)| Some((format!("mail.list[{at}].{key}"), mailbox(to)?)))
    }));
    let channels = project.policy.channels.iter().enumerate();
    public.extend(channels.filter_map(|(at, channel)| {
        // A page may show advisories and take reports in confidence: forges have such pages.
        let place = mailbox(channel.url.as_deref()?)?;
        Some((format!("policy.channel[{at}].url"), place))
    }));
    let issues = project
        .policy
        .report
        .as_ref()
        .and_then(|report| report.issues.clone());
    public.extend(issues.map(|url| ("policy.report.issues".to_owned(), url)));
    for (at, contact) in project.policy.contacts.iter().enumerate() {
        let Some(url) = contact.url.as_deref() else {
            continue;
        };
        let intake = mailbox(url).unwrap_or_else(|| url.to_owned());
        let same = public.iter().find(|(_, place)| *place == intake);
        if let Some((field, _)) = same {
            let message = "reports in confidence would arrive where everybody reads";
            let found = finder.project(&format!("policy.contact[{at}].url"), message);
            let found = finder.also(found.here("the way for reports"), field, "public");
            finder.push(found.help("give one of them an address of its own"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    const FIRST: &str = "name = \"Team\"\nurl = \"mailto:security@test-advisories.dev\"";

    fn said(contact: &str) -> String {
        said_of_project_after(&[(FIRST, contact)])
    }

    #[test]
    fn spelling_and_plans_make_no_difference() {
        for contact in [
            "name = \"Team\"\nurl = \"mailto:ANNOUNCE@test-advisories.dev?subject=x\"",
            "name = \"Team\"\nurl = \"mailto:announce@test-advisories.dev\"\nstate = \"planned\"",
        ] {
            assert!(
                said(contact).contains("error[policy-intake-public]"),
                "{contact}"
            );
        }
        assert!(!said(FIRST).contains("intake"));
    }

    #[test]
    fn answers_to_public_mail_are_public_too() {
        let list = "to = \"announce@test-advisories.dev\"";
        let answers = format!("{list}\nreply-to = \"security@test-advisories.dev\"");
        let said = said_of_project_after(&[(list, &answers)]);
        assert!(said.contains("error[policy-intake-public]"), "{said}");
        let nowhere = format!("{list}\nreply-to = \"nobody\"");
        let said = said_of_project_after(&[(list, &nowhere)]);
        assert!(said.contains("error[mail]"), "{said}");
    }

    #[test]
    fn the_place_for_all_other_faults_is_public_too() {
        let url = "https://github.com/pytorch/pytorch/issues";
        let said = said(&format!(
            "name = \"Team\"\nurl = \"{url}\"\n[policy.report]\nissues = \"{url}\""
        ));
        assert!(said.contains("error[policy-intake-public]"), "{said}");
    }
}
