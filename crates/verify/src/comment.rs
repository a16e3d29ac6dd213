//! Owns what a signer says in minisign's trusted comment: the feed, the file, its number, its times.
//! Must never guess: a field that is unknown, doubled or of another form spoils the whole line.

use std::fmt;

/// What the signer says, beside the file that was signed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Host and path of the feed.
    pub feed: Option<String>,
    /// The file that was signed.
    pub file: Option<String>,
    /// How many editions the publisher signed until this one.
    pub seq: Option<u64>,
    /// RFC 3339.
    pub issued: Option<String>,
    /// From when nobody should take it for new: RFC 3339.
    pub expires: Option<String>,
    /// How many files the list has.
    pub files: Option<u64>,
}

/// A line that is not of our form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the trusted comment is not `feed=.. file=..`, each field once: {}", .0.escape_debug())]
pub struct CommentError(String);

impl Comment {
    /// Reads a line: fields in any order, one space between them.
    ///
    /// # Errors
    /// [`CommentError`] names the field, or the line.
    pub fn parse(line: &str) -> Result<Self, CommentError> {
        let mut comment = Self::default();
        for word in line.split(' ') {
            let bad = || CommentError(word.to_owned());
            let (name, value) = word.split_once('=').ok_or_else(bad)?;
            if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(bad());
            }
            let taken = match name {
                "feed" => set(&mut comment.feed, Some(value.to_owned())),
                "file" => set(&mut comment.file, Some(value.to_owned())),
                "seq" => set(&mut comment.seq, number(value)),
                "issued" => set(&mut comment.issued, time(value)),
                "expires" => set(&mut comment.expires, time(value)),
                "files" => set(&mut comment.files, number(value)),
                _ => None,
            };
            taken.ok_or_else(bad)?;
        }
        Ok(comment)
    }
}

impl fmt::Display for Comment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |number: Option<u64>| number.map(|number| number.to_string());
        let fields = [
            ("feed", self.feed.clone()),
            ("file", self.file.clone()),
            ("seq", number(self.seq)),
            ("issued", self.issued.clone()),
            ("expires", self.expires.clone()),
            ("files", number(self.files)),
        ];
        let there = fields
            .iter()
            .filter_map(|(name, value)| Some((name, value.as_ref()?)));
        for (at, (name, value)) in there.enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{name}={value}")?;
        }
        Ok(())
    }
}

/// Sets what was not set: none where it was, or where there is no value.
fn set<T>(field: &mut Option<T>, value: Option<T>) -> Option<()> {
    let free = field.is_none();
    *field = Some(value?);
    free.then_some(())
}

/// As it would be written, so that a number has one form.
fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

/// `2026-11-22T00:00:00Z`, with or without parts of seconds: the form alone, and that no digit is out of range.
fn time(text: &str) -> Option<String> {
    let (whole, part) = text.strip_suffix('Z')?.split_at_checked(19)?;
    let form = b"0000-00-00T00:00:00";
    let fits = |(byte, form): (u8, &u8)| match form {
        b'0' => byte.is_ascii_digit(),
        other => byte == *other,
    };
    let shape = whole.bytes().zip(form).all(fits);
    let part = part.is_empty()
        || part.strip_prefix('.').is_some_and(|digits| {
            (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
    let field = |at: usize| whole.get(at..at + 2)?.parse::<u8>().ok();
    let range = |at, least: u8, most: u8| field(at).is_some_and(|n| (least..=most).contains(&n));
    let there = range(5, 1, 12)
        && range(8, 1, 31)
        && range(11, 0, 23)
        && range(14, 0, 59)
        && range(17, 0, 59);
    (shape && part && there).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LINE: &str = "feed=example.org/a file=SHA256SUMS seq=12 issued=2026-11-22T00:00:00Z expires=2026-11-29T00:00:00Z files=240";

    #[test]
    fn a_line_is_read_and_written_back() {
        let comment = Comment::parse(LINE).expect("ours");
        assert_eq!(comment.to_string(), LINE);
        assert_eq!((comment.seq, comment.files), (Some(12), Some(240)));
        assert_eq!(comment.expires.as_deref(), Some("2026-11-29T00:00:00Z"));
    }

    #[test]
    fn lines_of_earlier_versions_are_read() {
        let old = "feed=example.org issued=2026-11-20T00:00:00.5Z files=3 file=SHA256SUMS";
        let comment = Comment::parse(old).expect("in another order");
        assert_eq!((comment.seq, comment.files), (None, Some(3)));
    }

    #[test]
    fn a_field_that_is_unknown_doubled_or_of_another_form_spoils_the_line() {
        for (from, to) in [
            ("seq=12", "seq=012"),
            ("seq=12", "seq=+12"),
            ("seq=12", "seq="),
            ("seq=12", "seq"),
            ("seq=12", "seq=12 seq=13"),
            ("seq=12", "seq=12  log=x"),
            ("seq=12", "log=12"),
            ("seq=12", "seq=99999999999999999999"),
            (" seq", "  seq"),
            (" seq", "\tseq"),
            ("feed=example.org", "feed=ex\u{e4}mple.org"),
            ("2026-11-29T", "2026-11-29 "),
            ("2026-11-29T", "2026-13-29T"),
            ("2026-11-29T00:00:00Z", "2026-11-29T00:00:00+00:00"),
            ("2026-11-29T00:00:00Z", "2026-11-29T00:00:00.Z"),
            ("2026-11-29T00:00:00Z", "tomorrow"),
        ] {
            let line = LINE.replacen(from, to, 1);
            assert_ne!(line, LINE);
            assert!(Comment::parse(&line).is_err(), "{line}");
        }
        assert!(Comment::parse("").is_err());
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_is_written(line in "((feed|file|seq|issued)=[0-9T:Za-z-]{1,21} ?){1,4}|\\PC*") {
            if let Ok(comment) = Comment::parse(&line) {
                prop_assert_eq!(Comment::parse(&comment.to_string()), Ok(comment));
            }
        }
    }
}
