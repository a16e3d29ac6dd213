//! Owns the proof that nothing is lost: each value of what was read is in the facts, or is told.
//! Must never add to the facts.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Reading;
use super::values::{self, Value, condition, promises, values};
use crate::facts::{Facts, Left};
use crate::page::{Kind, Part, Piece};
use crate::words;

/// What the facts hold.
struct Held<'f> {
    texts: Vec<(&'f Range<usize>, &'f str)>,
    addresses: BTreeSet<String>,
    dates: BTreeSet<String>,
    /// Places of promises that a step of a schedule became.
    targets: Vec<&'f Range<usize>>,
}

impl<'f> Held<'f> {
    fn of(facts: &'f Facts) -> Self {
        let texts = texts(facts);
        let mut addresses = BTreeSet::new();
        for (_, text) in &texts {
            let found = words::addresses(text).into_iter().chain(words::links(text));
            addresses.extend(found.map(|at| text[at].to_owned()));
        }
        let rows = facts.rows.iter().filter_map(|row| row.until.as_ref());
        let days = rows
            .chain(&facts.updated)
            .chain(&facts.review)
            .map(|said| said.value);
        let harbour = facts.harbour.iter().filter_map(|harbour| harbour.date);
        let answers = [&facts.acknowledge, &facts.assess, &facts.longest];
        Self {
            texts,
            addresses,
            dates: days.chain(harbour).map(|date| date.to_string()).collect(),
            targets: answers.into_iter().flatten().map(|said| &said.at).collect(),
        }
    }

    /// Is there a text from this place with these words?
    fn says(&self, at: &Range<usize>, words: &str) -> bool {
        let mut near = self.texts.iter();
        near.any(|(place, text)| {
            place.start < at.end && at.start < place.end && text.contains(words)
        })
    }
}

/// Every text of the facts, with the place it is from.
fn texts(facts: &Facts) -> Vec<(&Range<usize>, &str)> {
    let lists = [
        &facts.lists,
        &facts.wanted,
        &facts.never,
        &facts.terms,
        &facts.inside,
        &facts.outside,
    ];
    let single = [
        &facts.version,
        &facts.maturity,
        &facts.repository,
        &facts.subject,
        &facts.template,
        &facts.issues,
        &facts.time_zone,
        &facts.bounty_url,
    ];
    let definitions = facts.classes.iter().map(|class| &class.definition);
    let urls = facts.routes.iter().map(|route| &route.url);
    let said = lists
        .into_iter()
        .flatten()
        .chain(single.into_iter().flatten());
    let said = said.chain(definitions.chain(urls).flatten());
    let said = said.chain(
        facts
            .channels
            .iter()
            .filter_map(|channel| channel.url.as_ref()),
    );
    let mut all: Vec<(&Range<usize>, &str)> =
        said.map(|said| (&said.at, said.value.as_str())).collect();
    for claim in &facts.claims {
        all.push((&claim.at, &claim.says));
        all.extend(claim.evidence.iter().map(|url| (&claim.at, url.as_str())));
    }
    all.extend(facts.rows.iter().map(|row| (&row.at, row.label.as_str())));
    all
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let held = Held::of(&reading.facts);
    let mut left = Vec::new();
    for (at, part) in reading.page.parts.iter().enumerate() {
        if matches!(part.kind, Kind::Heading(_)) {
            let missing = of_heading(reading, &held, part);
            left.extend((!missing.is_empty()).then(|| told(part, &part.at, missing)));
            continue;
        }
        if !reading.is_taken(at) || within(&reading.verbatim, &part.at) {
            continue;
        }
        let step = reading.facts.steps.iter().any(|step| step.at == part.at);
        if step && !held.targets.contains(&&part.at) {
            left.push(told(part, &part.at, vec![one_line(reading.page.raw(part))]));
            continue;
        }
        for (nth, piece) in part.pieces.iter().enumerate() {
            if within(&reading.verbatim, &piece.at) {
                continue;
            }
            let taken = reading.taken[at].get(nth).copied().unwrap_or(true);
            let missing = if taken {
                of_taken(reading, &held, piece)
            } else {
                of_free(reading, part, piece)
            };
            if !missing.is_empty() {
                left.push(told(part, &piece.at, missing));
            }
        }
    }
    reading.facts.left = left;
}

fn told(part: &Part, at: &Range<usize>, words: Vec<String>) -> Left {
    Left {
        part: part.at.clone(),
        at: at.clone(),
        words,
    }
}

