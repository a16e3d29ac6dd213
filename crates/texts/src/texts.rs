//! Owns the texts of one language, ready to be said: those of the program, and above them those of a repository.
//! Must never say a text with a value too few or too many.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use crate::language::{Language, is_tag};
use crate::text::{COUNT, Piece, Text};
use crate::{BUILT_IN, Catalogue, ENGLISH};

/// What is put into a place.
#[derive(Clone, Debug)]
pub enum Value<'v> {
    /// Words.
    Words(Cow<'v, str>),
    /// A number; that of `{count}` picks the form.
    Count(usize),
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(words: &'v str) -> Self {
        Self::Words(Cow::Borrowed(words))
    }
}

impl<'v> From<&'v String> for Value<'v> {
    fn from(words: &'v String) -> Self {
        Self::Words(Cow::Borrowed(words))
    }
}

impl From<String> for Value<'_> {
    fn from(words: String) -> Self {
        Self::Words(Cow::Owned(words))
    }
}

impl From<usize> for Value<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

/// How a text was asked for wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misuse {
    /// No catalogue has the key.
    Key(String),
    /// Nothing was given for a place.
    Missing(String, String),
    /// What was given has no place.
    Idle(String, String),
    /// A text that counts was given no number.
    NoCount(String),
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "no text is called `{key}`"),
            Self::Missing(key, name) => write!(f, "the text `{key}` needs `{name}`"),
            Self::Idle(key, name) => write!(f, "the text `{key}` has no place for `{name}`"),
            Self::NoCount(key) => write!(f, "the text `{key}` needs a number as `{COUNT}`"),
        }
    }
}

/// The texts of one language.
#[derive(Clone)]
pub struct Texts {
    tag: String,
    language: Language,
    entries: BTreeMap<String, Text>,
}

static ENGLISH_CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| built_in(ENGLISH));

static IN_ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts {
    tag: ENGLISH.to_owned(),
    language: Language::new(ENGLISH),
    entries: ENGLISH_CATALOGUE.texts.clone(),
});

fn built_in(tag: &str) -> Catalogue {
    let found = BUILT_IN.iter().find(|(known, _)| *known == tag);
    found.map_or_else(Catalogue::default, |(_, source)| {
        Catalogue::read(tag, source).0
    })
}

impl Texts {
    /// The program's own English: what mails and notes are in, whatever the site is.
    pub fn english() -> &'static Self {
        &IN_ENGLISH
    }

    /// What every catalogue is measured by.
    pub fn english_catalogue() -> &'static Catalogue {
        &ENGLISH_CATALOGUE
    }

    /// A language: the program's texts, each replaced where `own` has one; English where neither has. `None` where there is no
    /// such language.
    pub fn new(tag: &str, own: Option<&Catalogue>) -> Option<Self> {
        let known = BUILT_IN.iter().any(|(known, _)| *known == tag);
        if !is_tag(tag) || (!known && own.is_none()) {
            return None;
        }
        let mut entries = Self::english().entries.clone();
        entries.extend(built_in(tag).texts);
        let own = own.into_iter().flat_map(|own| &own.texts);
        entries.extend(own.map(|(key, text)| (key.clone(), text.clone())));
        Some(Self {
            tag: tag.to_owned(),
            language: Language::new(tag),
            entries,
        })
    }

    /// The tag of the language, for `lang`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The pieces of a text, for whoever fills the places: `names` are what there is for them, `count` the number of `{count}`.
    ///
    /// # Errors
    /// A key that no catalogue has; names that are not exactly the places.
    pub fn pieces(
        &self,
        key: &str,
        names: &[&str],
        count: Option<usize>,
    ) -> Result<&[Piece], Misuse> {
        let english = Self::english().entries.get(key);
        let (Some(english), Some(text)) = (english, self.entries.get(key)) else {
            return Err(Misuse::Key(key.to_owned()));
        };
        let places = english.places();
        let missing = places.iter().find(|place| !names.contains(place));
        if let Some(place) = missing {
            return Err(Misuse::Missing(key.to_owned(), (*place).to_owned()));
        }
        let idle = |name: &&&str| !(places.contains(**name) || **name == COUNT && english.counts());
        if let Some(name) = names.iter().find(idle) {
            return Err(Misuse::Idle(key.to_owned(), (*name).to_owned()));
        }
        let form = match count {
            Some(count) => self.language.form(count),
            None if english.counts() => return Err(Misuse::NoCount(key.to_owned())),
            None => "other",
        };
        let forms = &text.forms;
        let pieces = forms.get(form).or_else(|| forms.get("other"));
        Ok(pieces.map_or(&[], Vec::as_slice))
    }

    /// Every form of a text with its places left open, for a script that fills them.
    ///
    /// # Errors
    /// A key that no catalogue has.
    pub fn forms(&self, key: &str) -> Result<BTreeMap<&'static str, String>, Misuse> {
        let text = self.entries.get(key);
        let text = text.ok_or_else(|| Misuse::Key(key.to_owned()))?;
        let open = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Place(place) => format!("{{{place}}}"),
        };
        let forms = text.forms.iter();
        let forms = forms.map(|(form, pieces)| (*form, pieces.iter().map(open).collect()));
        Ok(forms.collect())
    }

    /// A text with its places filled, as plain words.
    ///
    /// # Errors
    /// As [`Texts::pieces`].
    pub fn try_say(&self, key: &str, values: &[(&str, Value<'_>)]) -> Result<String, Misuse> {
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        let count = values.iter().find_map(|(name, value)| match value {
            Value::Count(count) if *name == COUNT => Some(*count),
            _ => None,
        });
        let pieces = self.pieces(key, &names, count)?;
        let filled = pieces.iter().map(|piece| match piece {
            Piece::Words(words) => Cow::Borrowed(words.as_str()),
            Piece::Place(place) => match values.iter().find(|(name, _)| name == place) {
                Some((_, Value::Words(words))) => Cow::Borrowed(words.as_ref()),
                Some((_, Value::Count(count))) => Cow::Owned(count.to_string()),
                None => Cow::Borrowed(""),
            },
        });
        Ok(filled.collect())
    }

    /// The same, where the program itself asks: a test holds every such place against the catalogue.
    pub fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.try_say(key, values).unwrap_or_else(|misuse| {
            debug_assert!(false, "{misuse}");
            key.to_owned()
        })
    }

    /// A text without places.
    pub fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }
}
