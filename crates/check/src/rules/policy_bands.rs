//! Owns the rule `policy-bands`: the score bands of the severity classes follow each other, highest first.

use caveat_advisory::SeverityClass;
use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "policy-bands",
    says: "the score bands of the severity classes follow each other, highest first",
    why: "Where bands overlap a score has two classes, where they leave a gap it has none, and every advisory \
        with such a score needs an excuse. Pages list the classes in this order, and rank by it.",
    example: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 5.9]
"#,
    instead: r#"# caveat.toml
[[policy.severity]]
id = "high"
definition = "Act this week."
cvss = [7.0, 10.0]

[[policy.severity]]
id = "low"
definition = "Act with the next update."
cvss = [0.1, 6.9]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Feed(judge),
};

/// A band in tenths, as scores are.
struct Band {
    at: usize,
    low: i64,
    high: i64,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "no band is near the end of the numbers, and a cast saturates"
)]
fn bands(classes: &[SeverityClass]) -> Vec<Band> {
    let tenths = |score: f64| (score * 10.0).round() as i64;
    let banded = classes
        .iter()
        .enumerate()
        .filter_map(|(at, class)| Some((at, class.cvss?)));
    banded
        .map(|(at, (low, high))| Band {
            at,
            low: tenths(low),
            high: tenths(high),
        })
        .collect()
}

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let classes = &document.data().policy.severities;
    let bands = bands(classes);
    // A class without a band may stand for what lies between.
    let all = bands.len() == classes.len();
    let field = |band: &Band| format!("policy.severity[{}].cvss", band.at);
    for pair in bands.windows(2) {
        if let Some(fault) = between(&pair[0], &pair[1], all) {
            let found = finder.at(document, &field(&pair[1]), fault).also(
                document.source(),
                document.at(&field(&pair[0])),
                "the class before",
            );
            finder.push(found.help("highest first, each ending a tenth below the one before"));
        }
    }
    let (Some(top), Some(bottom)) = (bands.first(), bands.last()) else {
        return;
    };
    if all && top.high != 100 {
        let found = finder.at(
            document,
            &field(top),
            "the highest class does not end at 10.0",
        );
        finder.push(found.help("write `10.0`: no score is higher"));
    }
    if all && !(0..=1).contains(&bottom.low) {
        let found = finder.at(
            document,
            &field(bottom),
            "the lowest class does not begin at 0.1",
        );
        finder.push(found.help("write `0.1`, or `0.0` where flaws without harm have a class too"));
    }
}

/// What is wrong between a class and the next lower one.
fn between(higher: &Band, lower: &Band, all: bool) -> Option<&'static str> {
    if lower.low > higher.high {
        return Some("this class is higher than the one before");
    }
    if lower.high >= higher.low {
        return Some("this band overlaps the one before");
    }
    (all && higher.low - lower.high > 1).then_some("there is a gap to the band before")
}

#[cfg(test)]
mod tests {
    use crate::tests::said_of_project_after;

    #[test]
    fn a_class_without_a_band_may_fill_a_gap() {
        let said = said_of_project_after(&[("cvss = [0.1, 6.9]", "")]);
        assert_eq!(said, "");
        let three =
            "cvss = [0.1, 5.0]\n[[policy.severity]]\nid = \"odd\"\ndefinition = \"By hand.\"";
        assert_eq!(said_of_project_after(&[("cvss = [0.1, 6.9]", three)]), "");
        assert_eq!(said_of_project_after(&[("[0.1, 6.9]", "[0, 6.9]")]), "");
    }

    #[test]
    fn every_way_to_be_wrong_is_seen() {
        for (from, to) in [
            ("[0.1, 6.9]", "[0.1, 7.0]"),
            ("[0.1, 6.9]", "[0.1, 6.8]"),
            ("[0.1, 6.9]", "[1.0, 6.9]"),
            ("[7.0, 10.0]", "[7.0, 9.9]"),
            ("[7.0, 10.0]", "[0.0, 0.0]"),
        ] {
            let said = said_of_project_after(&[(from, to)]);
            assert!(said.contains("[policy-bands]"), "{to}: {said}");
        }
    }
}
