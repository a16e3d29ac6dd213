//! Owns the report of a year as Markdown: the same numbers as the page, as tables.
//! Must never say a number that the facts do not hold.

use super::facts::{Facts, Row, reviews};
use super::people::Person;
use super::promises::{Missed, PromiseRow};
use super::year::Item;
use caveat_notes::{escaped as prose, started};
use caveat_words::join;

/// The whole text. `root` is the address of the site.
pub(super) fn markdown(facts: &Facts, root: &str) -> String {
    let year = facts.year;
    let mut parts = vec![
        format!("# {}: security report {year}", prose(&facts.feed)),
        lead(facts),
        history(facts),
        by("By severity", "Severity", year, &facts.severities),
        by("By package", "Package", year, &facts.packages),
        weaknesses(facts),
    ];
    parts.extend([
        promises(facts, root),
        exploited(facts, root),
        withdrawn(facts, root),
    ]);
    parts.push(credits(facts));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// The first paragraph: what everybody asks.
fn lead(facts: &Facts) -> String {
    let until = if facts.complete {
        String::new()
    } else {
        format!(" The year is not over: this counts until {}.", facts.as_of)
    };
    let fix = match &facts.time_to_fix {
        None => String::new(),
        Some(spread) => format!(
            " From report to fix it took {} in the median ({} of {} advisories tell; fastest {}, slowest {}).",
            spread.median_words,
            spread.count,
            facts.standing,
            spread.fastest_words,
            spread.slowest_words
        ),
    };
    format!(
        "Published: {}. Of these withdrawn since, and not counted below: {}. Known to be exploited: {}. Revisions: {}.{fix}{until}",
        facts.advisories,
        facts.withdrawn.len(),
        facts.exploited.len(),
        facts.revisions
    )
}

fn history(facts: &Facts) -> String {
    if facts.years.is_empty() {
        return String::new();
    }
    let lines = facts.years.iter().map(|row| {
        let median = row.median_to_fix.as_deref().unwrap_or("–");
        format!(
            "| {} | {} | {} | {} | {} | {} | {median} |",
            row.year, row.standing, row.withdrawn, row.exploited, row.met, row.missed
        )
    });
    let head = "| Year | Advisories | Withdrawn | Exploited | Promises met | Missed | Median time to fix |\n|---|--:|--:|--:|--:|--:|---|";
    format!(
        "## Year on year\n\n{head}\n{}",
        lines.collect::<Vec<_>>().join("\n")
    )
}

fn rows(what: &str, year: i16, rows: &[Row]) -> String {
    let line = |row: &Row| {
        let same = row.key.eq_ignore_ascii_case(&row.label);
        let key = (!same).then(|| format!(" ({})", prose(&row.key)));
        let key = key.unwrap_or_default();
        format!(
            "| {}{key} | {} | {} |",
            prose(&row.label),
            row.count,
            row.before
        )
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    format!(
        "| {what} | {year} | {} |\n|---|--:|--:|\n{}",
        year - 1,
        lines.join("\n")
    )
}

fn by(heading: &str, what: &str, year: i16, list: &[Row]) -> String {
    if list.is_empty() {
        return String::new();
    }
    format!("## {heading}\n\n{}", rows(what, year, list))
}

fn weaknesses(facts: &Facts) -> String {
    let table = by("By weakness", "Weakness", facts.year, &facts.weaknesses);
    match (table.is_empty(), facts.unclassified) {
        (true, _) | (_, 0) => table,
        (_, count) => format!("{table}\n\nWithout a weakness: {count}."),
    }
}

fn promises(facts: &Facts, root: &str) -> String {
    if facts.promises.is_empty() {
        return String::new();
    }
    let line = |row: &PromiseRow| {
        let kept = row
            .kept_percent
            .map_or("–".to_owned(), |kept| format!("{kept} %"));
        format!(
            "| {} | {} | {} | {kept} | {} | {} | {} |",
            row.label, row.met, row.missed, row.not_due, row.not_known, row.no_target
        )
    };
    let lines: Vec<String> = facts.promises.iter().map(line).collect();
    let late: Vec<String> = facts.late.iter().map(|late| missed(late, root)).collect();
    let late = if late.is_empty() {
        String::new()
    } else {
        format!("\n\nNot kept:\n\n{}", late.join("\n"))
    };
    let reviews = reviews(facts).map(|row| {
        format!(
            "\n\nIncident reviews: {} in time, {} late, {} not due yet, {} without a word.",
            row.met, row.missed, row.not_due, row.not_known
        )
    });
    format!(
        "## Promised times\n\n| Promise | Met | Missed | Kept | Not due | Not known | No target |\n|---|--:|--:|--:|--:|--:|--:|\n{}{late}{}",
        lines.join("\n"),
        reviews.unwrap_or_default()
    )
}

fn missed(late: &Missed, root: &str) -> String {
    let so_far = if late.open { " so far" } else { "" };
    let reason = late
        .reason
        .as_deref()
        .map(|reason| format!(" {}", prose(reason)));
    format!(
        "- [{}]({root}/{}): {}, {} late{so_far}.{}",
        late.id,
        late.path,
        late.label.to_lowercase(),
        late.late,
        reason.unwrap_or_default()
    )
}

fn exploited(facts: &Facts, root: &str) -> String {
    items(
        "Known to be exploited",
        "known since",
        &facts.exploited,
        root,
    )
}

fn withdrawn(facts: &Facts, root: &str) -> String {
    items("Withdrawn", "on", &facts.withdrawn, root)
}

fn items(heading: &str, since: &str, list: &[Item], root: &str) -> String {
    let line = |item: &Item| {
        let title = prose(&item.title);
        format!(
            "- [{}]({root}/{}): {title}, {since} {}",
            item.id, item.path, item.day
        )
    };
    let lines: Vec<String> = list.iter().map(line).collect();
    listing(heading, &lines)
}

fn credits(facts: &Facts) -> String {
    let line = |person: &Person| {
        let roles = person.roles.iter().map(|role| role.to_lowercase());
        let roles = join(roles.collect(), "and");
        format!(
            "- {} ({roles}): {}",
            started(&person.name),
            person.advisories.join(", ")
        )
    };
    let mut lines: Vec<String> = facts.credits.named.iter().map(line).collect();
    match facts.credits.unnamed {
        0 => {}
        1 => lines.push("- One credit is of somebody who is not named here.".to_owned()),
        count => lines.push(format!(
            "- {count} credits are of people who are not named here."
        )),
    }
    listing("Thanks", &lines)
}

fn listing(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    format!("## {heading}\n\n{}", lines.join("\n"))
}
