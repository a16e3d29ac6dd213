//! Owns the proof that site-templates/README.md names what templates are given, and nothing else.
//! Must never hold a list of names of its own but of what a page has by its nature.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use caveat_advisory::{Draft, Input};
use caveat_artifact::Memory;
use caveat_check::check;
use caveat_diag::Report;
use minijinja::value::ValueKind;
use minijinja::{State, Value};

use super::built_in::{BUILT_IN, SCRIPT, STYLE};
use super::*;
use crate::{Edition, Key, Layers};

const README: &str = include_str!("../../../../site-templates/README.md");

/// What one template was given: its variables, and every name below them.
#[derive(Clone, Default)]
struct Given {
    variables: BTreeSet<String>,
    below: BTreeSet<String>,
    /// Short words among the values.
    words: BTreeSet<String>,
}

type All = Arc<Mutex<BTreeMap<String, Given>>>;

fn walk(value: &Value, given: &mut Given) {
    match value.kind() {
        ValueKind::Map => {
            for key in value.try_iter().expect("a map") {
                given.below.insert(key.to_string());
                walk(&value.get_item(&key).expect("a value"), given);
            }
        }
        ValueKind::Seq | ValueKind::Iterable => value
            .try_iter()
            .expect("a list")
            .for_each(|one| walk(&one, given)),
        ValueKind::String => {
            given.words.insert(value.to_string());
        }
        _ => {}
    }
}

fn see(all: &All, state: &State<'_, '_>) {
    let mut all = all.lock().expect("one thread");
    let given = all.entry(state.name().to_owned()).or_default();
    for name in state.known_variables() {
        let value = state.lookup(&name).expect("known");
        let global = state.env().globals().any(|(known, _)| known == name);
        if !global {
            given.variables.insert(name.to_string());
            walk(&value, given);
        }
    }
}

fn read(folder: &Path, into: &mut Input) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        let draft = || Draft {
            path: path
                .strip_prefix(root())
                .expect("below")
                .to_string_lossy()
                .into_owned(),
            bytes: std::fs::read(&path).expect("bytes"),
        };
        match path.extension().and_then(|extension| extension.to_str()) {
            _ if path.is_dir() => read(&path, into),
            Some("toml") => into.advisories.push(draft()),
            Some("lock") => into.locks.push(draft()),
            _ => {}
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the theme.
const LOGO: &str = "assets/logo.svg";
const PICTURE: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// Names that these advisories are too few for, and words that are no names.
const ELSEWHERE: [&str; 9] = [
    "card", "classes", "of", "newest", "oldest", "script", "sheet", "total", "verbatim",
];

/// A project that also shows what the repository's own does not: every clock, bulletins, a logo.
fn fuller(project: &str) -> String {
    let public = project
        .lines()
        .find(|line| line.starts_with("public = "))
        .expect("the clock");
    let project = project.replacen(public, "legal = [\"eu-cra-14\"]", 1);
    let project = project.replacen("\n[policy]\n", "\n[policy]\nbulletin = \"year\"\n", 1);
    project + &format!("\n[site.theme.logo]\nfile = \"site-templates/{LOGO}\"\nalt = \"A torch\"\n")
}

/// What the templates are given where the repository's own advisories are published.
fn given() -> BTreeMap<String, Given> {
    let project = std::fs::read_to_string(root().join("caveat.toml")).expect("text");
    let project = Some(Draft {
        path: "caveat.toml".to_owned(),
        bytes: fuller(&project).into_bytes(),
    });
    let mut input = Input {
        project,
        ..Input::default()
    };
    input.templates.insert(LOGO.to_owned(), PICTURE.to_vec());
    read(&root().join("advisories"), &mut input);
    input.sort();
    let (as_of, mut report) = (
        "2027-02-01T00:00:00Z".parse().expect("a time"),
        Report::default(),
    );
    let book = check(input, as_of, &mut report);
    let book = book.unwrap_or_else(|| panic!("{}", caveat_diag::emit::short(&report)));
    let records = caveat_convert::convert(&book).expect("records");
    let page = |name: &str| !name.starts_with('_') && ![SCRIPT, STYLE, "base.html"].contains(&name);
    let pages = BUILT_IN.iter().filter(|(name, _)| page(name));
    let logo = (LOGO.to_owned(), PICTURE.to_vec());
    let overrides = pages
        .map(|(name, _)| ((*name).to_owned(), b"{{ seen() }}".to_vec()))
        .chain([logo])
        .collect();
    let mut templates = Templates::new(&overrides).expect("templates");
    let all = All::default();
    let seen = Arc::clone(&all);
    templates
        .environment
        .add_function("seen", move |state: &State<'_, '_>| see(&seen, state));
    let text = || "x".to_owned();
    let key = Key {
        fingerprint: text(),
        openssh: text(),
        allowed_signers: text(),
        minisign: text(),
    };
    let edition = Edition {
        generator: text(),
        local: true,
        key,
        openpgp: None,
        layers: Some(Layers {
            trust: text(),
            authority: true,
            machines: Some(text()),
            pem: text(),
        }),
    };
    crate::render(&book, &records, &edition, &templates, &Memory::default()).expect("a site");
    let all = all.lock().expect("one thread");
    all.clone()
}

/// Names between backticks.
fn quoted(text: &str) -> Vec<&str> {
    let parts = text.split('`').skip(1).step_by(2);
    parts
        .filter(|name| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        })
        .collect()
}

