//! Owns one text: words with named places, in one form or one for each kind of number.
//! Must never hold markup: what is put into a place may be, and whoever puts it there says so.

use std::collections::{BTreeMap, BTreeSet};

/// A stretch of words, or the name of a place in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A place.
    Place(String),
}

/// The place whose number picks the form.
pub(crate) const COUNT: &str = "count";

/// One entry of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// `other` alone where the text does not count.
    pub(crate) forms: BTreeMap<&'static str, Vec<Piece>>,
}

impl Text {
    /// Every name of a place in any form.
    pub fn places(&self) -> BTreeSet<&str> {
        self.forms.values().flatten().filter_map(place).collect()
    }

    /// Does a number pick its form?
    pub fn counts(&self) -> bool {
        self.forms.len() > 1
    }
}

pub(crate) fn place(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Place(name) => Some(name),
        Piece::Words(_) => None,
    }
}

/// Takes a text apart: `Fixed in {version}.`
///
/// # Errors
/// A brace without its fellow, or a name that is none.
pub(crate) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (words, behind) = rest.split_at(at);
        let inner = behind
            .strip_prefix('{')
            .and_then(|behind| behind.split_once('}'));
        let Some((name, after)) = inner else {
            return Err("a brace stands alone; places are written `{name}`".to_owned());
        };
        if !is_name(name) {
            return Err(format!(
                "`{{{}}}` is no name of a place: small letters and `_`",
                name.escape_debug()
            ));
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        pieces.push(Piece::Place(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

fn is_name(name: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    !name.is_empty() && name.bytes().all(good)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_are_names_in_braces() {
        let words = |text: &str| Piece::Words(text.to_owned());
        let place = |name: &str| Piece::Place(name.to_owned());
        assert_eq!(
            pieces("a {b} c"),
            Ok(vec![words("a "), place("b"), words(" c")])
        );
        assert_eq!(pieces("{b}{c}"), Ok(vec![place("b"), place("c")]));
        for bad in ["{", "}", "a } b", "{a", "{A}", "{a b}", "{}", "{{a}}"] {
            assert!(pieces(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn nothing_of_a_text_is_lost(text in ".*") {
            if let Ok(pieces) = pieces(&text) {
                let whole: String = pieces.iter().map(|piece| match piece {
                    Piece::Words(words) => words.clone(),
                    Piece::Place(name) => format!("{{{name}}}"),
                }).collect();
                prop_assert_eq!(whole, text);
            }
        }
    }
}
