//! Owns the proof that every page tells the truth: what it shows as broken is, and what it shows instead is not.
//! Must never judge by anything but the page: the files around the shown parts are otherwise good.

use std::sync::Arc;

use caveat_advisory::{Input, Lock};
use caveat_artifact::sha256;
use caveat_keyring::is_of_keyring;
use toml::{Table, Value};

use super::past::Remembered;
use super::{ADVISORY, PATH, PROJECT, draft, judged};
use crate::{RULES, Rule};

/// The files that an example stands for, by path. A line `# PATH` starts a file; the first is the usual advisory.
/// `# was PATH` starts what git remembers of it.
fn files(example: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in example.lines() {
        let path = line.strip_prefix("# ").filter(|path| is_path(path));
        match (path, files.last_mut()) {
            (Some(path), _) => files.push((path.to_owned(), String::new())),
            (None, Some((_, text))) => *text += &format!("{line}\n"),
            (None, None) => files.push((PATH.to_owned(), format!("{line}\n"))),
        }
    }
    files
}

fn is_path(text: &str) -> bool {
    let text = text.strip_prefix("was ").unwrap_or(text);
    text == "caveat.toml"
        || ["advisories/", "keys/", "site-templates/"]
            .iter()
            .any(|folder| text.starts_with(folder))
}

/// The keys of `base` that an example does not show; what it shows, as it shows it.
/// `# without KEY` leaves a key out.
fn whole(base: &str, shown: &str) -> String {
    let Ok(keys) = shown.parse::<Table>() else {
        return shown.to_owned() + base;
    };
    let mut rest: Table = base.parse().expect("the base is TOML");
    for key in shown
        .lines()
        .filter_map(|line| line.strip_prefix("# without "))
    {
        rest.remove(key).expect("the base has what is left out");
    }
    merge(&mut rest, keys);
    toml::to_string(&rest).expect("TOML again")
}

fn merge(into: &mut Table, from: Table) {
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) => merge(old, new),
            (_, value) => drop(into.insert(key, value)),
        }
    }
}

fn has_extension(path: &str, extension: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|found| found == extension)
}

fn input(example: &str) -> Input {
    let mut input = Input {
        project: Some(draft("caveat.toml", PROJECT)),
        ..Input::default()
    };
    let mut past = Remembered::default();
    for (path, shown) in files(example) {
        if let Some(path) = path.strip_prefix("was ") {
            past.add(path, &advisory(path, &shown));
        } else if path == "caveat.toml" {
            input.project = Some(draft(&path, &whole(PROJECT, &shown)));
        } else if let Some(name) = path.strip_prefix("site-templates/") {
            input.templates.insert(name.to_owned(), shown.into_bytes());
        } else if is_of_keyring(&path) {
            input.keys.push(draft(&path, &shown));
        } else if has_extension(&path, "toml") {
            let text = advisory(&path, &shown);
            input.advisories.push(draft(&path, &text));
        } else if has_extension(&path, "lock") {
            input.locks.push(draft(&path, &sealed(&shown)));
        } else if has_extension(&path, "age") {
            input.sealed.push(path);
        } else if path.starts_with("keys/") && has_extension(&path, "pub") {
            input.keys.push(draft(&path, &shown));
        } else if path.starts_with("keys/") {
            input.others.push(draft(&path, &shown));
        } else if !path.ends_with("README.md") {
            input.strays.push(path);
        }
    }
    if input.advisories.is_empty() {
        input.advisories.push(draft(PATH, ADVISORY));
    }
    input.sort();
    input.past = Some(Arc::new(past));
    input
}

/// A lock with the digest that it does not show.
fn sealed(shown: &str) -> String {
    if shown.contains("digest = ") {
        return shown.to_owned();
    }
    let body = Lock::body(&shown.replacen("format = 1", "digest", 1));
    let digest = format!("format = 1\ndigest = \"{}\"", sha256(body.as_bytes()));
    shown.replacen("format = 1", &digest, 1)
}

/// The good advisory under the name of its file, with what is shown.
fn advisory(path: &str, shown: &str) -> String {
    let name = path.strip_suffix(".toml").expect("an advisory");
    let id = name.rsplit('/').next().expect("a name");
    let base = ADVISORY.replacen("x_T-2026-0001", id, 1);
    let base = base.replacen("A title", &format!("The title of {id}"), 1);
    whole(&base, shown)
}

/// Does this part of an advisory break the rule with this code? For the tests of single rules.
pub(crate) fn breaks(code: &str, example: &str) -> bool {
    judged(input(example)).1.contains(&format!("[{code}]"))
}

/// What is said of an example.
pub(crate) fn said_of_example(example: &str) -> String {
    judged(input(example)).1
}

fn shown() -> impl Iterator<Item = &'static &'static Rule> {
    RULES.iter().filter(|rule| !rule.example.is_empty())
}

#[test]
fn what_a_page_shows_as_broken_breaks_its_rule() {
    for rule in shown() {
        let (_, said) = judged(input(rule.example));
        assert!(
            said.contains(&format!("[{}]", rule.code)),
            "{} is silent:\n{said}",
            rule.code
        );
    }
}

#[test]
fn what_a_page_shows_instead_has_no_fault() {
    for rule in shown() {
        let (book, said) = judged(input(rule.instead));
        assert!(
            book.is_some() && !said.contains(&format!("[{}]", rule.code)),
            "{}:\n{said}",
            rule.code
        );
    }
}

#[test]
fn a_page_is_whole() {
    for rule in RULES {
        let capital = rule.why.starts_with(|c: char| c.is_uppercase() || c == '`');
        assert!(capital && rule.why.ends_with('.'), "{}", rule.code);
        assert!(
            !rule.says.ends_with('.') && rule.says.len() < 120,
            "{}",
            rule.code
        );
        assert!(!rule.instead.is_empty(), "{}", rule.code);
        assert!(rule.example != rule.instead, "{}", rule.code);
    }
}
