//! Owns the files of the index: where one ends and the next begins, and their names.
//! Must never let a new word move the ends of files that it is not in.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// A file has at least so many bytes, but the last.
const LEAST: usize = 48 << 10;
/// And not more, unless one line has.
const MOST: usize = 88 << 10;
/// One word in so many may begin a file.
const RARE: u8 = 64;

/// A part of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Twelve digits that follow from its bytes: a page that is older finds no file rather than another one.
    pub(crate) name: String,
    /// Where it is, below the index.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// One line of JSON for each.
pub(crate) fn file(folder: &str, lines: &[String]) -> File {
    let text = format!("[\n{}\n]\n", lines.join(",\n"));
    let name = digits(&text, 6);
    File {
        path: format!("{folder}/{name}.json"),
        name,
        text,
    }
}

/// Sorted entries as files, each with its first key. What begins a file follows from the word, not from what is before it.
pub(crate) fn cut(entries: &[(String, String)]) -> Vec<(String, File)> {
    let mut files = Vec::new();
    let (mut first, mut lines, mut size) = ("", Vec::new(), 0);
    for (key, line) in entries {
        let full = size + line.len() > MOST || (size >= LEAST && may_begin(key));
        if full && !lines.is_empty() {
            files.push((first.to_owned(), file("words", &lines)));
            lines.clear();
            size = 0;
        }
        if lines.is_empty() {
            first = key;
        }
        size += line.len() + 2;
        lines.push(line.clone());
    }
    if !lines.is_empty() {
        files.push((first.to_owned(), file("words", &lines)));
    }
    files
}

fn may_begin(key: &str) -> bool {
    Sha256::digest(key)[0].is_multiple_of(RARE)
}

fn digits(text: &str, bytes: usize) -> String {
    let mut out = String::new();
    for byte in &Sha256::digest(text)[..bytes] {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(count: usize) -> Vec<(String, String)> {
        let entry = |at: usize| (format!("w{at:06}"), format!("[\"w{at:06}\",[{at}]]"));
        (0..count).map(entry).collect()
    }

    #[test]
    fn files_are_small_and_hold_all_in_order() {
        let files = cut(&entries(30_000));
        assert!(files.len() > 3);
        let lengths = files.iter().map(|(_, file)| file.text.len());
        assert!(lengths.clone().all(|length| length < MOST + 100));
        let some = &files[..files.len() - 1];
        assert!(some.iter().all(|(_, file)| file.text.len() >= LEAST));
        let texts: String = files.iter().map(|(_, file)| file.text.as_str()).collect();
        assert_eq!(texts.matches("[\"w").count(), 30_000);
        assert!(cut(&[]).is_empty());
    }

    #[test]
    fn a_new_word_changes_few_files() {
        let before = entries(30_000);
        let mut after = before.clone();
        after.insert(5, ("w000004x".to_owned(), "[\"w000004x\",[1]]".to_owned()));
        let (before, after) = (cut(&before), cut(&after));
        let kept = after.iter().filter(|one| before.contains(one)).count();
        assert!(kept + 4 > before.len(), "{kept} of {}", before.len());
    }
}
