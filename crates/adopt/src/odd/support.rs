//! Owns what is odd about the support table.

use caveat_advisory::SupportStatus;
use caveat_diag::quoted;
use caveat_versions::{Interval, Order, Ranges};

use super::{Case, Finds};
use crate::facts::Row;
use crate::read;

fn order(case: &Case<'_>) -> Option<Order> {
    read::order(case.settings.ecosystem.as_deref())
}

fn interval(order: Order, row: &Row) -> Option<Interval> {
    Interval::parse(order, &row.versions.as_ref()?.value).ok()
}

pub(super) fn overlap(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some(order) = order(case) else { return };
    let rows: Vec<(&Row, Interval)> = case
        .facts
        .rows
        .iter()
        .filter_map(|row| Some((row, interval(order, row)?)))
        .collect();
    for (at, (row, branch)) in rows.iter().enumerate() {
        let mut before = rows[..at]
            .iter()
            .filter(|(other, _)| other.table == row.table);
        let Some((other, _)) = before.find(|(_, other)| other.overlaps(branch)) else {
            continue;
        };
        let message = format!(
            "{} and {} hold the same versions",
            quoted(&row.label),
            quoted(&other.label)
        );
        let found = finds
            .at(&row.at, message)
            .help("end each row where the next one begins, pre-releases included");
        finds.push(finds.also(found, &other.at, "the other row"));
    }
}

pub(super) fn gap(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some(order) = order(case).filter(|_| case.facts.support_default.is_none()) else {
        return;
    };
    for rows in case
        .facts
        .rows
        .chunk_by(|one, other| one.table == other.table)
    {
        gap_of(finds, order, rows);
    }
}

fn gap_of(finds: &mut Finds<'_>, order: Order, rows: &[Row]) {
    let branches: Vec<Interval> = rows.iter().filter_map(|row| interval(order, row)).collect();
    let missing = Ranges::merge(&branches).complement();
    let Some(last) = rows
        .last()
        .filter(|_| !missing.is_empty() && !branches.is_empty())
    else {
        return;
    };
    let words = missing
        .branches()
        .and_then(|branches| branches.first().map(Interval::words));
    let some = words.map_or_else(String::new, |words| format!(", such as {words}"));
    let found = finds.at(
        &last.at,
        format!("the table says nothing of some versions{some}"),
    );
    finds.push(found.help("say what holds for all other versions, in one row or one sentence"));
}

pub(super) fn several(case: &Case<'_>, finds: &mut Finds<'_>) {
    let rows = &case.facts.rows;
    for pair in rows
        .windows(2)
        .filter(|pair| pair[0].table != pair[1].table)
    {
        let message = if pair[1].apart {
            "this table says something else of versions of the first one: its rows are comments"
        } else {
            "this is another support table: its rows stand with those of the first one"
        };
        let found = finds.at(&pair[1].at, message);
        let found = found.help("write `package` into each row: which of them it is about");
        finds.push(finds.also(found, &rows[0].at, "the first table"));
    }
}

pub(super) fn unreleased(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some((first, note, hidden)) = &case.facts.to_come else {
        return;
    };
    for (at, row) in case.facts.rows.iter().enumerate() {
        let label = quoted(&row.label);
        let message = match () {
            () if at == *first && *hidden => format!("{label} has a status, and is not released"),
            () if row.is_below() => format!("{label} cannot exist: nothing before it is released"),
            () => continue,
        };
        let found = finds.at(&row.at, message);
        let found =
            found.help("call it unreleased until it is there, and leave out what never was");
        finds.push(finds.also(found, note, "it is still to come"));
    }
}

pub(super) fn symbol(case: &Case<'_>, finds: &mut Finds<'_>) {
    for row in &case.facts.rows {
        let (Some(symbol), Some(status)) = (&row.symbol, &row.status) else {
            continue;
        };
        let text = case
            .page
            .source
            .text()
            .get(symbol.clone())
            .unwrap_or_default();
        let word = match status.value {
            SupportStatus::EndOfLife => "Not supported",
            _ => "Supported",
        };
        let found = finds.at(
            symbol,
            format!(
                "only {} says the status: no words where it is not drawn",
                quoted(text)
            ),
        );
        finds.push(found.help(format!("write `{word}`, beside the symbol or for it")));
    }
}

