//! Owns what a report should hold, the form to fill in, and where flaws must not be reported.
//! Must never read a form as promises of the project.

use super::Reading;
use crate::facts::{Said, add};
use crate::page::{Kind, Part, Spot};
use crate::words;

/// Longer lists and forms are not what a reporter is asked for.
const MOST: usize = 40;

pub(super) fn read(reading: &mut Reading<'_>) {
    for (at, part) in reading.page.parts.iter().enumerate() {
        match &part.kind {
            Kind::Heading(_) if asks(&part.lower) && part.lower.len() < 60 => items(reading, at),
            Kind::Text | Kind::Item(_)
                if asks(&part.lower) && opens(part) && of_reports(reading, part) =>
            {
                items(reading, at);
            }
            Kind::Code(inner) => template(reading, at, part, inner.clone()),
            _ => {}
        }
    }
    for (spot, part) in reading.prose() {
        never(reading, spot, part);
        issues(reading, spot, part);
    }
}

fn asks(lower: &str) -> bool {
    words::has(
        lower,
        &[
            "include",
            "should contain",
            "provide the following",
            "information we need",
        ],
    )
}

/// It is about reports, not about what the project does.
fn of_reports(reading: &Reading<'_>, part: &Part) -> bool {
    part.lower.contains("report") || reading.page.under(part, &["report", "contact", "disclos"])
}

/// Something comes after it.
fn opens(part: &Part) -> bool {
    part.text.ends_with(':') || part.text.is_empty()
}

fn items(reading: &mut Reading<'_>, at: usize) {
    let lead = reading
        .page
        .parts
        .get(at + 1)
        .filter(|next| next.kind == Kind::Text && opens(next));
    let from = at + usize::from(lead.is_some());
    let list = reading.page.items_after(from);
    if list.is_empty() {
        return;
    }
    reading.take(at);
    reading.take(from);
    let deep = |part: &Part| match part.kind {
        Kind::Item(depth) => depth,
        _ => 0,
    };
    // Items that are not below the one that opens the list are another list.
    let own = &reading.page.parts[at];
    for nth in list.take(MOST) {
        let part = &reading.page.parts[nth];
        if own.is_item() && deep(part) <= deep(own) {
            break;
        }
        let said = Said::new(part.sentence(), &part.at);
        if !reading.is_taken(nth) && !part.text.is_empty() {
            add(&mut reading.facts.wanted, said);
        }
        reading.take(nth);
    }
}

fn template(reading: &mut Reading<'_>, at: usize, part: &Part, inner: std::ops::Range<usize>) {
    let text = reading
        .page
        .source
        .text()
        .get(inner.clone())
        .unwrap_or_default();
    let named = reading
        .page
        .right_under(part, &["template", "example report"]);
    if !named || text.len() > 20_000 || reading.facts.template.is_some() {
        return;
    }
    let subject = text.lines().find_map(|line| line.strip_prefix("Subject:"));
    let tag = subject.and_then(|line| line.trim().strip_prefix('[')?.split_once(']'));
    if let Some((tag, _)) = tag {
        reading.facts.subject = Some(Said::new(format!("[{tag}]"), &part.at));
    }
    reading.facts.template = Some(Said::new(text.replace("\r\n", "\n"), &inner));
    reading.verbatim.push(part.at.clone());
    reading.take(at);
}

/// Where the text says that flaws do not belong.
fn never(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let no = words::has(
        &part.lower,
        &["do not", "don't", "never ", "not report", "avoid"],
    );
    let report = words::has(
        &part.lower,
        &[
            "report", "open", "file", "create", "disclose", "post", "submit", "use",
        ],
    );
    if !no || !report {
        return;
    }
    let places = [
        ("public github issue", "public GitHub issues"),
        ("github issue", "public GitHub issues"),
        ("public gitlab issue", "public GitLab issues"),
        ("public issue tracker", "the public issue tracker"),
        ("public issue", "public issues"),
        ("issue tracker", "the public issue tracker"),
        ("pull request", "public pull requests"),
        ("github discussion", "public discussions"),
        ("social media", "social media"),
    ];
    for (sign, place) in places {
        let known = |reading: &Reading<'_>| {
            reading
                .facts
                .never
                .iter()
                .any(|said| said.value.contains(place))
        };
        let told = part.lower.contains("public")
            || part.lower.contains("tracker")
            || sign == "social media";
        if part.lower.contains(sign) && told && !known(reading) {
            let said = Said::new(place.to_owned(), &part.at);
            reading.facts.never.push(said);
            reading.take(at);
        }
    }
}

/// Where other faults go.
fn issues(reading: &mut Reading<'_>, at: Spot, part: &Part) {
    let other = [
        "non-security",
        "not security",
        "other bugs",
        "other faults",
        "other issues",
        "general issues",
        "regular bugs",
        "ordinary bugs",
    ];
    if !words::has(&part.lower, &other) {
        return;
    }
    let raw = reading.page.raw(part);
    let mut links = words::links(raw).into_iter().map(|at| &raw[at]);
    let link = links.find(|link| link.contains("issue") || link.contains("bug"));
    let known = reading.facts.repository.as_ref();
    let guessed = known
        .filter(|_| part.lower.contains("github issues"))
        .map(|said| {
            let why = "the issues of the repository, as the text gives no link";
            Said::guess(format!("{}/issues", said.value), &part.at, why)
        });
    if let Some(said) = link
        .map(|link| Said::new(link.to_owned(), &part.at))
        .or(guessed)
    {
        let known = reading.facts.issues.take();
        // A link of the text is better than one that was concluded.
        let better = known.filter(|known| known.guess.is_none() || said.guess.is_some());
        reading.facts.issues = better.or(Some(said));
        reading.take(at);
    }
}
