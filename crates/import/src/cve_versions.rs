//! Owns the versions of a CVE product as a set, by the algorithm of the format: the first row that holds a version decides.
//! Must never leave a version out: where a row cannot be read, the whole product is not said, and reported.

use std::cell::Cell;
use std::ops::Range;

use caveat_versions::{Interval, Order, Ranges, Upper, Version};

use crate::fields::{Fields, Text};
use crate::sheet::Sheet;

/// More rows than a product has that somebody wrote down; each is compared with all before it.
const MOST_ROWS: usize = 4_000;

/// What is affected.
pub(crate) struct Read<'n> {
    pub(crate) set: Ranges,
    pub(crate) introduced: Vec<String>,
    pub(crate) fixed: Vec<String>,
    /// Rows of which something has no place.
    pub(crate) over: Vec<Fields<'n>>,
}

/// Commits of a repository.
#[derive(Default)]
pub(crate) struct Commits {
    pub(crate) repo: String,
    pub(crate) introduced: Vec<String>,
    pub(crate) fixed: Vec<String>,
}

/// The affected versions of a product, or why they cannot be said.
pub(crate) fn read<'n>(
    sheet: &mut Sheet,
    product: &Fields<'n>,
    order: Order,
) -> Result<Read<'n>, String> {
    if is_unknown(product, "defaultStatus") {
        doubt(sheet, product.span.clone());
    }
    let known = |text: &str| text == "affected" || text == "unaffected";
    let default = product.text_that("defaultStatus", known);
    let default = default.map_or("unknown", |text| text.value);
    let rows = rows_of(product)?;
    let (mut commits, mut over) = (Commits::default(), Vec::new());
    let (mut set, mut left) = (Ranges::default(), Ranges::all());
    for (row, again) in rows.into_iter().zip(product.tables("versions")) {
        let vague = is_unknown(&row, "status");
        let status = row.text("status").map_or("unknown", |text| text.value);
        if is_git(&row) {
            if !git(&row, status, &mut commits) {
                over.push(again);
            }
            continue;
        }
        let (whole, affected, changes_to_unknown) = stretch(sheet, &row, order, status)?;
        if vague || changes_to_unknown {
            doubt(sheet, row.span.clone());
        }
        set = set.union(&affected.intersection(&left));
        left = left.difference(&whole);
        // What is said of versions that are not affected has no other place, unless silence says it.
        let silent = (status == "affected" || status == default) && !vague && !changes_to_unknown;
        over.push(if silent { row } else { again });
    }
    if default == "affected" {
        set = set.union(&left);
    }
    Ok(Read {
        set,
        introduced: commits.introduced,
        fixed: commits.fixed,
        over,
    })
}

/// What is `unknown` in so many words is doubted: the form would take such versions for free of the flaw.
fn doubt(sheet: &mut Sheet, span: Range<usize>) {
    let message = "nobody knows of these versions, and here they count as free of the flaw: widen `versions`, \
        or say it by a `[[status]]` that is `not-analysed`";
    let field = format!("affected[{}]", sheet.advisory.affected.len());
    sheet.doubt("status-unknown", &field, span, message);
}

/// Does it say so? The key stays for what is left over.
fn is_unknown(row: &Fields<'_>, key: &str) -> bool {
    let seen = Cell::new(false);
    row.text_that(key, |text| {
        seen.set(text == "unknown");
        false
    });
    seen.get()
}

/// The rows, where they are such and not too many.
fn rows_of<'n>(product: &Fields<'n>) -> Result<Vec<Fields<'n>>, String> {
    let rows = product.tables("versions");
    if rows.is_empty() && product.keys().any(|key| key == "versions") {
        return Err("its versions are no list of rows".to_owned());
    }
    if rows.len() > MOST_ROWS {
        return Err(format!("it has more than {MOST_ROWS} rows of versions"));
    }
    Ok(rows)
}

/// The commits of a product that has nothing else, where all of it can be said.
pub(crate) fn commits(product: &Fields<'_>) -> Option<Commits> {
    let rows = product.tables("versions");
    let mut found = Commits {
        repo: product.text("repo")?.value.to_owned(),
        ..Commits::default()
    };
    let whole = rows.iter().all(|row| {
        let status = row.text("status").map_or("unknown", |text| text.value);
        is_git(row) && git(row, status, &mut found)
    });
    (whole && !rows.is_empty()).then_some(found)
}

fn is_git(row: &Fields<'_>) -> bool {
    row.text_that("versionType", |text| text.eq_ignore_ascii_case("git"))
        .is_some()
}

/// A row of commits: where it begins, where it ends, and which end it on other branches. False where it says something else.
fn git(row: &Fields<'_>, status: &str, commits: &mut Commits) -> bool {
    let start = row.text("version").map_or("", |text| text.value);
    let end = row.text("lessThan").map_or("*", |text| text.value);
    let odd = ["lessThanOrEqual"]
        .iter()
        .any(|key| row.keys().any(|known| known == *key));
    let mut ends: Vec<String> = Vec::new();
    for change in row.tables("changes") {
        let ended = change
            .text("status")
            .is_some_and(|text| text.value == "unaffected");
        let at = change.text("at").map_or("", |text| text.value);
        if !ended || !is_commit(at) {
            return false;
        }
        ends.push(at.to_owned());
    }
    let begins = is_commit(start) || start == "0";
    if odd || status != "affected" || !begins || !(end == "*" || is_commit(end)) {
        return false;
    }
    let once = |list: &mut Vec<String>, one: &str| {
        if is_commit(one) && !list.iter().any(|known| known == one) {
            list.push(one.to_owned());
        }
    };
    once(&mut commits.introduced, start);
    once(&mut commits.fixed, end);
    for end in ends {
        once(&mut commits.fixed, &end);
    }
    true
}

fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What a row speaks of, what of that is affected, and whether it says that nobody knows of some.
fn stretch(
    sheet: &mut Sheet,
    row: &Fields<'_>,
    order: Order,
    status: &str,
) -> Result<(Ranges, Ranges, bool), String> {
    let whole = whole(sheet, row, order)?;
    let mut affected = of(status, &whole);
    let mut changes: Vec<(Version, &str)> = Vec::new();
    for change in row.tables("changes") {
        let at = change
            .text("at")
            .ok_or("a change of status has no version")?;
        let status = change.text("status").map_or("unknown", |text| text.value);
        changes.push((version(sheet, order, &at)?, status));
    }
    let vague = changes.iter().any(|(_, status)| *status == "unknown");
    changes.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (at, status) in changes {
        let from = Interval::new(Some(at), Upper::Open);
        let from = Ranges::merge(&from.into_iter().collect::<Vec<_>>()).intersection(&whole);
        affected = match status {
            "affected" => affected.union(&from),
            _ => affected.difference(&from),
        };
    }
    // How versions are ordered follows from the ecosystem.
    row.text("versionType");
    Ok((whole, affected, vague))
}

fn of(status: &str, whole: &Ranges) -> Ranges {
    if status == "affected" {
        whole.clone()
    } else {
        Ranges::default()
    }
}

/// The versions of a row: a stretch, a single one, or a range as GitHub writes it into the place of a version.
fn whole(sheet: &mut Sheet, row: &Fields<'_>, order: Order) -> Result<Ranges, String> {
    let start = row.text("version").ok_or("a row has no version")?;
    let (below, last) = (row.text("lessThan"), row.text("lessThanOrEqual"));
    let upper = match (&below, &last) {
        (Some(end), None) | (None, Some(end)) if end.value.trim() == "*" => Upper::Open,
        (Some(end), None) => below_of(sheet, order, end)?,
        (None, Some(end)) if end.value.ends_with(".*") => below_of(sheet, order, end)?,
        (None, Some(end)) => Upper::LastAffected(version(sheet, order, end)?),
        (Some(_), Some(_)) => return Err("a row has two ends".to_owned()),
        (None, None) if start.value.trim() == "*" => return Ok(Ranges::all()),
        (None, None) if start.value.trim_start().starts_with(['<', '>', '=']) => {
            let read = Interval::parse(order, start.value.trim());
            let read = read.map_err(|_| unreadable(start.value))?;
            return Ok(Ranges::merge(&[read]));
        }
        (None, None) => {
            let only = version(sheet, order, &start)?;
            let read = Interval::new(Some(only.clone()), Upper::LastAffected(only));
            return Ok(Ranges::merge(&read.into_iter().collect::<Vec<_>>()));
        }
    };
    let lower = match start.value.trim() {
        "0" | "*" => None,
        "unspecified" | "n/a" | "-" | "" => {
            let message = "the source does not say where this begins: read as the beginning";
            let field = format!("affected[{}]", sheet.advisory.affected.len());
            sheet.doubt("start-unspecified", &field, start.span.clone(), message);
            None
        }
        _ => Some(version(sheet, order, &start)?),
    };
    let read = Interval::new(lower, upper).ok_or("a row ends before it begins")?;
    Ok(Ranges::merge(&[read]))
}

/// The end of a branch: `1.2.*` is before `1.3`.
fn below_of(sheet: &mut Sheet, order: Order, end: &Text<'_>) -> Result<Upper, String> {
    let Some(branch) = end.value.trim().strip_suffix(".*") else {
        return Ok(Upper::Fixed(version(sheet, order, end)?));
    };
    let (head, number) = branch
        .rsplit_once('.')
        .map_or(("", branch), |(head, number)| (head, number));
    let next = number
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_add(1));
    let next = next.ok_or_else(|| unreadable(end.value))?;
    let dot = if head.is_empty() { "" } else { "." };
    let text = format!("{head}{dot}{next}");
    let read = Version::found(order, &text).map_err(|_| unreadable(end.value))?;
    let read = Version::parse(order, &read.canonical()).map_err(|_| unreadable(end.value))?;
    let message = format!("`{}` is read as everything before {read}", end.value);
    let field = format!("affected[{}]", sheet.advisory.affected.len());
    sheet.doubt("version-wildcard", &field, end.span.clone(), &message);
    Ok(Upper::Fixed(read))
}

/// A version as the form writes it.
fn version(sheet: &mut Sheet, order: Order, text: &Text<'_>) -> Result<Version, String> {
    let written = text.value.trim();
    if let Ok(version) = Version::parse(order, written) {
        return Ok(version);
    }
    let found = Version::found(order, written).map_err(|_| unreadable(written))?;
    let read = Version::parse(order, &found.canonical()).map_err(|_| unreadable(written))?;
    let message = format!("`{written}` is written as `{read}`");
    let field = format!("affected[{}]", sheet.advisory.affected.len());
    sheet.note("version-respelled", &field, text.span.clone(), &message);
    Ok(read)
}

/// No more of a hostile text than a line.
fn unreadable(text: &str) -> String {
    let shown: String = text.escape_debug().take(80).collect();
    format!("`{shown}` is no version of its ecosystem")
}
