//! Owns what is odd about the ways to report, and about promises to people that the text does not name.

use caveat_diag::quoted;

use super::{Case, Finds};
use crate::facts::Route;
use crate::page::{Kind, Part};
use crate::read::{hedge, is_reserved};
use crate::words;

/// What the hedges are read in: lines with an address, and below such headings.
const PLACES: [&str; 6] = ["contact", "pgp", "gpg", "report", "keys", "security team"];

pub(super) fn placeholder(case: &Case<'_>, finds: &mut Finds<'_>) {
    for at in case.facts.template_lines.iter().take(20) {
        let found = finds.at(at, "this is the template: nobody wrote here what holds");
        finds
            .push(found.help("replace it, and the table below it, with what the project promises"));
    }
    for part in &case.page.parts {
        let raw = case.page.raw(part);
        let reserved = if part.is_prose() {
            words::addresses(raw)
        } else {
            Vec::new()
        };
        let reserved = reserved
            .into_iter()
            .find(|at| is_reserved(&raw[at.clone()]));
        let lower = raw.to_lowercase();
        let place = match part.kind {
            Kind::Heading(_) | Kind::Row | Kind::Break => false,
            Kind::Code(_) => raw.len() < 500 && case.page.right_under(part, &["pgp", "gpg", "key"]),
            Kind::Text | Kind::Item(_) => raw.contains('@') || case.page.under(part, &PLACES),
        };
        let hedge = hedge(&lower).filter(|_| place);
        let (at, message) = match (reserved, hedge) {
            (Some(at), _) => (
                part.at.start + at.start..part.at.start + at.end,
                format!(
                    "nobody is at {}: it is a name for examples",
                    quoted(&raw[at])
                ),
            ),
            (None, Some(hedge)) => (
                part.at.clone(),
                format!(
                    "this is not there yet, or may not be: {}",
                    quoted(hedge.trim_start_matches(['(', '[']))
                ),
            ),
            (None, None) => continue,
        };
        let found = finds.at(&at, message);
        finds.push(found.help("write what works today, and leave out the rest"));
        if finds.is_full() {
            return;
        }
    }
}

pub(super) fn list_is_intake(case: &Case<'_>, finds: &mut Finds<'_>) {
    for list in &case.facts.lists {
        let intake = case.facts.routes.iter().find(|route| {
            let url = route
                .url
                .as_ref()
                .map(|url| url.value.trim_start_matches("mailto:"));
            url == Some(list.value.as_str())
        });
        if let Some(route) = intake {
            let message = format!(
                "{} is a mailing list, and takes confidential reports",
                quoted(&list.value)
            );
            let found = finds
                .at(&list.at, message)
                .help("give the list an address of its own");
            finds.push(finds.also(found, &route.at, "reports are sent here"));
        }
    }
}

/// Promises, and what would name them.
const PROMISES: [(&[&str], &str); 6] = [
    (&["mailing list"], "the list has no address"),
    (
        &[
            "downstream",
            "package maintainers",
            "packagers",
            "distribution maintainers",
        ],
        "nobody is named who hears first",
    ),
    (
        &["contact us", "reach out to us", "get in touch"],
        "nothing says how",
    ),
    (
        &["maintainers directly", "maintainer directly"],
        "no maintainer is named",
    ),
    (&["working group"], "the group has no address"),
    (
        &["via github)", "via github.", "through github)"],
        "no link leads there",
    ),
];

pub(super) fn referent(case: &Case<'_>, finds: &mut Finds<'_>) {
    let parts = &case.page.parts;
    for part in parts.iter().filter(|part| part.is_prose()) {
        let Some((_, missing)) = PROMISES
            .iter()
            .find(|(signs, _)| words::has(&part.lower, signs))
        else {
            continue;
        };
        // The section may name it in its next lines.
        let beside = parts.iter().skip(part.section.unwrap_or(0)).take(30);
        let mut beside = beside.filter(|other| other.section == part.section && other.is_prose());
        let us = words::has(
            &part.lower,
            &["contact us", "reach out to us", "get in touch"],
        );
        let named =
            names_somebody(case, part) || (us && beside.any(|other| names_somebody(case, other)));
        if !named && !finds.is_full() {
            let found = finds.at(&part.at, format!("this is promised, but {missing}"));
            finds.push(found.help("write the address or link, or leave the promise out"));
        }
    }
}

