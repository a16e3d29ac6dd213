//! Owns the way from any bytes to text, and saying what was done on it.
//! Must never fail, or lose a line.

use std::sync::Arc;

use caveat_diag::{Diagnostic, Level, Source};
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What is to be said of the encoding, once there is a source to say it of.
pub(crate) type Said = Box<dyn Fn(&Arc<Source>) -> Diagnostic>;

pub(crate) fn decode(path: &str, bytes: Vec<u8>) -> (Source, Option<Said>) {
    let (text, said) = match bytes.get(..2) {
        Some([0xff, 0xfe]) => (UTF_16LE.decode(&bytes).0.into_owned(), Some("UTF-16")),
        Some([0xfe, 0xff]) => (UTF_16BE.decode(&bytes).0.into_owned(), Some("UTF-16")),
        _ => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => other(error.as_bytes()),
        },
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // A lone carriage return ended lines long ago: places are counted by line feeds.
    let text = if text.contains('\n') {
        text.to_owned()
    } else {
        text.replace('\r', "\n")
    };
    (Source::new(path, text), said.map(finding))
}

/// Binary files are full of zero bytes; what else is not UTF-8 was mostly written on Windows.
fn other(bytes: &[u8]) -> (String, Option<&'static str>) {
    if bytes.contains(&0) {
        return (
            String::from_utf8_lossy(bytes).into_owned(),
            Some("no text at all"),
        );
    }
    (
        WINDOWS_1252.decode(bytes).0.into_owned(),
        Some("Latin-1 or Windows-1252"),
    )
}

fn finding(encoding: &'static str) -> Said {
    Box::new(move |source| {
        let message = format!("this file is not UTF-8 but seems to be {encoding}");
        let span = source.first_line();
        let found = Diagnostic::new(Level::Warning, "adopt-encoding", message, source, span);
        found.help("save it as UTF-8, and compare what was understood with the text")
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn read(bytes: &[u8]) -> (String, bool) {
        let (source, said) = decode("S", bytes.to_vec());
        (source.text().to_owned(), said.is_some())
    }

    #[test]
    fn utf8_is_read_in_silence_with_or_without_a_mark() {
        assert_eq!(read(b"a\r\n"), ("a\r\n".to_owned(), false));
        assert_eq!(read(b"\xef\xbb\xbfa"), ("a".to_owned(), false));
    }

    #[test]
    fn other_encodings_are_read_and_said() {
        assert_eq!(read(b"\xff\xfea\0\n\0"), ("a\n".to_owned(), true));
        assert_eq!(read(b"\xfe\xff\0a\0\n"), ("a\n".to_owned(), true));
        assert_eq!(read(b"caf\xe9\n"), ("caf\u{e9}\n".to_owned(), true));
        assert!(read(b"\0\xff\x01").1);
    }

    #[test]
    fn lines_of_old_macs_are_lines() {
        assert_eq!(read(b"a\rb"), ("a\nb".to_owned(), false));
    }
}
