//! Owns how bad it is: CVSS of each version with the base metrics in words, and the severity class of the policy.
//! Must never give a score that the base metrics beside it do not come to.

use caveat_advisory::Project;
use caveat_check::{Entry, Score, score};

use crate::model::{Cvss, Metric, OtherMetric, SeverityClass};

/// The newest version first, the class last.
pub(crate) fn metrics<'e>(project: &Project, entry: &'e Entry) -> Vec<Metric<'e>> {
    let mut all: Vec<Metric<'e>> = Vec::new();
    let mut vectors: Vec<&str> = Vec::new();
    for one in &entry.scores {
        if !vectors.contains(&one.vector.as_str()) {
            vectors.push(&one.vector);
            all.extend(metric(one));
        }
    }
    all.push(Metric {
        other: Some(OtherMetric {
            content: SeverityClass {
                namespace: format!("{}/policy/", project.feed.url),
                value: entry.severity.label.trim(),
            },
            kind: "severity",
        }),
        ..Metric::default()
    });
    all
}

fn metric<'e>(score: &Score) -> Option<Metric<'e>> {
    let mut metric = Metric {
        format: Some("CVSS"),
        ..Metric::default()
    };
    let place = match score.version {
        "2.0" => &mut metric.v2_0,
        "3.0" => &mut metric.v3_0,
        "3.1" => &mut metric.v3_1,
        "4.0" => &mut metric.v4_0,
        _ => return None,
    };
    *place = Some(cvss(score)?);
    Some(metric)
}

/// A base metric: its name in a vector, its name in the format, and the word for each letter.
type Word = (&'static str, &'static str, &'static [&'static str]);

const IMPACT: &[&str] = &["N NONE", "L LOW", "H HIGH"];
const PARTIAL: &[&str] = &["N NONE", "P PARTIAL", "C COMPLETE"];
const DEGREE: &[&str] = &["L LOW", "H HIGH"];

const V2: &[Word] = &[
    (
        "AV",
        "accessVector",
        &["L LOCAL", "A ADJACENT_NETWORK", "N NETWORK"],
    ),
    ("AC", "accessComplexity", &["L LOW", "M MEDIUM", "H HIGH"]),
    (
        "Au",
        "authentication",
        &["M MULTIPLE", "S SINGLE", "N NONE"],
    ),
    ("C", "confidentialityImpact", PARTIAL),
    ("I", "integrityImpact", PARTIAL),
    ("A", "availabilityImpact", PARTIAL),
];

const V3: &[Word] = &[
    (
        "AV",
        "attackVector",
        &["N NETWORK", "A ADJACENT_NETWORK", "L LOCAL", "P PHYSICAL"],
    ),
    ("AC", "attackComplexity", DEGREE),
    ("PR", "privilegesRequired", IMPACT),
    ("UI", "userInteraction", &["N NONE", "R REQUIRED"]),
    ("S", "scope", &["U UNCHANGED", "C CHANGED"]),
    ("C", "confidentialityImpact", IMPACT),
    ("I", "integrityImpact", IMPACT),
    ("A", "availabilityImpact", IMPACT),
];

const V4: &[Word] = &[
    (
        "AV",
        "attackVector",
        &["N NETWORK", "A ADJACENT", "L LOCAL", "P PHYSICAL"],
    ),
    ("AC", "attackComplexity", DEGREE),
    ("AT", "attackRequirements", &["N NONE", "P PRESENT"]),
    ("PR", "privilegesRequired", IMPACT),
    (
        "UI",
        "userInteraction",
        &["N NONE", "P PASSIVE", "A ACTIVE"],
    ),
    ("VC", "vulnConfidentialityImpact", IMPACT),
    ("VI", "vulnIntegrityImpact", IMPACT),
    ("VA", "vulnAvailabilityImpact", IMPACT),
    ("SC", "subConfidentialityImpact", IMPACT),
    ("SI", "subIntegrityImpact", IMPACT),
    ("SA", "subAvailabilityImpact", IMPACT),
];

fn cvss(written: &Score) -> Option<Cvss> {
    let (head, words) = match written.version {
        "2.0" => ("", V2),
        "4.0" => ("CVSS:4.0/", V4),
        "3.0" => ("CVSS:3.0/", V3),
        _ => ("CVSS:3.1/", V3),
    };
    let mut all = Cvss::new();
    let mut base: Vec<String> = Vec::new();
    for (name, key, values) in words {
        let metrics = written
            .vector
            .split('/')
            .filter_map(|metric| metric.split_once(':'));
        let (_, letter) = metrics.into_iter().find(|(its, _)| its == name)?;
        let mut values = values.iter().filter_map(|word| word.split_once(' '));
        let (_, word) = values.find(|(its, _)| *its == letter)?;
        all.insert(key, word.into());
        base.push(format!("{name}:{letter}"));
    }
    // Other metrics of a vector change no base score.
    let base = score(&format!("{head}{}", base.join("/"))).ok()?;
    all.insert("baseScore", base.score.into());
    if written.version != "2.0" {
        all.insert("baseSeverity", base.rating.to_ascii_uppercase().into());
    }
    all.insert("vectorString", written.vector.clone().into());
    all.insert("version", written.version.into());
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(vector: &str) -> Cvss {
        let score = score(vector).expect("valid");
        cvss(&score).expect("every base metric has a word")
    }

    #[test]
    fn every_version_has_its_own_words_and_a_base_score() {
        let two = told("AV:A/AC:M/Au:S/C:P/I:C/A:N/E:U");
        assert_eq!(
            (&two["accessVector"], &two["authentication"]),
            (&"ADJACENT_NETWORK".into(), &"SINGLE".into())
        );
        assert_eq!(
            two["baseScore"],
            score("AV:A/AC:M/Au:S/C:P/I:C/A:N").expect("valid").score
        );
        assert!(!two.contains_key("baseSeverity"));
        let three = told("CVSS:3.1/AV:P/AC:H/PR:L/UI:R/S:C/C:L/I:H/A:N/E:P");
        assert_eq!(
            (&three["scope"], &three["attackVector"]),
            (&"CHANGED".into(), &"PHYSICAL".into())
        );
        assert!(
            three["vectorString"]
                .as_str()
                .is_some_and(|vector| vector.ends_with("/E:P"))
        );
        let four = told("CVSS:4.0/AV:A/AC:L/AT:P/PR:N/UI:A/VC:H/VI:L/VA:N/SC:N/SI:L/SA:H");
        assert_eq!(
            (&four["attackVector"], &four["userInteraction"]),
            (&"ADJACENT".into(), &"ACTIVE".into())
        );
        assert_eq!(four["version"], "4.0");
    }
}
