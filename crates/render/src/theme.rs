//! Owns the look of a site: colours, type and logo of caveat.toml as custom properties, and the files that go with them.
//! Must never put anything into the stylesheet but what a rule let through.

use std::collections::BTreeMap;

use caveat_advisory::{Font, FontStack, FontUse, Logo, Palette, TOKENS, Theme};
use caveat_artifact::sha256;

/// Where caveat.toml has the files of the look.
const FOLDER: &str = "site-templates/";

/// A file of the look: its place on the site says what is in it.
pub(crate) struct Asset<'t> {
    pub(crate) path: String,
    pub(crate) bytes: &'t [u8],
}

/// What a theme comes to.
pub(crate) struct Look<'t> {
    style: String,
    logo: Option<(Asset<'t>, String)>,
    fonts: Vec<Asset<'t>>,
}

impl<'t> Look<'t> {
    /// `files` are by their path below `site-templates/`.
    pub(crate) fn new(theme: &Theme, files: &'t BTreeMap<String, Vec<u8>>) -> Self {
        let with_alt = |logo: &Logo| Some((asset(&logo.file, files)?, logo.alt.trim().to_owned()));
        let mut style = String::new();
        let mut fonts = Vec::new();
        for font in &theme.fonts {
            if let Some(file) = asset(&font.file, files) {
                style.push_str(&face(font, &file.path));
                fonts.push(file);
            }
        }
        style.push_str(&screen("", &theme.light, type_of(theme)));
        style.push_str(&screen(
            " and (prefers-color-scheme: dark)",
            &theme.dark,
            Vec::new(),
        ));
        Self {
            style,
            logo: theme.logo.as_ref().and_then(with_alt),
            fonts,
        }
    }

    /// What follows the stylesheet; empty where the theme says nothing.
    pub(crate) fn style(&self) -> &str {
        &self.style
    }

    pub(crate) fn assets(&self) -> impl Iterator<Item = &Asset<'t>> {
        self.logo.iter().map(|(file, _)| file).chain(&self.fonts)
    }

    pub(crate) fn logo(&self) -> Option<(&str, &str)> {
        self.logo
            .as_ref()
            .map(|(file, alt)| (file.path.as_str(), alt.as_str()))
    }
}

/// `assets/NAME.HASH.EXTENSION`: another content has another address.
fn asset<'t>(file: &str, files: &'t BTreeMap<String, Vec<u8>>) -> Option<Asset<'t>> {
    let path = file.strip_prefix(FOLDER)?;
    let bytes = files.get(path)?;
    let (stem, extension) = path.rsplit_once('.')?;
    let hash = sha256(bytes);
    Some(Asset {
        path: format!("{stem}.{}.{extension}", &hash[..12]),
        bytes,
    })
}

/// Custom properties for screens: paper keeps its own.
fn screen(condition: &str, palette: &Palette, type_of: Vec<(&str, String)>) -> String {
    let colours = TOKENS
        .iter()
        .filter_map(|token| Some((token.css, palette.colours.get(token.key)?.clone())));
    let all: Vec<(&str, String)> = colours.chain(type_of).collect();
    if all.is_empty() {
        return String::new();
    }
    let lines = all.iter().map(|(name, value)| {
        format!(
            "    --{name}: {value};
"
        )
    });
    let lines = lines.collect::<Vec<_>>().concat();
    format!("\n@media screen{condition} {{\n  :root {{\n{lines}  }}\n}}\n")
}

fn type_of(theme: &Theme) -> Vec<(&'static str, String)> {
    let own = |wanted: FontUse| theme.fonts.iter().any(|font| font.r#use == wanted);
    let family = |wanted: FontUse, stack: Option<FontStack>, plain: &str| {
        let own = own(wanted).then(|| format!("\"site-{}\"", wanted.as_str()));
        let stack = stack.map(stack_of);
        (own.is_some() || stack.is_some()).then(|| {
            let stack = stack.unwrap_or(plain).to_owned();
            own.into_iter()
                .chain([stack])
                .collect::<Vec<_>>()
                .join(", ")
        })
    };
    let all = [
        (
            "sans",
            family(FontUse::Text, theme.text, stack_of(FontStack::System)),
        ),
        (
            "headings",
            family(
                FontUse::Headings,
                theme.headings,
                stack_of(theme.text.unwrap_or(FontStack::System)),
            ),
        ),
        (
            "mono",
            family(
                FontUse::Code,
                None,
                "ui-monospace, Menlo, Consolas, \"DejaVu Sans Mono\", monospace",
            ),
        ),
    ];
    all.into_iter()
        .filter_map(|(name, family)| Some((name, family?)))
        .collect()
}

fn stack_of(stack: FontStack) -> &'static str {
    match stack {
        FontStack::System => {
            "system-ui, -apple-system, \"Segoe UI\", Roboto, \"Noto Sans\", \"Liberation Sans\", Arial, sans-serif"
        }
        FontStack::Serif => {
            "Charter, \"Bitstream Charter\", Cambria, \"Noto Serif\", \"Liberation Serif\", Georgia, serif"
        }
        FontStack::Humanist => {
            "Seravek, \"Gill Sans Nova\", Ubuntu, Calibri, \"DejaVu Sans\", \"Noto Sans\", sans-serif"
        }
        FontStack::Geometric => {
            "Avenir, Montserrat, Corbel, \"URW Gothic\", \"Noto Sans\", sans-serif"
        }
    }
}

