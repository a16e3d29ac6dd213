//! Owns the form of CVE records (5.0 to 5.2): what a record is of, its texts, names and dates; the CNA's container comes first.
//! Must never import an id that was rejected, or take what somebody else added for what the CNA said.

use caveat_advisory::Revision;

use crate::fields::{Fields, Text};
use crate::json_tree::tree;
use crate::sheet::Sheet;
use crate::{Settings, cve_affected, cve_links, cve_rating, date, front, identity};

/// Fills the sheet, and says where the file belongs. `None` only if something was reported.
pub(crate) fn read(sheet: &mut Sheet, settings: &Settings) -> Option<String> {
    let node = tree(sheet)?;
    let root = Fields::root(&node);
    let kind = root.text("dataType").map(|text| text.value);
    if kind != Some("CVE_RECORD") {
        let message = "this is no CVE record of version 5: its `dataType` is not `CVE_RECORD`";
        sheet.fault("not-an-advisory", root.span.clone(), message);
        return None;
    }
    // Which version of the format a record follows is no fact about the flaw.
    root.written("dataVersion");
    let metadata = root.table("cveMetadata");
    let Some(id) = metadata.text("cveId") else {
        sheet.fault(
            "id-missing",
            root.span.clone(),
            "there is no `cveMetadata.cveId`",
        );
        return None;
    };
    let containers = root.table("containers");
    let cna = containers.table("cna");
    if !is_published(sheet, &metadata, &cna, &id) {
        return None;
    }
    texts(sheet, &cna, &id);
    names(sheet, &cna);
    cve_affected::read(sheet, &cna);
    cve_links::references(sheet, &cna);
    cve_links::credits(sheet, &cna);
    cve_rating::read(sheet, settings, &containers, &cna);
    if identity::is_own(id.value, settings) {
        dates(sheet, &metadata);
    }
    let place = identity::place(sheet, settings, id.value, id.span);
    for rest in [&cna, &containers, &metadata, &root] {
        sheet.lose_rest(rest);
    }
    Some(place)
}

/// Of what is not published there is nothing to import.
fn is_published(sheet: &mut Sheet, metadata: &Fields<'_>, cna: &Fields<'_>, id: &Text<'_>) -> bool {
    let state = metadata.text("state");
    match state.as_ref().map_or("PUBLISHED", |state| state.value) {
        "PUBLISHED" => true,
        "REJECTED" => {
            let reasons = english(sheet, cna, "rejectedReasons", false);
            let reason = reasons.map_or_else(String::new, |text| format!(": {}", one_line(&text)));
            let others: Vec<&str> = cna
                .texts("replacedBy")
                .iter()
                .map(|text| text.value)
                .collect();
            let instead = if others.is_empty() {
                String::new()
            } else {
                format!("; instead of it: {}", others.join(", "))
            };
            let message = format!(
                "`{}` was rejected, so nothing is imported{reason}{instead}",
                id.value
            );
            sheet.doubt("cve-rejected", "", id.span.clone(), &message);
            false
        }
        other => {
            let message = format!("`{}` is {other}: there is nothing to import yet", id.value);
            sheet.doubt("cve-unpublished", "", id.span.clone(), &message);
            false
        }
    }
}

fn texts(sheet: &mut Sheet, cna: &Fields<'_>, id: &Text<'_>) {
    sheet.advisory.title = cna
        .text("title")
        .map_or_else(String::new, |text| one_line(text.value));
    let told = english(sheet, cna, "descriptions", true);
    sheet.advisory.description = told.map_or_else(String::new, |text| front::lines(&text));
    if sheet.advisory.title.is_empty() && sheet.advisory.description.is_empty() {
        sheet.advisory.title = format!("The flaw {}", id.value);
        let message = "the source has neither title nor text: this is its id";
        sheet.doubt("title-made", "title", id.span.clone(), message);
    }
    if let Some(impact) = impact(sheet, cna) {
        sheet.advisory.impact = impact;
    }
    front::finish_texts(sheet, cna.span.clone());
    let block = |text: String| front::lines(&text);
    sheet.advisory.affected_if = english(sheet, cna, "configurations", true).map(block);
    sheet.advisory.workaround = english(sheet, cna, "workarounds", true).map(block);
}

