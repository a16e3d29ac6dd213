//! Owns OSV's form: which of its keys is which of ours, and what the Julia form shares with it.
//! Must never let a name appear where its owner did not publish it: consent is for the advisory only.

use std::ops::Range;

use caveat_advisory::{Consent, Credit, CreditRole, Reference, ReferenceType, Revision, Timestamp};

use crate::fields::{Fields, Text};
use crate::node::Node;
use crate::osv_affected;
use crate::rustsec::withdraw;
use crate::sheet::Sheet;
use crate::{Settings, date, foreign, front, identity, json_tree, severity, yaml_tree};

/// Fills the sheet, and says where the file belongs. `None` only if something was reported.
pub(crate) fn read(sheet: &mut Sheet, settings: &Settings) -> Option<String> {
    let node = tree(sheet)?;
    record(sheet, settings, &node)
}

/// A tree of JSON, or of YAML where the name of the file says so.
pub(crate) fn tree(sheet: &mut Sheet) -> Option<Node> {
    let ending = sheet.source().path().rsplit('.').next().unwrap_or_default();
    let node = if ["yaml", "yml"].contains(&ending) {
        yaml_tree::tree(sheet)
    } else {
        json_tree::tree(sheet)
    };
    node.filter(|node| foreign::is_text(sheet, node))
}

/// A record that has been taken apart.
pub(crate) fn record(sheet: &mut Sheet, settings: &Settings, node: &Node) -> Option<String> {
    let root = Fields::root(node);
    let Some(id) = root.text("id") else {
        sheet.fault("id-missing", root.span.clone(), "there is no `id`");
        return None;
    };
    // Which version of OSV a record follows is no fact about the flaw.
    root.text("schema_version");
    texts(sheet, &root, &id);
    names(sheet, &root);
    osv_affected::read(sheet, &root);
    rating(sheet, settings, &root);
    links(sheet, &root);
    credits(sheet, &root);
    if identity::is_own(id.value, settings) {
        dates(sheet, &root);
    } else {
        identity::warn_of_withdrawal(sheet, &root);
    }
    let place = identity::place(sheet, settings, id.value, id.span);
    sheet.lose_rest(&root);
    Some(place)
}

