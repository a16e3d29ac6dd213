//! Owns text that was read in the wrong encoding: where it stands, and what it was.
//! Must never change a text: what was meant is only offered.

use std::ops::Range;

/// What Windows shows for the bytes 0x80 to 0x9f; a space where it shows nothing. What follows is Latin-1.
const WINDOWS: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
/// What old Macs show for the bytes from 0x80 on.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// What DOS and its windows show for the bytes from 0x80 on.
const DOS: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The first place that went wrong, and what it was.
pub fn misread(text: &str) -> Option<(Range<usize>, Option<String>)> {
    for (at, c) in text.char_indices() {
        if c == '\u{fffd}' {
            return Some((at..at + c.len_utf8(), None));
        }
        let Some((length, by)) = first_of(c) else {
            continue;
        };
        let end = text[at..]
            .char_indices()
            .nth(length)
            .map_or(text.len(), |(end, _)| at + end);
        let bytes: Option<Vec<u8>> = text[at..end].chars().map(|c| by.byte(c)).collect();
        let meant = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        // A capital before a closing quote is a capital before a closing quote.
        let quote = length == 2
            && by == Shown::Windows
            && text[..end].ends_with(['’', '”', '»', '…', '–', '—', '‘', '“', '«']);
        let one = meant.filter(|meant| meant.chars().count() == 1 && !quote);
        if one.is_some() {
            return Some((at..end, one));
        }
    }
    None
}

/// How many bytes the character has that begins with the byte shown as this one, and who shows it so.
fn first_of(c: char) -> Option<(usize, Shown)> {
    Some(match c {
        'Â' | 'Ã' | 'Ä' | 'Å' => (2, Shown::Windows),
        'â' | 'ï' => (3, Shown::Windows),
        'ð' => (4, Shown::Windows),
        '¬' | '√' | 'ƒ' | '≈' => (2, Shown::Mac),
        '‚' | 'Ô' => (3, Shown::Mac),
        '\u{f8ff}' => (4, Shown::Mac),
        '┬' | '├' => (2, Shown::Dos),
        'Γ' | '∩' => (3, Shown::Dos),
        '≡' => (4, Shown::Dos),
        _ => return None,
    })
}

/// Who shows a byte from 0x80 on as which character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Windows-1252.
    Windows,
    /// Mac Roman.
    Mac,
    /// CP437, which DOS has, and its windows.
    Dos,
}

impl Shown {
    /// The byte that is shown as this character.
    pub fn byte(self, c: char) -> Option<u8> {
        let table = match self {
            Self::Windows => WINDOWS,
            Self::Mac => MAC,
            Self::Dos => DOS,
        };
        let shown = || {
            let at = table.chars().position(|shown| shown == c && c != ' ')?;
            u8::try_from(0x80 + at).ok()
        };
        if self == Self::Windows {
            u8::try_from(c).ok().or_else(shown)
        } else {
            shown()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_all_of_its_bytes() {
        assert_eq!(WINDOWS.chars().count(), 32);
        assert_eq!(MAC.chars().count(), 128);
        assert_eq!(DOS.chars().count(), 128);
    }

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
            "‚über‘ den Ärger, ¬x, √2 ≈ 1.41, ƒ(x)",
            "Ô Canada, Ôter",
            "Γ and Γα, A ∩ B, a ≡ b",
            "├── src\n└── lib.rs",
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
            ("\u{f8ff}üîí Private", "🔒"),
            ("‚úÖ Good", "✅"),
            ("Ô∏è", "\u{fe0f}"),
            ("Jos√©", "é"),
            ("it‚Äôs", "’"),
            ("≡ƒöÆ", "🔒"),
            ("itΓÇÖs", "’"),
            ("Jos├⌐", "é"),
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
