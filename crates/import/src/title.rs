//! Owns making a title where the source has none: the first sentence of the text.
//! Must never make a title longer than the form allows.

/// The form's limit, in characters.
const LONGEST: usize = 120;

/// The first sentence of a Markdown text as one line; cut between words where it is too long.
pub(crate) fn first_sentence(markdown: &str) -> String {
    let lines = markdown.lines().map(str::trim);
    let mut lines = lines.skip_while(|line| {
        line.is_empty() || line.starts_with(['#', '|']) || line.starts_with("```")
    });
    let paragraph: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    let words: Vec<&str> = paragraph
        .iter()
        .flat_map(|line| line.split_whitespace())
        .collect();
    let text = words.join(" ");
    let end = text.find(". ").unwrap_or(text.len());
    let sentence = text[..end].trim_end_matches('.');
    if sentence.chars().count() <= LONGEST {
        return sentence.to_owned();
    }
    let kept: String = sentence.chars().take(LONGEST - 1).collect();
    let end = kept.rfind(' ').unwrap_or(kept.len());
    format!("{}…", kept[..end].trim_end_matches([',', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_title_is_the_first_sentence_on_one_line() {
        let text = "# Summary\n\nA file can\noverwrite memory. Then more.\n\nMore.";
        assert_eq!(first_sentence(text), "A file can overwrite memory");
        assert_eq!(
            first_sentence("version 1.2.3 crashes."),
            "version 1.2.3 crashes"
        );
        assert_eq!(first_sentence("`f()` in a.c leaks."), "`f()` in a.c leaks");
        assert_eq!(first_sentence(""), "");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let title = first_sentence(&"wörd, ".repeat(60));
        assert!(
            title.chars().count() <= 120 && title.ends_with("wörd…"),
            "{title}"
        );
    }
}
