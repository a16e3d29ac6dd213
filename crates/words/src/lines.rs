//! Owns prose in lines: 72 columns, blanks that mean something kept.
//! Must never cut a word, nor begin a line with `From `, a dot or a hyphen.

/// Lines of prose are at most this long.
pub const WIDTH: usize = 72;

/// Prose in lines, the first and the others indented as given. Words longer than a line stand alone.
pub fn wrap(text: &str, first: &str, rest: &str) -> String {
    let lines = fold(text, [first, rest], WIDTH);
    let lines: Vec<String> = lines.iter().map(|line| harmless(line)).collect();
    lines.join("\n")
}

/// Prose in lines of at most `width` characters, the first and the others indented as given. Longer words stand alone.
pub fn fold(text: &str, [first, rest]: [&str; 2], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    // Other blanks are signs of the text: a wide one between words of Chinese, one that must not be broken.
    for word in text.split_ascii_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line);
    lines
}

/// Some programs change lines that begin with `From `, and signatures cut at hyphens.
fn harmless(line: &str) -> String {
    let risky = line.starts_with("From ") || line.starts_with('-') || line.starts_with('.');
    let indent = if risky { " " } else { "" };
    format!("{indent}{}", line.trim_ascii_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_line_is_longer_than_it_may_be_and_no_word_is_cut() {
        let lines = fold("a bb ccccccccc d", ["- ", "  "], 6);
        assert_eq!(lines, ["- a bb", "  ccccccccc", "  d"]);
    }

    #[test]
    fn no_line_begins_like_a_header_or_a_signature() {
        assert_eq!(wrap("From here", "", ""), " From here");
        assert_eq!(wrap("-- x", "", ""), " -- x");
    }

    proptest! {
        #[test]
        fn only_single_words_and_code_exceed_the_width(words in proptest::collection::vec("[a-z<>&*`]{1,90}", 0..40)) {
            for line in wrap(&words.join(" "), "* ", "  ").lines() {
                let one = line.trim_start_matches([' ', '*']).split(' ').count() <= 1;
                prop_assert!(line.chars().count() <= WIDTH + 1 || one, "{line}");
            }
        }
    }
}
