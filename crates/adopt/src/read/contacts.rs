//! Owns the ways to report: addresses, links, private forms; and the lists that are told.
//! Must never take an address for live where the text itself doubts it.

use std::ops::Range;

use caveat_advisory::State;

use super::Reading;
use crate::facts::{Route, Said, add};
use crate::page::Part;
use crate::{Origin, words};

/// Words of headings below which addresses are ways to report.
const PLACES: [&str; 8] = [
    "report",
    "contact",
    "disclos",
    "security team",
    "questions",
    "how to",
    "communication",
    "security policy",
];

/// Words of a text that say that an address is not there yet, or may not be.
pub(crate) const HEDGES: [&str; 16] = [
    "(planned",
    "(if available",
    "to be established",
    "to be added",
    "to be determined",
    "to be announced",
    "(tbd",
    "[tbd",
    "todo",
    "replace with",
    "(placeholder",
    "your-email",
    "[insert",
    "<insert",
    "coming soon",
    "(not yet",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    repository(reading);
    for (at, part) in reading.prose() {
        let raw = reading.page.raw(part);
        let addresses: Vec<Range<usize>> = words::addresses(raw).into_iter().take(10).collect();
        let mut before = 0;
        for address in &addresses {
            let lead = raw[before..address.start].to_lowercase();
            mail(reading, at, part, (&raw[address.clone()], &lead));
            before = address.end;
        }
        if addresses.is_empty() {
            private_form(reading, at, part);
            link(reading, at, part);
            empty(reading, at, part);
        }
    }
}

/// Does the text itself doubt that this works?
pub(crate) fn is_doubted(lower: &str) -> bool {
    words::has(lower, &HEDGES)
}

fn mail(reading: &mut Reading<'_>, at: usize, part: &Part, (address, lead): (&str, &str)) {
    let lower = &part.lower;
    if words::has(lead, &["mailing list", "announce", "subscribe"]) {
        let said = Said::new(address.to_owned(), &part.at);
        add(&mut reading.facts.lists, said);
        reading.take(at);
        return;
    }
    let other = words::has(
        lower,
        &["non-security", "general inquir", "general question"],
    );
    let security = words::has(
        lower,
        &["secur", "vulnerab", "report", "contact", "e-mail", "email"],
    );
    if other || !(security || reading.page.under(part, &PLACES)) {
        return;
    }
    let doubt = is_doubted(lower) || is_reserved(address);
    let urgent = words::has(lower, &["emergency", "urgent"]);
    let url = Some(Said::new(format!("mailto:{address}"), &part.at));
    push(reading, at, part, (url, doubt, urgent));
}

/// RFC 2606 and RFC 6761: nobody is there.
pub(crate) fn is_reserved(address: &str) -> bool {
    let host = address
        .rsplit_once('@')
        .map_or(address, |(_, host)| host)
        .to_ascii_lowercase();
    let names = [
        "example.com",
        "example.net",
        "example.org",
        "example",
        "invalid",
        "localhost",
        "test",
    ];
    names.iter().any(|name| {
        let rest = host.strip_suffix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

fn push(
    reading: &mut Reading<'_>,
    at: usize,
    part: &Part,
    way: (Option<Said<String>>, bool, bool),
) {
    let (url, doubt, urgent) = way;
    reading.take(at);
    let value = url.as_ref().map(|url| url.value.as_str());
    let known = reading.facts.routes.iter_mut();
    if let Some(known) = known.into_iter().find(|known| {
        let other = known.url.as_ref().map(|url| url.value.as_str());
        value.is_some() && other == value
    }) {
        known.urgent |= urgent;
        return;
    }
    let name = match part.label.as_deref() {
        Some("Alternative") => "Private report".to_owned(),
        Some(label) => label.to_owned(),
        None if value.is_some_and(|url| url.starts_with("mailto:")) => "Mail".to_owned(),
        None => "Private report".to_owned(),
    };
    let missing = url.is_none();
    let guess = match (doubt, missing) {
        (true, _) => Some("the text itself says that it may not be there yet"),
        (false, true) => {
            Some("no repository is known to take the link from: write `url`, and leave out `state`")
        }
        _ => None,
    };
    add(
        &mut reading.facts.routes,
        Route {
            name: words::short(&name, 100),
            url,
            state: if doubt || missing {
                State::Planned
            } else {
                State::Live
            },
            urgent,
            doubted: doubt,
            at: part.at.clone(),
            guess: guess.map(str::to_owned),
        },
    );
}

/// The private form of a forge, whose address follows from the repository's.
fn private_form(reading: &mut Reading<'_>, at: usize, part: &Part) {
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
            Said::guess(
                url,
                &part.at,
                "the form of the repository that the text names elsewhere",
            )
        })
    });
    push(reading, at, part, (url, is_doubted(&part.lower), false));
}

/// A link among the contacts.
fn link(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let among = reading
        .page
        .right_under(part, &["contact", "how to report", "reporting"]);
    let raw = reading.page.raw(part);
    let found = words::links(raw);
    let [one] = found.as_slice() else { return };
    let url = &raw[one.clone()];
    let other = words::has(
        &part.lower,
        &[
            "non-security",
            "issues",
            "pgp",
            "gpg",
            "bounty",
            "published",
        ],
    ) || url.rsplit('.').next() == Some("asc");
    if among && !other && !reading.is_taken(at) {
        let url = Some(Said::new(url.to_owned(), &part.at));
        push(reading, at, part, (url, is_doubted(&part.lower), false));
    }
}

/// A contact that is promised by its label and has no address.
fn empty(reading: &mut Reading<'_>, at: usize, part: &Part) {
    let label = part.label.as_deref().unwrap_or_default().to_lowercase();
    let contact = words::has(&label, &["contact", "e-mail", "email"]);
    if contact && is_doubted(&part.lower) && !reading.is_taken(at) {
        let urgent = words::has(&label, &["emergency", "urgent"]);
        push(reading, at, part, (None, true, urgent));
    }
}

/// The repository that the caller or the text names.
fn repository(reading: &mut Reading<'_>) {
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
    reading.facts.repository = known.map(|(url, _)| Said::new(url.clone(), &(0..0)));
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
