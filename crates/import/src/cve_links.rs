//! Owns the links and people of a CVE record.
//! Must never let a name appear where its owner did not publish it: consent is for the advisory only.

use caveat_advisory::{Consent, Credit, CreditRole, Reference, ReferenceType};

use crate::fields::Fields;
use crate::link;
use crate::sheet::Sheet;

/// Every link of a container that is not there yet.
pub(crate) fn references(sheet: &mut Sheet, container: &Fields<'_>) {
    for row in container.tables("references") {
        let Some(url) = row.text("url") else {
            sheet.lose_rest(&row);
            continue;
        };
        let tags = row.texts("tags");
        let kinds: Vec<ReferenceType> = tags.iter().filter_map(|tag| of_tag(tag.value)).collect();
        let kind = kinds
            .first()
            .copied()
            .unwrap_or_else(|| link::kind(url.value));
        for tag in tags.iter().filter(|tag| of_tag(tag.value) != Some(kind)) {
            let field = format!("reference[{}]", sheet.advisory.references.len());
            let message = format!("the source calls this link `{}`, too", tag.value);
            sheet.note("reference-tag", &field, tag.span.clone(), &message);
        }
        let known = sheet
            .advisory
            .references
            .iter()
            .any(|one| one.url == url.value);
        if !known {
            let url_text = url.value.to_owned();
            sheet.add_reference(
                Reference {
                    kind,
                    url: url_text,
                },
                url.span,
            );
        }
        sheet.lose_rest(&row);
    }
}

/// What the CVE program's tags are here; `x_` are those that this program writes itself.
fn of_tag(tag: &str) -> Option<ReferenceType> {
    Some(match tag {
        "patch" => ReferenceType::Fix,
        "vendor-advisory" | "third-party-advisory" | "government-resource" => {
            ReferenceType::Advisory
        }
        "issue-tracking" => ReferenceType::Report,
        "exploit" => ReferenceType::Evidence,
        "technical-description" | "media-coverage" => ReferenceType::Article,
        "mailing-list" | "x_discussion" => ReferenceType::Discussion,
        "product" => ReferenceType::Package,
        "x_detection" => ReferenceType::Detection,
        "x_introduced" => ReferenceType::Introduced,
        _ => return None,
    })
}

/// People, as the record names them in public already.
pub(crate) fn credits(sheet: &mut Sheet, container: &Fields<'_>) {
    let rows = container.tables("credits");
    for (row, again) in rows.iter().zip(container.tables("credits")) {
        // A text of several lines thanks people rather than naming one.
        let Some(name) = row.text_that("value", |text| {
            !text.trim().is_empty() && !text.contains('\n')
        }) else {
            sheet.lose_rest(&again);
            continue;
        };
        row.text("lang");
        let field = format!("credit[{}]", sheet.advisory.credits.len());
        let message =
            "named in public by the source: `consent` is for the advisory, ask before more";
        sheet.note("consent-assumed", &field, name.span.clone(), message);
        let role = role(sheet, row, &field);
        sheet.advisory.credits.push(Credit {
            name: Some(name.value.trim().to_owned()),
            role,
            url: None,
            consent: vec![Consent::Advisory],
            agreed: None,
            evidence: None,
        });
        sheet.lose_rest(row);
    }
}

/// The words of the format are ours with spaces; where there is none, its schema says `finder`.
fn role(sheet: &mut Sheet, row: &Fields<'_>, field: &str) -> CreditRole {
    let Some(text) = row.text("type") else {
        return CreditRole::Finder;
    };
    let word = text.value.replace(' ', "-");
    let known = CreditRole::ALL.iter().find(|role| role.as_str() == word);
    if known.is_none() {
        let message = format!("`{}` is no role: `other` stands for it", text.value);
        sheet.doubt("type-unknown", field, text.span, &message);
    }
    known.copied().unwrap_or(CreditRole::Other)
}
