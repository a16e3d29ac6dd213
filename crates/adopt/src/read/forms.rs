//! Owns links that lead to where reports are taken: forms of forges and of platforms, and the repository they belong to.
//! Must never make up the name of a repository.

use std::ops::Range;

use super::Reading;
use super::contacts::{is_doubted, push};
use super::purpose::{Around, is_barred, is_channel};
use crate::facts::Said;
use crate::page::{Part, Spot};
use crate::{Origin, words};

/// The private form of a forge, whose address follows from the repository's.
pub(super) fn private_form(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let signs = [
        "private vulnerability report",
        "private security advisory",
        "report a vulnerability\"",
        "report a vulnerability button",
        "privately report",
        "private report",
        "security advisories: use",
        "security advisory form",
        "report a vulnerability”",
    ];
    let orders = words::has(
        &part.lower,
        &[
            "use ", "open ", "via ", "through ", "button", "click", "submit",
        ],
    );
    let published = words::has(&part.lower, &["published", "first"]);
    if !orders || published || !words::has(&part.lower, &signs) {
        return;
    }
    let raw = reading.page.raw(part);
    let given = words::links(raw)
        .first()
        .map(|at| raw[at.clone()].to_owned());
    let url = given.map(|url| Said::new(url, &part.at)).or_else(|| {
        let base = reading.facts.repository.as_ref()?;
        let form = base.value.starts_with("https://github.com/");
        let url = format!("{}/security/advisories/new", base.value);
        form.then(|| {
            let why = match &base.guess {
                Some(why) => format!("the form of the repository, which is known {why}"),
                None => "the form of the repository that was named beside the text".to_owned(),
            };
            Said::guess(url, &part.at, &why)
        })
    });
    push(reading, at, part, (url, is_doubted(&part.lower), false));
}

/// Where forms for confidential reports are.
const FORMS: [&str; 9] = [
    "/security/advisories/new",
    "/security/report",
    "hackerone.com/",
    "bugcrowd.com/",
    "huntr.com/",
    "huntr.dev/",
    "intigriti.com/",
    "yeswehack.com/",
    "confidential=true",
];

/// A link among the contacts, one beside an address, or one to a form.
pub(super) fn link(reading: &mut Reading<'_>, at: Spot, part: &Part, beside: bool) {
    let raw = reading.page.raw(part);
    let found = words::links(raw);
    let lower = raw.to_lowercase();
    let mut found = found;
    // Small letters of other scripts may be longer: what cannot be looked at is not taken.
    found.retain(|link| {
        let around = Around {
            before: lower.get(..link.start).unwrap_or("do not "),
            behind: lower.get(link.end..).unwrap_or_default(),
            value: &raw[link.clone()],
        };
        !is_barred(reading, at, part, &around) && !is_channel(&raw[link.clone()], &lower)
    });
    let form = |link: &&Range<usize>| words::has(&raw[(*link).clone()], &FORMS);
    let forms: Vec<&Range<usize>> = found.iter().filter(form).take(5).collect();
    let refused = words::has(&part.lower, &["do not", "don't", "never"]);
    let other = [
        "non-security",
        "issues",
        "pgp",
        "gpg",
        "fingerprint",
        "bounty",
        "published",
        "read more",
        "policy",
    ];
    let other = words::has(&part.lower, &other) || raw.contains(".asc");
    let places = [
        "contact",
        "how to report",
        "reporting",
        "report a",
        "report security",
    ];
    let among = reading.page.right_under(part, &places)
        || words::has(
            &part.lower,
            &[
                "report a",
                "report it",
                "report to",
                "report vuln",
                "report secur",
            ],
        );
    let links: Vec<&Range<usize>> = match found.as_slice() {
        _ if !forms.is_empty() => forms,
        [one] if !refused && !other && (beside || among) => vec![one],
        _ => return,
    };
    if reading.is_taken(at) && !beside {
        return;
    }
    for one in links {
        let url = Some(Said::new(raw[one.clone()].to_owned(), &part.at));
        push(reading, at, part, (url, is_doubted(&part.lower), false));
    }
}

/// The repository that the caller or the text names.
pub(super) fn repository(reading: &mut Reading<'_>) {
    if let Some((url, Origin::Said)) = &reading.settings.repository {
        reading.facts.repository = Some(Said::new(url.clone(), &(0..0)));
        return;
    }
    for (_, part) in reading.prose() {
        let raw = reading.page.raw(part);
        let found = words::links(raw).into_iter().find_map(|at| own(&raw[at]));
        if let Some(url) = found {
            let said = Said::guess(url, &part.at, "from a link of the text");
            reading.facts.repository = Some(said);
            return;
        }
    }
    let known = reading.settings.repository.as_ref();
    reading.facts.repository = known.map(|(url, origin)| Said {
        value: url.clone(),
        at: 0..0,
        guess: match origin {
            Origin::Guessed(why) => Some(format!("from {why}")),
            _ => None,
        },
    });
}

/// The repository of a link to its issues or its security pages.
pub(crate) fn own(link: &str) -> Option<String> {
    let rest = link.strip_prefix("https://")?;
    let pieces: Vec<&str> = rest.split('/').collect();
    let [host, owner, name, page, ..] = pieces[..] else {
        return None;
    };
    let forge = ["github.com", "gitlab.com", "codeberg.org"].contains(&host);
    let inside = ["issues", "security", "-", "discussions", "releases"].contains(&page);
    (forge && inside).then(|| format!("https://{host}/{owner}/{name}"))
}
