//! Owns what backticks in a title mean: a pair of them marks code, and all others are text.
//! Must never know the medium, or lose a sign that is text.

/// A title in parts, each with whether it is code. A backtick without another one is text, and so are two with nothing between.
pub fn title_parts(title: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, next)) = after.split_once('`') else {
            break;
        };
        parts.push((before, false));
        parts.push(if code.is_empty() {
            (&rest[before.len()..before.len() + 2], false)
        } else {
            (code, true)
        });
        rest = next;
    }
    parts.push((rest, false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}

/// A title where nothing can be marked as code.
pub fn plain_title(title: &str) -> String {
    let parts = title_parts(title.trim()).into_iter();
    parts.map(|(part, _)| part).collect()
}

#[cfg(test)]
mod tests {
    use super::{plain_title, title_parts};
    use proptest::prelude::*;

    #[test]
    fn only_a_pair_with_something_between_marks_code() {
        assert_eq!(title_parts("`a` b ` c"), [("a", true), (" b ` c", false)]);
        for text in ["a ` b", "a `` b", "a ``` b", "a ```` b"] {
            assert_eq!(plain_title(text), text);
        }
        assert_eq!(plain_title("the `x` of ``"), "the x of ``");
    }

    proptest! {
        #[test]
        fn nothing_but_marks_of_code_is_lost(text in "[aä\u{202e} `]{0,20}") {
            let parts = title_parts(&text);
            let written = parts.iter().map(|(part, code)| if *code { format!("`{part}`") } else { (*part).to_owned() });
            prop_assert_eq!(written.collect::<String>(), text);
        }
    }
}
