//! Owns what is around a mail: headers, and the whole message (RFC 5322, MIME). The only file that knows `mail-builder`.
//! Must never send anything, or write an address that it was not given.

use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::MimePart;

use caveat_advisory::Project;

use crate::encoding::{Encoded, encoded, encoded_file};
use crate::{Error, Mail, digest};

/// The message.
pub(crate) fn seal(mail: &Mail) -> Result<Vec<u8>, Error> {
    let (name, address) = mail.from.rsplit_once('<').unwrap_or(("", &mail.from));
    let mut message = MessageBuilder::new()
        .from((name.trim(), address.trim_end_matches('>').trim()))
        .header("Subject", subject(&mail.subject))
        .date(Date::new(mail.date.as_second()))
        .message_id(MessageId::new(mail.id.as_str()))
        .body(parts(mail));
    if let Some(to) = &mail.to {
        message = message.to(to.as_str());
    }
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(reply_to.as_str());
    }
    let earlier: Vec<String> = mail.earlier.iter().map(|id| format!("<{id}>")).collect();
    if let Some(last) = earlier.last() {
        message = message
            .header("In-Reply-To", Raw::new(last.clone()))
            .header("References", Raw::new(earlier.join(" ")));
    }
    message.write_to_vec().map_err(|error| Error {
        path: format!("{}.eml", mail.path),
        reason: error.to_string(),
    })
}

/// The text; with files, the text first and one part for each.
fn parts(mail: &Mail) -> MimePart<'_> {
    let kind = ContentType::new("text/plain").attribute("charset", "utf-8");
    let text = part(kind, encoded(&mail.body));
    if mail.patches.is_empty() {
        return text;
    }
    let files = mail.patches.iter().map(|patch| {
        let kind = ContentType::new("text/x-diff").attribute("charset", "utf-8");
        part(kind, encoded_file(&patch.bytes)).attachment(patch.name.as_str())
    });
    // `=_` is in no quoted-printable text. The same for every build.
    let boundary = format!("=_{}", digest(&mail.id, 12));
    let kind = ContentType::new("multipart/mixed").attribute("boundary", boundary);
    let parts: Vec<MimePart<'_>> = std::iter::once(text).chain(files).collect();
    MimePart::new(kind, parts)
}

/// Encoded here: the library would break links, and take base64 for most scripts.
fn part(kind: ContentType<'_>, sent: Encoded) -> MimePart<'_> {
    MimePart::new(kind, sent.text).transfer_encoding(sent.word)
}

/// Plain ASCII stays readable in the raw message; all else is encoded (RFC 2047). Both are folded.
fn subject(text: &str) -> HeaderType<'static> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let text = words.join(" ");
    match text.is_ascii() {
        // What looks encoded would be decoded.
        true if text.contains("=?") => HeaderType::Raw(Raw::new(encoded_words(&text))),
        true => HeaderType::Raw(Raw::new(text)),
        false => HeaderType::Text(Text::new(text)),
    }
}

/// Every sign of an ASCII text encoded (RFC 2047), for the library leaves ASCII as it is.
fn encoded_words(text: &str) -> String {
    let code = |byte: &u8| match byte {
        b' ' => "_".to_owned(),
        byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
        byte => format!("={byte:02X}"),
    };
    // A word has at most 75 signs; blanks between words are not part of the text.
    let words = text.as_bytes().chunks(20);
    let word = |bytes: &[u8]| format!("=?utf-8?Q?{}?=", bytes.iter().map(code).collect::<String>());
    words.map(word).collect::<Vec<_>>().join(" ")
}

/// What message ids end in.
pub(crate) fn host(project: &Project) -> &str {
    let name = project.feed.principal();
    name.split('/').next().unwrap_or_default()
}

