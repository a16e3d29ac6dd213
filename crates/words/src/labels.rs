//! Owns what the words of closed lists are called in the language of a page.
//! Must never have a word that `advisory` has not; its own labels are English, and a test holds the catalogue against them.

use caveat_advisory::{CreditRole, Event};
use caveat_texts::Texts;

/// What somebody did.
pub fn role(texts: &Texts, role: CreditRole) -> String {
    texts.word(&format!("role.{}", role.as_str()))
}

/// What happened.
pub fn event(texts: &Texts, event: Event) -> String {
    texts.word(&format!("event.{}", event.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_the_catalogue_as_the_program_says_it_elsewhere() {
        let english = Texts::english();
        for one in CreditRole::ALL {
            assert_eq!(role(english, *one), one.label());
        }
        for one in Event::ALL {
            assert_eq!(event(english, *one), one.label());
        }
    }
}
