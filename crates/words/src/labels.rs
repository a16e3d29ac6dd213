//! Owns what the words of closed lists are called in the language of a page.
//! Must never have a word that `advisory`, `check` or `clock` has not; their own labels are English, and a test holds the catalogue against them.

use caveat_advisory::{
    CreditRole, DisputeState, Event, LegalSheet, ReferenceType, StatusKind, WithdrawalReason,
};
use caveat_check::TieKind;
use caveat_clock::{Mark, Promise, State};
use caveat_texts::Texts;

/// What somebody did.
pub fn role(texts: &Texts, role: CreditRole) -> String {
    texts.word(&format!("role.{}", role.as_str()))
}

/// What happened.
pub fn event(texts: &Texts, event: Event) -> String {
    texts.word(&format!("event.{}", event.as_str()))
}

/// Why an advisory was withdrawn, within a sentence.
pub fn withdrawal(texts: &Texts, reason: WithdrawalReason) -> String {
    texts.word(&format!("withdrawal.{}", reason.as_str()))
}

/// What is behind a link.
pub fn reference(texts: &Texts, kind: ReferenceType) -> String {
    texts.word(&format!("reference.{}", kind.as_str()))
}

/// What an advisory has to do with another.
pub fn tie(texts: &Texts, tie: TieKind) -> String {
    texts.word(&match tie {
        TieKind::Is(kind) => format!("relation.{}", kind.as_str()),
        TieKind::Has(kind) => format!("inverse.{}", kind.as_str()),
        TieKind::ReplacedBy => "relation.replaced-by".to_owned(),
        TieKind::Replaces => "relation.replaces".to_owned(),
    })
}

/// What is known of versions that no range names.
pub fn status(texts: &Texts, state: StatusKind) -> String {
    texts.word(&format!("standing.{}", state.as_str()))
}

/// What became of a name that should not have been given.
pub fn dispute(texts: &Texts, state: DisputeState) -> String {
    texts.word(&format!("dispute.{}", state.as_str()))
}

/// How grave a CVSS score is, by the scale of its standard: `High`.
pub fn rating(texts: &Texts, rating: &str) -> String {
    texts.word(&format!("rating.{}", rating.to_lowercase()))
}

/// What was promised.
pub fn promise(texts: &Texts, promise: Promise) -> String {
    texts.word(&format!("promise.{}", promise.as_str()))
}

/// What a promise came to.
pub fn state(texts: &Texts, state: State) -> String {
    texts.word(&format!("kept.{}", state.as_str()))
}

/// What ended a clock.
pub fn mark(texts: &Texts, mark: Mark) -> String {
    match mark {
        Mark::Event(one) => event(texts, one),
        Mark::Update => texts.word("target.told"),
        Mark::Published => texts.word("event.published"),
    }
}

/// Deadlines of a law.
pub fn sheet(texts: &Texts, sheet: LegalSheet) -> String {
    texts.word(&format!("law.{}", sheet.as_str()))
}

#[cfg(test)]
mod tests {
    use caveat_advisory::RelationType;

    use super::*;

    fn ties() -> impl Iterator<Item = TieKind> {
        let relations = RelationType::ALL.iter();
        let ties = relations.flat_map(|one| [TieKind::Is(*one), TieKind::Has(*one)]);
        ties.chain([TieKind::ReplacedBy, TieKind::Replaces])
    }

    #[test]
    fn every_word_is_in_the_catalogue_as_the_program_says_it_elsewhere() {
        let english = Texts::english();
        let words = (CreditRole::ALL
            .iter()
            .map(|one| (role(english, *one), one.label())))
        .chain(
            Event::ALL
                .iter()
                .map(|one| (event(english, *one), one.label())),
        )
        .chain(
            ReferenceType::ALL
                .iter()
                .map(|one| (reference(english, *one), one.label())),
        )
        .chain(
            StatusKind::ALL
                .iter()
                .map(|one| (status(english, *one), one.label())),
        )
        .chain(
            DisputeState::ALL
                .iter()
                .map(|one| (dispute(english, *one), one.label())),
        )
        .chain(
            LegalSheet::ALL
                .iter()
                .map(|one| (sheet(english, *one), one.label())),
        )
        .chain(
            State::ALL
                .iter()
                .map(|one| (state(english, *one), one.label())),
        )
        .chain(
            Promise::ALL
                .iter()
                .map(|one| (promise(english, *one), one.label())),
        )
        .chain(
            Promise::LEGAL
                .iter()
                .map(|one| (promise(english, *one), one.label())),
        )
        .chain(ties().map(|one| (tie(english, one), one.label())));
        for (said, label) in words {
            assert_eq!(said, label);
        }
        for one in WithdrawalReason::ALL {
            assert_eq!(withdrawal(english, *one), one.label().to_lowercase());
        }
        for one in ["None", "Low", "Medium", "High", "Critical"] {
            assert_eq!(rating(english, one), one);
        }
    }
}
