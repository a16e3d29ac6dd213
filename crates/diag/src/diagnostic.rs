//! Owns one piece of trouble: its code, its words, the places it labels and what to do about it.
//! Must never hold control characters: what a file says cannot drive the reader's terminal.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::{Fix, Source, Span};

/// How bad it is. Only errors stop a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Must be mended before anything is published.
    Error,
    /// Probably wrong; published all the same.
    Warning,
    /// Worth knowing.
    Note,
}

impl Level {
    /// As it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place in a source and what is there.
#[derive(Clone, Debug)]
pub struct Label {
    /// The file.
    pub source: Arc<Source>,
    /// The bytes.
    pub span: Span,
    /// A phrase, or nothing.
    pub text: String,
}

/// Something that is wrong with what people wrote. The first label is the place it is reported at.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Stable kebab-case name of the rule.
    pub code: &'static str,
    /// How bad.
    pub level: Level,
    /// One phrase, lower-case, no full stop.
    pub message: String,
    /// Where, most important first. Never empty.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Vec<String>,
    /// Why it is so.
    pub notes: Vec<String>,
    /// Edits that certainly mend it; each one alone does.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// Trouble at one place.
    pub fn new(
        level: Level,
        code: &'static str,
        message: impl AsRef<str>,
        source: &Arc<Source>,
        span: Span,
    ) -> Self {
        let label = Label {
            source: Arc::clone(source),
            span,
            text: String::new(),
        };
        let message = printable(message.as_ref());
        Self {
            code,
            level,
            message,
            labels: vec![label],
            help: Vec::new(),
            notes: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// An error at one place.
    pub fn error(
        code: &'static str,
        message: impl AsRef<str>,
        source: &Arc<Source>,
        span: Span,
    ) -> Self {
        Self::new(Level::Error, code, message, source, span)
    }

    /// Says what stands at the main place.
    #[must_use]
    pub fn here(mut self, text: impl AsRef<str>) -> Self {
        self.labels[0].text = printable(text.as_ref());
        self
    }

    /// Labels another place, perhaps in another file.
    #[must_use]
    pub fn also(mut self, source: &Arc<Source>, span: Span, text: impl AsRef<str>) -> Self {
        let text = printable(text.as_ref());
        self.labels.push(Label {
            source: Arc::clone(source),
            span,
            text,
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl AsRef<str>) -> Self {
        self.help.push(printable(text.as_ref()));
        self
    }

    /// Says why.
    #[must_use]
    pub fn note(mut self, text: impl AsRef<str>) -> Self {
        self.notes.push(printable(text.as_ref()));
        self
    }

    /// Says which edit of the main file mends it for certain. Text that a terminal cannot show is not taken:
    /// nobody could see what would be written.
    #[must_use]
    pub fn fix(
        mut self,
        title: impl AsRef<str>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        let replacement = replacement.into();
        if !replacement.contains(is_unprintable) {
            self.fixes.push(Fix {
                title: printable(title.as_ref()),
                source: Arc::clone(&self.primary().source),
                span,
                replacement,
            });
        }
        self
    }

    /// The place it is reported at.
    pub fn primary(&self) -> &Label {
        &self.labels[0]
    }
}

/// Text from a file as a message shows it: in backticks, on one line, and no longer than a line should be.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("`{}`", printable(&shown).replace('\n', "\\n"))
}

/// Escapes control and text-direction characters; line feeds stay.
fn printable(text: &str) -> String {
    if !text.contains(is_unprintable) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unprintable(c) {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

fn is_unprintable(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says_cannot_drive_the_terminal() {
        assert_eq!(quoted("a\u{1b}[31mb\u{202e}c"), "`a\\u{1b}[31mb\\u{202e}c`");
        assert_eq!(quoted("two\nlines"), "`two\\nlines`");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(quoted(&"ä".repeat(100)), format!("`{}…`", "ä".repeat(80)));
    }
}
