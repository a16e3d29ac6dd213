//! Owns reading CVSS vectors: the only door to the `cvss` crate.
//! Must never pass a vector on as written: what is published is the canonical form.

use std::str::FromStr;

use cvss::{Cvss, Severity};

use crate::book::Score;

/// Reads a vector of any version.
pub(crate) fn score(vector: &str) -> Result<Score, String> {
    let parsed = Cvss::from_str(vector).map_err(|error| error.to_string())?;
    let version = match parsed {
        Cvss::CvssV20(_) => "2.0",
        Cvss::CvssV30(_) => "3.0",
        Cvss::CvssV31(_) => "3.1",
        Cvss::CvssV40(_) => "4.0",
        _ => return Err("this CVSS version is not known here".to_owned()),
    };
    whole(version, vector)?;
    let rating = match parsed.severity() {
        Severity::None => "None",
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
        Severity::Critical => "Critical",
    };
    Ok(Score {
        version,
        vector: parsed.to_string(),
        score: parsed.score(),
        rating,
    })
}

/// The crate reads a vector with base metrics left out, and scores it as something else.
fn whole(version: &str, vector: &str) -> Result<(), String> {
    let needed = match version {
        "2.0" => "AV AC Au C I A",
        "4.0" => "AV AC AT PR UI VC VI VA SC SI SA",
        _ => "AV AC PR UI S C I A",
    };
    let names: Vec<&str> = vector
        .split('/')
        .filter_map(|metric| Some(metric.split_once(':')?.0))
        .collect();
    let missing: Vec<&str> = needed
        .split(' ')
        .filter(|name| !names.contains(name))
        .collect();
    match missing[..] {
        [] => Ok(()),
        _ => Err(format!("it lacks {}", missing.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scores_agree_with_the_specifications_examples() {
        let v31 = score("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H").expect("valid");
        assert_eq!(
            (v31.version, v31.display(), v31.rating),
            ("3.1", "9.8".to_owned(), "Critical")
        );
        let v4 = score("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N")
            .expect("valid");
        assert_eq!(
            (v4.version, v4.display(), v4.rating),
            ("4.0", "7.3".to_owned(), "High")
        );
    }

    #[test]
    fn an_incomplete_vector_is_refused() {
        assert!(score("CVSS:3.1/AV:N").is_err());
        assert!(score("CVSS:4.0/AV:N/AC:L").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_a_score_or_a_reason(text in "(CVSS:[234]\\.[01]/)?([A-Z]{1,3}:[A-Z]/?){0,14}.{0,8}") {
            let _ = score(&text);
        }
    }
}