/// The rows of the table of files: a file, and the variables that it names outside of parentheses.
fn rows() -> BTreeMap<&'static str, BTreeSet<String>> {
    let rows = README.lines().filter(|line| line.starts_with("| `"));
    let row = |line: &'static str| {
        let mut cells = line.trim_matches('|').split('|');
        let file = cells.next().expect("a file").trim().trim_matches('`');
        let (mut depth, mut outside) = (0, String::new());
        for sign in cells.nth(1).expect("what is given").chars() {
            depth += i32::from(sign == '(');
            outside.extend((depth == 0).then_some(sign));
            depth -= i32::from(sign == ')');
        }
        (
            file,
            quoted(&outside).into_iter().map(str::to_owned).collect(),
        )
    };
    rows.map(row).collect()
}

#[test]
fn the_documentation_names_the_variables_of_every_template_and_no_others() {
    let (given, rows) = (given(), rows());
    for (name, _) in BUILT_IN {
        assert!(rows.contains_key(name), "{name} is not documented");
    }
    let frame: BTreeSet<String> = rows["base.html"].clone();
    for (name, given) in &given {
        let own: BTreeSet<String> = given.variables.difference(&frame).cloned().collect();
        assert_eq!(own, rows[name.as_str()], "{name}");
    }
}

#[test]
fn the_documentation_names_everything_below_a_variable() {
    let documented: BTreeSet<&str> = quoted(README).into_iter().collect();
    for (name, given) in given() {
        let silent: Vec<_> = given
            .below
            .iter()
            .filter(|below| !documented.contains(below.as_str()))
            .collect();
        // The report is what report.json says, which docs/clocks.md documents.
        if name != "report.html" {
            assert_eq!(silent, Vec::<&String>::new(), "{name}");
        }
    }
}

#[test]
fn the_documentation_names_nothing_that_no_template_is_given() {
    let all = given();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for given in all.into_values() {
        known.extend(
            given
                .variables
                .into_iter()
                .chain(given.below)
                .chain(given.words),
        );
    }
    let (_, bullets) = README.split_once("- `root`").expect("the list");
    let idle: Vec<_> = quoted(bullets)
        .into_iter()
        .filter(|name| !known.contains(*name) && !ELSEWHERE.contains(name))
        .collect();
    assert_eq!(idle, Vec::<&str>::new());
}
