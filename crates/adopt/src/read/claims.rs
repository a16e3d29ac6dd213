//! Owns what a text says of the project's own security: claims without exception, audits, certificates.
//! Must never take advice to users for a claim.

use super::Reading;
use crate::facts::Claim;
use crate::page::Part;
use crate::words;

/// As many as one table shows.
const MOST: usize = 60;

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.prose() {
        if reading.is_taken(at) || reading.facts.claims.len() >= MOST || is_elsewhere(reading, part)
        {
            continue;
        }
        let absolute = is_absolute(part);
        if absolute || (is_assurance(&part.lower) && !is_advice(part)) {
            let raw = reading.page.raw(part);
            let evidence = words::links(raw)
                .first()
                .map(|at| raw[at.clone()].to_owned());
            reading.facts.claims.push(Claim {
                says: words::short(&part.sentence(), 300),
                evidence,
                absolute,
                at: part.at.clone(),
            });
        }
    }
}

/// Links to other people's pages, and what a sentence only opens.
fn is_elsewhere(reading: &Reading<'_>, part: &Part) -> bool {
    let raw = reading.page.raw(part).trim_start();
    let inner = crate::scan::item(raw).unwrap_or(raw);
    let link = inner.starts_with('[') && inner.contains("](");
    link || part.text.ends_with(':')
        || reading.page.under(
            part,
            &["threat model", "what to include", "report template"],
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
    let all = all.iter().any(|sign| words::word(lower, sign).is_some());
    let asks = words::has(lower, &["please", "report", "in all cases", "not all"]);
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
    use crate::tests::facts;

    fn claims(text: &str) -> Vec<(String, bool)> {
        let found = facts(text).claims.into_iter();
        found.map(|claim| (claim.says, claim.absolute)).collect()
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
        ] {
            assert_eq!(claims(text), [], "{text}");
        }
    }
}
