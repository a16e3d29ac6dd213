//! Owns what is odd about the way into the open.

use super::{Case, Finds};
use crate::page::Part;
use crate::words;

fn prose<'c>(case: &Case<'c>) -> impl Iterator<Item = &'c Part> + use<'c> {
    case.page.parts.iter().filter(|part| part.is_prose())
}

pub(super) fn open(case: &Case<'_>, finds: &mut Finds<'_>) {
    if case.facts.longest.is_some() {
        return;
    }
    let step = case
        .facts
        .steps
        .iter()
        .find(|step| step.to.is_none() && step.lower.contains("disclos"));
    let until = || {
        prose(case)
            .find(|part| {
                words::has(
                    &part.lower,
                    &[
                        "before resolution",
                        "until resolved",
                        "until it is fixed",
                        "until a fix",
                    ],
                )
            })
            .map(|part| &part.at)
    };
    let terms = || case.facts.terms.first().map(|said| &said.at);
    let Some(at) = step.map(|step| &step.at).or_else(until).or_else(terms) else {
        return;
    };
    let found = finds.at(
        at,
        "disclosure has no latest time: a flaw can stay secret for ever",
    );
    finds.push(found.help("name one, such as 90 days from the report"));
}

pub(super) fn exploited(case: &Case<'_>, finds: &mut Finds<'_>) {
    let told = [
        "exploited",
        "in the wild",
        "without a fix",
        "unfixed",
        "no fix is",
        "zero-day",
    ];
    if prose(case).any(|part| words::has(&part.lower, &told)) {
        return;
    }
    let after = [
        "after fix",
        "after the fix",
        "after a fix",
        "after fixes",
        "once a fix",
        "before public disclosure",
        "after a patch",
        "after the patch",
        "once fixed",
        "fix is released",
    ];
    let late =
        prose(case).find(|part| part.lower.contains("disclos") && words::has(&part.lower, &after));
    let Some(late) = late else { return };
    let soon = prose(case).find(|part| {
        words::has(
            &part.lower,
            &[
                "immediate notification",
                "notified immediately",
                "immediately notify",
            ],
        )
    });
    let at = soon.unwrap_or(late);
    let found = finds.at(
        &at.at,
        "nothing says what happens to a flaw that is exploited and has no fix",
    );
    let found = found.help("say how soon users hear of such a flaw, and of what helps meanwhile");
    finds.push(if soon.is_some() {
        finds.also(found, &late.at, "readers wait for the fix here")
    } else {
        found
    });
}

pub(super) fn words(case: &Case<'_>, finds: &mut Finds<'_>) {
    let every = |sign: &'static str| {
        let mut parts = case.page.parts.iter();
        parts.find(move |part| part.lower.contains(sign))
    };
    let other = every("coordinated disclosure").or_else(|| every("disclosure (coordinated"));
    if let (Some(responsible), Some(coordinated)) = (every("responsible disclosure"), other) {
        let found = finds.at(
            &responsible.at,
            "this is called responsible here and coordinated elsewhere",
        );
        let found = found.help("say `coordinated` throughout: the other word accuses");
        finds.push(finds.also(found, &coordinated.at, "the other word"));
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    #[test]
    fn a_secret_has_an_end() {
        let code = "adopt-disclosure-open";
        assert_eq!(lines(code, "- **Day 30+**: Public disclosure\n"), [1]);
        assert_eq!(lines(code, "Do not tell anybody before resolution.\n"), [1]);
        assert_eq!(lines(code, "We follow coordinated disclosure.\n"), [1]);
        assert!(
            lines(
                code,
                "We follow coordinated disclosure, at most 90 days after the report.\n"
            )
            .is_empty()
        );
        assert!(lines(code, "Be nice.\n").is_empty());
    }

    #[test]
    fn exploited_flaws_need_a_rule() {
        let code = "adopt-exploited-unfixed";
        let text =
            "- Immediate notification of users\n- Public disclosure after fixes are deployed\n";
        assert_eq!(lines(code, text), [1]);
        assert!(
            lines(
                code,
                &format!("{text}- Exploited flaws are disclosed within 7 days\n")
            )
            .is_empty()
        );
    }

    #[test]
    fn one_word_for_one_thing() {
        let code = "adopt-disclosure-words";
        assert_eq!(
            lines(
                code,
                "We like coordinated disclosure.\n\nThank you for responsible disclosure.\n"
            ),
            [3]
        );
        assert!(lines(code, "Thank you for responsible disclosure.\n").is_empty());
    }
}
