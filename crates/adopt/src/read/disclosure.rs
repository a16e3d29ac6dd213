//! Owns what is said of the way into the open, and how finished the software is.
//! Must never set a longest time that the text does not name.

use super::Reading;
use crate::facts::Said;
use crate::page::{Part, Spot};
use crate::words;

/// As many sentences as terms may have.
const MOST: usize = 8;

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.prose() {
        if is_terms(part) && reading.facts.terms.len() < MOST {
            let said = Said::new(part.sentence(), &part.at);
            reading.facts.terms.push(said);
            reading.take(at);
        }
        if reading.facts.maturity.is_none()
            && is_maturity(&part.lower)
            && part.sentence().len() < 300
        {
            reading.facts.maturity = Some(maturity(reading, at, part));
            reading.take(at);
        }
    }
}

fn is_terms(part: &Part) -> bool {
    let open = words::has(
        &part.lower,
        &[
            "public disclosure",
            "publicly disclose",
            "coordinated disclosure",
            "coordinate disclosure",
            "coordinate with you",
            "coordinate the disclosure",
        ],
    );
    let thanks = words::has(&part.lower, &["thank", "appreciate", "social media"]);
    open && !thanks
        && !part.lower.starts_with("day")
        && !part.lower.starts_with("do not disclose")
        && !part.text.ends_with(':')
}

fn is_maturity(lower: &str) -> bool {
    let early = words::has(
        lower,
        &[
            "alpha release",
            "beta release",
            "planning phase",
            "pre-release software",
            "experimental",
            "early development",
        ],
    );
    let about = words::has(
        lower,
        &[
            "this is",
            "project is",
            "currently",
            "should not be used",
            "not for production",
            "not ready",
        ],
    );
    early && about
}

/// The sentence, with its end where an empty line cut that off.
fn maturity(reading: &mut Reading<'_>, at: Spot, part: &Part) -> Said<String> {
    let block = reading.page.parts.get(at.part);
    let last = block.is_some_and(|block| at.piece + 1 == block.pieces.len());
    let next = reading.page.parts.get(at.part + 1).filter(|_| last);
    let end =
        next.filter(|next| next.text.starts_with(char::is_lowercase) && next.text.len() < 200);
    match end.filter(|_| part.text.ends_with(char::is_lowercase)) {
        None => Said::new(part.text.clone(), &part.at),
        Some(end) => {
            reading.take(at.part + 1);
            let whole = format!("{} {}", part.text, end.text);
            Said::guess(whole, &part.at, "joined over an empty line")
        }
    }
}
