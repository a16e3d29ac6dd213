//! Owns which values of a comparison may not be repeated: those that name somebody who is to be named nowhere, or tell of what
//! is not published.
//! Must never say whom or what it found, or ask whether a rule is on: a name that comes back by an old value was asked to go.

use std::borrow::Borrow;

use caveat_advisory::{Advisory, Change, Consent, Credit, CreditRole, changes};
use caveat_canary::{Eye, Withheld};

use crate::crowd::Crowd;
use crate::person::{Traces, person};
use crate::rule::Facts;
use crate::unnamed::{everybody, repositories};

/// What old values are held against before anybody repeats them.
#[derive(Default)]
pub struct Discretion {
    people: Option<Crowd<Traces>>,
    /// Where the project itself is at home: no page of a person.
    ours: Vec<String>,
    hidden: Eye,
}

impl Discretion {
    /// `withheld` is what is not published of the same facts.
    pub(crate) fn new(facts: &Facts<'_>, withheld: Withheld) -> Self {
        let project = facts.project.data();
        Self {
            people: everybody(project, facts.candidates),
            ours: repositories(project)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            hidden: Eye::new(withheld),
        }
    }

    /// What differs between two states, without the values that may not be repeated: of those the field alone is listed.
    pub fn changes(&self, old: &Advisory, new: &Advisory) -> Vec<Change> {
        let mut all = changes(old, new);
        self.keep_between(&mut all, old, new);
        all.dedup();
        all
    }

    /// Takes values out that may not be repeated, also of those whom only the old one of two states credits: that others
    /// still credit them brings them back into none.
    pub fn keep_between(&self, all: &mut [Change], old: &Advisory, new: &Advisory) {
        let ours: Vec<&str> = self.ours.iter().map(String::as_str).collect();
        let own = quiet_in(old, new, &ours);
        let named = |text: &str| own.iter().any(|one| one.find(text, text).is_some());
        drop_sides(all, |text| named(text) || self.hides(text));
    }

    /// Takes values out that may not be repeated.
    pub fn keep(&self, all: &mut [Change]) {
        drop_sides(all, |text| self.hides(text));
    }

    /// May this not be repeated?
    pub fn hides(&self, text: &str) -> bool {
        names(self.people.as_ref(), text) || self.hidden.tells(text, Consent::Advisory)
    }
}

/// Does a text name one of these?
pub(crate) fn names<T: Borrow<Traces>>(people: Option<&Crowd<T>>, text: &str) -> bool {
    people.is_some_and(|people| !people.named(text).is_empty())
}

/// Both sides go: what is left of one would show what the other said.
pub(crate) fn drop_sides(all: &mut [Change], is_hidden: impl Fn(&str) -> bool) {
    for one in all {
        let mut sides = one.from.iter().chain(&one.to);
        if sides.any(|text| is_hidden(text)) {
            (one.from, one.to) = (None, None);
        }
    }
}

/// Whom one of the two states credits, and the new one does not by their leave. Here a family name is enough.
fn quiet_in(old: &Advisory, new: &Advisory, ours: &[&str]) -> Vec<Traces> {
    let agreed = new.credits.iter();
    let agreed: Vec<&str> = agreed
        .filter_map(|credit| credit.name_for(Consent::Advisory))
        .map(person)
        .collect();
    let quiet = |credit: &&Credit| {
        let name = credit.name.as_deref().map(person);
        credit.role != CreditRole::Tool && name.is_some_and(|name| !agreed.contains(&name))
    };
    let credits = old.credits.iter().chain(&new.credits).filter(quiet);
    credits
        .filter_map(|credit| Traces::of(credit, ours))
        .collect()
}
