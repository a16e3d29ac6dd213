//! Owns the reading of canonical JSON, and of nothing wider.
//! Must never guess: what the writer would not have written has a reason of its own.

use std::collections::BTreeMap;

use super::{JsonFlaw, LARGEST, Value, printable};

/// More than any metadata needs; the stack stays small whatever comes.
const DEEPEST: usize = 16;

/// Reads one value, which must be all of the text.
pub(crate) fn read(bytes: &[u8]) -> Result<Value, JsonFlaw> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(JsonFlaw::Mark);
    }
    if let Err(error) = std::str::from_utf8(bytes) {
        return Err(JsonFlaw::Utf8(error.valid_up_to()));
    }
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0)?;
    match bytes.get(reader.at) {
        None => Ok(value),
        Some(b' ' | b'\t' | b'\r' | b'\n') => Err(JsonFlaw::Space(reader.at)),
        Some(_) => Err(JsonFlaw::Trailing(reader.at)),
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// What is wrong with the byte that comes next.
    fn wrong(&self) -> JsonFlaw {
        match self.next() {
            None => JsonFlaw::End,
            Some(b' ' | b'\t' | b'\r' | b'\n') => JsonFlaw::Space(self.at),
            Some(_) => JsonFlaw::Unexpected(self.at),
        }
    }

    /// Goes past this byte if it comes next.
    fn passed(&mut self, byte: u8) -> bool {
        let there = self.next() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn pass(&mut self, byte: u8) -> Result<(), JsonFlaw> {
        if self.passed(byte) {
            Ok(())
        } else {
            Err(self.wrong())
        }
    }

    fn value(&mut self, depth: usize) -> Result<Value, JsonFlaw> {
        if depth > DEEPEST {
            return Err(JsonFlaw::Deep(self.at));
        }
        match self.next() {
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => Ok(Value::Text(self.text()?)),
            Some(b'0'..=b'9') => self.number(),
            Some(b'-') => Err(JsonFlaw::Negative(self.at)),
            Some(b't') => self.word("true", true),
            Some(b'f') => self.word("false", false),
            _ => Err(self.wrong()),
        }
    }

    fn word(&mut self, word: &str, meaning: bool) -> Result<Value, JsonFlaw> {
        word.bytes().try_for_each(|byte| self.pass(byte))?;
        Ok(Value::Bool(meaning))
    }

    fn list(&mut self, depth: usize) -> Result<Value, JsonFlaw> {
        self.pass(b'[')?;
        let mut items = Vec::new();
        if self.passed(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.passed(b']') {
                return Ok(Value::List(items));
            }
            self.pass(b',')?;
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, JsonFlaw> {
        self.pass(b'{')?;
        let mut fields = BTreeMap::new();
        if self.passed(b'}') {
            return Ok(Value::Map(fields));
        }
        loop {
            let name = self.name(&fields)?;
            self.pass(b':')?;
            let value = self.value(depth + 1)?;
            fields.insert(name, value);
            if self.passed(b'}') {
                return Ok(Value::Map(fields));
            }
            self.pass(b',')?;
        }
    }

    /// The next key: a new one, and after all that were there.
    fn name(&mut self, fields: &BTreeMap<String, Value>) -> Result<String, JsonFlaw> {
        let name = self.text()?;
        match fields.last_key_value() {
            _ if fields.contains_key(&name) => Err(JsonFlaw::Repeated(name)),
            Some((last, _)) if *last > name => Err(JsonFlaw::Unsorted(name)),
            _ => Ok(name),
        }
    }

    fn text(&mut self) -> Result<String, JsonFlaw> {
        self.pass(b'"')?;
        let mut text = String::new();
        loop {
            let byte = self.next().ok_or(JsonFlaw::End)?;
            match byte {
                b'"' => {
                    self.at += 1;
                    return Ok(text);
                }
                b'\\' => text.push(self.escaped()?),
                _ if printable(byte) => text.push(char::from(byte)),
                _ => return Err(JsonFlaw::Character(self.at)),
            }
            self.at += 1;
        }
    }

    /// The character after a backslash; the reader then stands on it.
    fn escaped(&mut self) -> Result<char, JsonFlaw> {
        let start = self.at;
        self.at += 1;
        match self.next() {
            Some(byte @ (b'"' | b'\\')) => Ok(char::from(byte)),
            Some(_) => Err(JsonFlaw::Escape(start)),
            None => Err(JsonFlaw::End),
        }
    }

    fn number(&mut self) -> Result<Value, JsonFlaw> {
        let start = self.at;
        let mut number = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.next() {
            number = number
                .saturating_mul(10)
                .saturating_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        if matches!(self.next(), Some(b'.' | b'e' | b'E')) {
            Err(JsonFlaw::Fraction(start))
        } else if self.bytes[start] == b'0' && self.at - start > 1 {
            Err(JsonFlaw::Zero(start))
        } else if number > LARGEST {
            Err(JsonFlaw::Huge(start))
        } else {
            Ok(Value::Number(number))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flaw(text: &str) -> JsonFlaw {
        read(text.as_bytes()).expect_err("refused")
    }

    #[test]
    fn each_text_that_is_not_canonical_is_refused_for_its_own_reason() {
        assert_eq!(flaw("\u{feff}{}"), JsonFlaw::Mark);
        assert_eq!(read(b"{\"a\":\"\xff\"}"), Err(JsonFlaw::Utf8(6)));
        assert_eq!(flaw("{\"a\":1"), JsonFlaw::End);
        assert_eq!(flaw("{\"a"), JsonFlaw::End);
        assert_eq!(flaw("{}{}"), JsonFlaw::Trailing(2));
        assert_eq!(flaw("{}\n"), JsonFlaw::Space(2));
        assert_eq!(flaw("{ \"a\":1}"), JsonFlaw::Space(1));
        assert_eq!(flaw("{\"a\": 1}"), JsonFlaw::Space(5));
        assert_eq!(flaw("[\"\u{e9}\"]"), JsonFlaw::Character(2));
        assert_eq!(flaw("[\"\u{7f}\"]"), JsonFlaw::Character(2));
        assert_eq!(flaw(r#"["\n"]"#), JsonFlaw::Escape(2));
        assert_eq!(flaw(r#"["\u0041"]"#), JsonFlaw::Escape(2));
        assert_eq!(flaw(r#"{"a":1,"a":2}"#), JsonFlaw::Repeated("a".to_owned()));
        assert_eq!(
            flaw(r#"{"a":1,"b":2,"a":3}"#),
            JsonFlaw::Repeated("a".to_owned())
        );
        assert_eq!(flaw(r#"{"b":1,"a":2}"#), JsonFlaw::Unsorted("a".to_owned()));
        assert_eq!(flaw("null"), JsonFlaw::Unexpected(0));
        assert_eq!(flaw("[1,]"), JsonFlaw::Unexpected(3));
    }

    #[test]
    fn numbers_are_whole_and_small_enough_for_every_reader() {
        assert_eq!(flaw("[1.0]"), JsonFlaw::Fraction(1));
        assert_eq!(flaw("[1e3]"), JsonFlaw::Fraction(1));
        assert_eq!(flaw("[-1]"), JsonFlaw::Negative(1));
        assert_eq!(flaw("[01]"), JsonFlaw::Zero(1));
        assert_eq!(flaw("[9007199254740992]"), JsonFlaw::Huge(1));
        assert_eq!(flaw("[99999999999999999999999]"), JsonFlaw::Huge(1));
        assert_eq!(
            read(b"[9007199254740991]"),
            Ok(Value::List(vec![Value::Number(LARGEST)]))
        );
    }

    #[test]
    fn ten_thousand_lists_in_each_other_do_not_fell_the_reader() {
        assert_eq!(flaw(&"[".repeat(10_000)), JsonFlaw::Deep(DEEPEST + 1));
        assert_eq!(flaw(&r#"{"a":"#.repeat(10_000)), JsonFlaw::Deep(5 * 17));
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::Bool),
            (0..=LARGEST).prop_map(Value::Number),
            "[ -~]{0,9}".prop_map(Value::Text),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
                prop::collection::btree_map("[ -~]{0,5}", inner, 0..6).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in value()) {
            prop_assert_eq!(read(&value.to_bytes()), Ok(value));
        }

        #[test]
        fn what_is_read_would_be_written_so(text in r#"[\[\]{}",:\\a0-9tfrue .-]{0,24}"#) {
            if let Ok(value) = read(text.as_bytes()) {
                prop_assert_eq!(value.to_bytes(), text.into_bytes());
            }
        }
    }
}
