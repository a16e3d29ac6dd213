//! Owns reading one catalogue: `[section]`, `key = "text"`, and what is wrong with it and where.
//! Must never let a text through that does not have the places that English has.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::language::{FORMS, Language};
use crate::text::{COUNT, Piece, Text, pieces};

/// What is wrong with a catalogue, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the file.
    pub range: Range<usize>,
    /// One phrase.
    pub message: String,
    /// What to do, where that is known.
    pub help: Option<String>,
}

/// The texts of one file.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// By `section.key`.
    pub texts: BTreeMap<String, Text>,
    places: BTreeMap<String, Range<usize>>,
}

impl Catalogue {
    /// Reads what can be read, and everything that is wrong with the rest.
    pub fn read(tag: &str, source: &str) -> (Self, Vec<Fault>) {
        let (table, errors) = DeTable::parse_recoverable(source);
        let mut reader = Reader {
            forms: Language::new(tag).forms(),
            catalogue: Self::default(),
            faults: Vec::new(),
        };
        for error in errors {
            reader.fault(error.span().unwrap_or(0..0), error.message(), None);
        }
        for (section, value) in table.get_ref() {
            let name = section.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Table(texts) => reader.section(name, texts),
                _ => reader.fault(
                    section.span(),
                    &format!("`{name}` is no section"),
                    Some("write `[section]` above the texts"),
                ),
            }
        }
        (reader.catalogue, reader.faults)
    }

    /// What of this catalogue does not fit to English.
    pub fn against(&self, english: &Self) -> Vec<Fault> {
        let texts = self.texts.iter();
        let found = texts.filter_map(|(key, text)| {
            let range = self.places.get(key).cloned().unwrap_or_default();
            let (message, help) = misfit(key, text, english)?;
            Some(Fault {
                range,
                message,
                help,
            })
        });
        found.collect()
    }

    /// What English has and this catalogue has not.
    pub fn missing<'e>(&self, english: &'e Self) -> Vec<&'e str> {
        let keys = english.texts.keys();
        keys.filter(|key| !self.texts.contains_key(*key))
            .map(String::as_str)
            .collect()
    }
}

fn misfit(key: &str, text: &Text, english: &Catalogue) -> Option<(String, Option<String>)> {
    let Some(original) = english.texts.get(key) else {
        let near = english
            .texts
            .keys()
            .map(|known| (strsim::jaro_winkler(key, known), known));
        let near = near
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(score, _)| *score > 0.8);
        let help = near.map(|(_, known)| format!("did you mean `{known}`?"));
        return Some((format!("no page says `{key}`"), help));
    };
    if text.counts() && !original.counts() {
        return Some((
            format!("`{key}` does not count anything"),
            Some("write one text".to_owned()),
        ));
    }
    let (here, there) = (text.places(), original.places());
    let list = |names: BTreeSet<&str>| {
        names
            .iter()
            .map(|name| format!("`{{{name}}}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let stranger = here.difference(&there).next().copied();
    if let Some(name) = stranger {
        let help = format!(
            "the text has {}",
            if there.is_empty() {
                "no places".to_owned()
            } else {
                list(there.clone())
            }
        );
        return Some((
            format!("nothing is put into `{{{name}}}` of `{key}`"),
            Some(help),
        ));
    }
    let left: BTreeSet<&str> = there.difference(&here).copied().collect();
    (!left.is_empty()).then(|| (format!("`{key}` leaves out {}", list(left)), None))
}

struct Reader {
    forms: Vec<&'static str>,
    catalogue: Catalogue,
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, range: Range<usize>, message: &str, help: Option<&str>) {
        self.faults.push(Fault {
            range,
            message: message.to_owned(),
            help: help.map(str::to_owned),
        });
    }

    fn section(&mut self, section: &str, texts: &DeTable<'_>) {
        for (name, value) in texts {
            let key = format!("{section}.{}", name.get_ref());
            let text = match value.get_ref() {
                DeValue::String(text) => self
                    .form(value, text)
                    .map(|pieces| [("other", pieces)].into()),
                DeValue::Table(forms) => self.forms_of(&key, value.span(), forms),
                _ => {
                    self.fault(value.span(), &format!("`{key}` is no text"), None);
                    None
                }
            };
            if let Some(forms) = text {
                self.catalogue.places.insert(key.clone(), value.span());
                self.catalogue.texts.insert(key, Text { forms });
            }
        }
    }

    /// A text that counts: a form for each kind of number that the language has, each with all places but perhaps the number.
    fn forms_of(
        &mut self,
        key: &str,
        range: Range<usize>,
        forms: &DeTable<'_>,
    ) -> Option<BTreeMap<&'static str, Vec<Piece>>> {
        let mut read = BTreeMap::new();
        for (name, value) in forms {
            let form = FORMS
                .into_iter()
                .find(|form| *form == name.get_ref().as_ref());
            let (Some(form), DeValue::String(text)) = (form, value.get_ref()) else {
                let help = format!("forms are {}", self.forms.join(", "));
                self.fault(
                    name.span(),
                    &format!("`{}` is no form of a text", name.get_ref().escape_debug()),
                    Some(&help),
                );
                return None;
            };
            read.insert(form, self.form(value, text)?);
        }
        let missing: Vec<&str> = self
            .forms
            .iter()
            .copied()
            .filter(|form| !read.contains_key(form))
            .collect();
        if !missing.is_empty() {
            let help = format!("numbers of this language ask for {}", self.forms.join(", "));
            self.fault(
                range,
                &format!("`{key}` lacks the form {}", missing.join(", ")),
                Some(&help),
            );
            return None;
        }
        let names = |pieces: &[Piece]| {
            pieces
                .iter()
                .filter_map(crate::text::place)
                .filter(|name| *name != COUNT)
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        let mut each = read.values().map(|pieces| names(pieces));
        let first = each.next();
        if each.any(|other| Some(other) != first) {
            self.fault(
                range,
                &format!("the forms of `{key}` have different places"),
                None,
            );
            return None;
        }
        Some(read)
    }

    fn form(&mut self, value: &Spanned<DeValue<'_>>, text: &str) -> Option<Vec<Piece>> {
        let problem = match pieces(text) {
            Ok(pieces) if !text.trim().is_empty() => return Some(pieces),
            Ok(_) => "a text is empty".to_owned(),
            Err(problem) => problem,
        };
        self.fault(value.span(), &problem, None);
        None
    }
}
