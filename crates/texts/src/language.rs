//! Owns what differs between languages but words: which forms a number asks for.
//! Must never guess: a language that the tables do not have uses one form for all numbers.

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

/// A language by its tag, `de` or `pt-BR`.
#[derive(Clone)]
pub(crate) struct Language {
    rules: Option<PluralRules>,
}

/// The names that forms have in a catalogue.
pub(crate) const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Language {
    pub(crate) fn new(tag: &str) -> Self {
        let whole: Option<LanguageIdentifier> = tag.parse().ok();
        let bare = tag.split('-').next().and_then(|tag| tag.parse().ok());
        let candidates = whole.into_iter().chain(bare);
        let mut rules = candidates.filter_map(|tag: LanguageIdentifier| {
            PluralRules::create(tag, PluralRuleType::CARDINAL).ok()
        });
        Self {
            rules: rules.next(),
        }
    }

    /// The form that goes with a number.
    pub(crate) fn form(&self, count: usize) -> &'static str {
        let rules = self.rules.as_ref();
        let category = rules.and_then(|rules| rules.select(count).ok());
        match category {
            Some(PluralCategory::ZERO) => "zero",
            Some(PluralCategory::ONE) => "one",
            Some(PluralCategory::TWO) => "two",
            Some(PluralCategory::FEW) => "few",
            Some(PluralCategory::MANY) => "many",
            Some(PluralCategory::OTHER) | None => "other",
        }
    }

    /// The forms that small numbers ask for: a text that counts has all of them.
    pub(crate) fn forms(&self) -> Vec<&'static str> {
        let asked =
            |form: &&str| *form == "other" || (0..=200).any(|count| self.form(count) == *form);
        FORMS.into_iter().filter(asked).collect()
    }
}

/// Is this the tag of a language, as `<html lang>` has it? Two or three letters, and perhaps parts behind.
pub fn is_tag(tag: &str) -> bool {
    let first = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&first.len()) && tag.parse::<LanguageIdentifier>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_count_in_their_own_way() {
        assert_eq!(Language::new("en").forms(), ["one", "other"]);
        assert_eq!(Language::new("de-AT").forms(), ["one", "other"]);
        assert_eq!(Language::new("ja").forms(), ["other"]);
        assert_eq!(Language::new("pl").forms(), ["one", "few", "many", "other"]);
        assert_eq!(Language::new("pl").form(3), "few");
        assert_eq!(Language::new("fr").form(0), "one");
        assert_eq!(Language::new("tlh").forms(), ["other"]);
    }

    #[test]
    fn a_tag_is_a_name_of_a_language_and_no_path() {
        assert!(is_tag("de") && is_tag("pt-BR") && is_tag("zh-Hant"));
        for bad in ["", "x", "english", "../de", "de/", "de\n"] {
            assert!(!is_tag(bad), "{bad}");
        }
    }
}
