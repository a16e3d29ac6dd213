//! Owns how to report a flaw: where to, where not, what to include, with which key.
//! Must never show as a way to report what nobody reads today.

use caveat_advisory::{Contact, Policy, ReportForm, ReportKey};

use super::mailto;
use super::tree::{Block, Line, Section, address, code, link, plain, strong};
use caveat_words::join;

/// The whole section.
pub(super) fn section(policy: &Policy) -> Section {
    let form = policy.report.clone().unwrap_or_default();
    let mut blocks = Vec::new();
    let live = policy.contacts.iter();
    let live = live.filter_map(|contact| Some(way(contact, contact.reachable()?)));
    let lines: Vec<Line> = live.collect();
    blocks.push(Block::text(&begin(&form, lines.is_empty())));
    if !lines.is_empty() {
        blocks.push(Block::Steps { lines });
    }
    blocks.extend(planned(policy));
    blocks.extend(letter(policy, &form));
    blocks.extend(keys(&policy.keys));
    if !form.wanted.is_empty() {
        blocks.push(Block::Heading {
            text: "What to include",
        });
        blocks.push(Block::list(&form.wanted));
    }
    if let Some(template) = &form.template {
        blocks.push(Block::Heading {
            text: "A form to fill in",
        });
        blocks.push(Block::Verbatim {
            text: template.clone(),
        });
    }
    if let Some(issues) = &form.issues {
        blocks.push(Block::Text {
            line: vec![
                plain("All other faults go to "),
                address(issues),
                plain("."),
            ],
        });
    }
    Section::new("report", "Report a vulnerability", blocks)
}

/// Where not, and where.
fn begin(form: &ReportForm, nowhere: bool) -> String {
    let to = if nowhere {
        "There is no way to report one in private today."
    } else {
        "Please write to the first of these that you can use, so that it stays confidential until there is a fix:"
    };
    if form.never.is_empty() {
        return to.to_owned();
    }
    let places = join(form.never.clone(), "or");
    format!("Please do not report a vulnerability through {places}. {to}")
}

fn way(contact: &Contact, url: &str) -> Line {
    let mut way = vec![strong(&contact.name), plain(": "), address(url)];
    way.extend(contact.urgent.then(|| plain(", for what cannot wait")));
    way
}

/// What does not exist yet, said so.
fn planned(policy: &Policy) -> Option<Block> {
    let planned = policy.contacts.iter();
    let planned = planned.filter(|contact| contact.reachable().is_none());
    let names: Vec<String> = planned.map(|contact| contact.name.clone()).collect();
    let text = format!(
        "Planned, and not there yet: {}. Nobody reads there today.",
        join(names.clone(), "and")
    );
    (!names.is_empty()).then(|| Block::text(&text))
}

/// A mail that is begun already.
fn letter(policy: &Policy, form: &ReportForm) -> Option<Block> {
    let mut lines: Line = Vec::new();
    let mut urls = policy.contacts.iter().filter_map(Contact::reachable);
    let by_mail = urls.clone().any(|url| url.starts_with("mailto:"));
    if let Some(subject) = form.subject.as_ref().filter(|_| by_mail) {
        lines.extend([
            plain("Begin the subject of a mail with "),
            code(subject),
            plain(". "),
        ]);
    }
    let mail = urls.find_map(|url| mailto::begun(url, form));
    if let Some(mail) = mail {
        lines.extend([link("Begin a mail", &mail), plain(" with what we ask for.")]);
    }
    (!lines.is_empty()).then_some(Block::Text { line: lines })
}

fn keys(keys: &[ReportKey]) -> Vec<Block> {
    let Some(_) = keys.first() else {
        return Vec::new();
    };
    let key = |key: &ReportKey| {
        let mut line = vec![code(&key.fingerprint), plain(": "), address(&key.url)];
        let until = key.expires.map(|day| plain(&format!(", until {day}")));
        line.extend(until);
        line
    };
    vec![
        Block::text("What is confidential can be encrypted with OpenPGP, to:"),
        Block::List {
            lines: keys.iter().map(key).collect(),
        },
    ]
}