fn texts(sheet: &mut Sheet, root: &Fields<'_>, id: &Text<'_>) {
    if let Some(text) = root.text("summary") {
        sheet.advisory.title = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let details = root.text("details");
    let span = details
        .as_ref()
        .map_or(root.span.clone(), |text| text.span.clone());
    sheet.advisory.description = details.map_or_else(String::new, |text| front::lines(text.value));
    if sheet.advisory.title.is_empty() && sheet.advisory.description.is_empty() {
        sheet.advisory.title = format!("The flaw {}", id.value);
        let message = "the source has neither title nor text: this is its id";
        sheet.doubt("title-made", "title", id.span.clone(), message);
    }
    front::finish_texts(sheet, span);
}

/// Aliases, related ids, and flaws in what the package is made of.
pub(crate) fn names(sheet: &mut Sheet, root: &Fields<'_>) {
    let values = |key: &str| -> Vec<String> {
        let texts = root.texts(key);
        texts.iter().map(|text| text.value.to_owned()).collect()
    };
    sheet.advisory.aliases = values("aliases");
    sheet.advisory.related = values("related");
    sheet.advisory.upstream = values("upstream");
}

/// Vectors of the record and of its rows; the word and the weaknesses that GitHub writes.
fn rating(sheet: &mut Sheet, settings: &Settings, root: &Fields<'_>) {
    for row in root.tables("severity") {
        add_vector(sheet, &row);
    }
    let specific = root.table("database_specific");
    for text in specific.texts("cwe_ids") {
        sheet.advisory.cwe.push(text.value.to_owned());
    }
    let word = specific.text("severity").map(|text| text.value);
    severity::rate(sheet, settings, word, root.span.clone());
    // The word of the source is not always the class of this feed.
    if let Some(left) = specific.whole("severity") {
        sheet.lose(left);
    }
    for left in specific.left() {
        sheet.keep(left);
    }
}

pub(crate) fn add_vector(sheet: &mut Sheet, row: &Fields<'_>) {
    let kind = row.text("type");
    if kind
        .as_ref()
        .is_some_and(|kind| !kind.value.starts_with("CVSS"))
    {
        // Another scale: it has no vector.
        sheet.lose(row.all());
        return;
    } else if let Some(score) = row.text("score") {
        let vector = score.value.to_owned();
        if !sheet.advisory.cvss.contains(&vector) {
            sheet.advisory.cvss.push(vector);
        }
    }
    sheet.lose_rest(row);
}

pub(crate) fn links(sheet: &mut Sheet, root: &Fields<'_>) {
    for row in root.tables("references") {
        if let Some(url) = row.text("url") {
            let word = row.text("type").map_or("", |text| text.value);
            let kind = ReferenceType::ALL
                .iter()
                .find(|kind| kind.as_str().eq_ignore_ascii_case(word))
                .copied();
            if kind.is_none() {
                let message = format!("`{word}` is no type of reference: `web` stands for it");
                let field = format!("reference[{}]", sheet.advisory.references.len());
                sheet.doubt("type-unknown", &field, url.span.clone(), &message);
                if let Some(left) = row.whole("type") {
                    sheet.lose(left);
                }
            }
            let link = Reference {
                kind: kind.unwrap_or(ReferenceType::Web),
                url: url.value.to_owned(),
            };
            sheet.add_reference(link, url.span);
        }
        sheet.lose_rest(&row);
    }
}

/// People, as their own advisory names them in public already.
pub(crate) fn credits(sheet: &mut Sheet, root: &Fields<'_>) {
    for row in root.tables("credits") {
        if let Some(name) = row.text("name") {
            let field = format!("credit[{}]", sheet.advisory.credits.len());
            let message =
                "named in public by the source: `consent` is for the advisory, ask before more";
            sheet.note("consent-assumed", &field, name.span.clone(), message);
            let role = role(sheet, &row, &field);
            let url = address(sheet, &row);
            sheet.advisory.credits.push(Credit {
                name: Some(name.value.to_owned()),
                role,
                url,
                consent: vec![Consent::Advisory],
                agreed: None,
                evidence: None,
            });
        }
        sheet.lose_rest(&row);
    }
}

pub(crate) fn role(sheet: &mut Sheet, row: &Fields<'_>, field: &str) -> CreditRole {
    let Some(text) = row.text("type") else {
        return CreditRole::Other;
    };
    let word = text.value.replace('_', "-");
    let known = CreditRole::ALL
        .iter()
        .find(|role| role.as_str().eq_ignore_ascii_case(&word));
    if known.is_none() {
        let message = format!("`{}` is no role: `other` stands for it", text.value);
        sheet.doubt("type-unknown", field, text.span, &message);
        if let Some(left) = row.whole("type") {
            sheet.lose(left);
        }
    }
    known.copied().unwrap_or(CreditRole::Other)
}

/// The first address; the form has room for one.
fn address(sheet: &mut Sheet, row: &Fields<'_>) -> Option<String> {
    let contacts = row.texts("contact");
    let first = contacts.first()?;
    if contacts.len() > 1
        && let Some(left) = row.whole("contact")
    {
        sheet.lose(left);
    }
    let is_mail = first.value.contains('@') && !first.value.contains(':');
    Some(if is_mail {
        format!("mailto:{}", first.value)
    } else {
        first.value.to_owned()
    })
}

/// Publication, last change and withdrawal as revisions.
pub(crate) fn dates(sheet: &mut Sheet, root: &Fields<'_>) {
    let published = date(sheet, root, "published");
    let modified = date(sheet, root, "modified");
    let withdrawn = date(sheet, root, "withdrawn");
    let Some(first) = published.as_ref().or(modified.as_ref()) else {
        let message = "there is no date of publication";
        sheet.fault("date-unreadable", root.span.clone(), message);
        return;
    };
    let first = first.0;
    if let Some((at, span)) = modified.clone().filter(|(at, _)| *at < first) {
        let message = format!("changed before it was published, on {at}, says the source");
        sheet.doubt("date-order", "revision[0]", span, &message);
        if let Some(left) = root.whole("modified") {
            sheet.lose(left);
        }
    }
    let mut all = vec![(first, "First published.")];
    let changed = "Changed; the source does not say what.";
    all.extend(modified.as_ref().map(|(at, _)| (*at, changed)));
    all.extend(withdrawn.as_ref().map(|(at, _)| (*at, "Withdrawn.")));
    // The publication stays first, whatever the others say.
    all[1..].sort_unstable();
    for (at, note) in all {
        let revisions = &mut sheet.advisory.revisions;
        if revisions.last().is_none_or(|last| last.at < at) {
            let note = note.to_owned();
            revisions.push(Revision::new(at, note));
        }
    }
    if let Some((at, span)) = withdrawn {
        withdraw(sheet, at, span);
    }
}

fn date(sheet: &mut Sheet, root: &Fields<'_>, key: &str) -> Option<(Timestamp, Range<usize>)> {
    let text = root.written(key)?;
    let read = date::read(text.value);
    if read.is_none() {
        let message = format!("`{}` is no date", text.value);
        sheet.fault("date-unreadable", text.span.clone(), &message);
    }
    Some((read?.at, text.span))
}
