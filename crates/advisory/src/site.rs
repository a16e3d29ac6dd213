//! Owns how the site looks and speaks, as plain data: language, colours, type and logo; and what holds where nothing is written.
//! Must never know a stylesheet's rules, or judge a colour.

use std::collections::BTreeMap;

use crate::leaf::vocabulary;

/// How the site looks and speaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The tag of the language of everything but the advisories' own words; English where absent.
    pub language: Option<String>,
    /// Colours, type and logo.
    pub theme: Theme,
}

/// Colours, type and logo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// What text is set in.
    pub text: Option<FontStack>,
    /// What code is set in is always of one width; headings may differ from text.
    pub headings: Option<FontStack>,
    /// The picture beside the feed's name.
    pub logo: Option<Logo>,
    /// Font files of the site's own.
    pub fonts: Vec<Font>,
    /// Colours on a light screen.
    pub light: Palette,
    /// Colours on a dark screen.
    pub dark: Palette,
}

vocabulary! {
    /// Fonts that machines have already.
    FontStack, "font stack" {
        /// What the system itself uses.
        System = "system" / "System",
        /// With serifs, as in books.
        Serif = "serif" / "Serif",
        /// Round and plain.
        Humanist = "humanist" / "Humanist",
        /// Geometric.
        Geometric = "geometric" / "Geometric",
    }
}

vocabulary! {
    /// What a font file is for.
    FontUse, "use of a font" {
        /// All text.
        Text = "text" / "Text",
        /// Headings alone.
        Headings = "headings" / "Headings",
        /// Code and ids.
        Code = "code" / "Code",
    }
}

/// A picture beside the feed's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its file in the repository, below `site-templates/assets/`.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

/// A font file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Font {
    /// What is set in it.
    pub r#use: FontUse,
    /// Its file in the repository, below `site-templates/assets/`.
    pub file: String,
    /// One weight or the two ends of a variable font: `400`, `100 900`.
    pub weight: Option<String>,
    /// Slanted?
    pub italic: bool,
}

/// Colours by the name of their token; what is not written keeps the program's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// `#rrggbb` by [`Token::key`].
    pub colours: BTreeMap<&'static str, String>,
}

/// One colour of the site.
#[derive(Debug)]
pub struct Token {
    /// As caveat.toml writes it.
    pub key: &'static str,
    /// As the stylesheet calls it, without the dashes in front.
    pub css: &'static str,
    /// On a light screen, where nothing is written.
    pub light: &'static str,
    /// On a dark one.
    pub dark: &'static str,
}

const fn token(
    key: &'static str,
    css: &'static str,
    light: &'static str,
    dark: &'static str,
) -> Token {
    Token {
        key,
        css,
        light,
        dark,
    }
}

/// Every colour, in the order of the documentation.
pub const TOKENS: &[Token] = &[
    token("background", "paper", "#fdfdfc", "#14171a"),
    token("raised", "raised", "#f3f4f2", "#1d2226"),
    token("text", "ink", "#1b1f23", "#e4e7e9"),
    token("soft", "soft", "#59626b", "#a0a9b1"),
    token("line", "rule", "#d9dcdf", "#343b41"),
    token("accent", "accent", "#0b6e75", "#4fb9c0"),
    token("link", "accent-ink", "#075a60", "#74ccd2"),
    token("good", "good", "#146c3a", "#66c58c"),
    token("caution", "warn", "#8a5a00", "#dcae52"),
    token("bad", "bad", "#a3172b", "#f08594"),
    token("severity-1", "rank-0", "#8f0f26", "#f58a9b"),
    token("severity-2", "rank-1", "#a8400b", "#f0a26d"),
    token("severity-3", "rank-2", "#7a5b00", "#dcbc5a"),
    token("severity-4", "rank-3", "#3f5f7d", "#93b8dc"),
    token("severity-5", "rank-4", "#59626b", "#a0a9b1"),
];

impl Theme {
    /// Every file that the site shows, with the field that names it.
    pub fn files(&self) -> Vec<(String, &str)> {
        let logo = self
            .logo
            .iter()
            .map(|logo| ("site.theme.logo.file".to_owned(), logo.file.as_str()));
        let fonts = self.fonts.iter().enumerate();
        let fonts =
            fonts.map(|(at, font)| (format!("site.theme.font[{at}].file"), font.file.as_str()));
        logo.chain(fonts).collect()
    }
}