/// A part of a message id: letters, digits and a few marks; all else by its number.
pub(crate) fn atom(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_+.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("={byte:02X}"));
        }
    }
    // A dot stands between atoms only.
    out.split('.')
        .filter(|atom| !atom.is_empty())
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use mail_parser::MimeHeaders as _;
    use proptest::prelude::*;

    use super::*;
    use crate::Patch;

    fn mail() -> Mail {
        Mail {
            path: "mail/x".to_owned(),
            receiver: "a".to_owned(),
            from: "A <a@example.org>".to_owned(),
            to: Some("b@example.org".to_owned()),
            reply_to: Some("c@example.org".to_owned()),
            subject: "Plain =?utf-8?q?not?=  text".to_owned(),
            date: "2026-11-20T00:00:00Z".parse().expect("a time"),
            id: "x.r1.a@example.org".to_owned(),
            earlier: vec!["x.r0.a@example.org".to_owned()],
            body: "Line\n\n  https://example.org/x\n".to_owned(),
            patches: Vec::new(),
        }
    }

    #[test]
    fn a_message_has_the_headers_that_it_was_given_and_no_other() {
        let message = String::from_utf8(mail().message().expect("a message")).expect("ASCII");
        let (head, body) = message.split_once("\r\n\r\n").expect("a body");
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap_or_default())
            .collect();
        let expected = [
            "From",
            "Subject",
            "Date",
            "Message-ID",
            "To",
            "Reply-To",
            "In-Reply-To",
            "References",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ];
        assert_eq!(names, expected, "{head}");
        assert!(
            head.contains("Subject: =?utf-8?Q?Plain_=3D=3Futf"),
            "{head}"
        );
        assert!(head.contains("Content-Transfer-Encoding: 7bit"), "{head}");
        assert_eq!(body, "Line\r\n\r\n  https://example.org/x\r\n");
    }

    #[test]
    fn files_come_out_byte_for_byte_and_every_build_makes_the_same() {
        let bytes = b"--- a\n+++ b\n@@ -1 +1 @@\n-caf\xc3\xa9 \n+x\r\n\xff".to_vec();
        let patch = Patch {
            name: "fix 1.patch".to_owned(),
            bytes: bytes.clone(),
        };
        let mail = Mail {
            patches: vec![patch],
            ..mail()
        };
        let message = mail.message().expect("a message");
        assert_eq!(message, mail.message().expect("a message"));
        let parsed = mail_parser::MessageParser::default().parse(&message);
        let parsed = parsed.expect("a message");
        assert_eq!(
            parsed.body_text(0).as_deref(),
            Some("Line\r\n\r\n  https://example.org/x\r\n")
        );
        let file = parsed.attachments().next().expect("a file");
        assert_eq!(file.attachment_name(), Some("fix 1.patch"));
        // Decoded here: the parser would read a text as a text.
        let raw = String::from_utf8(message).expect("ASCII");
        let (_, raw) = raw.split_once("fix 1.patch\"\r\n\r\n").expect("a file");
        let (raw, _) = raw.split_once("\r\n--=_").expect("an end");
        let back = encodify::qp::BINARY.decode(raw.as_bytes());
        assert_eq!(back.expect("quoted-printable").into_owned(), bytes);
    }

    #[test]
    fn message_ids_are_made_of_plain_atoms() {
        assert_eq!(atom("PyPI/torch.1!2.0+cpu"), "PyPI=2Ftorch.1=212.0+cpu");
        assert_eq!(atom("..日."), "=E6=97=A5");
    }

    proptest! {
        #[test]
        fn any_text_reads_as_it_was_written(subject in "[ -~\u{e9}\u{65e5}\u{1f980}]{1,200}", body in "(?s)[ -~\n\u{e9}\u{65e5}]{0,200}") {
            let mail = Mail { subject: format!("x{subject}x"), body: format!("{body}\n"), ..mail() };
            let bytes = mail.message().expect("a message");
            prop_assert!(bytes.is_ascii());
            let parsed = mail_parser::MessageParser::default().parse(&bytes).expect("a message");
            let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(flat(parsed.subject().unwrap_or_default()), flat(&mail.subject));
            let read = parsed.body_text(0).unwrap_or_default().replace("\r\n", "\n");
            prop_assert_eq!(read, mail.body);
        }
    }
}