fn names_somebody(case: &Case<'_>, part: &Part) -> bool {
    let raw = case.page.raw(part);
    raw.contains('@') || raw.contains("https://")
}

pub(super) fn single_route(case: &Case<'_>, finds: &mut Finds<'_>) {
    let live = case.facts.routes.iter().filter(|route| !route.doubted);
    let mut live: Vec<(String, &Route)> = live.map(|route| (goal(route), route)).collect();
    live.sort_by(|one, other| one.0.cmp(&other.0));
    live.dedup_by(|one, other| one.0 == other.0);
    let first = case.page.source.first_line().range();
    let (at, message) = match live.as_slice() {
        [] => (&first, "no way to report works today"),
        [(_, one)] => (
            &one.at,
            "this is the only way to report: where it fails, reports are lost",
        ),
        _ => return,
    };
    let found = finds.at(at, message);
    finds.push(found.help("name a second one, such as the private form of the forge"));
}

/// Where a report really goes: what follows a plus sign is in the same mailbox.
fn goal(route: &Route) -> String {
    let url = route
        .url
        .as_ref()
        .map_or(route.name.as_str(), |url| url.value.as_str());
    let mailbox = url
        .strip_prefix("mailto:")
        .and_then(|address| address.split_once('@'));
    mailbox.map_or_else(
        || url.to_owned(),
        |(user, host)| {
            let user = user.split('+').next().unwrap_or(user);
            format!("{user}@{host}").to_lowercase()
        },
    )
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    const TWO: &str = "## Contact\n\n- <security@acme.org>\n- <urgent@acme.org>\n";

    #[test]
    fn contacts_that_are_not_there_are_told() {
        let code = "adopt-placeholder";
        for line in [
            "- Mail: <security@example.com>\n",
            "- Mail: <security@acme.org> (planned)\n",
            "- **Emergency contact**: [To be established]\n",
            "- Mail: <security@acme.org> (if available)\n",
        ] {
            assert_eq!(lines(code, &format!("{TWO}{line}")), [5], "{line}");
        }
        assert_eq!(
            lines(code, "## PGP Keys\n```\n[keys - to be added]\n```\n"),
            [2]
        );
        assert!(lines(code, TWO).is_empty());
        assert!(lines(code, &format!("{TWO}- We are on Mastodon: <us@acme.org>\n")).is_empty());
        assert!(
            lines(
                code,
                &format!("{TWO}\n## Features\n\n- Dark mode (planned)\n")
            )
            .is_empty()
        );
    }

    #[test]
    fn a_list_that_takes_reports_leaks_them() {
        let code = "adopt-list-is-intake";
        assert_eq!(
            lines(code, &format!("{TWO}- Mailing list: <security@acme.org>\n")),
            [5]
        );
        assert!(lines(code, &format!("{TWO}- Mailing list: <announce@acme.org>\n")).is_empty());
    }

    #[test]
    fn promises_to_nobody_in_particular_are_told() {
        let code = "adopt-missing-referent";
        for line in [
            "We write to our security mailing list.\n",
            "Fixes are coordinated with downstream package maintainers.\n",
            "Please contact us.\n",
            "Reach out to project maintainers directly.\n",
        ] {
            assert_eq!(lines(code, line), [1], "{line}");
        }
        assert!(lines(code, "Our mailing list is <announce@acme.org>.\n").is_empty());
        assert!(lines(code, "Please contact us.\n\n<security@acme.org>\n").is_empty());
    }

    #[test]
    fn two_ways_are_safer_than_one() {
        let code = "adopt-single-route";
        assert_eq!(
            lines(code, "# Policy\n\nReport to <security@acme.org>.\n"),
            [3]
        );
        assert_eq!(lines(code, "# Policy\n\nBe nice.\n"), [1]);
        assert!(lines(code, TWO).is_empty());
    }
}
