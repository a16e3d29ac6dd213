//! Owns the sentences and lists that `caveat policy` writes.
//! Must never take a sentence that differs in a word.

use std::ops::Range;

use caveat_advisory::{BountyState, Bump, Consent, Period, State, SupportStatus, Target};

use super::Placed;
use crate::facts::{Route, Said, add};
use crate::read::duration::durations;
use crate::read::{Reading, dates};
use crate::words;

/// Sentences that follow from others, and promise nothing of their own.
const PLAIN: [&str; 14] = [
    "Please write to the first of these that you can use, so that it stays confidential until there is a fix:",
    "There is no way to report one in private today.",
    "Nobody reads there today.",
    "Begin a mail with what we ask for.",
    "How fast a fix comes depends on the severity of the flaw.",
    "Business days are Monday to Friday.",
    "A fix is a release that has it.",
    "Its time runs from the report, where nothing else is said.",
    "There is no target for the longest that a flaw is kept private.",
    "Nothing is promised for other versions.",
    "Which versions get fixes is not promised.",
    "There is none yet, and nothing is paid today.",
    "Who agrees to nothing is named nowhere, and who changes their mind is taken out everywhere.",
    "Advice for those who use the software.",
];

/// The same, with a name in them.
const BEGINNINGS: [&str; 5] = [
    "the same on the web: ",
    "None of it is an advisory.",
    "The list of thanks is at ",
    "Written by `caveat policy`",
    "Written by caveat policy",
];

pub(super) fn prose(reading: &mut Reading<'_>, placed: &Placed<'_>) {
    let whole = item(reading, placed) || edition(reading, placed);
    let page = reading.page;
    for (spot, part) in page
        .sentences
        .iter()
        .filter(|(spot, _)| spot.part == placed.at)
    {
        let text = part.sentence();
        let known = PLAIN.contains(&text.as_str())
            || BEGINNINGS.iter().any(|begin| text.starts_with(begin));
        let raw = page.raw(part);
        let known = known || raw.starts_with("[Begin a mail](mailto:");
        if whole || known || sentence(reading, &text, raw, &part.at) {
            reading.take(*spot);
            reading.verbatim.push(part.at.clone());
        }
    }
}

/// Items of the lists that have a heading or a sentence of their own above.
fn item(reading: &mut Reading<'_>, placed: &Placed<'_>) -> bool {
    let part = placed.part;
    let raw = reading.page.raw(part);
    let said = Said::new(part.sentence(), &part.at);
    if placed.section.is_empty() && raw.starts_with("> ") {
        reading.facts.maturity = Some(said);
        return true;
    }
    if !part.is_item() {
        return ["These are vulnerabilities:", "These are not:"]
            .contains(&part.sentence().as_str());
    }
    match (placed.section, placed.below) {
        ("Report a vulnerability", "What to include") => add(&mut reading.facts.wanted, said),
        ("Report a vulnerability", "") => return route(reading, placed, raw),
        ("Scope", _) => {
            let before = reading.page.parts[..placed.at]
                .iter()
                .rev()
                .find(|other| !other.is_item());
            let outside = before.is_some_and(|lead| lead.text.starts_with("These are not"));
            let facts = &mut reading.facts;
            add(
                if outside {
                    &mut facts.outside
                } else {
                    &mut facts.inside
                },
                said,
            );
        }
        _ => return false,
    }
    true
}

/// `1. **Security team**: [a@b.org](mailto:a@b.org), for what cannot wait`.
fn route(reading: &mut Reading<'_>, placed: &Placed<'_>, raw: &str) -> bool {
    let Some(name) = placed.part.label.clone() else {
        return false;
    };
    let mail = raw.rsplit_once("](mailto:").and_then(|(_, rest)| {
        let at = words::addresses(rest).into_iter().next()?;
        Some(format!("mailto:{}", &rest[at]))
    });
    let link = || words::links(raw).pop().map(|at| raw[at].to_owned());
    let Some(url) = mail.or_else(link) else {
        return false;
    };
    let url = Some(Said::new(url, &placed.part.at));
    let urgent = placed.part.text.ends_with(", for what cannot wait");
    reading.facts.routes.push(Route {
        name,
        url,
        state: State::Live,
        urgent,
        doubted: false,
        at: placed.part.at.clone(),
        guess: None,
    });
    true
}

/// The names of `a, b and c`.
fn names<'t>(text: &'t str, word: &str) -> Vec<&'t str> {
    let (first, last) = text.rsplit_once(&format!(" {word} ")).unwrap_or((text, ""));
    let all = first.split(", ").chain(std::iter::once(last));
    all.map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn between<'t>(text: &'t str, before: &str, behind: &str) -> Option<&'t str> {
    text.strip_prefix(before)?.strip_suffix(behind)
}

/// A sentence with one promise.
fn sentence(reading: &mut Reading<'_>, text: &str, raw: &str, at: &Range<usize>) -> bool {
    versions(reading, text, at)
        || ways(reading, text, raw, at)
        || publication(reading, text, at)
        || thanks(reading, text, raw, at)
}

