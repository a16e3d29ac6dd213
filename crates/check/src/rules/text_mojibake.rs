//! Owns the rule `text-mojibake`: no text was read in the wrong encoding.

use std::ops::Range;

use caveat_diag::Level;

use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "text-mojibake",
    says: "no text was read in the wrong encoding",
    why: "Text that went through a tool with another encoding comes out as `Ã©` for `é`. Names of people \
        suffer most, and nobody can search for them.",
    example: r#"[[credit]]
name = "JosÃ© Finder"
role = "finder"
consent = ["advisory"]
"#,
    instead: r#"[[credit]]
name = "José Finder"
role = "finder"
consent = ["advisory"]
"#,
    level: Level::Error,
    firm: false,
    run: Run::Prose(judge),
};

/// What Windows shows for the bytes 0x80 to 0x9f; a space where it shows nothing.
const WINDOWS: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    for piece in &prose.pieces {
        if piece.text.is_ascii() {
            continue;
        }
        if let Some((place, meant)) = misread(piece.text) {
            let seen = &piece.text[place.clone()];
            let message = match &meant {
                Some(_) => format!("`{seen}` was read in the wrong encoding"),
                None => "here a character was lost on the way: U+FFFD".to_owned(),
            };
            let help =
                meant.map(|meant| format!("it was meant to be `{meant}`; save the text as UTF-8"));
            let found = prose.at(finder, piece, place.clone(), message);
            finder.push(found.help(help.unwrap_or_else(|| "write what stood there".to_owned())));
        }
    }
}

/// The first place that went wrong, and what it was.
pub(super) fn misread(text: &str) -> Option<(Range<usize>, Option<String>)> {
    for (at, c) in text.char_indices() {
        if c == '\u{fffd}' {
            return Some((at..at + c.len_utf8(), None));
        }
        let length = match c {
            'Â' | 'Ã' | 'Ä' | 'Å' => 2,
            'â' | 'ï' => 3,
            'ð' => 4,
            _ => continue,
        };
        let end = text[at..]
            .char_indices()
            .nth(length)
            .map_or(text.len(), |(end, _)| at + end);
        let bytes: Option<Vec<u8>> = text[at..end].chars().map(byte).collect();
        let meant = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        // A capital before a closing quote is a capital before a closing quote.
        let quote =
            length == 2 && text[..end].ends_with(['’', '”', '»', '…', '–', '—', '‘', '“', '«']);
        let one = meant.filter(|meant| meant.chars().count() == 1 && !quote);
        if one.is_some() {
            return Some((at..end, one));
        }
    }
    None
}

/// The byte that Latin-1 or Windows shows as this character.
fn byte(c: char) -> Option<u8> {
    let windows = || {
        let at = WINDOWS.chars().position(|shown| shown == c && c != ' ')?;
        u8::try_from(0x80 + at).ok()
    };
    u8::try_from(c).ok().or_else(windows)
}

#[cfg(test)]
mod tests {
    use super::misread;

    #[test]
    fn accents_that_belong_there_are_left_alone() {
        for good in [
            "Ivan Ivančić, José, Ångström, Ärger, SÃO PAULO",
            "crème brûlée — ça va",
            "«CAFÃ»",
            "naïve 10 °C",
            "Â",
            "ðat",
            "日本語",
        ] {
            assert_eq!(misread(good), None, "{good}");
        }
    }

    #[test]
    fn what_was_meant_is_said() {
        for (bad, meant) in [
            ("JosÃ©", "é"),
            ("itâ€™s", "’"),
            ("aÂ\u{a0}b", "\u{a0}"),
            ("ðŸ’©", "💩"),
            ("SaÅ¡a", "š"),
            ("ï»¿x", "\u{feff}"),
        ] {
            assert_eq!(
                misread(bad).and_then(|(_, meant)| meant).as_deref(),
                Some(meant),
                "{bad}"
            );
        }
        assert_eq!(misread("a\u{fffd}"), Some((1..4, None)));
    }
}
