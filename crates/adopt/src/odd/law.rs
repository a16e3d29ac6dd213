//! Owns what is odd about promises that others hold the project to: safe harbour, severity classes, CVE ids.

use super::{Case, Finds};
use crate::words;

pub(super) fn cve(case: &Case<'_>, finds: &mut Finds<'_>) {
    let classes = &case.facts.classes;
    let named = classes.iter().find_map(|class| class.cve.as_ref());
    let vague = || {
        let parts = case
            .page
            .parts
            .iter()
            .filter(|part| part.is_prose() && words::word(&part.lower, "cve").is_some());
        parts.into_iter().find(|part| {
            words::has(
                &part.lower,
                &[
                    "where appropriate",
                    "if appropriate",
                    "as needed",
                    "if necessary",
                    "when warranted",
                ],
            )
        })
    };
    // Who says it of every flaw says it of every class.
    let text = case.page.source.text();
    let every = named
        .and_then(|said| text.get(said.at.clone()))
        .map(str::to_lowercase);
    if every.is_some_and(|lower| words::has(&lower, &["every ", "all "])) {
        return;
    }
    let some = classes.iter().any(|class| class.cve.is_none()) || classes.len() == 1;
    let at = match named {
        Some(said) if some => said.at.clone(),
        None => match vague() {
            Some(part) => part.at.clone(),
            None => return,
        },
        Some(_) => return,
    };
    let found = finds.at(
        &at,
        "this says of some classes only whether flaws get a CVE id",
    );
    finds.push(found.help("say it for each class, so that it can be decided from the advisory"));
}

pub(super) fn undated(case: &Case<'_>, finds: &mut Finds<'_>) {
    if let Some(harbour) = case
        .facts
        .harbour
        .as_ref()
        .filter(|text| text.date.is_none() || text.version.is_none())
    {
        let found = finds.at(
            &harbour.at,
            "this text has no version and date: nobody can say what held when they tested",
        );
        finds.push(found.help("give it both, and keep the old texts"));
    }
}

const STATUTES: [&str; 9] = [
    "dmca",
    "digital millennium",
    "cfaa",
    "computer fraud and abuse",
    "computer misuse act",
    "§ 202",
    "stgb",
    "copyright act",
    "18 u.s.c",
];

pub(super) fn statute(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some(harbour) = &case.facts.harbour else {
        return;
    };
    let inside = case
        .page
        .parts
        .iter()
        .skip_while(|part| part.at.start <= harbour.at.start)
        .take(200);
    let inside =
        inside.filter(|part| part.is_prose() && harbour.text.contains(case.page.raw(part)));
    let mut named = inside.filter(|part| words::has(&part.lower, &STATUTES));
    if let Some(part) = named.next() {
        let found = finds.at(
            &part.at,
            "this names the law of one country: researchers elsewhere have other laws",
        );
        finds.push(
            found.help("let a lawyer say which laws the text is about; it is kept word for word"),
        );
    }
}

pub(super) fn undefined(case: &Case<'_>, finds: &mut Finds<'_>) {
    for class in case
        .facts
        .classes
        .iter()
        .filter(|class| class.definition.is_none())
    {
        let found = finds.at(
            &class.at,
            format!("nothing says what class `{}` means", class.id),
        );
        finds.push(found.help("say in one sentence what harm puts a flaw into it"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    #[test]
    fn a_rule_for_some_classes_is_no_rule() {
        let code = "adopt-cve-rule";
        assert_eq!(
            lines(code, "- **CVE Database**: For critical vulnerabilities\n"),
            [1]
        );
        assert_eq!(lines(code, "We request a CVE where appropriate.\n"), [1]);
        let classes = "## Severity\n\n- **High**: Serious harm\n- **Low**: Little harm\n\n";
        assert!(
            lines(
                code,
                &format!("{classes}We request a CVE ID for every flaw.\n")
            )
            .is_empty()
        );
    }

    #[test]
    fn a_text_for_lawyers_has_a_version_and_a_date() {
        let code = "adopt-safe-harbour-undated";
        assert_eq!(
            lines(code, "# Policy\n\n## Safe Harbor\n\nWe do not sue.\n"),
            [3]
        );
        assert!(
            lines(
                code,
                "## Safe Harbor\n\nVersion 2 of 2026-01-01.\n\nWe do not sue.\n"
            )
            .is_empty()
        );
    }

    #[test]
    fn the_law_of_one_country_is_told() {
        let code = "adopt-safe-harbour-statute";
        assert_eq!(
            lines(code, "## Safe Harbor\n\n- Exempt from DMCA claims\n"),
            [3]
        );
        assert!(lines(code, "## Safe Harbor\n\n- We do not sue\n").is_empty());
    }

    #[test]
    fn a_class_has_a_meaning() {
        let code = "adopt-severity-undefined";
        assert_eq!(lines(code, "**High**: Fix within 7 days\n"), [1]);
        let meaning = "## Severity\n\n- **High**: Serious harm\n\n";
        assert!(lines(code, &format!("{meaning}**High**: Fix within 7 days\n")).is_empty());
    }
}
