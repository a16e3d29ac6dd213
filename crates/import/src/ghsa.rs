//! Owns the form in which GitHub's interface says a repository's advisory: which of its keys is which of ours.
//! Must never bring over what only the maintainers see there: who works on it, and where.

use caveat_advisory::{Affected, Consent, Credit, PackageRef, Reference, ReferenceType};
use caveat_versions::{Ecosystem, Interval, canonical_name};

use crate::fields::{Fields, Text};
use crate::sheet::Sheet;
use crate::{Settings, front, identity, osv, osv_affected, severity};

/// What is no fact about the flaw, or is for the maintainers alone.
const PRIVATE: &[&str] = &[
    "author",
    "closed_at",
    "collaborating_teams",
    "collaborating_users",
    "created_at",
    "private_fork",
    "publisher",
    "state",
    "submission",
];

/// Fills the sheet, and says where the file belongs. `None` only if something was reported.
pub(crate) fn read(sheet: &mut Sheet, settings: &Settings) -> Option<String> {
    let node = osv::tree(sheet)?;
    let root = Fields::root(&node);
    let Some(id) = root.text("ghsa_id") else {
        // The database of reviewed advisories has records of OSV.
        return osv::record(sheet, settings, &node);
    };
    texts(sheet, &root);
    names(sheet, &root, &id);
    for row in root.tables("vulnerabilities") {
        affected(sheet, &row);
        sheet.lose_rest(&row);
    }
    if sheet.advisory.affected.is_empty() {
        let message = "none of the packages can be said in our form";
        sheet.fault("affected-missing", root.span.clone(), message);
    }
    rating(sheet, settings, &root);
    if let Some(url) = root.text("html_url") {
        let link = Reference {
            kind: ReferenceType::Advisory,
            url: url.value.to_owned(),
        };
        sheet.add_reference(link, url.span);
    }
    credits(sheet, &root);
    identity::warn_of_withdrawal_at(sheet, &root, "withdrawn_at");
    private(sheet, &root);
    let place = identity::place(sheet, settings, id.value, id.span);
    sheet.lose_rest(&root);
    Some(place)
}

fn texts(sheet: &mut Sheet, root: &Fields<'_>) {
    let line = |text: Text<'_>| text.value.split_whitespace().collect::<Vec<_>>().join(" ");
    sheet.advisory.title = root.text("summary").map(line).unwrap_or_default();
    let text = root.text("description");
    let span = text
        .as_ref()
        .map_or(root.span.clone(), |text| text.span.clone());
    sheet.advisory.description = text.map_or_else(String::new, |text| front::lines(text.value));
    front::finish_texts(sheet, span);
}

fn names(sheet: &mut Sheet, root: &Fields<'_>, id: &Text<'_>) {
    let cve = root.text("cve_id").map(|text| text.value.to_owned());
    sheet.advisory.aliases.extend(cve);
    let known = |text: &Text<'_>| {
        text.value == id.value || sheet.advisory.aliases.iter().any(|one| one == text.value)
    };
    let rows = root.tables("identifiers");
    let mut all = rows.iter().filter_map(|row| row.text("value"));
    if !all.all(|text| known(&text))
        && let Some(left) = root.whole("identifiers")
    {
        sheet.lose(left);
    }
}

fn affected(sheet: &mut Sheet, row: &Fields<'_>) {
    let package = row.table("package");
    let (word, name) = (package.text("ecosystem"), package.text("name"));
    let word = word.map_or("", |text| text.value);
    let Some((ecosystem, name)) = ecosystem(word).zip(name) else {
        let why = format!("GitHub's `{word}` is no ecosystem of OSV, or there is no name");
        return osv_affected::skip(sheet, row, &why);
    };
    let Some(order) = ecosystem.order() else {
        let why = format!("how versions of `{ecosystem}` are ordered is not known here");
        return osv_affected::skip(sheet, row, &why);
    };
    let Some(range) = row.text("vulnerable_version_range") else {
        let message = "this does not say which versions are affected";
        return sheet.fault("range-empty", row.span.clone(), message);
    };
    let branch = match Interval::parse(order, range.value.trim()) {
        Ok(branch) => branch,
        Err(error) => {
            let message = format!("`{}`: {error}", range.value);
            return sheet.fault("range-unreadable", range.span, &message);
        }
    };
    fixes(sheet, row, range.value);
    let name = canonical_name(&ecosystem, name.value).unwrap_or_else(|_| name.value.to_owned());
    let package = PackageRef::Named {
        ecosystem: ecosystem.to_string(),
        name,
    };
    let mut new = Affected::new(package, vec![branch.expression()]);
    let functions = row.texts("vulnerable_functions");
    new.functions = functions.iter().map(|text| text.value.to_owned()).collect();
    osv_affected::add(sheet, row, new);
}

