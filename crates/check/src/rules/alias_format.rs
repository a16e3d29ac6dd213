//! Owns the rule `alias-format`: aliases and related ids are written as their owners write them.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "alias-format",
    says: "aliases and related ids are written as their owners write them",
    why: "Databases join records by comparing ids byte by byte. `CVE-2026-1` and `cve-2026-12345` join \
        nothing.",
    example: r#"aliases = ["cve-2026-12345"]
"#,
    instead: r#"aliases = ["CVE-2026-12345"]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    for (field, ids) in [
        ("aliases", &advisory.aliases),
        ("related", &advisory.related),
        ("upstream", &advisory.upstream),
    ] {
        for (at, id) in ids.iter().enumerate() {
            if let Some(help) = fault(id) {
                let field = format!("{field}[{at}]");
                let found = finder.at(
                    &candidate.document,
                    &field,
                    format!("{} is no id of another database", quoted(id)),
                );
                let found = match respelt(id) {
                    Some(right) => {
                        crate::mend::value(found, &candidate.document, &field, (id, &right))
                    }
                    None => found,
                };
                finder.push(found.help(help));
            }
        }
    }
}

/// What to write instead, if this is not how an id is written.
pub(super) fn fault(id: &str) -> Option<&'static str> {
    const CVE: &str = "a CVE id is `CVE-YEAR-NUMBER`, with four digits or more at the end";
    const GHSA: &str = "a GHSA id is `GHSA-xxxx-xxxx-xxxx`, in small letters";
    const OTHER: &str = "an id is `PREFIX-ENTRY`, without spaces";
    let upper = id.to_ascii_uppercase();
    if upper.starts_with("CVE") {
        return (!is_cve(id)).then_some(CVE);
    }
    if upper.starts_with("GHSA") {
        return (!is_ghsa(id)).then_some(GHSA);
    }
    let Some((prefix, entry)) = id.split_once('-') else {
        return Some(OTHER);
    };
    let plain = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    let good = prefix.starts_with(|c: char| c.is_ascii_alphabetic())
        && plain(prefix)
        && !entry.is_empty()
        && plain(entry);
    (!good).then_some(OTHER)
}

/// The id, if only its case or the space around it is wrong.
fn respelt(id: &str) -> Option<String> {
    let upper = id.trim().to_ascii_uppercase();
    let ghsa = upper
        .strip_prefix("GHSA-")
        .map(|rest| format!("GHSA-{}", rest.to_ascii_lowercase()));
    let right = ghsa.unwrap_or(upper);
    (is_cve(&right) || is_ghsa(&right)).then_some(right)
}

fn is_cve(id: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = id
        .strip_prefix("CVE-")
        .and_then(|rest| rest.split_once('-'));
    parts.is_some_and(|(year, number)| {
        year.len() == 4 && digits(year) && number.len() >= 4 && digits(number)
    })
}

/// GitHub draws the three groups from letters and digits that are not mistaken for each other.
fn is_ghsa(id: &str) -> bool {
    let Some(rest) = id.strip_prefix("GHSA-") else {
        return false;
    };
    let groups: Vec<&str> = rest.split('-').collect();
    let good = |group: &&str| {
        group.len() == 4
            && group
                .bytes()
                .all(|byte| b"23456789cfghjmpqrvwx".contains(&byte))
    };
    groups.len() == 3 && groups.iter().all(good)
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn ids_of_other_databases_have_their_own_spelling() {
        for good in [
            "CVE-2026-1234",
            "CVE-2026-1234567",
            "GHSA-2f84-9xq5-cvjm",
            "PYSEC-2021-108",
            "RUSTSEC-2026-0001",
            "x_A-2026-0001",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "CVE-2026-1",
            "cve-2026-1234",
            "GHSA-2F84-9xq5-cvjm",
            "GHSA-aaaa-bbbb-cccc",
            "CVE 2026",
            "A-",
            "-1",
            "A-b c",
            "word",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
