//! Owns what a text says of the project's own security: claims without exception, audits, certificates.
//! Must never take advice to users for a claim.

use super::Reading;
use crate::facts::{Claim, ClaimKind};
use crate::page::{Part, Spot};
use crate::words;

/// As many as one table shows.
const MOST: usize = 60;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found: Vec<(Spot, Claim)> = Vec::new();
    for (spot, part) in reading.prose() {
        if let Some(kind) = kind(reading, spot, part).filter(|_| found.len() < MOST) {
            found.push((spot, claim(reading, part, kind)));
        }
    }
    let beside = beside(reading, &found);
    found.extend(beside);
    found.sort_by_key(|(_, claim)| claim.at.start);
    let found = found.into_iter().map(|(_, claim)| claim);
    reading.facts.claims.extend(found);
}

fn kind(reading: &Reading<'_>, spot: Spot, part: &Part) -> Option<ClaimKind> {
    if reading.is_taken(spot) || is_elsewhere(reading, part) {
        return None;
    }
    if is_absolute(part) {
        return Some(ClaimKind::Absolute);
    }
    (is_assurance(&part.lower) && !is_advice(part)).then_some(ClaimKind::Assurance)
}

fn claim(reading: &Reading<'_>, part: &Part, kind: ClaimKind) -> Claim {
    let raw = reading.page.raw(part);
    let evidence = words::links(raw)
        .first()
        .map(|at| raw[at.clone()].to_owned());
    Claim {
        says: words::short(&part.sentence(), 300),
        evidence,
        kind,
        at: part.at.clone(),
    }
}

/// The other items of a list that has a claim: who says one thing of themselves in it says all of them.
fn beside(reading: &Reading<'_>, found: &[(Spot, Claim)]) -> Vec<(Spot, Claim)> {
    let parts = &reading.page.parts;
    let alike = |part: &Part| part.is_item() || part.label.is_some();
    let mut listed = vec![false; parts.len()];
    for (spot, _) in found {
        let section = parts[spot.part].section;
        let same = |at: &usize| alike(&parts[*at]) && parts[*at].section == section;
        let before = (0..=spot.part).rev().take_while(same).take(30);
        let behind = (spot.part..parts.len()).take_while(same).take(30);
        before.chain(behind).for_each(|at| listed[at] = true);
    }
    let known = |spot: Spot| found.iter().any(|(other, _)| other.part == spot.part);
    let free = reading.prose().filter(|(spot, part)| {
        listed[spot.part]
            && !known(*spot)
            && !reading.is_taken(*spot)
            && !is_elsewhere(reading, part)
            && !is_advice(part)
    });
    let room = MOST.saturating_sub(found.len());
    free.take(room)
        .map(|(spot, part)| (spot, claim(reading, part, ClaimKind::Beside)))
        .collect()
}

/// Links to other people's pages, and what a sentence only opens.
fn is_elsewhere(reading: &Reading<'_>, part: &Part) -> bool {
    let raw = reading.page.raw(part).trim_start();
    let inner = crate::shapes::item(raw).unwrap_or(raw);
    let link = inner.starts_with('[') && inner.contains("](");
    let scope = words::has(&part.lower, &["in scope", "out of scope"]);
    link || scope
        || part.text.ends_with(':')
        || reading.page.under(
            part,
            &[
                "threat model",
                "what to include",
                "report template",
                "scope",
            ],
        ) && !reading.page.right_under(part, &["mitigation"])
}

fn is_advice(part: &Part) -> bool {
    let label = part.label.as_deref().unwrap_or_default().to_lowercase();
    let text = part.text.to_lowercase();
    let first = if label.is_empty() {
        text.as_str()
    } else {
        label.as_str()
    };
    words::is_order(first) || (!label.is_empty() && words::is_order(&text)) || second_person(&text)
}

fn second_person(text: &str) -> bool {
    words::has(text, &["you should", "you must", "be aware", "your "])
}

/// Words that leave no room for an exception, in a sentence about the project.
fn is_absolute(part: &Part) -> bool {
    if is_advice(part) {
        return false;
    }
    let lower = part.lower.as_str();
    let label = part.label.as_deref().unwrap_or_default().to_lowercase();
    let text = part.text.to_lowercase();
    let no = [&label, &text].iter().any(|said| said.starts_with("no "));
    let all = [
        "all",
        "every",
        "never",
        "always",
        "guarantee",
        "guaranteed",
        "100%",
        "impossible",
    ];
    // `every 14 days` is a time.
    let often = super::duration::durations(lower)
        .first()
        .is_some_and(|time| lower[..time.at.start].ends_with("every "));
    let all = all.iter().any(|sign| words::word(lower, sign).is_some()) && !often;
    let asks = words::has(
        lower,
        &[
            "please",
            "report",
            "prefer",
            "in all cases",
            "not all",
            "not always",
            "not every",
            "not guarantee",
            "no guarantee",
            "backport",
        ],
    );
    (no || all) && !asks
}

/// Certificates, audits and scans: somebody can show them, or there are none.
fn is_assurance(lower: &str) -> bool {
    let certificate = [
        "iso", "soc", "nist", "gdpr", "hipaa", "fedramp", "pci", "fips",
    ];
    let named = certificate
        .iter()
        .any(|sign| words::word(lower, sign).is_some());
    let signs = [
        "penetration test",
        "security audit",
        "compliance audit",
        "scanning",
        "scanned",
        "certified",
        "certification",
        "third-party assess",
    ];
    named || words::has(lower, &signs)
}

#[cfg(test)]
mod tests {
    use crate::facts::ClaimKind;
    use crate::tests::facts;

    fn claims(text: &str) -> Vec<(String, bool)> {
        let found = facts(text).claims.into_iter();
        found
            .map(|claim| (claim.says, claim.kind == ClaimKind::Absolute))
            .collect()
    }

    #[test]
    fn claims_without_exception_are_claims() {
        for text in [
            "- **No buffer overflows** - Rust prevents them\n",
            "- **Checks**: All inputs are validated\n",
            "- We never store passwords\n",
        ] {
            assert_eq!(claims(text).len(), 1, "{text}");
            assert!(claims(text)[0].1, "{text}");
        }
    }

    #[test]
    fn certificates_and_scans_are_claims() {
        assert_eq!(
            claims("- **SOC 2**: Controls\n"),
            [("SOC 2: Controls".to_owned(), false)]
        );
        assert_eq!(claims("Dependencies are scanned every week.\n").len(), 1);
    }

    #[test]
    fn advice_and_links_are_no_claims() {
        for text in [
            "- Always validate inputs\n",
            "- **Validate all inputs** before use\n",
            "- **Use HTTPS**: Always deploy with TLS\n",
            "- [All of it](https://owasp.org)\n",
            "Society is fine.\n",
            "In scope: all of the server.\n",
            "Fixes are never backported.\n",
            "Replies are not guaranteed.\n",
            "## Scope\n\nWe never count crashes of the demo.\n",
        ] {
            assert_eq!(claims(text), [], "{text}");
        }
    }
}