pub(super) fn unread(case: &Case<'_>, finds: &mut Finds<'_>) {
    for row in &case.facts.rows {
        let message = match (&row.versions, &row.status) {
            (None, _) => format!("{} names no versions", quoted(&row.label)),
            (_, None) => format!("nothing says what {} gets", quoted(&row.label)),
            _ => continue,
        };
        let found = finds.at(&row.at, message);
        finds.push(
            found.help(
                "write a range such as `1.0.x` or `< 1.0`, and `Supported` or `Not supported`",
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    const HEAD: &str = "## Supported Versions\n\n| Version | Supported |\n|---|---|\n";

    fn table(code: &str, rows: &str) -> Vec<usize> {
        lines(code, &format!("{HEAD}{rows}"))
    }

    #[test]
    fn rows_that_share_a_version_are_told() {
        let code = "adopt-support-overlap";
        assert_eq!(
            table(code, "| 0.1.0-alpha.x | yes |\n| < 0.1.0-alpha.2 | no |\n"),
            [6]
        );
        assert_eq!(table(code, "| 1.x | yes |\n| 1.4.x | no |\n"), [6]);
        assert!(table(code, "| 1.0.x | yes |\n| < 1.0 | no |\n").is_empty());
    }

    #[test]
    fn versions_that_no_row_names_are_told() {
        let code = "adopt-support-gap";
        assert_eq!(table(code, "| 1.0.x | yes |\n| < 1.0 | no |\n"), [6]);
        assert!(table(code, "| >= 1.0 | yes |\n| < 1.0 | no |\n").is_empty());
        assert!(table(code, "| 1.0.x | yes |\n| all other | no |\n").is_empty());
        assert!(
            table(
                code,
                "| 1.0.x | yes |\n\nOther versions are not supported.\n"
            )
            .is_empty()
        );
    }

    #[test]
    fn a_second_table_is_told_and_judged_by_itself() {
        let one = "| Version | Supported |\n|---|---|\n| >= 2.0 | yes |\n| < 2.0 | no |\n";
        let text = format!("## Supported: Server\n\n{one}\n## Supported: Client\n\n{one}");
        assert_eq!(lines("adopt-support-several", &text), [12]);
        assert!(lines("adopt-support-overlap", &text).is_empty());
        assert!(lines("adopt-support-gap", &text).is_empty());
        let text = text.replacen("| < 2.0 | no |\n", "", 1);
        assert_eq!(lines("adopt-support-gap", &text), [5]);
        assert_eq!(
            crate::tests::facts(&text)
                .rows
                .iter()
                .filter(|row| row.apart)
                .count(),
            2
        );
    }

    #[test]
    fn a_version_that_is_still_to_come_has_no_status() {
        let code = "adopt-support-unreleased";
        let rows = "| 0.1.x | yes |\n| < 0.1 | no |\n\n";
        assert_eq!(
            table(code, &format!("{rows}0.1.x is our upcoming release.\n")),
            [5, 6]
        );
        assert!(table(code, &format!("{rows}0.1.x is our best release.\n")).is_empty());
    }

    #[test]
    fn a_symbol_alone_is_no_status() {
        let code = "adopt-status-symbol";
        assert_eq!(
            table(code, "| 1.x | :white_check_mark: |\n| < 1.0 | ❌ |\n"),
            [5, 6]
        );
        assert!(table(code, "| 1.x | ✅ Supported |\n| < 1.0 | no |\n").is_empty());
    }

    #[test]
    fn a_row_that_is_not_understood_is_told() {
        let code = "adopt-support-unread";
        assert_eq!(table(code, "| latest | yes |\n| 1.x | perhaps |\n"), [5, 6]);
        assert!(table(code, "| 1.x | yes |\n").is_empty());
    }
}
