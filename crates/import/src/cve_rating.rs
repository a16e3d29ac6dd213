//! Owns how bad a CVE record says it is: vectors and weaknesses of the CNA, then those that others added.
//! Must never let what others added stand in the place of what the CNA said.

use std::str::FromStr as _;

use cvss::Cvss;

use crate::fields::{Fields, Text};
use crate::sheet::Sheet;
use crate::{Settings, cve_links, severity};

/// The versions of CVSS, the newest first, with the beginning of their vectors.
const VERSIONS: [(&str, &str); 4] = [
    ("cvssV4_0", "CVSS:4.0/"),
    ("cvssV3_1", "CVSS:3.1/"),
    ("cvssV3_0", "CVSS:3.0/"),
    ("cvssV2_0", ""),
];

/// What follows from the vector beside it.
const FOLLOWS: [&str; 27] = [
    "version",
    "baseSeverity",
    "attackVector",
    "attackComplexity",
    "attackRequirements",
    "privilegesRequired",
    "userInteraction",
    "scope",
    "confidentialityImpact",
    "integrityImpact",
    "availabilityImpact",
    "vulnConfidentialityImpact",
    "vulnIntegrityImpact",
    "vulnAvailabilityImpact",
    "subConfidentialityImpact",
    "subIntegrityImpact",
    "subAvailabilityImpact",
    "accessVector",
    "accessComplexity",
    "authentication",
    "exploitMaturity",
    "Safety",
    "Automatable",
    "Recovery",
    "valueDensity",
    "vulnerabilityResponseEffort",
    "providerUrgency",
];

/// The CNA's container, then those of authorised data publishers.
pub(crate) fn read(
    sheet: &mut Sheet,
    settings: &Settings,
    containers: &Fields<'_>,
    cna: &Fields<'_>,
) {
    let mut word = None;
    vectors(sheet, cna, None, &mut word);
    weaknesses(sheet, cna, None);
    for adp in containers.tables("adp") {
        let who = adp.table("providerMetadata");
        let who = who.text("shortName").map_or("somebody", |text| text.value);
        // What programs are told of a program's own record is no fact about the flaw.
        adp.text("title");
        vectors(sheet, &adp, Some(who), &mut word);
        weaknesses(sheet, &adp, Some(who));
        cve_links::references(sheet, &adp);
        sheet.lose_rest(&adp);
    }
    severity::rate(sheet, settings, word.as_deref(), cna.span.clone());
}

/// Of each version of CVSS the vectors of the CNA, or where it has none those that others added.
fn vectors(
    sheet: &mut Sheet,
    container: &Fields<'_>,
    adder: Option<&str>,
    word: &mut Option<String>,
) {
    let had = sheet.advisory.cvss.clone();
    let rows = container.tables("metrics");
    for (row, again) in rows.iter().zip(container.tables("metrics")) {
        let mut refused = false;
        for (key, start) in VERSIONS {
            let table = row.table(key);
            let Some(vector) = table.text("vectorString") else {
                sheet.lose_rest(&table);
                continue;
            };
            if adder.is_some() && had.iter().any(|known| is_of(known, start)) {
                refused = true;
                continue;
            }
            if word.is_none() {
                *word = table.text("baseSeverity").map(|text| text.value.to_owned());
            }
            score(sheet, &table, &vector);
            add(sheet, &vector, adder);
            for name in FOLLOWS {
                table.written(name);
            }
            sheet.lose_rest(&table);
        }
        row.text_that("format", |text| text.eq_ignore_ascii_case("CVSS"));
        sheet.lose_rest(if refused { &again } else { row });
    }
}

/// Is a vector of the version that begins so? The first version begins with nothing.
fn is_of(vector: &str, start: &str) -> bool {
    if start.is_empty() {
        !vector.starts_with("CVSS:")
    } else {
        vector.starts_with(start)
    }
}

fn add(sheet: &mut Sheet, vector: &Text<'_>, adder: Option<&str>) {
    if sheet
        .advisory
        .cvss
        .iter()
        .any(|known| known == vector.value)
    {
        return;
    }
    if let Some(who) = adder {
        let message = format!("`{}` was added by `{who}`, not by the CNA", vector.value);
        sheet.doubt("adp-score", "cvss", vector.span.clone(), &message);
    }
    sheet.advisory.cvss.push(vector.value.to_owned());
}

/// The score follows from the vector; where the source says another, somebody has to look.
fn score(sheet: &mut Sheet, table: &Fields<'_>, vector: &Text<'_>) {
    let Some(written) = table.written("baseScore") else {
        return;
    };
    let told: Option<f64> = written.value.parse().ok();
    // Metrics that are not of the base group change what the vector comes to.
    let comes_to = Cvss::from_str(vector.value).ok().map(|cvss| cvss.score());
    if let (Some(told), Some(comes_to)) = (told, comes_to)
        && (told - comes_to).abs() > 0.05
    {
        let message = format!(
            "the source says {told}, `{}` comes to {comes_to}",
            vector.value
        );
        sheet.doubt("score-differs", "cvss", written.span, &message);
    }
}

fn weaknesses(sheet: &mut Sheet, container: &Fields<'_>, adder: Option<&str>) {
    for row in container.tables("problemTypes") {
        let told = row.tables("descriptions");
        for (one, again) in told.iter().zip(row.tables("descriptions")) {
            let text = one.text("description");
            let written = text.as_ref().and_then(|text| cwe(text.value));
            let Some(id) = one
                .text("cweId")
                .map(|text| text.value.to_owned())
                .or(written)
            else {
                // `n/a` stands where a form asked for something.
                if text.is_none_or(|text| !text.value.eq_ignore_ascii_case("n/a")) {
                    sheet.lose_rest(&again);
                }
                continue;
            };
            one.text("lang");
            one.text("type");
            sheet.lose_rest(one);
            if sheet.advisory.cwe.contains(&id) {
                continue;
            }
            if let Some(who) = adder {
                let message = format!("`{id}` was added by `{who}`, not by the CNA");
                sheet.doubt("adp-weakness", "cwe", again.span.clone(), &message);
            }
            sheet.advisory.cwe.push(id);
        }
        sheet.lose_rest(&row);
    }
}

/// `CWE-79 ...` at the beginning of a text.
fn cwe(text: &str) -> Option<String> {
    let number = text.trim_start().strip_prefix("CWE-")?;
    let end = number
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(number.len());
    (1..=5)
        .contains(&end)
        .then(|| format!("CWE-{}", &number[..end]))
}
