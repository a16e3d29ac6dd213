//! Owns ASCII armour (RFC 9580, 6): bytes as text with a checksum.
//! Must never read text that it would have written otherwise.

use base64ct::{Base64, Encoding as _};
use crc::{CRC_24_OPENPGP, Crc};

/// What stands in the first and the last line.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Key,
    Signature,
}

impl Kind {
    fn label(self) -> &'static str {
        match self {
            Self::Key => "PGP PUBLIC KEY BLOCK",
            Self::Signature => "PGP SIGNATURE",
        }
    }
}

/// Characters in a line.
const WIDTH: usize = 64;

pub(crate) fn armour(kind: Kind, bytes: &[u8]) -> String {
    let (label, base64) = (kind.label(), Base64::encode_string(bytes));
    let mut text = format!("-----BEGIN {label}-----\n\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(WIDTH));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    let sum = Crc::<u32>::new(&CRC_24_OPENPGP).checksum(bytes);
    let sum = Base64::encode_string(&sum.to_be_bytes()[1..]);
    text + &format!("={sum}\n-----END {label}-----\n")
}

/// The bytes, where this text is what [`armour`] makes of them.
pub(crate) fn dearmour(kind: Kind, text: &str) -> Option<Vec<u8>> {
    let label = kind.label();
    let body = text.strip_prefix(&format!("-----BEGIN {label}-----\n\n"))?;
    let (base64, _) = body.split_once("\n=")?;
    let bytes = Base64::decode_vec(&base64.replace('\n', "")).ok()?;
    (armour(kind, &bytes) == text).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_checksum_is_the_one_that_gnupg_writes() {
        // The end of a signature by GnuPG 2.2 over nothing but these bytes would be `=njUN`: RFC 4880, 6.6.
        let bytes = Base64::decode_vec(
            "yDgBO22WxBHv7O8X7O/jygAEzol56iUKiXmV+XmpCtmpqQUKiQrFqclFqUDBovzSvBSFjNSiVHsuAA==",
        );
        let text = armour(Kind::Signature, &bytes.expect("base64"));
        assert!(text.contains("\n=njUN\n"), "{text}");
    }

    #[test]
    fn only_our_own_spelling_is_read() {
        let text = armour(Kind::Key, &[7; 100]);
        assert_eq!(dearmour(Kind::Key, &text), Some(vec![7; 100]));
        assert_eq!(dearmour(Kind::Signature, &text), None);
        for (old, new) in [
            ("\n\n", "\nComment: x\n\n"),
            ("\n", "\r\n"),
            ("BwcH\n", "Bwc\nH"),
            ("\n=", "\n\n="),
            ("-----\n", "----- \n"),
        ] {
            assert_eq!(dearmour(Kind::Key, &text.replace(old, new)), None, "{new}");
        }
        for more in [format!("{text}\n"), format!("\n{text}"), text.repeat(2)] {
            assert_eq!(dearmour(Kind::Key, &more), None);
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(bytes in prop::collection::vec(any::<u8>(), 1..300), at in 0usize..400, to in "[ -~\n]") {
            let text = armour(Kind::Key, &bytes);
            prop_assert_eq!(dearmour(Kind::Key, &text), Some(bytes));
            let at = at % text.len();
            let changed = format!("{}{to}{}", &text[..at], &text[at + 1..]);
            prop_assert!(changed == text || dearmour(Kind::Key, &changed).is_none());
        }
    }
}
