//! Owns the rule `policy-notify`: who is told of a severity class is a mail list or a channel that exists.

use caveat_advisory::{Project, State, nearest};
use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-notify",
    says: "who is told of a severity class is a mail list or a channel that exists",
    why: "A promise to tell a list that nobody can subscribe to is a promise to tell nobody.",
    example: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [0.1, 10.0]
notify = ["announce", "GitHub"]
"#,
    instead: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [0.1, 10.0]
notify = ["announce", "GitHub"]

[[policy.channel]]
name = "GitHub"
url = "https://github.com/pytorch/pytorch/security/advisories"
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let places = places(finder.facts.project.data());
    twins(finder, &places);
    for (at, class) in finder.facts.policy().severities.iter().enumerate() {
        for (nth, name) in class.notify.iter().enumerate() {
            let field = format!("policy.severity[{at}].notify[{nth}]");
            let place = places.iter().find(|(known, ..)| known == name);
            let Some((_, where_, state)) = place else {
                let found = finder.project(
                    &field,
                    format!("there is no list or channel {}", quoted(name)),
                );
                let known = places.iter().map(|(name, ..)| *name);
                let near = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
                let help =
                    "write the `name` of a `[[mail.list]]` or `[[policy.channel]]`".to_owned();
                finder.push(found.help(near.unwrap_or(help)));
                continue;
            };
            if *state == State::Planned {
                let found = finder.project(&field, format!("{} is only planned", quoted(name)));
                let found = finder.also(found, where_, "planned");
                finder.push(found.help("leave it out until it exists"));
            }
        }
    }
}

fn twins(finder: &mut Finder<'_>, places: &[Place<'_>]) {
    for (nth, (name, field, _)) in places.iter().enumerate() {
        if let Some((_, first, _)) = places[..nth].iter().find(|(other, ..)| other == name) {
            let found =
                finder.project(field, format!("{} is the name of two places", quoted(name)));
            let found = finder.also(found, first, "the other");
            finder.push(found.help("`notify` cannot tell them apart: give one another name"));
        }
    }
}

/// A place that can be told of an advisory: its name, its field and its state.
type Place<'a> = (&'a str, String, State);

fn places(project: &Project) -> Vec<Place<'_>> {
    let lists = project.mail.iter().flat_map(|mail| &mail.lists).enumerate();
    let lists = lists.map(|(at, list)| {
        (
            list.name.as_str(),
            format!("mail.list[{at}].name"),
            list.state,
        )
    });
    let channels = project.policy.channels.iter().enumerate();
    let channels = channels.map(|(at, channel)| {
        let field = format!("policy.channel[{at}].name");
        (channel.name.as_str(), field, channel.state)
    });
    lists.chain(channels).collect()
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    fn said(notify: &str, channel: &str) -> String {
        let class = format!("cvss = [7.0, 10.0]\nnotify = [{notify}]");
        let channel = format!("{channel}\n[[policy.contact]]");
        said_of_project_after(&[
            ("cvss = [7.0, 10.0]", &class),
            ("[[policy.contact]]", &channel),
        ])
    }

    #[test]
    fn plans_twins_and_slips_are_told_apart() {
        let planned = "[[policy.channel]]\nname = \"Blog\"\nstate = \"planned\"";
        assert!(said("\"Blog\"", planned).contains("only planned"));
        assert!(said("\"anounce\"", "").contains("no list or channel `anounce`"));
        let twin = "[[policy.channel]]\nname = \"announce\"\nstate = \"planned\"";
        assert!(said("", twin).contains("two places"));
        assert_eq!(said("\"announce\"", ""), "");
    }
}
