//! Owns the rule `site-colour`: every colour of the theme is `#rrggbb`.

use caveat_diag::{Level, quoted};

use crate::colour::Colour;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "site-colour",
    says: "every colour of the theme is written `#rrggbb`",
    why: "The value goes into the stylesheet as it is, and its contrast can only be counted where its parts are known.",
    example: r##"# caveat.toml
[site.theme.light]
link = "darkblue"
"##,
    instead: r##"# caveat.toml
[site.theme.light]
link = "#00008b"
"##,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let theme = &finder.facts.project.data().site.theme;
    for (name, palette) in [("light", &theme.light), ("dark", &theme.dark)] {
        for (key, value) in &palette.colours {
            if Colour::parse(value).is_none() {
                let field = format!("site.theme.{name}.{key}");
                let found = finder.project(&field, format!("{} is no colour", quoted(value)));
                finder.push(found.help("write red, green and blue in hexadecimal: `#0b6e75`"));
            }
        }
    }
}
