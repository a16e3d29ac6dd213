//! Owns the rule `id-format`: an id is the prefix of the feed, a year and a number.

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use caveat_diag::{Level, quoted};

pub(super) static RULE: Rule = Rule {
    code: "id-format",
    says: "an id is the prefix of the feed, a year and a number",
    why: "Ids are sorted, counted up and matched by patterns. OSV wants the prefix of the database, then \
        the entry.",
    example: r#"id = "x_T-2026-1"
"#,
    instead: r#"id = "x_T-2026-0001"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let Some(id) = &candidate.advisory().id else {
        return;
    };
    let feed = &finder.facts.project.data().feed;
    let (prefix, digits) = (&feed.id_prefix, usize::from(feed.id_digits));
    if is_id(id, prefix, digits) {
        return;
    }
    let found = finder.at(
        &candidate.document,
        "id",
        format!("{} is no id of this feed", quoted(id)),
    );
    finder.push(found.help(format!(
        "write `{prefix}-YEAR-NUMBER`, for example `{prefix}-2026-{:0digits$}`",
        1
    )));
}

/// A number has at least so many digits, and only those that reach them begin with zeros: each id has one spelling.
fn is_id(id: &str, prefix: &str, least: usize) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = id
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('-'));
    let Some((year, number)) = rest.and_then(|rest| rest.split_once('-')) else {
        return false;
    };
    let number_fits = (least..=9).contains(&number.len()) && digits(number);
    let padded_once = number.len() == least || !number.starts_with('0');
    // Placeholders of other databases have the year 0000.
    let year_fits = year.len() == 4 && digits(year) && year >= "1980";
    year_fits && number_fits && padded_once
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn ids_have_one_spelling() {
        assert!(is_id("x_A-2026-0001", "x_A", 4) && is_id("x_A-2026-10001", "x_A", 4));
        assert!(is_id("x_A-2026-1", "x_A", 1) && is_id("x_A-2026-10", "x_A", 1));
        assert!(!is_id("x_A-2026-01", "x_A", 1) && !is_id("x_A-2026-0", "x_A", 2));
        for bad in [
            "x_A-2026-001",
            "x_A-2026-00001",
            "x_A-26-0001",
            "x_A-0000-0001",
            "x_B-2026-0001",
            "x_A-2026-0001 ",
            "x_A-2026-٠٠٠١",
        ] {
            assert!(!is_id(bad, "x_A", 4), "{bad}");
        }
    }
}
