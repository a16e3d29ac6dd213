//! Owns how a text travels: as it is where that is safe, else quoted-printable.
//! Must never choose base64 for a text: people read raw mail, and so do filters.

use encodify::qp;

/// A text that can go through any mail server.
pub(crate) struct Encoded {
    /// The word for `Content-Transfer-Encoding`.
    pub(crate) word: &'static str,
    /// The bytes, in lines that end in CRLF.
    pub(crate) text: String,
}

/// The longest line that RFC 5322 allows, without its end.
const LONGEST: usize = 998;

/// Lines of a body. Ends of lines are those of mail, whatever they were.
pub(crate) fn encoded(body: &str) -> Encoded {
    if is_plain(body) {
        let lines = body.lines().flat_map(|line| [line, "\r\n"]);
        let text = lines.collect();
        return Encoded { word: "7bit", text };
    }
    Encoded {
        word: "quoted-printable",
        text: qp::BODY.encode(body),
    }
}

/// A file, byte for byte: its ends of lines are part of its hash.
pub(crate) fn encoded_file(bytes: &[u8]) -> Encoded {
    Encoded {
        word: "quoted-printable",
        text: qp::BINARY.encode(bytes),
    }
}

fn is_plain(body: &str) -> bool {
    let plain = |byte: u8| byte == b'\t' || byte == b'\n' || (b' '..=b'~').contains(&byte);
    let short = |line: &str| line.len() <= LONGEST && !line.ends_with([' ', '\t']);
    body.bytes().all(plain) && body.lines().all(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_goes_as_it_is_and_long_links_stay_whole() {
        let link = format!("https://example.org/{}", "a".repeat(200));
        let sent = encoded(&format!("Hello\n  {link}\n"));
        assert_eq!(sent.word, "7bit");
        assert_eq!(sent.text, format!("Hello\r\n  {link}\r\n"));
    }

    #[test]
    fn what_is_not_plain_is_quoted_and_never_base64() {
        let japanese = "日本語の説明文".repeat(40);
        for body in [
            "caf\u{e9}\n",
            japanese.as_str(),
            &"a".repeat(999),
            "bell\u{7}",
            "end \nof",
        ] {
            let sent = encoded(body);
            assert_eq!(sent.word, "quoted-printable", "{body}");
            assert!(sent.text.is_ascii());
            assert!(sent.text.lines().all(|line| line.len() <= 76));
        }
        assert_eq!(encoded(&"a".repeat(998)).word, "7bit");
    }

    proptest! {
        #[test]
        fn a_file_comes_out_as_it_went_in(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let sent = encoded_file(&bytes).text;
            prop_assert!(sent.lines().all(|line| line.len() <= 76));
            let back = qp::BINARY.decode(sent.as_bytes());
            prop_assert_eq!(back.expect("quoted-printable").into_owned(), bytes);
        }

        #[test]
        fn a_text_comes_out_as_it_went_in(body in "(?s)[a-z\u{e9}日 .=\n-]{0,200}") {
            let sent = encoded(&body);
            let back = match sent.word {
                "7bit" => sent.text.clone(),
                _ => String::from_utf8(qp::BODY.decode(sent.text.as_bytes()).expect("quoted-printable").into_owned()).expect("UTF-8"),
            };
            let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(lines(&back), lines(&body));
        }
    }
}
