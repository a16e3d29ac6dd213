//! Owns the form of `[site]`: every key once, in the order of docs/caveat-toml.md.
//! Must never know how a key is read.

use super::{Form, Key, LINE, Shape, Text, form, needed, optional};
use crate::{FontStack, FontUse};

const FILE: Shape = Shape::Text(Text::Like("^site-templates/assets/[A-Za-z0-9._-]+$"));
const COLOUR: Shape = Shape::Text(Text::Like("^#[0-9a-fA-F]{6}$"));
const STACK: Shape = Shape::Text(Text::OneOf(FontStack::WORDS));

pub(super) static SITE: Form = form(&[
    optional(
        "language",
        Shape::Text(Text::Like("^[a-z]{2,3}(-[A-Za-z0-9]+)*$")),
        "The language of everything but the advisories' own words; `en` where absent.",
    ),
    optional("theme", Shape::Table(&THEME), "Colours, type and logo."),
]);

static THEME: Form = form(&[
    optional("text", STACK, "What text is set in; `system` where absent."),
    optional(
        "headings",
        STACK,
        "What headings are set in; as text where absent.",
    ),
    optional(
        "logo",
        Shape::Table(&LOGO),
        "The picture beside the feed's name.",
    ),
    optional(
        "font",
        Shape::Tables(&FONT),
        "A font file of the site's own.",
    ),
    optional(
        "light",
        Shape::Table(&PALETTE),
        "Colours on a light screen.",
    ),
    optional("dark", Shape::Table(&PALETTE), "Colours on a dark screen."),
]);

static LOGO: Form = form(&[
    needed("file", FILE, "Its file, SVG or PNG."),
    needed("alt", LINE, "What it shows, for those who do not see it."),
]);

static FONT: Form = form(&[
    needed(
        "use",
        Shape::Text(Text::OneOf(FontUse::WORDS)),
        "What is set in it.",
    ),
    needed("file", FILE, "Its file, WOFF2."),
    optional(
        "weight",
        Shape::Text(Text::Like("^[1-9]00( [1-9]00)?$")),
        "One weight, or the two ends of a variable font.",
    ),
    optional("italic", Shape::Flag, "Slanted?"),
]);

const fn colour(name: &'static str, says: &'static str) -> Key {
    optional(name, COLOUR, says)
}

static PALETTE: Form = form(&[
    colour("background", "Behind everything."),
    colour("raised", "Behind code and banners."),
    colour("text", "What is read."),
    colour("soft", "What is read second."),
    colour("line", "Lines between things."),
    colour(
        "accent",
        "Edges of what matters, and of what the keyboard is at.",
    ),
    colour("link", "Links and buttons."),
    colour("good", "Fixed, met."),
    colour("caution", "Banners."),
    colour("bad", "Affected, missed."),
    colour("severity-1", "The highest severity class."),
    colour("severity-2", "The second."),
    colour("severity-3", "The third."),
    colour("severity-4", "The fourth."),
    colour("severity-5", "The fifth, and any below."),
]);
