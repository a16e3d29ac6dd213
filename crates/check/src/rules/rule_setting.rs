//! Owns the rule `rule-setting`: the project sets rules that exist, each once, and relaxes none that protects readers.

use caveat_advisory::nearest;
use caveat_diag::{Level, quoted};

use crate::rule::{Finder, Rule, Run};
use crate::setting::relaxes;

pub(super) static RULE: Rule = Rule {
    code: "rule-setting",
    says: "the project sets rules that exist, each once, and relaxes none that protects readers",
    why: "A setting with a slip in its name does nothing, silently. Rules whose breach harms the readers of a feed \
        (a range that scanners misread, a link that runs code) are not the project's to switch off.",
    example: r#"# caveat.toml
[[rule]]
code = "range"
level = "off"
"#,
    instead: r#"# caveat.toml
[[rule]]
code = "title-stop"
level = "off"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let rules = &finder.facts.project.data().rules;
    for (at, setting) in rules.iter().enumerate() {
        let field = format!("rule[{at}].code");
        let document = finder.facts.project;
        let Some(rule) = crate::rule(&setting.code) else {
            let found = finder.at(
                document,
                &field,
                format!("there is no rule {}", quoted(&setting.code)),
            );
            let near = nearest(&setting.code, super::RULES.iter().map(|rule| rule.code));
            finder.push(match near {
                Some(near) => found.help(format!("did you mean `{near}`?")),
                None => found.help("`caveat explain` lists all rules"),
            });
            continue;
        };
        if rules[..at].iter().any(|other| other.code == setting.code) {
            finder.push(finder.at(document, &field, format!("`{}` is set twice", rule.code)));
        }
        if setting.published_since.is_some() && !rule.is_of_advisories() {
            let field = format!("rule[{at}].published-since");
            let message = format!(
                "`{}` judges the feed as a whole, whatever its age",
                rule.code
            );
            finder.push(
                finder
                    .at(document, &field, message)
                    .help("leave `published-since` out"),
            );
        }
        if relaxes(rule, setting) {
            let found = finder.at(
                document,
                &field,
                format!("`{}` protects readers, and cannot be relaxed", rule.code),
            );
            finder.push(found.note(rule.why).help("mend what it finds"));
        }
    }
}
