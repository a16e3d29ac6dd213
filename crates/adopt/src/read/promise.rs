//! Owns telling that a sentence with a time promises nothing: it denies, tells of the past, quotes, or speaks of others.
//! Must never read a promise: it only says what is none.

use std::ops::Range;

use super::Reading;
use crate::facts::Clock;
use crate::page::Spot;
use crate::words;

/// Denials that limit a time, or that say something of a fix: the promise stands.
const HARMLESS: [&str; 25] = [
    "no later than",
    "not later than",
    "never later than",
    "no more than",
    "not more than",
    "never more than",
    "not exceed",
    "not only",
    "no less",
    "non-",
    "whether or not",
    "or not",
    "if no fix",
    "no fix is",
    "there is no fix",
    "have no fix",
    "has no fix",
    "not fixed",
    "not yet fixed",
    "is not available",
    "not exploited",
    "not actively exploited",
    "not public",
    "not critical",
    "not yet",
];

/// Words that deny.
const DENIALS: [&str; 11] = [
    "not", "never", "cannot", "can't", "don't", "won't", "no", "unable", "nobody", "nothing",
    "neither",
];

/// Words behind a time that take it back.
const BACK: [&str; 11] = [
    "no longer",
    "not guarantee",
    "not promise",
    "no promise",
    "no guarantee",
    "not a promise",
    "not always",
    "not be possible",
    "cannot guarantee",
    "can't guarantee",
    "not something",
];

/// Others than the project.
const OTHERS: [&str; 17] = [
    "competitor",
    "other vendor",
    "other project",
    "other compan",
    "others ",
    "most vendors",
    "most projects",
    "most compan",
    "many vendors",
    "many projects",
    "some vendors",
    "some projects",
    "project zero",
    "industry average",
    "for comparison",
    "unlike ",
    "the average",
];

/// What is asked of those who report.
const ASKED: [&str; 14] = [
    "you must",
    "you may",
    "you can publish",
    "you can disclose",
    "you should wait",
    "give us",
    "allow us",
    "please wait",
    "please allow",
    "we ask ",
    "we request ",
    "please do not",
    "reporters",
    "researchers",
];

/// Is this time of a sentence in small letters no promise of the project?
pub(super) fn is_none(lower: &str, at: &Range<usize>, clock: Clock) -> bool {
    let (before, behind) = (&lower[..at.start], &lower[at.end..]);
    is_past(before)
        || is_denied(before)
        || words::has(behind, &BACK)
        || words::has(before, &OTHERS)
        || is_asked(before, behind, clock)
}

/// Something that was.
pub(super) fn is_past(lower: &str) -> bool {
    let signs = [
        "used to ",
        "previously",
        "formerly",
        "in the past",
        "no longer",
        "old policy",
        "former policy",
        "historically",
        "we answered",
        "we responded",
        "we fixed",
        "we published",
        "we disclosed",
        "we patched",
    ];
    let now = [
        "will", "can", "should", "shall", "must", "are", "is", "aim", "expect", "try",
    ];
    let now = now.iter().any(|word| words::word(lower, word).is_some());
    let was = [" was ", " were ", " took "];
    words::has(lower, &signs) || (words::has(lower, &was) && !now)
}

/// A denial that nothing has taken back before the time.
fn is_denied(before: &str) -> bool {
    let mut plain = before.to_owned();
    for phrase in HARMLESS {
        plain = plain.replace(phrase, &" ".repeat(phrase.len()));
    }
    // `We have no bounty, but we answer`: a new clause with a subject of its own.
    let breaks = [
        " but ", "; ", ", we ", ", you ", ", the ", ", fixes ", ", it ", ", they ", ". ",
    ];
    let start = breaks.iter().filter_map(|sign| plain.rfind(sign)).max();
    let clause = &plain[start.unwrap_or(0)..];
    let denies = |text: &str| DENIALS.iter().any(|word| words::word(text, word).is_some());
    denies(clause)
        || words::has(
            clause,
            &[
                "n't ",
                "n’t ",
                "without a rep",
                "without a resp",
                "without an answ",
                "fail to",
            ],
        )
}

/// What the reporter is to do, or may do then.
fn is_asked(before: &str, behind: &str, clock: Clock) -> bool {
    let before = before.replace("you may expect", "you expect");
    let late = matches!(clock, Clock::Disclose | Clock::Fix | Clock::Exploited);
    let then = words::has(
        behind,
        &["before you ", "you may publish", "you may disclose"],
    );
    (late && (words::has(&before, &ASKED) || then))
        || words::has(
            &before,
            &[
                "you must",
                "please answer",
                "please reply",
                "please respond",
            ],
        )
}

/// Does it stand in a quotation? A mark of a forge's notes makes it a note.
pub(super) fn is_quoted(reading: &Reading<'_>, spot: Spot) -> bool {
    let raw = reading.page.raw(reading.whole(spot));
    raw.trim_start().starts_with('>') && !raw.contains("[!")
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    #[test]
    fn what_only_has_the_words_of_a_promise_is_none() {
        for text in [
            "We do not promise to answer within 48 hours.\n",
            "We used to answer within 48 hours, but no longer do.\n",
            "~~We answer within 48 hours.~~\n",
            "~~We answer within 48 hours. We mean it.~~\n",
            "> Old policy: we answer within 48 hours.\n",
            "> We answer within 48 hours.\n",
            "The old text:\n\n    We answer within 48 hours.\n",
            "Our competitor answers within 24 hours.\n",
            "We previously published flaws within 90 days.\n",
            "The last vulnerability was disclosed at https://acme.org/1 within 3 days.\n",
            "You must not publish for 180 days.\n",
            "Please give us 90 days before you publish.\n",
            "If we do not reply within 5 days, you may publish.\n",
            "Write to security-backup@acme.org when there is no reply in 48 hours.\n",
            "Replies within 48 hours are not guaranteed.\n",
            "We will not disclose within 90 days.\n",
        ] {
            let facts = facts(text);
            let times = [
                &facts.acknowledge,
                &facts.assess,
                &facts.longest,
                &facts.exploited,
            ];
            assert_eq!(times, [&None; 4], "{text}");
            let told = !facts.left.is_empty() || facts.unread.iter().any(|unread| unread.matters);
            assert!(told, "{text}");
        }
    }

    #[test]
    fn a_promise_beside_a_denial_stands() {
        for text in [
            "We have no bounty, but we answer within 48 hours.\n",
            "You will get an answer no later than 48 hours after your report was received.\n",
            "Our competitor answers within 24 hours; our first answer comes within 48 hours.\n",
            "> [!NOTE]\n> We answer within 48 hours.\n",
            "You may expect an answer within 48 hours.\n",
        ] {
            let said = facts(text).acknowledge.map(|said| said.value.to_string());
            assert_eq!(said.as_deref(), Some("48 h"), "{text}");
        }
    }
}
