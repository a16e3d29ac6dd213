//! Owns the tests of whole files: small sources in, our form out.
//! Must never hold real advisories: all of these are made up.

mod cve;
mod cve_hostile;
mod cve_parts;
mod ghsa;
mod haskell;
mod hostile;
mod osv;
mod rustsec;
mod texts;

use caveat_advisory::SeverityClass;
use caveat_diag::{Report, emit::short};

use crate::{Form, Imported, Settings, import};

pub(crate) fn settings(prefix: &str) -> Settings {
    let class = |id: &str, cvss| SeverityClass {
        id: id.to_owned(),
        label: id.to_owned(),
        definition: id.to_owned(),
        fix: None,
        review: None,
        cve: None,
        notify: Vec::new(),
        cvss,
    };
    Settings {
        prefix: prefix.to_owned(),
        classes: vec![
            class("critical", Some((9.0, 10.0))),
            class("high", Some((7.0, 8.9))),
            class("medium", Some((4.0, 6.9))),
            class("low", Some((0.1, 3.9))),
            class("unrated", None),
        ],
        unrated: None,
    }
}

/// What came of a file, and the report.
pub(crate) fn run(
    form: Form,
    path: &str,
    text: &str,
    settings: &Settings,
) -> (Option<Imported>, String) {
    let mut report = Report::default();
    let imported = import(form, path, text.as_bytes().to_vec(), settings, &mut report);
    (imported, short(&report))
}

/// The file, which must have been imported.
pub(crate) fn good(form: Form, path: &str, text: &str, prefix: &str) -> Imported {
    let (imported, said) = run(form, path, text, &settings(prefix));
    imported.unwrap_or_else(|| panic!("{said}"))
}

/// The file has these lines.
pub(crate) fn assert_holds(imported: &Imported, lines: &[&str]) {
    for line in lines {
        assert!(
            imported.text.contains(line),
            "no {line:?} in\n{}",
            imported.text
        );
    }
}
