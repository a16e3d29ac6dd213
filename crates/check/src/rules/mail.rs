//! Owns the rule `mail`: mail has a sender, and each list a plain name and an address of its own.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};
use crate::text::is_address;

pub(super) static RULE: Rule = Rule {
    code: "mail",
    says: "mail has a sender, and each list a plain name and an address of its own",
    why: "These become the headers of mails and the names of files. An address that cannot be delivered to \
        is noticed on the worst day.",
    example: r#"# caveat.toml
[mail]
from = "Security Team"
"#,
    instead: r#"# caveat.toml
[mail]
from = "Security Team <security@example.org>"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let Some(mail) = &document.data().mail else {
        return;
    };
    if !is_address(
        mail.from
            .rsplit_once('<')
            .map_or(mail.from.as_str(), |(_, rest)| rest.trim_end_matches('>')),
    ) || mail.from.contains(char::is_control)
    {
        finder.push(
            finder
                .at(document, "mail.from", "this is no sender")
                .help("write `Name <user@host>`"),
        );
    }
    for (at, list) in mail.lists.iter().enumerate() {
        if !is_address(&list.to) {
            finder.push(finder.at(
                document,
                &format!("mail.list[{at}].to"),
                "this is no mail address",
            ));
        }
        if list.reply_to.as_deref().is_some_and(|to| !is_address(to)) {
            let place = format!("mail.list[{at}].reply-to");
            finder.push(finder.at(document, &place, "this is no mail address"));
        }
        let plain = !list.name.is_empty()
            && list
                .name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain || mail.lists[..at].iter().any(|other| other.name == list.name) {
            let found = finder.at(
                document,
                &format!("mail.list[{at}].name"),
                "a list needs a name of its own",
            );
            finder.push(
                found.help("small letters, digits and hyphens: it becomes part of file names"),
            );
        }
    }
}
