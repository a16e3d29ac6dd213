//! Owns the part of the file about versions and reports: classes, support, contacts, the form of a report, clocks.
//! Must never write half a table: what lacks a needed key is a comment.

use caveat_advisory::State;

use crate::Settings;
use crate::facts::{Facts, Row};
use crate::write::sheet::{Sheet, prose, string};

pub(super) fn severities(sheet: &mut Sheet<'_>, facts: &Facts) {
    if facts.classes.is_empty() {
        sheet.gap();
        sheet.open(&[
            "to be filled in: the severity classes, highest first",
            "[[policy.severity]]",
            "id = \"high\"",
            "definition = \"what it means\"",
            "cvss = [7.0, 10.0]",
        ]);
    }
    for class in &facts.classes {
        sheet.header("[[policy.severity]]");
        sheet.origin(&class.at, None);
        sheet.key("id", &string(class.id));
        sheet.key("label", &string(&class.label));
        if let Some(said) = &class.definition {
            sheet.text("definition", said);
        } else {
            sheet.origin(
                &class.at,
                Some("the text names this class and does not say what it means"),
            );
            let words = format!("TODO: say what {} means.", class.label.to_lowercase());
            sheet.key("definition", &string(&words));
        }
        if let Some(said) = &class.band {
            let (low, high) = said.value;
            sheet.said("cvss", said, &format!("[{low:.1}, {high:.1}]"));
        } else if let Some(band) = band(class.id) {
            sheet.remark(&format!(
                "cvss = {band}  # to be taken up if it is so: the usual band of this name"
            ));
        }
        if let Some(said) = &class.fix {
            sheet.said("fix", said, &string(&said.value.to_string()));
        }
        if let Some(said) = &class.review {
            sheet.said("review", said, &string(&said.value.to_string()));
        }
        sheet.texts("notify", &class.notify);
        if let Some(said) = &class.cve {
            sheet.said("cve", said, if said.value { "true" } else { "false" });
        }
    }
}

/// The bands of CVSS 3 and 4.
fn band(id: &str) -> Option<&'static str> {
    Some(match id {
        "critical" => "[9.0, 10.0]",
        "high" => "[7.0, 8.9]",
        "medium" => "[4.0, 6.9]",
        "low" => "[0.1, 3.9]",
        _ => return None,
    })
}

pub(super) fn support(sheet: &mut Sheet<'_>, facts: &Facts, settings: &Settings) {
    // The table of a text names no package: it holds for each.
    let several = settings.packages.len() > 1 && settings.ecosystem.is_some();
    let packages: Vec<Option<&String>> = if several {
        settings.packages.iter().map(Some).collect()
    } else {
        vec![None]
    };
    for package in packages {
        for row in &facts.rows {
            one(sheet, row, package);
        }
    }
}

fn one(sheet: &mut Sheet<'_>, row: &Row, package: Option<&String>) {
    if row.apart {
        sheet.gap();
        sheet.origin(&row.at, None);
        sheet.remark("of another table, and so of another package, which is to be named:");
        sheet.quote(&row.at);
        return;
    }
    let (Some(versions), Some(status)) = (&row.versions, &row.status) else {
        sheet.gap();
        sheet.origin(&row.at, None);
        sheet.remark(&format!(
            "a row for {} was not understood: it needs `versions` and `status`",
            string(&row.label)
        ));
        sheet.quote(&row.at);
        return;
    };
    sheet.header("[[policy.support]]");
    if let Some(package) = package {
        sheet.origin(
            &row.at,
            Some("the table names no package: it is repeated for each"),
        );
        sheet.key("package", &string(package));
    }
    sheet.text("versions", versions);
    sheet.key("label", &string(&row.label));
    sheet.word("status", status, status.value.as_str());
    if let Some(said) = &row.until {
        sheet.said("until", said, &said.value.to_string());
    }
}

pub(super) fn contacts(sheet: &mut Sheet<'_>, facts: &Facts) {
    for route in &facts.routes {
        sheet.header("[[policy.contact]]");
        sheet.origin(&route.at, None);
        sheet.key("name", &string(&route.name));
        if let Some(url) = &route.url {
            sheet.text("url", url);
        } else if route.state == State::Live {
            sheet.remark(
                "to be filled in: its address, as no repository is known to take the link from",
            );
            sheet.remark("url = \"https://github.com/OWNER/NAME/security/advisories/new\"");
        }
        if route.state == State::Planned {
            sheet.origin(&route.at, route.guess.as_deref());
            sheet.key("state", "\"planned\"");
        }
        if route.urgent {
            sheet.key("urgent", "true");
        }
    }
    if facts.routes.is_empty() {
        sheet.gap();
        sheet.open(&[
            "to be filled in: where to report",
            "[[policy.contact]]",
            "name = \"Security team\"",
            "url = \"mailto:the address\"",
        ]);
    }
}

pub(super) fn report(sheet: &mut Sheet<'_>, facts: &Facts) {
    let nothing = facts.wanted.is_empty() && facts.never.is_empty();
    if nothing && facts.subject.is_none() && facts.template.is_none() && facts.issues.is_none() {
        return;
    }
    sheet.header("[policy.report]");
    sheet.texts("wanted", &facts.wanted);
    if let Some(said) = &facts.subject {
        sheet.text("subject", said);
    }
    if let Some(said) = &facts.template {
        sheet.said("template", said, &prose(&said.value));
    }
    sheet.texts("never", &facts.never);
    if let Some(said) = &facts.issues {
        sheet.text("issues", said);
    }
}

pub(super) fn clock(sheet: &mut Sheet<'_>, facts: &Facts) {
    if let Some(said) = &facts.time_zone {
        sheet.header("[policy.calendar]");
        sheet.text("time-zone", said);
    }
    let clocks = [
        ("acknowledge", &facts.acknowledge),
        ("assess", &facts.assess),
        ("update", &facts.update),
    ];
    if clocks.iter().any(|(_, said)| said.is_some()) {
        sheet.header("[policy.clock]");
    }
    for (key, said) in clocks {
        if let Some(said) = said {
            sheet.said(key, said, &string(&said.value.to_string()));
        }
    }
    for said in &facts.open {
        sheet.gap();
        sheet.origin(&said.at, None);
        sheet.remark(&format!("to be filled in: {}", said.value));
    }
}