fn face(font: &Font, path: &str) -> String {
    let weight = font
        .weight
        .as_deref()
        .map(|weight| format!("  font-weight: {weight};\n"));
    let slant = if font.italic { "italic" } else { "normal" };
    format!(
        "\n@font-face {{\n  font-family: \"site-{}\";\n  src: url(\"{path}\") format(\"woff2\");\n{}  font-style: {slant};\n  font-display: swap;\n}}\n",
        font.r#use.as_str(),
        weight.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The custom properties of the `:root` that follows a mark.
    fn properties(style: &str, mark: &str) -> BTreeMap<String, String> {
        let (_, rest) = style.split_once(mark).expect("the mark");
        let (inside, _) = rest.split_once('}').expect("its end");
        let lines = inside
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
        lines
            .map(|(name, value)| (name.to_owned(), value.trim_end_matches(';').to_owned()))
            .collect()
    }

    #[test]
    fn the_stylesheet_has_the_colours_that_caveat_toml_can_set() {
        let style = include_str!("../../../site-templates/style.css");
        let light = properties(style, "\n:root {");
        let dark = properties(style, "(prefers-color-scheme: dark) {\n  :root {");
        for token in TOKENS {
            assert_eq!(
                light.get(token.css).map(String::as_str),
                Some(token.light),
                "{}",
                token.css
            );
            assert_eq!(
                dark.get(token.css).map(String::as_str),
                Some(token.dark),
                "{}",
                token.css
            );
        }
        let colours = light
            .values()
            .filter(|value| value.starts_with('#'))
            .count();
        assert_eq!(
            colours,
            TOKENS.len(),
            "a colour that caveat.toml cannot set"
        );
    }

    #[test]
    fn a_theme_is_custom_properties_for_screens_and_files_named_by_their_bytes() {
        let files = BTreeMap::from([
            ("assets/a.woff2".to_owned(), b"wOF2".to_vec()),
            ("assets/l.svg".to_owned(), b"<svg/>".to_vec()),
        ]);
        let font = |file: &str| Font {
            r#use: FontUse::Text,
            file: format!("site-templates/assets/{file}"),
            weight: Some("100 900".to_owned()),
            italic: false,
        };
        let theme = Theme {
            headings: Some(FontStack::Serif),
            logo: Some(Logo {
                file: "site-templates/assets/l.svg".to_owned(),
                alt: "A torch".to_owned(),
            }),
            fonts: vec![font("a.woff2"), font("absent.woff2")],
            dark: Palette {
                colours: BTreeMap::from([("link", "#ffffff".to_owned())]),
            },
            ..Theme::default()
        };
        let look = Look::new(&theme, &files);
        let paths: Vec<_> = look.assets().map(|asset| asset.path.as_str()).collect();
        assert_eq!(
            paths,
            ["assets/l.d4dc56669143.svg", "assets/a.78636849015e.woff2"]
        );
        assert_eq!(look.logo(), Some((paths[0], "A torch")));
        let style = look.style();
        assert!(
            style.contains("src: url(\"assets/a.78636849015e.woff2\") format(\"woff2\");"),
            "{style}"
        );
        assert!(
            style.contains("--sans: \"site-text\", system-ui"),
            "{style}"
        );
        assert!(style.contains("--headings: Charter"), "{style}");
        assert!(
            style.contains(
                "(prefers-color-scheme: dark) {\n  :root {\n    --accent-ink: #ffffff;\n  }\n}"
            ),
            "{style}"
        );
        assert_eq!(Look::new(&Theme::default(), &files).style(), "");
    }
}
