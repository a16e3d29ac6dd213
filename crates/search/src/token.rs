//! Owns what a word is, for the index; `search.js` does the same to what people type.
//! Must never depend on a language: marks are taken off, capitals are made small, and that is all.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// What is longer is cut.
const LONGEST: usize = 64;

/// Small letters without marks, and without signs that nobody sees.
pub(crate) fn fold(text: &str) -> String {
    let bare = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_unseen(*c));
    let small = bare.collect::<String>().to_lowercase();
    small.replace('ς', "σ")
}

/// What stands between spaces, without the punctuation around it: ids and versions are found by it as a whole.
pub(crate) fn chunks(text: &str) -> Vec<String> {
    let text = fold(text);
    let chunks = text.split_whitespace();
    let chunks = chunks.map(|chunk| chunk.trim_matches(|c: char| !c.is_alphanumeric()));
    let cut = |chunk: &str| chunk.chars().take(LONGEST).collect();
    chunks.filter(|chunk| !chunk.is_empty()).map(cut).collect()
}

/// The words of a chunk: letters and digits in a row; in scripts without spaces, each two signs that are neighbours.
pub(crate) fn words(chunk: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in runs(chunk) {
        let signs: Vec<char> = run.chars().collect();
        if signs.first().copied().is_some_and(is_spaceless) && signs.len() > 1 {
            words.extend(signs.windows(2).map(String::from_iter));
        } else {
            words.push(run);
        }
    }
    words
}

/// Everything by which a text is found: also single signs of scripts without spaces.
pub(crate) fn of_text(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for chunk in chunks(text) {
        tokens.extend(words(&chunk));
        let signs = chunk
            .chars()
            .filter(|c| is_spaceless(*c) && c.is_alphanumeric());
        tokens.extend(signs.map(String::from));
        tokens.push(chunk);
    }
    tokens.retain(|token| !is_sentence(token));
    tokens
}

/// A chunk of a script without spaces that is no word: nobody types it as a whole.
fn is_sentence(token: &str) -> bool {
    token.chars().nth(2).is_some() && token.chars().any(is_spaceless)
}

/// Letters and digits in a row; a script without spaces begins a new one.
fn runs(chunk: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for c in chunk.chars() {
        let kind = c.is_alphanumeric().then(|| is_spaceless(c));
        match runs.last_mut() {
            Some(run) if kind.is_some() && kind == last => run.push(c),
            _ if kind.is_some() => runs.push(c.to_string()),
            _ => {}
        }
        last = kind;
    }
    runs
}

/// Soft hyphens, joiners, and marks of byte order.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Scripts that write no spaces.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_marks_do_not_matter() {
        for text in [
            "BÜRSTE",
            "bu\u{308}rste",
            "Bürste",
            "burste",
            "b\u{ad}urste",
        ] {
            assert_eq!(fold(text), "burste", "{text}");
        }
        assert_eq!(fold("ΛΟΓΟΣ"), fold("λόγος"));
        assert_eq!(fold("ﬁle №5 İ"), "file no5 i");
    }

    #[test]
    fn punctuation_joins_a_chunk_and_parts_its_words() {
        for (text, chunk, parts) in [
            ("`torch::load`,", "torch::load", vec!["torch", "load"]),
            ("@gradio/client", "gradio/client", vec!["gradio", "client"]),
            ("log4j-core", "log4j-core", vec!["log4j", "core"]),
            (">=2.1.0+cu118", "2.1.0+cu118", vec!["2", "1", "0", "cu118"]),
            ("__init__.py", "init__.py", vec!["init", "py"]),
            ("C++", "c", vec!["c"]),
            ("it's", "it's", vec!["it", "s"]),
        ] {
            assert_eq!(chunks(text), [chunk]);
            assert_eq!(words(chunk), parts);
        }
        assert!(chunks(" -- … \u{200b} ").is_empty());
    }

    #[test]
    fn scripts_without_spaces_are_found_by_any_two_neighbours() {
        assert_eq!(words("任意のc言語"), ["任意", "意の", "c", "言語"]);
        let tokens = of_text("任意のコード");
        // Marks are taken off here, too: ド is ト.
        for token in ["任", "任意", "コー", "ト"] {
            assert!(tokens.contains(&token.to_owned()), "{token}");
        }
        assert!(!tokens.contains(&"任意のコード".to_owned()));
    }

    /// The script is held against the same table, in `tests/interop`.
    #[test]
    fn a_word_is_what_the_table_says() {
        let table = include_str!("words.json");
        let table: Vec<(String, Vec<String>, Vec<String>)> =
            serde_json::from_str(table).expect("a table");
        for (text, wanted, parts) in table {
            let found = chunks(&text);
            assert_eq!(found, wanted, "{text}");
            let found: Vec<String> = found.iter().flat_map(|chunk| words(chunk)).collect();
            assert_eq!(found, parts, "{text}");
        }
    }

    #[test]
    fn a_word_that_is_too_long_is_cut_the_same_for_all() {
        let long = "x".repeat(300);
        assert_eq!(chunks(&long), ["x".repeat(LONGEST)]);
        assert_eq!(words(&chunks(&long)[0]), chunks(&long));
    }
}
