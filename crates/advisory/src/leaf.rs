//! Owns how one TOML value becomes one plain value, and the closed vocabularies.
//! Must never report: a leaf says what is wrong with it, the reader knows where it stands.

use caveat_diag::quoted;
use jiff::Timestamp;
use jiff::civil::Date;
use toml::de::DeValue;

/// What is wrong with a value, and what to write instead.
pub(crate) struct Problem {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// A value that stands alone: no keys below it.
pub(crate) trait Leaf: Sized {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem>;
}

fn wrong_type(expected: &str, found: &DeValue<'_>) -> Problem {
    let message = format!("expected {expected}, found {}", found.type_str());
    Problem {
        message,
        help: None,
    }
}

impl Leaf for String {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        let text = value
            .as_str()
            .ok_or_else(|| wrong_type("a string", value))?;
        Ok(text.to_owned())
    }
}

impl Leaf for f64 {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        let text = match value {
            DeValue::Float(number) => number.as_str(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            _ => return Err(wrong_type("a number", value)),
        };
        text.parse().map_err(|_| wrong_type("a number", value))
    }
}

/// A small number, from 1 to 9.
impl Leaf for u8 {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        let DeValue::Integer(number) = value else {
            return Err(wrong_type("a number", value));
        };
        let number = number.as_str().parse().ok();
        number
            .filter(|number| (1..=9).contains(number))
            .ok_or_else(|| Problem {
                message: "this is no number from 1 to 9".to_owned(),
                help: None,
            })
    }
}

/// Days, up to ten years.
impl Leaf for u16 {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        let DeValue::Integer(number) = value else {
            return Err(wrong_type("a number of days", value));
        };
        let days = number.as_str().parse().ok();
        days.filter(|days| (1..=3650).contains(days))
            .ok_or_else(|| Problem {
                message: "this is no number of days from 1 to 3650".to_owned(),
                help: None,
            })
    }
}

impl Leaf for bool {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        value
            .as_bool()
            .ok_or_else(|| wrong_type("`true` or `false`", value))
    }
}

impl Leaf for Date {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        let written = value
            .as_datetime()
            .filter(|written| written.date.is_some() && written.time.is_none());
        let date = written.and_then(|written| written.to_string().parse().ok());
        date.ok_or_else(|| Problem {
            message: wrong_type("a date", value).message,
            help: Some("write the day without quotes: `2026-11-20`".to_owned()),
        })
    }
}

impl Leaf for Timestamp {
    fn read(value: &DeValue<'_>) -> Result<Self, Problem> {
        const EXAMPLE: &str = "write date, time and offset without quotes: `2026-11-20T14:00:00Z`";
        let problem = |message: String| Problem {
            message,
            help: Some(EXAMPLE.to_owned()),
        };
        let Some(written) = value.as_datetime() else {
            return Err(problem(
                wrong_type("a date with time and offset", value).message,
            ));
        };
        let (Some(time), Some(_), Some(_)) = (written.time, written.date, written.offset) else {
            return Err(problem(format!("`{written}` does not name an instant")));
        };
        // Few clocks and no consumer know leap seconds.
        if time.second == Some(60) {
            return Err(problem(format!("`{written}` is a leap second")));
        }
        if time.nanosecond.is_some_and(|fraction| fraction != 0) {
            return Err(problem(format!("`{written}` is not in whole seconds")));
        }
        let at: Option<Self> = written.to_string().parse().ok();
        // Nothing to publish is older than the clocks that consumers count by.
        at.filter(|at| *at >= Self::UNIX_EPOCH)
            .ok_or_else(|| problem(format!("`{written}` is no date after 1970")))
    }
}

/// The nearest of the known names, where one is near enough to be meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR: f64 = 0.8;
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(score, _)| *score >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// The complaint about a word that is not in a closed list.
pub(crate) fn unknown_word(what: &str, word: &str, known: &[&str]) -> Problem {
    let help = match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of: {}", known.join(", ")),
    };
    Problem {
        message: format!("{} is no {what}", quoted(word)),
        help: Some(help),
    }
}

/// An enum whose variants are words of the format: read, printed and listed from one table.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal / $label:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every word, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The same as they are written.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The word as people read it, beginning with a capital.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)+ }
            }
        }

        impl crate::leaf::Leaf for $name {
            fn read(value: &toml::de::DeValue<'_>) -> Result<Self, crate::leaf::Problem> {
                let word = <String as crate::leaf::Leaf>::read(value)?;
                match word.as_str() {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(crate::leaf::unknown_word($what, &word, Self::WORDS)),
                }
            }
        }
    };
}
pub(crate) use vocabulary;
