//! Owns the shape of `[site]` in `caveat.toml`: one line per key.
//! Must never know what makes a value right beyond its type.

use crate::fields::Fields;
use crate::{Font, Logo, Palette, Site, TOKENS, Theme};

pub(crate) fn site(f: &mut Fields<'_, '_, '_>) -> Site {
    Site {
        language: f.optional("language"),
        theme: f.table("theme", |f| Some(theme(f))).unwrap_or_default(),
    }
}

fn theme(f: &mut Fields<'_, '_, '_>) -> Theme {
    Theme {
        text: f.optional("text"),
        headings: f.optional("headings"),
        logo: f.table("logo", logo),
        fonts: f.tables("font", font),
        light: f.table("light", |f| Some(palette(f))).unwrap_or_default(),
        dark: f.table("dark", |f| Some(palette(f))).unwrap_or_default(),
    }
}

fn logo(f: &mut Fields<'_, '_, '_>) -> Option<Logo> {
    let (file, alt) = (f.required("file"), f.required("alt"));
    Some(Logo {
        file: file?,
        alt: alt?,
    })
}

fn font(f: &mut Fields<'_, '_, '_>) -> Option<Font> {
    let (r#use, file) = (f.required("use"), f.required("file"));
    Some(Font {
        weight: f.optional("weight"),
        italic: f.optional("italic").unwrap_or(false),
        r#use: r#use?,
        file: file?,
    })
}

fn palette(f: &mut Fields<'_, '_, '_>) -> Palette {
    let colours = TOKENS
        .iter()
        .filter_map(|token| Some((token.key, f.optional(token.key)?)));
    Palette {
        colours: colours.collect(),
    }
}
