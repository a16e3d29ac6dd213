//! Owns what single signs stand for: named entities of HTML, and scripts in which each sign is a word.
//! Must never guess: what is no entity is text.

/// An entity of HTML, from behind its ampersand.
pub(crate) struct Entity {
    /// What it stands for.
    pub(crate) letters: String,
    /// How many bytes it has.
    pub(crate) length: usize,
    /// Is it a number?
    pub(crate) number: bool,
    /// Is it one of those that browsers read without an end, and has none?
    pub(crate) open: bool,
}

/// The entity that these bytes begin with.
pub(crate) fn entity(bytes: &[u8]) -> Option<Entity> {
    number(bytes)
        .or_else(|| closed(bytes))
        .or_else(|| old(bytes))
}

/// `#233` and `#xe9`, with or without an end: nothing else begins so.
fn number(bytes: &[u8]) -> Option<Entity> {
    let (from, radix) = match bytes {
        [b'#', b'x' | b'X', ..] => (2, 16),
        [b'#', ..] => (1, 10),
        _ => return None,
    };
    let digits = bytes[from..].iter().take(LONGEST);
    let digits = digits.take_while(|byte| char::from(**byte).is_digit(radix));
    let end = from + digits.count();
    let text = std::str::from_utf8(&bytes[from..end]).ok()?;
    let letter = char::from_u32(u32::from_str_radix(text, radix).ok()?)?;
    Some(Entity {
        letters: letter.to_string(),
        length: end + usize::from(bytes.get(end) == Some(&b';')),
        number: true,
        open: false,
    })
}

fn closed(bytes: &[u8]) -> Option<Entity> {
    let end = bytes.iter().take(LONGEST).position(|byte| *byte == b';')?;
    let letters = named(std::str::from_utf8(&bytes[..end]).ok()?)?;
    Some(Entity {
        letters,
        length: end + 1,
        number: false,
        open: false,
    })
}

/// The oldest entities, those of Latin-1, are read without an end too, the longest name first.
fn old(bytes: &[u8]) -> Option<Entity> {
    const NAMES: usize = 6;
    let letters = bytes.iter().take(NAMES);
    let count = letters
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    (2..=count).rev().find_map(|length| {
        let letters = named(std::str::from_utf8(&bytes[..length]).ok()?)?;
        let mut signs = letters.chars();
        let old = matches!(signs.next()?, '\u{a0}'..='\u{ff}' | '<' | '>' | '&' | '"');
        (old && signs.next().is_none()).then_some(Entity {
            letters,
            length,
            number: false,
            open: true,
        })
    })
}

/// No entity has a longer name.
const LONGEST: usize = 32;

/// What a named entity of HTML stands for.
fn named(name: &str) -> Option<String> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let entity = format!("&{name};");
    let letters = html_escape::decode_html_entities(&entity);
    (letters != entity).then(|| letters.into_owned())
}

/// Scripts that write no spaces: each sign is a word.
pub(crate) fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_known_by_name_and_nothing_else_is() {
        assert_eq!(named("uuml").as_deref(), Some("ü"));
        assert_eq!(named("shy").as_deref(), Some("\u{ad}"));
        for name in ["", "nothing", "#252", "a b"] {
            assert_eq!(named(name), None, "{name}");
        }
    }

    #[test]
    fn an_old_entity_needs_no_end_and_a_number_never_does() {
        let read = |text: &str| {
            let entity = entity(text.as_bytes())?;
            Some((entity.letters, entity.length, entity.open))
        };
        assert_eq!(read("euml Finder"), Some(("ë".to_owned(), 4, true)));
        assert_eq!(read("euml;x"), Some(("ë".to_owned(), 5, false)));
        assert_eq!(read("nbspx"), Some(("\u{a0}".to_owned(), 4, true)));
        assert_eq!(read("#235 x"), Some(("ë".to_owned(), 4, false)));
        assert_eq!(read("#xeb;x"), Some(("ë".to_owned(), 5, false)));
        for text in ["", "b=2", "alpha ", "#", "#x", "#;", "#99999999999;", " lt"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn words_of_one_sign_are_those_of_scripts_without_spaces() {
        assert!("読みタ加ไ".chars().all(is_spaceless));
        assert!(!"aéжα한".chars().any(is_spaceless));
    }
}