fn versions(reading: &mut Reading<'_>, text: &str, at: &Range<usize>) -> bool {
    let rest = text
        .strip_prefix("All other versions ")
        .or_else(|| text.strip_prefix("All versions "));
    let status = match rest {
        Some("get fixes of all kinds.") => SupportStatus::Full,
        Some("get fixes of security flaws only.") => SupportStatus::Security,
        Some("are not supported: flaws in them may go unnoticed.") => SupportStatus::EndOfLife,
        Some("are not released yet.") => SupportStatus::Unreleased,
        _ => return false,
    };
    reading.facts.support_default = Some(Said::new(status, at));
    true
}

fn ways(reading: &mut Reading<'_>, text: &str, raw: &str, at: &Range<usize>) -> bool {
    let facts = &mut reading.facts;
    if let Some(places) = between(text, "Please do not report a vulnerability through ", ".") {
        facts.never = names(places, "or")
            .into_iter()
            .map(|name| Said::new(name.to_owned(), at))
            .collect();
    } else if let Some(planned) = between(text, "Planned, and not there yet: ", ".") {
        facts
            .routes
            .extend(names(planned, "and").into_iter().map(|name| Route {
                name: name.to_owned(),
                url: None,
                state: State::Planned,
                urgent: false,
                doubted: true,
                at: at.clone(),
                guess: None,
            }));
    } else if let Some(subject) = between(text, "Begin the subject of a mail with ", ".") {
        facts.subject = Some(Said::new(subject.to_owned(), at));
    } else if text.starts_with("All other faults go to ") {
        let link = words::links(raw).pop();
        facts.issues = link.map(|link| Said::new(raw[link].to_owned(), at));
    } else if let Some(zone) = between(text, "Days are counted in the time zone ", ".") {
        facts.time_zone = Some(Said::new(zone.to_owned(), at));
    } else {
        return false;
    }
    true
}

fn time(text: &str, at: &Range<usize>) -> Option<Said<Target>> {
    let time = durations(&text.to_lowercase()).into_iter().next()?;
    Some(Said::new(time.target, at))
}

fn publication(reading: &mut Reading<'_>, text: &str, at: &Range<usize>) -> bool {
    let facts = &mut reading.facts;
    if let Some(rest) = between(
        text,
        "A flaw is published at the latest ",
        " after the report, fixed or not.",
    ) {
        facts.longest = time(rest, at);
        return facts.longest.is_some();
    }
    let news = " after the news that it is exploited.";
    if let Some(rest) = between(
        text,
        "A flaw that is exploited and has no fix is published ",
        news,
    ) {
        facts.exploited = time(rest, at);
        return facts.exploited.is_some();
    }
    match text {
        "A fix comes as a patch release." => facts.bump = Some(Said::new(Bump::Patch, at)),
        "A fix comes as a minor release at most." => facts.bump = Some(Said::new(Bump::Minor, at)),
        "A fix may come as a major release." => facts.bump = Some(Said::new(Bump::Major, at)),
        "Release notes name every advisory that the release fixes, with its severity." => {
            facts.notes = Some(Said::new(true, at));
        }
        _ => {
            let period = between(
                text,
                "A ",
                " bulletin sums up what was published, even where that is nothing.",
            );
            let found = Period::ALL
                .iter()
                .find(|known| Some(known.label().to_lowercase().as_str()) == period);
            facts.bulletin = found
                .map(|period| Said::new(*period, at))
                .or(facts.bulletin.take());
            return found.is_some();
        }
    }
    true
}

fn thanks(reading: &mut Reading<'_>, text: &str, raw: &str, at: &Range<usize>) -> bool {
    let facts = &mut reading.facts;
    let agreed = ", each only where they agreed to it.";
    if let Some(places) = between(text, "Those who report flaws are named in ", agreed) {
        let place = |name: &str| match name {
            "the advisory" => Some(Consent::Advisory),
            "the release notes" => Some(Consent::ReleaseNotes),
            "the list of thanks" => Some(Consent::Thanks),
            "the annual report" => Some(Consent::AnnualReport),
            _ => None,
        };
        let places = names(places, "and").into_iter().filter_map(place);
        facts.credit = places.map(|place| Said::new(place, at)).collect();
        return true;
    }
    let state = match text {
        "There is no bug bounty." => BountyState::None,
        "A bug bounty is planned." => BountyState::Planned,
        "There is a bug bounty." => BountyState::Live,
        _ => return false,
    };
    facts.bounty = Some(Said::new(state, at));
    let link = words::links(raw).pop();
    facts.bounty_url = link.map(|link| Said::new(raw[link].to_owned(), at));
    true
}

/// `Version 2 of this policy, of 2026-11-01. It is looked at again by 2027-05-01.`
fn edition(reading: &mut Reading<'_>, placed: &Placed<'_>) -> bool {
    let text = placed.part.sentence();
    let read = || {
        let rest = text.strip_prefix("Version ")?;
        let (version, rest) = rest.split_once(" of this policy, of ")?;
        let (updated, review) = rest.split_once(". It is looked at again by ")?;
        Some((version, dates::date(updated)?, dates::date(review)?))
    };
    let Some((version, updated, review)) = read() else {
        return false;
    };
    let at = &placed.part.at;
    reading.facts.version = Some(Said::new(version.to_owned(), at));
    reading.facts.updated = Some(Said::new(updated.date, at));
    reading.facts.review = Some(Said::new(review.date, at));
    true
}
