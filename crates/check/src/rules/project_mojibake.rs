//! Owns the rule `project-mojibake`: no text of caveat.toml was read in the wrong encoding.

use caveat_diag::{Level, quoted};
use caveat_doubt::misread::misread;

use crate::rule::{Finder, Rule, Run};
use crate::wording::wordings;

pub(super) static RULE: Rule = Rule {
    code: "project-mojibake",
    says: "no text of caveat.toml was read in the wrong encoding",
    why: "A policy with damaged signs looks abandoned, and a name that nobody can search for thanks \
        nobody.",
    example: r#"# caveat.toml
[policy]
maturity = "Alpha â€“ not for production."
"#,
    instead: r#"# caveat.toml
[policy]
maturity = "Alpha – not for production."
"#,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let project = finder.facts.project;
    for wording in wordings(project.data()) {
        let Some((place, meant)) = misread(wording.text) else {
            continue;
        };
        let span = project.within(&wording.field, wording.text, place.clone());
        let seen = quoted(&wording.text[place]);
        let (message, help) = match meant {
            Some(meant) => (
                format!("{seen} was read in the wrong encoding"),
                format!("it was meant to be `{meant}`; save the text as UTF-8"),
            ),
            None => (
                "here a character was lost on the way: U+FFFD".to_owned(),
                "write what stood there".to_owned(),
            ),
        };
        let found = finder.on(project, span, message);
        finder.push(found.help(help));
    }
}
