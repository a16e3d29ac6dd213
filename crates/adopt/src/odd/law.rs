//! Owns what is odd about promises that others hold the project to: safe harbour and CVE ids.

use super::{Case, Finds};
use crate::words;

pub(super) fn cve(case: &Case<'_>, finds: &mut Finds<'_>) {
    let classes = &case.facts.classes;
    let named = classes.iter().find_map(|class| class.cve.as_ref());
    let vague = || {
        let parts = case
            .page
            .parts
            .iter()
            .filter(|part| part.is_prose() && words::word(&part.lower, "cve").is_some());
        parts.into_iter().find(|part| {
            words::has(
                &part.lower,
                &[
                    "where appropriate",
                    "if appropriate",
                    "as needed",
                    "if necessary",
                    "when warranted",
                ],
            )
        })
    };
    let some = classes.iter().any(|class| class.cve.is_none()) || classes.len() == 1;
    let at = match named {
        Some(said) if some => said.at.clone(),
        None => match vague() {
            Some(part) => part.at.clone(),
            None => return,
        },
        Some(_) => return,
    };
    let found = finds.at(
        &at,
        "this says of some classes only whether flaws get a CVE id",
    );
    finds.push(found.help("say it for each class, so that it can be decided from the advisory"));
}

pub(super) fn undated(case: &Case<'_>, finds: &mut Finds<'_>) {
    if let Some(harbour) = case
        .facts
        .harbour
        .as_ref()
        .filter(|text| text.date.is_none() || text.version.is_none())
    {
        let found = finds.at(
            &harbour.at,
            "this text has no version and date: nobody can say what held when they tested",
        );
        finds.push(found.help("give it both, and keep the old texts"));
    }
}

const STATUTES: [&str; 9] = [
    "dmca",
    "digital millennium",
    "cfaa",
    "computer fraud and abuse",
    "computer misuse act",
    "§ 202",
    "stgb",
    "copyright act",
    "18 u.s.c",
];

pub(super) fn statute(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some(harbour) = &case.facts.harbour else {
        return;
    };
    let inside = case
        .page
        .parts
        .iter()
        .skip_while(|part| part.at.start <= harbour.at.start)
        .take(200);
    let inside =
        inside.filter(|part| part.is_prose() && harbour.text.contains(case.page.raw(part)));
    let mut named = inside.filter(|part| words::has(&part.lower, &STATUTES));
    if let Some(part) = named.next() {
        let found = finds.at(
            &part.at,
            "this names the law of one country: researchers elsewhere have other laws",
        );
        finds.push(
            found.help("let a lawyer say which laws the text is about; it is kept word for word"),
        );
    }
}
