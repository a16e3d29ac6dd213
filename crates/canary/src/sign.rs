//! Owns what single signs stand for: named entities of HTML, and scripts in which each sign is a word.
//! Must never guess: what is no entity is text.

/// What an entity of HTML stands for.
pub(crate) fn named(name: &str) -> Option<String> {
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
    fn words_of_one_sign_are_those_of_scripts_without_spaces() {
        assert!("読みタ加ไ".chars().all(is_spaceless));
        assert!(!"aéжα한".chars().any(is_spaceless));
    }
}
