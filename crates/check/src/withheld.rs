//! Owns what the last look before publication looks for: the words of all that readers must not see.
//! Must never keep back what readers may see elsewhere: a false alarm stops a feed.

use std::collections::BTreeSet;

use caveat_advisory::{Consent, CreditRole, PackageRef, Reference, ReferenceType};
use caveat_canary::{What, Withheld};

use crate::candidate::Candidate;
use crate::cwe;
use crate::person::person;
use crate::rule::Facts;
use crate::rules::RULES;
use crate::text::texts;

/// The words of drafts, of embargoed advisories, of names without consent and of how consent was given.
pub(crate) fn withheld(facts: &Facts<'_>) -> Withheld {
    let mut withheld = Withheld::default();
    let (public, hidden): (Vec<&Candidate>, Vec<&Candidate>) = facts
        .candidates
        .iter()
        .partition(|one| one.is_public(facts.as_of));
    for candidate in hidden {
        advisory(candidate, &mut withheld);
        credits(candidate, |_| false, &mut withheld);
    }
    for path in facts.sealed {
        let file = path.rsplit('/').next().unwrap_or(path);
        for name in [file, file.strip_suffix(".toml.age").unwrap_or(file)] {
            withheld.keep(path, What::File, name);
        }
    }
    for candidate in &public {
        let policy = facts.policy();
        credits(candidate, |place| policy.names_in(place), &mut withheld);
    }
    if withheld.is_empty() {
        return withheld;
    }
    let public = public.into_iter().flat_map(said);
    let rules = RULES
        .iter()
        .flat_map(|rule| [rule.says, rule.why, rule.example, rule.instead]);
    let ours = rules
        .chain(cwe::names())
        .map(|text: &'static str| -> &str { text });
    withheld.spare(public.chain(ours));
    withheld.spare_words([facts.project.source().text()]);
    withheld
}

fn advisory(candidate: &Candidate, withheld: &mut Withheld) {
    let (whose, advisory) = (candidate.document.path(), candidate.advisory());
    let file = whose.rsplit('/').next().unwrap_or(whose);
    // With its ending, even a short name is no sentence.
    for name in [file, file.strip_suffix(".toml").unwrap_or(file)] {
        withheld.keep(whose, What::File, name);
    }
    for id in advisory.id.iter().chain(&advisory.aliases) {
        withheld.keep(whose, What::Id, id);
    }
    withheld.keep(whose, What::Title, &advisory.title);
    let prose = texts(candidate).into_iter();
    for (_, text) in prose.filter(|(field, _)| !field.starts_with("credit[")) {
        withheld.keep_text(whose, text);
    }
    for affected in &advisory.affected {
        for commit in affected.fixed_by.iter().chain(&affected.introduced_by) {
            withheld.keep(whose, What::Commit, commit);
        }
        for function in &affected.functions {
            withheld.keep(whose, What::Function, function);
        }
    }
    for link in advisory.references.iter().filter(|link| is_telling(link)) {
        withheld.keep(whose, What::Link, &link.url);
    }
}

/// Pages of packages, and of the web at large, are linked from elsewhere too.
fn is_telling(link: &Reference) -> bool {
    let common = [
        ReferenceType::Package,
        ReferenceType::Web,
        ReferenceType::Article,
    ];
    !common.contains(&link.kind)
}

/// Names and pages of people. Only what is public gives a name a place.
fn credits(candidate: &Candidate, may: impl Fn(Consent) -> bool, withheld: &mut Withheld) {
    let whose = candidate.document.path();
    let credits = candidate.advisory().credits.iter();
    // Tools are nobody.
    for credit in credits.filter(|credit| credit.role != CreditRole::Tool) {
        let agreed = credit.consent.iter().copied();
        let places: BTreeSet<Consent> = agreed.filter(|place| may(*place)).collect();
        let name = credit.name.as_deref().map(person);
        for text in name.into_iter().chain(credit.url.as_deref()) {
            withheld.keep_name(whose, text, &places);
        }
        if let Some(evidence) = &credit.evidence {
            withheld.keep(whose, What::Evidence, evidence);
        }
    }
}

/// All that a public advisory says, but for the names of people.
fn said(candidate: &Candidate) -> impl Iterator<Item = &str> {
    let advisory = candidate.advisory();
    let prose = texts(candidate).into_iter();
    let prose = prose.filter(|(field, _)| !field.starts_with("credit["));
    let links = advisory.references.iter().map(|link| link.url.as_str());
    let affected = advisory.affected.iter().flat_map(|affected| {
        let named = match &affected.package {
            PackageRef::Key(name) | PackageRef::Named { name, .. } => std::iter::once(name),
        };
        let commits = affected.fixed_by.iter().chain(&affected.introduced_by);
        named.chain(commits).chain(&affected.features)
    });
    let names = advisory.id.iter().chain(&advisory.aliases);
    let names = names.chain(&advisory.related).chain(affected);
    prose
        .map(|(_, text)| text)
        .chain(links)
        .chain(names.map(String::as_str))
}
