//! Owns canonical JSON: one value, one way to write it (the OLPC form that TUF signs, specification 4.1).
//! Must never write what it would not read, or read two texts as one value.
//!
//! Every reader of TUF metadata agrees about text of printable ASCII and about whole numbers below 2^53. About all else
//! some two differ: order of keys by UTF-16 or by bytes, normalisation, floats. So there is nothing else here.

use std::collections::BTreeMap;

mod read;

pub(crate) use read::read;

/// The largest number that every reader of JSON keeps whole: 2^53 - 1 (RFC 8259, section 6).
pub const LARGEST: u64 = (1 << 53) - 1;

/// What canonical JSON can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Bool(bool),
    Number(u64),
    Text(String),
    List(Vec<Self>),
    Map(BTreeMap<String, Self>),
}

/// Why a text is no canonical JSON. Numbers are places in it, from zero.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonFlaw {
    /// The text starts with U+FEFF.
    #[error("it starts with a byte order mark")]
    Mark,
    /// Bytes that are no UTF-8.
    #[error("byte {0} is no UTF-8")]
    Utf8(usize),
    /// It ends too early.
    #[error("it ends in the middle of a value")]
    End,
    /// Something after the value.
    #[error("there is more after its end, from byte {0} on")]
    Trailing(usize),
    /// White space between tokens: somebody wrote it anew.
    #[error("white space at byte {0}: it is not as it was written")]
    Space(usize),
    /// A character that is no printable ASCII.
    #[error("a character at byte {0} is not printable ASCII")]
    Character(usize),
    /// An escape other than of `"` and `\`.
    #[error("an escape at byte {0} that canonical JSON does not have")]
    Escape(usize),
    /// One key twice in an object.
    #[error("the key `{0}` is there twice")]
    Repeated(String),
    /// Keys out of order.
    #[error("the key `{0}` is out of order")]
    Unsorted(String),
    /// A number with a fraction or an exponent.
    #[error("the number at byte {0} is not whole")]
    Fraction(usize),
    /// A number that some readers would round.
    #[error("the number at byte {0} is 2^53 or more")]
    Huge(usize),
    /// A number below zero.
    #[error("the number at byte {0} is negative")]
    Negative(usize),
    /// A number with a needless zero.
    #[error("the number at byte {0} has a needless zero")]
    Zero(usize),
    /// Values in values in values.
    #[error("values lie in each other too deeply at byte {0}")]
    Deep(usize),
    /// Any other character.
    #[error("byte {0} cannot be there")]
    Unexpected(usize),
}

/// May this byte be in a text?
pub(crate) fn printable(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

impl Value {
    /// An object of these fields.
    pub(crate) fn map<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Map(fields.map(|(name, value)| (name.to_owned(), value)).into())
    }

    /// A text.
    pub(crate) fn text(text: &(impl ToString + ?Sized)) -> Self {
        Self::Text(text.to_string())
    }

    /// The only way to write this value.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.print(&mut out);
        out
    }

    fn print(&self, out: &mut Vec<u8>) {
        match self {
            Self::Bool(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
            Self::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Self::Text(text) => print_text(text, out),
            Self::List(items) => {
                out.push(b'[');
                for (at, item) in items.iter().enumerate() {
                    separate(at, out);
                    item.print(out);
                }
                out.push(b']');
            }
            Self::Map(fields) => {
                out.push(b'{');
                for (at, (name, value)) in fields.iter().enumerate() {
                    separate(at, out);
                    print_text(name, out);
                    out.push(b':');
                    value.print(out);
                }
                out.push(b'}');
            }
        }
    }
}

fn separate(at: usize, out: &mut Vec<u8>) {
    if at > 0 {
        out.push(b',');
    }
}

/// Only `"` and `\` are escaped. All else was refused before it came into a value.
fn print_text(text: &str, out: &mut Vec<u8>) {
    debug_assert!(text.bytes().all(printable), "{text:?} is printable ASCII");
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
}