/// GitHub's word for an ecosystem.
fn ecosystem(word: &str) -> Option<Ecosystem> {
    let name = match word {
        "actions" => "GitHub Actions",
        "composer" => "Packagist",
        "erlang" => "Hex",
        "go" => "Go",
        "maven" => "Maven",
        "npm" => "npm",
        "nuget" => "NuGet",
        "pip" => "PyPI",
        "pub" => "Pub",
        "rubygems" => "RubyGems",
        "rust" => "crates.io",
        "swift" => "SwiftURL",
        _ => return None,
    };
    Ecosystem::parse(name).ok()
}

/// The end of the range is the fix; what is named beside it and is another version is a doubt.
fn fixes(sheet: &mut Sheet, row: &Fields<'_>, range: &str) {
    let Some(text) = row.text("patched_versions") else {
        return;
    };
    let fixed = range.rsplit('<').next().unwrap_or_default().trim();
    if text.value.trim() != fixed || !range.contains('<') {
        let field = format!("affected[{}]", sheet.advisory.affected.len());
        let message = format!("the source calls `{}` patched: compare", text.value);
        sheet.doubt("patched-differs", &field, text.span, &message);
        if let Some(left) = row.whole("patched_versions") {
            sheet.lose(left);
        }
    }
}

fn rating(sheet: &mut Sheet, settings: &Settings, root: &Fields<'_>) {
    let all = root.table("cvss_severities");
    for row in [
        all.table("cvss_v4"),
        all.table("cvss_v3"),
        root.table("cvss"),
    ] {
        // The score follows from the vector.
        row.written("score");
        let vector = row.text("vector_string").map(|text| text.value.to_owned());
        let new = vector.filter(|vector| !sheet.advisory.cvss.contains(vector));
        sheet.advisory.cvss.extend(new);
        sheet.lose_rest(&row);
    }
    sheet.lose_rest(&all);
    for text in root.texts("cwe_ids") {
        sheet.advisory.cwe.push(text.value.to_owned());
    }
    for row in root.tables("cwes") {
        let id = row.text("cwe_id").map(|text| text.value.to_owned());
        let new = id.filter(|id| !sheet.advisory.cwe.contains(id));
        sheet.advisory.cwe.extend(new);
        // Its name follows from its number.
        row.text("name");
        sheet.lose_rest(&row);
    }
    let word = root.text("severity").map(|text| text.value);
    severity::rate(sheet, settings, word, root.span.clone());
    if let Some(left) = root.whole("severity") {
        sheet.lose(left);
    }
}

/// Only who accepted: GitHub names nobody else, either.
fn credits(sheet: &mut Sheet, root: &Fields<'_>) {
    for row in root.tables("credits_detailed") {
        let user = row.table("user");
        let Some(login) = user.text("login") else {
            continue;
        };
        if row
            .text("state")
            .is_none_or(|text| text.value != "accepted")
        {
            let message = "somebody who did not accept a credit is left out: ask";
            sheet.doubt("credit-left-out", "", row.span.clone(), message);
            continue;
        }
        let field = format!("credit[{}]", sheet.advisory.credits.len());
        let role = osv::role(sheet, &row, &field);
        let message = "accepted at GitHub: `consent` is for the advisory, ask before more";
        sheet.note("consent-assumed", &field, login.span, message);
        sheet.advisory.credits.push(Credit {
            name: Some(login.value.to_owned()),
            role,
            url: Some(format!("https://github.com/{}", login.value)),
            consent: vec![Consent::Advisory],
            agreed: None,
            evidence: None,
        });
    }
    // The same people with less; without the other list nobody knows who accepted.
    let alone = root.tables("credits_detailed").is_empty();
    if root.whole("credits").is_some() && alone {
        let message = "people are credited, and it is not said whether they accepted: ask";
        sheet.doubt("credit-left-out", "", root.span.clone(), message);
    }
}

fn private(sheet: &mut Sheet, root: &Fields<'_>) {
    let found = PRIVATE.iter().filter(|key| root.whole(key).is_some());
    let found: Vec<&str> = found.copied().collect();
    if !found.is_empty() {
        let message = format!("not for the public, and left out: {}", found.join(", "));
        sheet.note("private-left-out", "", root.span.clone(), &message);
    }
}