/// In words, where it is no name of an attack pattern.
fn impact(sheet: &mut Sheet, cna: &Fields<'_>) -> Option<String> {
    let rows = cna.tables("impacts");
    let mut told = None;
    for (row, again) in rows.iter().zip(cna.tables("impacts")) {
        if told.is_some() || row.keys().any(|key| key == "capecId") {
            sheet.lose_rest(&again);
            continue;
        }
        told = english(sheet, row, "descriptions", false).map(|text| one_line(&text));
        sheet.lose_rest(row);
    }
    told
}

/// The English texts of a list as one, as Markdown where it stands beside them. Those in other languages are left over.
fn english(sheet: &mut Sheet, fields: &Fields<'_>, key: &str, is_markdown: bool) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for (row, again) in fields.tables(key).iter().zip(fields.tables(key)) {
        let lang = row.text("lang").map_or("en", |text| text.value);
        let is_english = lang
            .get(..2)
            .is_some_and(|two| two.eq_ignore_ascii_case("en"));
        let Some(value) = row.text("value").filter(|_| is_english) else {
            sheet.lose_rest(&again);
            continue;
        };
        let written = if is_markdown {
            markdown(sheet, row)
        } else {
            None
        };
        parts.push(written.unwrap_or_else(|| value.value.to_owned()));
        sheet.lose_rest(row);
    }
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// What a plain text was written as.
fn markdown(sheet: &mut Sheet, row: &Fields<'_>) -> Option<String> {
    let mut found = None;
    for (media, again) in row
        .tables("supportingMedia")
        .iter()
        .zip(row.tables("supportingMedia"))
    {
        let kind = media.text("type").map(|text| text.value);
        let encoded = media.keys().any(|key| key == "base64") && !media.is_false("base64");
        let text = media.text("value");
        match text.filter(|_| kind == Some("text/markdown") && !encoded && found.is_none()) {
            Some(text) => {
                found = Some(text.value.to_owned());
                sheet.lose_rest(media);
            }
            None => sheet.lose_rest(&again),
        }
    }
    found
}

/// What else it is called: GitHub writes its own id as that of the source.
fn names(sheet: &mut Sheet, cna: &Fields<'_>) {
    let texts = cna.texts("x_aliases");
    sheet.advisory.aliases = texts.iter().map(|text| text.value.to_owned()).collect();
    let source = cna.table("source");
    let is_id = |text: &str| text.starts_with("GHSA-");
    if let Some(id) = source.text_that("advisory", is_id)
        && !sheet.advisory.aliases.iter().any(|alias| alias == id.value)
    {
        sheet.advisory.aliases.push(id.value.to_owned());
    }
    source.text_that("discovery", |text| text == "UNKNOWN");
    sheet.lose_rest(&source);
    // The program that wrote a record is no fact about the flaw.
    cna.table("x_generator");
    for tag in cna.texts("tags") {
        let message = format!("the CNA calls this record `{}`", tag.value);
        sheet.doubt("cve-tag", "", tag.span, &message);
    }
}

/// Publication and last change as revisions.
fn dates(sheet: &mut Sheet, metadata: &Fields<'_>) {
    let read = |key: &str| Some(date::read(metadata.written(key)?.value)?.at);
    let (published, updated) = (read("datePublished"), read("dateUpdated"));
    let Some(first) = published.or(updated) else {
        let message = "there is no date of publication";
        sheet.fault("date-unreadable", metadata.span.clone(), message);
        return;
    };
    let revisions = &mut sheet.advisory.revisions;
    revisions.push(Revision::new(first, "First published.".to_owned()));
    if let Some(last) = updated.filter(|last| *last > first) {
        let note = "Changed; the source does not say what.".to_owned();
        revisions.push(Revision::new(last, note));
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
