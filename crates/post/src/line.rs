//! Owns one line of the ledger.
//! Must never take a line that was cut by a crash for a whole one: each ends with a mark of its own.

/// What a message is known by: its Message-ID, and who gets it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Message-ID without angle brackets.
    pub id: String,
    /// One address.
    pub to: String,
}

/// What is said of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// All of it but the last dot may be with the server.
    Begun,
    /// The server has taken it.
    Done,
    /// The server has not taken it, or somebody looked, and it did not arrive.
    Failed,
}

const WORDS: [(Word, &str); 3] = [
    (Word::Begun, "begun"),
    (Word::Done, "done"),
    (Word::Failed, "failed"),
];

/// Ends every line.
const MARK: &str = " .";

/// One line without its line feed.
pub(crate) fn write(word: Word, key: &Key, at: &str) -> String {
    let word = WORDS.iter().find(|(one, _)| *one == word);
    let word = word.map_or("", |(_, text)| text);
    format!("{at} {word} <{}> <{}>{MARK}", key.id, key.to)
}

/// What a line says. `None` for one that a crash cut short, an error for one that was never written here.
pub(crate) fn read(line: &str) -> Result<Option<(Word, Key, &str)>, ()> {
    let Some(whole) = line.strip_suffix(MARK) else {
        return Ok(None);
    };
    let parts: Vec<&str> = whole.split(' ').collect();
    let [at, word, id, to] = parts[..] else {
        return Err(());
    };
    let word = WORDS.iter().find(|(_, text)| *text == word);
    let bare = |text: &str| {
        let text = text.strip_prefix('<')?.strip_suffix('>')?;
        Some(text.to_owned())
    };
    match (word, bare(id), bare(to)) {
        (Some((word, _)), Some(id), Some(to)) => Ok(Some((*word, Key { id, to }, at))),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> Key {
        Key {
            id: "x.r1.a@example.org".to_owned(),
            to: "a@example.org".to_owned(),
        }
    }

    proptest! {
        #[test]
        fn no_part_of_a_line_is_a_line(cut in 0usize..70) {
            let line = write(Word::Done, &key(), "2026-11-21T00:00:00Z");
            prop_assert_eq!(read(&line), Ok(Some((Word::Done, key(), "2026-11-21T00:00:00Z"))));
            let part = &line[..cut.min(line.len() - 1)];
            prop_assert_eq!(read(part), Ok(None));
        }
    }

    #[test]
    fn a_line_of_somebody_else_is_refused() {
        assert_eq!(read("hello ."), Err(()));
        assert_eq!(read("2026 sent <a> <b> ."), Err(()));
    }
}
