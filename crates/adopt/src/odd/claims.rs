//! Owns claims that nothing shows.

use super::{Case, Finds};
use crate::facts::{Claim, ClaimKind};
use crate::page::Part;
use crate::words;

/// What a claim says, and what elsewhere in the text takes it back.
const AGAINST: [(&[&str], &[&str]); 3] = [
    (
        &[
            "buffer overflow",
            "use-after-free",
            "data race",
            "memory safe",
        ],
        &["unsafe block", "unsafe code"],
    ),
    (&["validate"], &["unvalidated"]),
    (
        &["iso", "soc 2", "penetration", "audit", "complian"],
        &["planning phase", "documentation phase"],
    ),
];

fn against<'c>(case: &Case<'c>, claim: &Claim) -> Option<&'c Part> {
    let lower = claim.says.to_lowercase();
    let (_, signs) = AGAINST.iter().find(|(says, _)| words::has(&lower, says))?;
    let mut parts = case.page.parts.iter().filter(|part| part.is_prose());
    parts.find(|part| words::has(&part.lower, signs) && part.at != claim.at)
}

fn tell(case: &Case<'_>, finds: &mut Finds<'_>, kind: ClaimKind, message: &str, help: &str) {
    let claims = case.facts.claims.iter();
    for claim in claims.filter(|claim| claim.kind == kind && claim.evidence.is_none()) {
        let found = finds.at(&claim.at, message).help(help);
        finds.push(match against(case, claim) {
            Some(part) => finds.also(found, &part.at, "and this says otherwise"),
            None => found,
        });
    }
}

pub(super) fn absolute(case: &Case<'_>, finds: &mut Finds<'_>) {
    let message = "this claim leaves no room for an exception, and shows no evidence";
    tell(
        case,
        finds,
        ClaimKind::Absolute,
        message,
        "link to where it can be seen, or say what is done and where it ends",
    );
}

pub(super) fn evidence(case: &Case<'_>, finds: &mut Finds<'_>) {
    let message = "this claim shows no evidence";
    tell(
        case,
        finds,
        ClaimKind::Assurance,
        message,
        "link to the certificate, the report or the runs, with their date",
    );
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    #[test]
    fn a_claim_without_exception_needs_evidence() {
        let code = "adopt-claim-absolute";
        assert_eq!(lines(code, "- All inputs are validated\n"), [1]);
        assert!(
            lines(
                code,
                "- All inputs are validated: https://acme.org/fuzzing\n"
            )
            .is_empty()
        );
        assert!(lines(code, "- Validate all inputs\n").is_empty());
    }

    #[test]
    fn an_audit_needs_evidence() {
        let code = "adopt-claim-evidence";
        assert_eq!(lines(code, "- **SOC 2**: Service controls\n"), [1]);
        assert!(lines(code, "- **SOC 2**: https://acme.org/soc2.pdf\n").is_empty());
        assert!(lines(code, "- **Soup**: of the day\n").is_empty());
    }
}
