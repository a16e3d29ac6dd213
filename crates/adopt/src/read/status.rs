//! Owns the words and symbols that say what a version gets.
//! Must never read a status into a text that has none.

use std::ops::Range;

use caveat_advisory::SupportStatus;

use super::Reading;
use crate::facts::Said;
use crate::page::Part;
use crate::words;

const SYMBOLS: [&str; 14] = [
    ":white_check_mark:",
    ":heavy_check_mark:",
    ":x:",
    ":negative_squared_cross_mark:",
    ":no_entry:",
    ":check:",
    "✅",
    "✔",
    "✓",
    "☑",
    "❌",
    "✗",
    "✖",
    "✘",
];

/// Does nothing but a symbol stand there?
pub(super) fn is_symbol(text: &str) -> bool {
    let bare = text.trim().trim_end_matches('\u{fe0f}');
    SYMBOLS.contains(&bare)
}

/// What a cell says that a version gets.
pub(super) fn status(
    reading: &Reading<'_>,
    part: &Part,
    text: &str,
    at: &Range<usize>,
) -> Option<Said<SupportStatus>> {
    let lower = text.to_lowercase();
    let no = [
        "not ",
        "unsupported",
        ":x:",
        "❌",
        "✗",
        "✖",
        "✘",
        "end of life",
        "end-of-life",
        "eol",
        "no longer",
        "cross_mark",
        "no_entry",
    ];
    let foreign = reading.facts.language.is_some();
    let is_no =
        foreign && ["nein", "non", "não", "nee", "nej", "nie", "нет"].contains(&lower.trim());
    let is_yes =
        foreign && ["ja", "oui", "sí", "si", "sì", "sim", "tak", "да"].contains(&lower.trim());
    if words::has(&lower, &no) || lower.trim() == "no" || is_no {
        return Some(Said::new(SupportStatus::EndOfLife, at));
    }
    if words::has(&lower, &["security", "critical"]) {
        return Some(Said::new(SupportStatus::Security, at));
    }
    if words::has(
        &lower,
        &["planned", "upcoming", "unreleased", "not released"],
    ) {
        return Some(Said::new(SupportStatus::Unreleased, at));
    }
    let yes = [
        "yes",
        "supported",
        "active",
        "full",
        "check_mark",
        ":check:",
        "✅",
        "✔",
        "✓",
        "☑",
        "current",
    ];
    if !words::has(&lower, &yes) && !is_yes {
        return None;
    }
    let around = reading
        .page
        .parts
        .iter()
        .skip(part.section.unwrap_or(0))
        .take(20);
    let around = around.filter(|other| other.section == part.section && other.is_prose());
    let security = around.into_iter().any(|other| {
        words::has(
            &other.lower,
            &[
                "security updates",
                "security fixes",
                "patches for security",
                "security patches",
            ],
        )
    });
    if security {
        return Some(Said::guess(
            SupportStatus::Security,
            at,
            "the text around speaks of security fixes only",
        ));
    }
    Some(Said::guess(
        SupportStatus::Full,
        at,
        "fixes of all kinds, as nothing narrower is said",
    ))
}
