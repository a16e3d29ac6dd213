//! Owns the rule `id-year`: the year of an id is the one in which the advisory was first published.

use caveat_diag::Level;

use crate::calendar::year;
use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "id-year",
    says: "the year of an id is the one in which the advisory was first published",
    why: "The year is what people read of an id: it says how old a flaw is, and where in the site the advisory \
        lies. One that is off by a year is a slip in the id or in the date, and an id never changes.",
    example: r#"# advisories/2062/x_T-2062-0001.toml
id = "x_T-2062-0001"
"#,
    instead: r#"# advisories/2026/x_T-2026-0001.toml
id = "x_T-2026-0001"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let advisory = candidate.advisory();
    let (Some(id), Some(first)) = (&advisory.id, advisory.revisions.first()) else {
        return;
    };
    let prefix = &finder.facts.project.data().feed.id_prefix;
    let Some((named, at)) = id_year(id, prefix) else {
        return;
    };
    let published = year(first.at);
    // Under an embargo an id may be given long before the advisory can be read.
    let waited = advisory.timeline.values().any(|at| year(*at) == named);
    let waited = waited && named < published;
    if named == published || waited {
        return;
    }
    let document = &candidate.document;
    let span = document.within("id", id, at..at + 4);
    let found = finder
        .on(
            document,
            span,
            format!("an id of {named}, first published in {published}"),
        )
        .also(
            document.source(),
            document.at("revision[0].at"),
            "first published here",
        );
    finder.push(found.help("correct the date; or the id, as long as nobody has seen it"));
}

fn id_year(id: &str, prefix: &str) -> Option<(i16, usize)> {
    let (year, _) = id
        .strip_prefix(prefix)?
        .strip_prefix('-')?
        .split_once('-')?;
    (year.len() == 4).then_some((year.parse().ok()?, prefix.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::id_year;
    use crate::tests::said_after;

    #[test]
    fn what_was_reported_in_the_year_of_its_id_may_be_published_in_the_next() {
        let reported = ("reported = 2026-11-01", "reported = 2025-11-01");
        let ids = ("x_T-2026-0001", "x_T-2025-0001");
        assert!(!said_after(&[ids, reported]).contains("id-year"));
        assert!(said_after(&[ids]).contains("id-year"));
    }

    #[test]
    fn only_ids_of_the_feeds_own_form_have_a_year() {
        assert_eq!(id_year("x_T-2026-0001", "x_T"), Some((2026, 4)));
        for other in [
            "x_T-20-1",
            "CVE-2026-12345",
            "x_T-2026",
            "x_T2026-0001",
            "x_T-20é-1",
        ] {
            assert_eq!(id_year(other, "x_T"), None, "{other}");
        }
    }
}
