//! Owns who is to be named in no text: who is credited and did not agree, and who was credited once and is not any more.
//! Must never look into a text: how somebody is found there is for `person`.

use std::collections::{BTreeMap, BTreeSet};

use caveat_advisory::{Commit, Consent, Credit, CreditRole, Project};

use crate::candidate::Candidate;
use crate::crowd::Crowd;
use crate::person::{Traces, person};

/// Somebody who agreed in no advisory, and where they are credited.
pub(crate) struct Silent<'a> {
    pub(crate) traces: Traces,
    pub(crate) candidate: &'a Candidate,
    pub(crate) at: usize,
}

/// Somebody who is credited nowhere any more, and what remembers them.
pub(crate) struct Gone<'a> {
    pub(crate) traces: Traces,
    pub(crate) commit: &'a Commit,
}

/// Names, in small letters, of those who agreed somewhere, and of contacts: they want to be found.
fn known(project: &Project, candidates: &[Candidate]) -> BTreeSet<String> {
    let credits = candidates.iter().flat_map(|one| &one.advisory().credits);
    let agreed = credits.filter_map(|credit| credit.name_for(Consent::Advisory));
    let contacts = &project.policy.contacts;
    let known = contacts.iter().map(|contact| contact.name.as_str());
    let all = agreed.chain(known);
    all.map(|name| person(name).to_lowercase()).collect()
}

/// By name, everybody who is credited and agreed to `advisory` nowhere.
pub(crate) fn all_silent<'a>(project: &Project, candidates: &'a [Candidate]) -> Vec<Silent<'a>> {
    let known = known(project, candidates);
    let ours = repositories(project);
    let mut silent_by_name: BTreeMap<(String, Option<&str>), Silent<'a>> = BTreeMap::new();
    for candidate in candidates {
        for (at, credit) in silent(candidate) {
            let traces = Traces::of(credit, &ours);
            let Some(traces) = traces.filter(Traces::is_whole) else {
                continue;
            };
            let name = traces.name.to_lowercase();
            if !known.contains(&name) {
                let one = Silent {
                    traces,
                    candidate,
                    at,
                };
                silent_by_name
                    .entry((name, credit.url.as_deref()))
                    .or_insert(one);
            }
        }
    }
    silent_by_name.into_values().collect()
}

/// Everybody whom an earlier state credits, and whom none of today does, with consent or without.
pub(crate) fn all_gone<'a>(project: &Project, candidates: &'a [Candidate]) -> Vec<Gone<'a>> {
    let mut known = known(project, candidates);
    let credits = candidates.iter();
    let credits = credits.flat_map(|one| &one.advisory().credits);
    let names = credits.filter_map(|credit| credit.name.as_deref());
    // Of those who are credited without consent, other rules speak.
    known.extend(names.map(|name| person(name).to_lowercase()));
    let ours = repositories(project);
    let mut by_name = BTreeMap::new();
    for one in candidates.iter().flat_map(|one| &one.remembered) {
        let (url, commit) = (one.url.as_deref(), &one.commit);
        let traces = Traces::new(&one.name, url, &ours).filter(Traces::is_whole);
        let Some(traces) = traces else { continue };
        let name = traces.name.to_lowercase();
        if !known.contains(&name) {
            by_name.entry(name).or_insert(Gone { traces, commit });
        }
    }
    by_name.into_values().collect()
}

/// People who are credited and never agreed to be named in the advisory. Tools are nobody.
pub(crate) fn silent(candidate: &Candidate) -> Vec<(usize, &Credit)> {
    let credits = &candidate.advisory().credits;
    let named = credits
        .iter()
        .filter_map(|credit| credit.name_for(Consent::Advisory));
    let agreed: Vec<&str> = named.map(person).collect();
    let silent = |credit: &Credit| {
        let name = credit.name.as_deref().map(person);
        credit.role != CreditRole::Tool && name.is_some_and(|name| !agreed.contains(&name))
    };
    let credits = credits.iter().enumerate();
    credits.filter(|(_, credit)| silent(credit)).collect()
}

/// Where the project itself is at home.
pub(crate) fn repositories(project: &Project) -> Vec<&str> {
    let packages = project.packages.iter();
    packages
        .filter_map(|package| package.repository.as_deref())
        .collect()
}

/// Everybody who is to be named nowhere; `None` where there is nobody.
pub(crate) fn everybody(project: &Project, candidates: &[Candidate]) -> Option<Crowd<Traces>> {
    let silent = all_silent(project, candidates).into_iter();
    let gone = all_gone(project, candidates).into_iter();
    let people = silent
        .map(|one| one.traces)
        .chain(gone.map(|one| one.traces));
    Crowd::new(people.collect())
}
