//! Owns the rule `site-file`: the files that the theme names are there, and are what they are taken for.

use caveat_diag::{Diagnostic, Level, quoted};

use crate::picture::fault_of;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "site-file",
    says: "the files of the theme are there, harmless, and all of them are used",
    why: "Readers get them from the feed's own address. A picture with a script runs it there; one that loads something from elsewhere \
        tells its host who reads. A file that nothing names is a slip in a name.",
    example: r#"# caveat.toml
[site.theme.logo]
file = "site-templates/assets/logo.svg"
alt = "A torch"
# site-templates/assets/logo.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z" onclick="alert(1)"/></svg>
"#,
    instead: r#"# caveat.toml
[site.theme.logo]
file = "site-templates/assets/logo.svg"
alt = "A torch"
# site-templates/assets/logo.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

const FOLDER: &str = "site-templates/";
const ASSETS: &str = "assets/";

fn judge(finder: &mut Finder<'_>) {
    let facts = finder.facts;
    let theme = &facts.project.data().site.theme;
    for (field, file) in theme.files() {
        let kinds: &[&str] = if field.contains("logo") {
            &["svg", "png"]
        } else {
            &["woff2"]
        };
        if let Some(found) = named(finder, &field, file, kinds) {
            finder.push(found);
        }
    }
    if theme
        .logo
        .as_ref()
        .is_some_and(|logo| logo.alt.trim().is_empty())
    {
        let found = finder.project("site.theme.logo.alt", "nothing says what the logo shows");
        finder.push(found.help("say it in a few words; the feed's name stands beside it"));
    }
    for (at, font) in theme.fonts.iter().enumerate() {
        if font
            .weight
            .as_deref()
            .is_some_and(|weight| !is_weight(weight))
        {
            let found = finder.project(
                &format!("site.theme.font[{at}].weight"),
                "this is no weight of a font",
            );
            finder.push(found.help("write `400`, or the two ends of a variable font: `100 900`"));
        }
    }
    let files = theme.files();
    let used = |name: &str| {
        files
            .iter()
            .any(|(_, file)| file.strip_prefix(FOLDER) == Some(name))
    };
    for name in facts
        .templates
        .keys()
        .filter(|name| name.starts_with(ASSETS) && !used(name))
    {
        let found = finder.file(
            &format!("{FOLDER}{name}"),
            "caveat.toml names this file nowhere",
        );
        finder.push(found.help("name it in `[site.theme]`, or take it out"));
    }
}

/// What is wrong with a file that the theme names.
fn named(finder: &Finder<'_>, field: &str, file: &str, kinds: &[&str]) -> Option<Diagnostic> {
    let name = file.strip_prefix(FOLDER).filter(|name| is_asset(name));
    let kind = name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, kind)| kind);
    let (Some(name), Some(kind)) = (name, kind.filter(|kind| kinds.contains(kind))) else {
        let help = format!(
            "put it into `{FOLDER}{ASSETS}`; its name has letters, digits, `-`, `_`, and ends in .{}",
            kinds.join(" or .")
        );
        let found = finder.project(field, format!("{} cannot be on the site", quoted(file)));
        return Some(found.help(help));
    };
    let Some(bytes) = finder.facts.templates.get(name) else {
        let found = finder.project(field, format!("there is no {}", quoted(file)));
        return Some(found.help("is it committed?"));
    };
    let fault = fault_of(kind, bytes)?;
    let found = finder.project(field, format!("{}: {fault}", quoted(file)));
    Some(found.help("export it anew: plain, with nothing but shapes, its own styles and text"))
}

fn is_asset(name: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let name = name.strip_prefix(ASSETS);
    name.is_some_and(|name| {
        name.bytes().all(good) && name.starts_with(|sign: char| sign.is_ascii_alphanumeric())
    })
}

fn is_weight(weight: &str) -> bool {
    let parts: Vec<Option<u16>> = weight.split(' ').map(|part| part.parse().ok()).collect();
    let good = |part: &Option<u16>| part.is_some_and(|part| (1..=1000).contains(&part));
    parts.len() <= 2 && parts.iter().all(good)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::tests::breaks;

    #[test]
    fn a_file_that_is_absent_elsewhere_or_of_another_kind_is_told() {
        let edited = |from: &str, to: &str| RULE.instead.replace(from, to);
        for (from, to) in [
            (
                "# site-templates/assets/logo.svg",
                "# site-templates/assets/other.svg",
            ),
            (
                "file = \"site-templates/assets/logo.svg",
                "file = \"site-templates/assets/../logo.svg",
            ),
            (
                "file = \"site-templates/assets/logo.svg",
                "file = \"logo.svg",
            ),
            (
                "file = \"site-templates/assets/logo.svg",
                "file = \"site-templates/assets/logo.gif",
            ),
            ("A torch", " "),
        ] {
            assert!(breaks(RULE.code, &edited(from, to)), "{to}");
        }
        assert!(!breaks(RULE.code, RULE.instead));
        let font = "# caveat.toml\n[[site.theme.font]]\nuse = \"text\"\nfile = \"site-templates/assets/a.woff2\"\nweight = \"100 900\"\n# site-templates/assets/a.woff2\nwOF2\n";
        assert!(!breaks(RULE.code, font));
        assert!(breaks(RULE.code, &font.replace("wOF2", "wOFF")));
        assert!(breaks(RULE.code, &font.replace("100 900", "400; } body {")));
    }
}
