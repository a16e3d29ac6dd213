//! Owns text that was read in the wrong encoding: telling it, and what stood there before.
//! Must never repair what could be right as it stands.

use caveat_doubt::misread::Shown;

/// A line with damage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// The line as it was meant, where that can be known.
    pub(crate) repaired: Option<String>,
    /// The encoding that it was read in.
    pub(crate) encoding: &'static str,
}

/// What is damaged in a line, if anything.
pub(crate) fn damage(line: &str) -> Option<Damage> {
    if line.is_ascii() {
        return None;
    }
    let mut repaired = String::with_capacity(line.len());
    let (mut encoding, mut lost) = (None, false);
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        repaired.push_str(&rest[..start]);
        let run = &rest[start..];
        let end = run.find(|c: char| c.is_ascii()).unwrap_or(run.len());
        let run = &run[..end];
        if let Some((meant, name)) = reversed(run) {
            encoding = encoding.or(Some(name));
            repaired.push_str(&meant);
        } else {
            lost |= run.contains(|c: char| c == '\u{fffd}' || is_private(c));
            repaired.push_str(run);
        }
        rest = &rest[start + end..];
    }
    repaired.push_str(rest);
    match (encoding, lost) {
        (None, false) => None,
        (encoding, lost) => Some(Damage {
            repaired: (!lost).then_some(repaired),
            encoding: encoding.unwrap_or("another encoding"),
        }),
    }
}

/// Characters that no standard gives a meaning.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}

/// What a run of characters was before it was read in the wrong encoding.
fn reversed(run: &str) -> Option<(String, &'static str)> {
    let through = |by: Shown| run.chars().map(|c| by.byte(c)).collect::<Option<Vec<u8>>>();
    let ways = [
        (through(Shown::Mac), "Mac Roman"),
        (through(Shown::Windows), "Windows-1252"),
        (through(Shown::Dos), "CP437"),
    ];
    ways.into_iter().find_map(|(bytes, name)| {
        let meant = String::from_utf8(bytes?).ok()?;
        is_plausible(run, &meant).then_some((meant, name))
    })
}

/// Could nobody have meant what stands there? Two characters that happen to be UTF-8 are mostly just two characters,
/// but for those that begin all Latin accents.
fn is_plausible(run: &str, meant: &str) -> bool {
    let short = |c: char| c.len_utf8() == 2 && !('\u{80}'..='\u{ff}').contains(&c);
    let count = meant.chars().count();
    let quote = count == 1
        && run.starts_with(char::is_alphabetic)
        && run.ends_with(['’', '”', '»', '…', '–', '—', '‘', '“', '«'])
        && meant.chars().all(|c| c.len_utf8() == 2);
    let visible = !meant.contains(|c: char| c.is_control() && c != '\u{85}');
    visible && !quote && (count >= 3 || !meant.contains(short))
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

    use super::*;

    /// Reads UTF-8 in the wrong encoding.
    fn misread(text: &str, encoding: &'static Encoding) -> String {
        encoding
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    }

    fn misread_dos(text: &str) -> String {
        let shown = |byte: u8| {
            let mut all = (char::MIN..='\u{ffff}').filter(|c| !c.is_ascii());
            match byte {
                0x80.. => all
                    .find(|c| Shown::Dos.byte(*c) == Some(byte))
                    .expect("128 of them"),
                _ => char::from(byte),
            }
        };
        text.bytes().map(shown).collect()
    }

    #[test]
    fn every_wrong_reading_is_undone() {
        for text in [
            "### 🔒 Private",
            "⏱️ Time",
            "# ✅ Good",
            "José",
            "it’s",
            "naïve — 📋",
            "Привет",
        ] {
            for wrong in [
                misread(text, MACINTOSH),
                misread(text, WINDOWS_1252),
                misread_dos(text),
            ] {
                let found = damage(&wrong).expect(&wrong);
                assert_eq!(found.repaired.as_deref(), Some(text), "{wrong}");
            }
        }
    }

    #[test]
    fn text_that_is_right_is_left_alone() {
        for text in [
            "Ivan Ivančić, José, Ångström, Ärger, SÃO PAULO",
            "crème brûlée — ça va",
            "«CAFÃ»",
            "naïve 10 °C",
            "“Ärger”",
            "Â",
            "日本語",
            "🔒 ✅ ⏱️",
            "Привет",
            "Ελληνικά",
            "plain",
        ] {
            assert_eq!(damage(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_lost_is_told_without_a_repair() {
        for text in ["a\u{fffd}b", "icon \u{e001}"] {
            assert_eq!(damage(text).expect(text).repaired, None);
        }
    }
}
