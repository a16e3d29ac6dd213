//! Owns the severity class of an imported advisory: from its score, from a word of the source, or as the project says.
//! Must never rate a flaw: without a score or a word, a person chose the class.

use std::ops::Range;
use std::str::FromStr as _;

use caveat_advisory::SeverityClass;
use cvss::Cvss;

use crate::Settings;
use crate::sheet::Sheet;

/// Chooses the class. `word` is what the source calls it, in any case.
pub(crate) fn rate(sheet: &mut Sheet, settings: &Settings, word: Option<&str>, at: Range<usize>) {
    let scored = newest_score(&sheet.advisory.cvss);
    if let Some(score) = scored
        && let Some(class) = banded(settings, score)
    {
        class.id.clone_into(&mut sheet.advisory.severity);
        return;
    }
    if let Some(class) = word.and_then(|word| named(settings, word)) {
        let message = format!("`{class}` is the word of the source: it gives no score");
        sheet.advisory.severity = class;
        sheet.note("severity-unrated", "severity", at, &message);
        return;
    }
    let class = settings.unrated.clone().or_else(|| {
        let unbanded = |class: &&SeverityClass| class.cvss.is_none();
        settings
            .classes
            .iter()
            .rfind(unbanded)
            .map(|class| class.id.clone())
    });
    let Some(class) = class else {
        let message = "there is no score that a severity class has a band for; name the class of such advisories with `--unrated CLASS`";
        sheet.fault("severity-unrated", at, message);
        return;
    };
    let message = format!("`{class}` is the class of what has no score, not a rating");
    sheet.advisory.severity = class;
    sheet.doubt("severity-unrated", "severity", at, &message);
}

fn banded(settings: &Settings, score: f64) -> Option<&SeverityClass> {
    let inside = |class: &&SeverityClass| {
        class
            .cvss
            .is_some_and(|(low, high)| (low..=high).contains(&score))
    };
    settings.classes.iter().find(inside)
}

fn named(settings: &Settings, word: &str) -> Option<String> {
    let word = match word.to_ascii_lowercase().as_str() {
        "moderate" => "medium".to_owned(),
        other => other.to_owned(),
    };
    let found = settings.classes.iter().find(|class| class.id == word);
    found.map(|class| class.id.clone())
}

/// The score of the newest CVSS version, of its last vector: the one that `check` compares with the class.
fn newest_score(vectors: &[String]) -> Option<f64> {
    let mut scores: Vec<(&str, f64)> = Vec::new();
    for vector in vectors {
        let score = Cvss::from_str(vector).map(|cvss| cvss.score());
        scores.extend(score.map(|score| (version(vector), score)));
    }
    let newest = scores.iter().max_by_key(|(version, _)| *version);
    newest.map(|(_, score)| *score)
}

fn version(vector: &str) -> &str {
    let prefix = vector.split('/').next().unwrap_or_default();
    prefix.strip_prefix("CVSS:").unwrap_or("2.0")
}
