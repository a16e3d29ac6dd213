//! Owns CVSS scores as CSAF 2.0 holds them: the base metrics in words beside vector and score. It has no place for CVSS 4.0.
//! Must never give a score that the vector beside it does not come to.

use caveat_check::{Score, score};
use serde::Serialize;

/// A score, and which products it is of.
#[derive(Serialize)]
pub(crate) struct ScoreOf<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    cvss_v2: Option<CvssV2<'e>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cvss_v3: Option<CvssV3<'e>>,
    products: Vec<&'e str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CvssV2<'e> {
    access_complexity: &'static str,
    access_vector: &'static str,
    authentication: &'static str,
    availability_impact: &'static str,
    base_score: f64,
    confidentiality_impact: &'static str,
    integrity_impact: &'static str,
    vector_string: &'e str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CvssV3<'e> {
    attack_complexity: &'static str,
    attack_vector: &'static str,
    availability_impact: &'static str,
    base_score: f64,
    base_severity: String,
    confidentiality_impact: &'static str,
    integrity_impact: &'static str,
    privileges_required: &'static str,
    scope: &'static str,
    user_interaction: &'static str,
    vector_string: &'e str,
    version: &'static str,
}

/// The score of these products; `None` for a version that CSAF 2.0 does not know.
pub(crate) fn of<'e>(score: &'e Score, products: &[&'e str]) -> Option<ScoreOf<'e>> {
    let (cvss_v2, cvss_v3) = match score.version {
        "2.0" => (Some(v2(score)?), None),
        "3.0" | "3.1" => (None, Some(v3(score)?)),
        _ => return None,
    };
    Some(ScoreOf {
        cvss_v2,
        cvss_v3,
        products: products.to_vec(),
    })
}

fn v2(written: &Score) -> Option<CvssV2<'_>> {
    let (vector, base) = base(written, "", &["AV", "AC", "Au", "C", "I", "A"])?;
    let impact = |name| word(&vector, name, &["N NONE", "P PARTIAL", "C COMPLETE"]);
    Some(CvssV2 {
        access_complexity: word(&vector, "AC", &["L LOW", "M MEDIUM", "H HIGH"])?,
        access_vector: word(
            &vector,
            "AV",
            &["L LOCAL", "A ADJACENT_NETWORK", "N NETWORK"],
        )?,
        authentication: word(&vector, "Au", &["M MULTIPLE", "S SINGLE", "N NONE"])?,
        availability_impact: impact("A")?,
        base_score: base.score,
        confidentiality_impact: impact("C")?,
        integrity_impact: impact("I")?,
        vector_string: &written.vector,
        version: written.version,
    })
}

fn v3(written: &Score) -> Option<CvssV3<'_>> {
    let head = written.vector.split_once('/')?.0;
    let (vector, base) = base(written, head, &["AV", "AC", "PR", "UI", "S", "C", "I", "A"])?;
    let degree = |name| word(&vector, name, &["N NONE", "L LOW", "H HIGH"]);
    Some(CvssV3 {
        attack_complexity: degree("AC")?,
        attack_vector: word(
            &vector,
            "AV",
            &["N NETWORK", "A ADJACENT_NETWORK", "L LOCAL", "P PHYSICAL"],
        )?,
        availability_impact: degree("A")?,
        base_score: base.score,
        base_severity: base.rating.to_ascii_uppercase(),
        confidentiality_impact: degree("C")?,
        integrity_impact: degree("I")?,
        privileges_required: degree("PR")?,
        scope: word(&vector, "S", &["U UNCHANGED", "C CHANGED"])?,
        user_interaction: word(&vector, "UI", &["N NONE", "R REQUIRED"])?,
        vector_string: &written.vector,
        version: written.version,
    })
}

/// Name and value of each base metric, and what they alone come to: other metrics of a vector change no base score.
type Metrics<'e> = Vec<(&'e str, &'e str)>;

fn base<'e>(written: &'e Score, head: &str, names: &[&str]) -> Option<(Metrics<'e>, Score)> {
    let metrics = written.vector.split('/');
    let metrics = metrics.filter_map(|metric| metric.split_once(':'));
    let metrics: Metrics<'e> = metrics.filter(|(name, _)| names.contains(name)).collect();
    let pairs = metrics
        .iter()
        .map(|(name, value)| format!("{name}:{value}"));
    let head = Some(head.to_owned()).filter(|head| !head.is_empty());
    let vector: Vec<String> = head.into_iter().chain(pairs).collect();
    let base = score(&vector.join("/")).ok()?;
    Some((metrics, base))
}

/// The word for the letter of a metric, out of `L WORD` each.
fn word(metrics: &Metrics<'_>, name: &str, words: &[&'static str]) -> Option<&'static str> {
    let (_, letter) = metrics.iter().find(|(its, _)| *its == name)?;
    let mut words = words.iter().filter_map(|word| word.split_once(' '));
    words.find_map(|(its, word)| (its == *letter).then_some(word))
}
