//! Owns the proof that form, readers and documentation agree.
//! Must never hold a list of keys of its own.

use std::collections::BTreeSet;

use caveat_diag::Report;
use toml::de::{DeTable, DeValue};

use super::*;
use crate::{Advisory, Document, Draft, KeyringFile, Project};

/// What a generated file leaves out, and whether every table gets a key that nobody knows.
#[derive(Clone, Copy, Default)]
struct Twist<'a> {
    without: Option<&'a str>,
    stranger: bool,
}

fn value(shape: Shape, path: &str, twist: Twist<'_>) -> String {
    match shape {
        Shape::Text(text) => format!("{:?}", sample(text)),
        Shape::Texts(text) => format!("[{:?}]", sample(text)),
        Shape::Band => "[7.0, 8.9]".to_owned(),
        Shape::Time => "2026-11-20T14:00:00Z".to_owned(),
        Shape::Times => "[2026-11-20T14:00:00Z]".to_owned(),
        Shape::Date => "2026-11-20".to_owned(),
        Shape::Dates => "[2026-11-20]".to_owned(),
        Shape::Flag => "true".to_owned(),
        Shape::Digit => "4".to_owned(),
        Shape::Days => "30".to_owned(),
        Shape::Table(form) => format!("{{ {} }}", table(form, path, ", ", twist)),
        Shape::Tables(form) => format!("[{{ {} }}]", table(form, path, ", ", twist)),
        Shape::Named(form) => format!("{{ x = {{ {} }} }}", table(form, path, ", ", twist)),
        Shape::Data => "{ anything = [1, { at = 2026-11-20T14:00:00Z }] }".to_owned(),
    }
}

fn sample(text: Text) -> &'static str {
    match text {
        Text::OneOf(words) => words[words.len() - 1],
        Text::Target => "5 bd after assessed",
        _ => "x",
    }
}

fn table(form: &Form, path: &str, between: &str, twist: Twist<'_>) -> String {
    let not_chosen = |name| {
        form.choice
            .iter()
            .skip(1)
            .flat_map(|set| *set)
            .any(|other| *other == name)
    };
    let mut lines = Vec::new();
    for key in form.keys {
        let path = format!("{path}.{}", key.name);
        if twist.without != Some(&path) && !not_chosen(key.name) {
            lines.push(format!("{} = {}", key.name, value(key.shape, &path, twist)));
        }
    }
    lines.extend(twist.stranger.then(|| "zzz = 1".to_owned()));
    lines.join(between)
}

fn read(form: &'static Form, twist: Twist<'_>) -> Report {
    let draft = Draft {
        path: "a.toml".to_owned(),
        bytes: table(form, "", "\n", twist).into_bytes(),
    };
    let mut report = Report::default();
    if std::ptr::eq(form, &raw const ADVISORY) {
        Document::<Advisory>::read(draft, &mut report);
    } else if std::ptr::eq(form, &raw const KEYRING) {
        Document::<KeyringFile>::read(draft, &mut report);
    } else {
        Document::<Project>::read(draft, &mut report);
    }
    report
}

/// Every key below a form with its path, and every table's set of names.
fn walk(
    form: &'static Form,
    path: &str,
    keys: &mut Vec<(String, bool)>,
    tables: &mut Vec<BTreeSet<String>>,
) {
    tables.push(form.keys.iter().map(|key| key.name.to_owned()).collect());
    for key in form.keys {
        let path = format!("{path}.{}", key.name);
        keys.push((path.clone(), key.needed));
        if let Some(inner) = key.shape.form() {
            walk(inner, &path, keys, tables);
        }
    }
}

const FORMS: [&Form; 3] = [&ADVISORY, &PROJECT, &KEYRING];

#[test]
fn a_file_with_everything_of_the_form_is_read_without_a_word() {
    for form in FORMS {
        let report = read(form, Twist::default());
        assert!(report.is_empty(), "{}", caveat_diag::emit::short(&report));
    }
}

#[test]
fn the_readers_know_the_keys_of_the_form_and_no_others() {
    for form in FORMS {
        let (mut keys, mut tables) = (Vec::new(), Vec::new());
        walk(form, "", &mut keys, &mut tables);
        let stranger = Twist {
            stranger: true,
            ..Twist::default()
        };
        let report = read(form, stranger);
        let known = |help: &str| {
            let names = help
                .strip_prefix("known here: ")
                .expect("nothing is near `zzz`");
            names
                .split(", ")
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        let mut read: Vec<_> = report
            .sorted()
            .iter()
            .map(|found| known(&found.help[0]))
            .collect();
        read.sort();
        tables.sort();
        assert_eq!(read, tables);
    }
}

#[test]
fn what_the_form_needs_the_readers_miss_and_nothing_else() {
    for form in FORMS {
        let (mut keys, mut tables) = (Vec::new(), Vec::new());
        walk(form, "", &mut keys, &mut tables);
        for (path, needed) in keys {
            // Of a choice, one set is always needed.
            let needed =
                needed || [".affected.package", ".status.package"].contains(&path.as_str());
            let without = Twist {
                without: Some(&path),
                ..Twist::default()
            };
            assert_eq!(read(form, without).has_errors(), needed, "{path}");
        }
    }
}

/// Keys in the order in which they are written, tables by their first line.
fn written(table: &DeTable<'_>, path: &str, names: &mut Vec<(usize, String)>) {
    for (key, value) in table {
        let path = format!("{path}.{}", key.get_ref());
        names.push((key.span().start, path.clone()));
        let rows = match value.get_ref() {
            DeValue::Array(rows) => rows
                .iter()
                .filter_map(|row| row.get_ref().as_table())
                .collect(),
            DeValue::Table(row) => vec![row],
            _ => Vec::new(),
        };
        for row in rows {
            written(row, &path, names);
        }
    }
}

/// The beginnings of keys that no form knows, and none need know.
fn anything(form: &'static Form, path: &str, open: &mut Vec<String>) {
    for key in form.keys {
        let path = format!("{path}.{}", key.name);
        match (key.shape, key.shape.form()) {
            (Shape::Data, _) => open.push(format!("{path}.")),
            (_, Some(form)) => anything(form, &path, open),
            _ => {}
        }
    }
}

/// The first TOML of a page must hold all keys of a form in its order.
fn shows(page: &str, form: &'static Form) {
    let example = page
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let (table, _) = DeTable::parse_recoverable(example.expect("the whole form"));
    let (mut shown, mut keys, mut open) = (Vec::new(), Vec::new(), Vec::new());
    written(table.get_ref(), "", &mut shown);
    shown.sort();
    walk(form, "", &mut keys, &mut Vec::new());
    anything(form, "", &mut open);
    shown.retain(|(_, path)| !open.iter().any(|open| path.starts_with(open)));
    // The example names its package by key.
    let by_name = [".ecosystem", ".name"];
    let spelled = [".affected", ".status"].map(|table| by_name.map(|key| format!("{table}{key}")));
    keys.retain(|(path, _)| !spelled.as_flattened().contains(path));
    let shown: Vec<_> = shown.into_iter().map(|(_, path)| path).collect();
    let known: Vec<_> = keys.into_iter().map(|(path, _)| path).collect();
    assert_eq!(shown, known);
}

#[test]
fn the_documentation_shows_every_key_in_the_canonical_order() {
    shows(include_str!("../../../../advisories/README.md"), &ADVISORY);
    shows(include_str!("../../../../docs/caveat-toml.md"), &PROJECT);
}
