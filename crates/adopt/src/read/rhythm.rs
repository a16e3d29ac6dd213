//! Owns promises in words of a rhythm, and the time zone in which days are counted.
//! Must never turn `regularly` into a time.

use caveat_advisory::{Target, Unit};

use super::{Reading, promise};
use crate::facts::Said;
use crate::page::{Part, Spot};
use crate::words;

pub(super) fn read(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    update_words(reading, spot, part);
    time_zone(reading, spot, part);
}

/// `weekly updates`.
fn update_words(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    let weekly = ["weekly update", "weekly progress", "updates weekly"];
    let unit = match () {
        () if promise::is_past(&part.lower) || words::has(&part.lower, &["not "]) => return,
        () if words::has(&part.lower, &weekly) => Unit::Week,
        () if words::has(&part.lower, &["daily update", "updates daily"]) => Unit::Day,
        () => return,
    };
    let target = Target {
        count: 1,
        unit,
        after: None,
    };
    let update = &mut reading.facts.update;
    update.get_or_insert(Said::new(target, &part.at));
    reading.take(spot);
}

/// Where business days are counted.
fn time_zone(reading: &mut Reading<'_>, spot: Spot, part: &Part) {
    let sign = words::has(&part.lower, &["time zone", "timezone", "business days are"]);
    let names = part.text.split([' ', ',', '(', ')', ';']);
    let mut names = names.map(|word| word.trim_end_matches('.'));
    let is_zone = |word: &&str| {
        let place = word.split_once('/');
        *word == "UTC" || place.is_some_and(|(area, city)| zone_name(area) && zone_name(city))
    };
    if let Some(name) = names.find(is_zone).filter(|_| sign) {
        reading.facts.time_zone = Some(Said::new(name.to_owned(), &part.at));
        reading.take(spot);
    }
}

fn zone_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphabetic() || "_/".contains(c);
    text.starts_with(|c: char| c.is_ascii_uppercase()) && text.chars().all(plain)
}
