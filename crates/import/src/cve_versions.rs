//! Owns the versions of a CVE product as a set, by the algorithm of the format: the first row that holds a version decides.
//! Must never leave a version out: where a row cannot be read, the whole product is not said, and reported.

use std::cell::Cell;
use std::ops::Range;

use caveat_versions::{Interval, Order, Ranges, Upper, Version};

use crate::cve_commits::{Commits, git, is_git};
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
    let mut told = Told {
        affected: Ranges::default(),
        left: Ranges::all(),
    };
    for (row, again) in rows.into_iter().zip(product.tables("versions")) {
        let vague = is_unknown(&row, "status");
        let status = row.text("status").map_or("unknown", |text| text.value);
        if is_git(&row) {
            if !git(&row, status, &mut commits) {
                over.push(again);
            }
            continue;
        }
        let clear = told.hear(sheet, &row, order, (status, vague))?;
        // What is said of versions that are not affected has no other place, unless silence says it.
        let silent = clear && (status == "affected" || status == default);
        over.push(if silent { row } else { again });
    }
    let mut set = told.affected;
    if default == "affected" {
        set = set.union(&told.left);
    }
    Ok(Read {
        set,
        introduced: commits.introduced,
        fixed: commits.fixed,
        over,
    })
}

/// What the rows so far decided.
struct Told {
    affected: Ranges,
    /// Of which none has spoken.
    left: Ranges,
}

impl Told {
    /// Adds a row; false where something of it is in doubt.
    fn hear(
        &mut self,
        sheet: &mut Sheet,
        row: &Fields<'_>,
        order: Order,
        (status, vague): (&str, bool),
    ) -> Result<bool, String> {
        let (whole, affected, changes_to_unknown) = stretch(sheet, row, order, status)?;
        let vague = vague || changes_to_unknown;
        if vague {
            doubt(sheet, row.span.clone());
        }
        // One that says more than those before it has exceptions in them; one that says nothing new says the contrary.
        let differs = affected.intersection(&whole) != self.affected.intersection(&whole);
        let contradicts = differs && whole.is_disjoint(&self.left);
        if contradicts {
            contradiction(sheet, row.span.clone());
        }
        self.affected = self.affected.union(&affected.intersection(&self.left));
        self.left = self.left.difference(&whole);
        Ok(!vague && !contradicts)
    }
}

/// What is `unknown` in so many words is doubted: the form would take such versions for free of the flaw.
fn doubt(sheet: &mut Sheet, span: Range<usize>) {
    let message = "nobody knows of these versions, and here they count as free of the flaw: widen `versions`, \
        or say it by a `[[status]]` that is `not-analysed`";
    let field = format!("affected[{}]", sheet.advisory.affected.len());
    sheet.doubt("status-unknown", &field, span, message);
}

/// The format lets the first row decide; whoever wrote the second may have meant it.
fn contradiction(sheet: &mut Sheet, span: Range<usize>) {
    let message = "a row before this one says otherwise of some of its versions, and decides: see which of the two is right";
    let field = format!("affected[{}]", sheet.advisory.affected.len());
    sheet.doubt("rows-contradict", &field, span, message);
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
