//! Owns what holds at all times: thanks, safety for researchers, bounty, scope.
//! Must never reword a text for lawyers, or carry over a person's name.

use caveat_advisory::{BountyState, Consent};

use super::{Reading, dates};
use crate::facts::{Harbour, Said, add};
use crate::page::{Kind, Part, Spot};
use crate::words;

const LONGEST: usize = 40_000;

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.page.parts.iter().enumerate() {
        let names = ["safe harbor", "safe harbour", "legal protection"];
        if matches!(part.kind, Kind::Heading(_)) && words::has(&part.lower, &names) {
            harbour(reading, at, part);
        }
        scope(reading, at, part);
    }
    for (spot, part) in reading.prose() {
        credit(reading, spot, part);
        bounty(reading, spot, part);
    }
}

fn harbour(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let below = reading.page.below(at);
    let text = reading.page.verbatim(below.clone()).unwrap_or_default();
    if text.is_empty() || text.len() > LONGEST || reading.facts.harbour.is_some() {
        return;
    }
    let labelled = |name: &str| {
        let mut parts = reading.page.parts[below.clone()].iter().take(50);
        parts.find_map(|part| {
            Some(words::short(
                &part.lower[words::word(&part.lower, name)? + name.len()..],
                60,
            ))
        })
    };
    let version = labelled("version").and_then(|rest| {
        let word = rest
            .trim_start_matches([':', ' '])
            .split([' ', ',', '.', ';', ')'])
            .next()?
            .to_owned();
        word.bytes()
            .any(|byte| byte.is_ascii_digit())
            .then_some(word)
    });
    let dated = reading.page.parts[below.clone()].iter().take(50);
    let date = dated
        .filter_map(|part| dates::date(&part.text))
        .find(|found| found.whole);
    reading.facts.harbour = Some(Harbour {
        text: text.replace("\r\n", "\n"),
        at: part.at.clone(),
        date: date.map(|found| found.date),
        version,
    });
    let parts = &reading.page.parts;
    let last = parts
        .get(below.end.saturating_sub(1))
        .map_or(part.at.end, |last| last.at.end);
    reading.verbatim.push(part.at.start..last);
    for nth in below {
        reading.take(nth);
    }
}

fn scope(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let lower = part.lower.as_str();
    let outside = words::has(
        lower,
        &["out of scope", "out-of-scope", "not in scope", "exclusions"],
    );
    let signs = ["in scope", "in-scope", "potential threats"];
    let plain = matches!(part.kind, Kind::Heading(_)) && lower == "scope" && is_plain(reading, at);
    let inside = (words::has(lower, &signs) || plain) && !outside;
    let opens = part.is_prose() && part.sentence().ends_with(':') && lower.len() < 80;
    let list = match part.kind {
        Kind::Heading(_) => reading.page.below(at),
        _ if opens => reading.page.items_after(at),
        _ => return,
    };
    if !outside && !inside {
        return;
    }
    for nth in list.take(60) {
        let item = &reading.page.parts[nth];
        if item.is_item() {
            let said = if lower.contains("threat") {
                Said::guess(item.sentence(), &item.at, "a threat that the text names")
            } else {
                Said::new(item.sentence(), &item.at)
            };
            let list = if outside {
                &mut reading.facts.outside
            } else {
                &mut reading.facts.inside
            };
            add(list, said);
            reading.take(nth);
        } else if item.text.ends_with(':') {
            reading.take(nth);
        }
    }
}

/// Nothing below says itself what is in and what is out.
fn is_plain(reading: &Reading<'_>, at: usize) -> bool {
    let below = reading
        .page
        .parts
        .get(reading.page.below(at))
        .unwrap_or_default();
    let mut below = below.iter();
    !below.any(|part| words::has(&part.lower, &["scope", "not ", "exclu", "except"]))
}

const PLACES: [(&[&str], Consent); 4] = [
    (&["advisor"], Consent::Advisory),
    (&["release notes", "changelog"], Consent::ReleaseNotes),
    (
        &[
            "hall of fame",
            "thanks page",
            "acknowledgments page",
            "acknowledgements page",
        ],
        Consent::Thanks,
    ),
    (&["annual"], Consent::AnnualReport),
];

/// Where finders are named.
fn credit(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let lower = part.lower.as_str();
    let thanks = reading.page.right_under(
        part,
        &["acknowledg", "recogni", "credit", "thank", "hall of fame"],
    );
    let said = words::has(
        lower,
        &[
            "credit you",
            "be credited",
            "publicly acknowledge",
            "be acknowledged",
            "credit given",
        ],
    );
    let listed = thanks && part.is_item();
    if !said && !listed && !thanks {
        return;
    }
    for (signs, place) in PLACES {
        let known = reading.facts.credit.iter().any(|said| said.value == place);
        if words::has(lower, signs) && !known {
            reading
                .facts
                .credit
                .push(opt_out(Said::new(place, &part.at), lower));
            reading.take(at);
        }
    }
    // A list of thanks is made from consents: names are not carried over.
    let list = thanks
        && words::has(
            lower,
            &[
                "thank the following",
                "following researchers",
                "none yet",
                "following people",
            ],
        );
    if list {
        let known = reading
            .facts
            .credit
            .iter()
            .any(|said| said.value == Consent::Thanks);
        if !known {
            let said = Said::new(Consent::Thanks, &part.at);
            reading.facts.credit.push(said);
        }
        reading.take(at);
    }
    if said {
        reading.take(at);
    }
}

fn opt_out(said: Said<Consent>, lower: &str) -> Said<Consent> {
    if words::has(
        lower,
        &["unless you prefer", "unless you ask", "unless they"],
    ) {
        let why = "the text names people unless they object; here they are asked";
        return Said::guess(said.value, &said.at, why);
    }
    said
}

fn bounty(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let lower = part.lower.as_str();
    if reading.facts.bounty.is_some() || !words::has(lower, &["bounty", "bounties"]) {
        return;
    }
    let none = words::has(
        lower,
        &[
            "no bug bounty",
            "no bounty",
            "do not offer",
            "don't offer",
            "not offer",
            "not have a",
        ],
    );
    let state = match () {
        () if none => Said::new(BountyState::None, &part.at),
        () if words::has(lower, &["planned", "plan to", "in the future"]) => {
            Said::new(BountyState::Planned, &part.at)
        }
        () if bounty_link(reading, part) => {
            Said::guess(BountyState::Live, &part.at, "the text links to its terms")
        }
        () => return,
    };
    reading.facts.bounty = Some(state);
    reading.take(at);
}

/// The terms of a bounty, where a link leads there.
fn bounty_link(reading: &mut Reading<'_>, part: &Part) -> bool {
    let raw = reading.page.raw(part);
    let link = words::links(raw)
        .first()
        .map(|at| raw[at.clone()].to_owned());
    reading.facts.bounty_url = link.map(|url| Said::new(url, &part.at));
    reading.facts.bounty_url.is_some()
}
