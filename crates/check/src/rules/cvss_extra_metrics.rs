//! Owns the rule `cvss-extra-metrics`: a published vector has base metrics only.

use std::ops::Range;

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "cvss-extra-metrics",
    says: "a published vector has base metrics only",
    why: "Threat metrics change every month and environmental ones with each reader, while a record stays. Tools \
        that compute the score from the vector show the lowered one to everybody, others drop the metrics: two \
        scores for one flaw.",
    example: r#"cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O"]
"#,
    instead: r#"cvss = ["CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Advisory(judge),
};

/// Temporal and threat metrics, then environmental ones, of every version. What CVSS 4.0 calls supplemental
/// (`S`, `AU`, `R`, `V`, `RE`, `U`) changes no score, and is left alone.
const EXTRA: [&str; 23] = [
    "E", "RL", "RC", "CDP", "TD", "CR", "IR", "AR", "MAV", "MAC", "MAT", "MPR", "MUI", "MS", "MC",
    "MI", "MA", "MVC", "MVI", "MVA", "MSC", "MSI", "MSA",
];

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let vectors = candidate.advisory().cvss.iter().zip(&candidate.scores);
    for (at, (vector, score)) in vectors.enumerate() {
        let Some(extra) = extra(vector).filter(|_| score.is_ok()) else {
            continue;
        };
        let field = format!("cvss[{at}]");
        let message = format!("`{}` is no base metric", &vector[extra.clone()]);
        let span = candidate.document.within(&field, vector, extra);
        let found = finder.on(&candidate.document, span, message);
        finder.push(
            found.help("publish the base vector; say in `description` whether exploits are known"),
        );
    }
}

/// The first metric that is not of the base group and says something.
fn extra(vector: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for metric in vector.split('/') {
        let said = metric
            .split_once(':')
            .is_some_and(|(name, value)| EXTRA.contains(&name) && value != "X" && value != "ND");
        if said {
            return Some(start..start + metric.len());
        }
        start += metric.len() + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::extra;

    #[test]
    fn metrics_that_say_nothing_or_change_no_score_are_let_be() {
        for vector in [
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:X/RL:X/MAV:X",
            "AV:N/AC:L/Au:N/C:P/I:P/A:P/E:ND",
            "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/S:P/AU:Y/R:A/V:D/RE:L/U:Red",
        ] {
            assert_eq!(extra(vector), None, "{vector}");
        }
    }

    #[test]
    fn the_first_metric_that_lowers_the_score_is_named() {
        let vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P/CR:L";
        assert_eq!(extra(vector).map(|metric| &vector[metric]), Some("E:P"));
    }
}
