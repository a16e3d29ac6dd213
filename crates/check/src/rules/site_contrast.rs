//! Owns the rule `site-contrast`: what is read can be told from what is behind it.
//! Must never look at a pair that the project did not touch: the program's own are held by a test.

use caveat_advisory::{Palette, TOKENS, Theme, Token};
use caveat_diag::Level;

use crate::colour::Colour;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "site-contrast",
    says: "text of the site has a contrast of at least 4.5:1",
    why: "Below that, many people cannot read it: in bright light, on poor screens, with tired or old eyes. It is the limit of \
        WCAG 2.2, level AA, which laws in many places ask for. Edges need 3:1. A colour that is not written is the program's own.",
    example: r##"# caveat.toml
[site.theme.light]
background = "#ffffff"
link = "#3a9ad9"
"##,
    instead: r##"# caveat.toml
[site.theme.light]
background = "#ffffff"
link = "#1f6fa8"
"##,
    level: Level::Error,
    firm: false,
    run: Run::Feed(judge),
};

/// What text is set upon.
const BEHIND: [&str; 2] = ["background", "raised"];
/// What needs less, or is only for the eye.
const EDGES: [(&str, f64); 2] = [("accent", 3.0), ("line", 0.0)];
const TEXT: f64 = 4.5;

/// How a token reads its colour where nothing is written.
type Plain = fn(&Token) -> &'static str;

fn judge(finder: &mut Finder<'_>) {
    for (screen, palette, plain) in screens(&finder.facts.project.data().site.theme) {
        for (behind, front, needed) in pairs() {
            let written = [behind, front].map(|token| palette.colours.contains_key(token.key));
            if written == [false, false] {
                continue;
            }
            let Some(contrast) = contrast(palette, plain, behind, front) else {
                continue;
            };
            if contrast < needed {
                report(finder, screen, (behind, front), (contrast, needed), written);
            }
        }
    }
}

fn screens(theme: &Theme) -> [(&'static str, &Palette, Plain); 2] {
    [
        ("light", &theme.light, |token| token.light),
        ("dark", &theme.dark, |token| token.dark),
    ]
}

/// What is behind, what is before it, and the least contrast.
fn pairs() -> impl Iterator<Item = (&'static Token, &'static Token, f64)> {
    let (behind, front): (Vec<_>, Vec<_>) =
        TOKENS.iter().partition(|token| BEHIND.contains(&token.key));
    behind.into_iter().flat_map(move |behind| {
        let front = front.clone().into_iter();
        front.map(move |front| {
            let edge = EDGES.iter().find(|(key, _)| *key == front.key);
            (behind, front, edge.map_or(TEXT, |(_, needed)| *needed))
        })
    })
}

fn contrast(palette: &Palette, plain: Plain, behind: &Token, front: &Token) -> Option<f64> {
    let colour = |token: &Token| {
        let written = palette.colours.get(token.key).map(String::as_str);
        Colour::parse(written.unwrap_or_else(|| plain(token)))
    };
    Some(colour(behind)?.contrast(colour(front)?))
}

fn report(
    finder: &mut Finder<'_>,
    screen: &str,
    (behind, front): (&Token, &Token),
    (contrast, needed): (f64, f64),
    [behind_written, front_written]: [bool; 2],
) {
    let field = |token: &Token| format!("site.theme.{screen}.{}", token.key);
    let at = if front_written { front } else { behind };
    // Rounded down: 4.499 is not 4.5.
    let shown = (contrast * 100.0).floor() / 100.0;
    let message = format!(
        "on a {screen} screen `{}` on `{}` has a contrast of {shown:.2}:1, less than {needed}:1",
        front.key, behind.key
    );
    let mut found = finder.project(&field(at), message);
    if front_written && behind_written {
        found = finder.also(found, &field(behind), "on this");
    }
    let kept = if front_written { behind } else { front };
    if !(front_written && behind_written) {
        found = found.note(format!(
            "`{}` is not written here: it is the program's own",
            kept.key
        ));
    }
    let help = if screen == "light" {
        "take a darker colour for what is read, or a lighter one behind it"
    } else {
        "take a lighter colour for what is read, or a darker one behind it"
    };
    finder.push(found.help(help));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::breaks;

    #[test]
    fn the_programs_own_colours_can_be_read() {
        let theme = Theme::default();
        for (screen, palette, plain) in screens(&theme) {
            for (behind, front, needed) in pairs() {
                let found = contrast(palette, plain, behind, front).expect("colours");
                assert!(
                    found >= needed,
                    "{screen}: {} on {}: {found:.2}",
                    front.key,
                    behind.key
                );
            }
        }
    }

    #[test]
    fn a_colour_behind_is_held_against_every_colour_before_it() {
        assert!(breaks(
            "site-contrast",
            "# caveat.toml\n[site.theme.dark]\nbackground = \"#ffffff\"\n"
        ));
        assert!(!breaks(
            "site-contrast",
            "# caveat.toml\n[site.theme.dark]\nbackground = \"#000000\"\n"
        ));
        assert!(!breaks(
            "site-contrast",
            "# caveat.toml\n[site.theme.light]\nline = \"#fdfdfc\"\n"
        ));
    }
}