pub(super) fn within(all: &[Range<usize>], at: &Range<usize>) -> bool {
    all.iter()
        .any(|whole| whole.start <= at.start && at.end <= whole.end)
}

fn raw<'p>(reading: &Reading<'p>, at: &Range<usize>) -> &'p str {
    reading
        .page
        .source
        .text()
        .get(at.clone())
        .unwrap_or_default()
}

fn one_line(raw: &str) -> String {
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading promises nothing, and a value in it is told.
fn of_heading(reading: &Reading<'_>, held: &Held<'_>, part: &Part) -> Vec<String> {
    let all = values(&part.text, reading.page.raw(part)).into_iter();
    let missing = all.filter(|value| match &value.kind {
        values::Kind::Time(_) => true,
        values::Kind::Date(date) => !held.dates.contains(&date.to_string()),
        values::Kind::Words => !held.addresses.contains(&value.words),
    });
    missing.map(|value| value.words).collect()
}

/// What was read otherwise, and its values and conditions that were not.
fn of_taken(reading: &Reading<'_>, held: &Held<'_>, piece: &Piece) -> Vec<String> {
    let mut times: Vec<_> = reading
        .facts
        .times
        .iter()
        .filter(|time| time.held && time.at == piece.at)
        .collect();
    let mut is_held = |value: &Value| match &value.kind {
        values::Kind::Time(target) => {
            let found = times.iter().position(|time| time.target == *target);
            found.map(|at| times.swap_remove(at)).is_some()
        }
        values::Kind::Date(date) => {
            let whole = date.to_string();
            let last = date.last_of_month().to_string();
            held.dates.contains(&whole) || held.dates.contains(&last)
        }
        values::Kind::Words => held.addresses.contains(&value.words),
    };
    let all = values(&piece.text, raw(reading, &piece.at)).into_iter();
    let missing = all.filter(|value| !is_held(value) && !held.says(&piece.at, &value.words));
    let mut missing: Vec<String> = missing.map(|value| value.words).collect();
    let whole = held.says(&piece.at, &piece.text);
    let told = is_told(&reading.facts, piece);
    if let Some(words) =
        condition(&piece.text).filter(|_| !whole && !told && !is_until(held, piece))
    {
        missing.push(words);
    }
    missing
}

/// What the sentence forbids is in the facts, or its condition in the words of a guess.
fn is_told(facts: &Facts, piece: &Piece) -> bool {
    let forbids = facts.never.iter().any(|said| said.at == piece.at);
    let mut credit = facts.credit.iter();
    forbids || credit.any(|said| said.at == piece.at && said.guess.is_some())
}

/// `until 2026-12-31` is a date that is held.
fn is_until(held: &Held<'_>, piece: &Piece) -> bool {
    let all = values(&piece.text, "");
    let mut dates = all.iter().filter_map(|value| match &value.kind {
        values::Kind::Date(date) => Some(date.to_string()),
        _ => None,
    });
    dates.any(|date| held.dates.contains(&date))
}

/// A sentence or cell beside one that was read: all of it, where it says anything.
fn of_free(reading: &Reading<'_>, part: &Part, piece: &Piece) -> Vec<String> {
    let cell = part.cells().is_some() && piece.text.chars().any(char::is_alphanumeric);
    let raw = raw(reading, &piece.at);
    let value = !values(&piece.text, raw).is_empty();
    if cell || value || reading.facts.language.is_some() || promises(&piece.text.to_lowercase()) {
        return vec![one_line(raw)];
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    fn left(text: &str) -> Vec<String> {
        facts(text)
            .left
            .into_iter()
            .flat_map(|left| left.words)
            .collect()
    }

    #[test]
    fn what_is_missing_of_a_sentence_is_told() {
        assert_eq!(
            left("We acknowledge reports within 2 days, unless it is a holiday.\n"),
            ["unless it is a holiday"]
        );
        assert_eq!(
            left("We acknowledge within 2 days. You must wait 3 weeks. Thank you.\n"),
            ["You must wait 3 weeks."]
        );
        assert_eq!(
            left("Write to <security@acme.org>, as since 2026-01-02.\n"),
            ["2026-01-02"]
        );
    }

    #[test]
    fn a_second_time_for_the_same_is_told() {
        assert_eq!(
            left("We acknowledge within 2 days.\n\nAn acknowledgment takes 3 days.\n"),
            ["3 days"]
        );
        assert_eq!(
            left("We acknowledge within 2 days.\n\nAn acknowledgment takes 2 days.\n"),
            [""; 0]
        );
    }
}
