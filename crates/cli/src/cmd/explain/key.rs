//! Owns the pages of keys in the terminal: what the form says of a file, a table or a key.
//! Must never say anything that the form does not.

use caveat_advisory::{ADVISORY, Form, KEYRING, Key, PROJECT, Shape, Text};

/// The files that have a form, by what people type.
pub(super) const FILES: [(&str, &Form); 3] = [
    ("caveat.toml", &PROJECT),
    ("advisory", &ADVISORY),
    ("keyring.toml", &KEYRING),
];

/// The page of this name in each file that has one.
pub(super) fn pages(written: &str) -> impl Iterator<Item = String> {
    FILES.into_iter().filter_map(move |(file, form)| {
        // `advisory.timeline` is `timeline` of an advisory.
        let inside = written.strip_prefix(file);
        let inside = inside.and_then(|rest| rest.strip_prefix('.'));
        let path = path(inside.unwrap_or(written));
        if written == file {
            let mut page = format!("{file}\n");
            tables(&mut page, "", form);
            return Some(page);
        }
        let key = find(form, &path)?;
        Some(one(file, &path.join("."), key))
    })
}

/// A key whose name is like the last part of what was written.
pub(super) fn nearest(written: &str) -> Option<String> {
    let path = path(written);
    let last = path.last()?;
    let mut all = Vec::new();
    for (_, form) in FILES {
        paths(form, "", &mut all);
    }
    let names = all.iter().filter_map(|path| path.rsplit('.').next());
    let near = caveat_advisory::nearest(last, names)?;
    let found = all
        .iter()
        .find(|path| path.rsplit('.').next() == Some(near));
    found.cloned()
}

/// The parts of `policy.contact.url`, `[[policy.contact]]` or `policy.contact[0].url`.
fn path(written: &str) -> Vec<String> {
    let parts = written.split('.');
    let bare = |part: &str| {
        let part = part.trim_start_matches('[');
        part.split(['[', ']']).next().unwrap_or(part).to_owned()
    };
    parts.map(bare).collect()
}

fn find(form: &Form, path: &[String]) -> Option<&'static Key> {
    let (first, rest) = path.split_first()?;
    let key = form.key(first)?;
    match rest {
        [] => Some(key),
        _ => find(key.shape.form()?, rest),
    }
}

fn paths(form: &Form, above: &str, all: &mut Vec<String>) {
    for key in form.keys {
        let path = below(above, key.name);
        if let Some(inner) = key.shape.form() {
            paths(inner, &path, all);
        }
        all.push(path);
    }
}

fn below(above: &str, name: &str) -> String {
    if above.is_empty() {
        name.to_owned()
    } else {
        format!("{above}.{name}")
    }
}

/// One key, and what is below it.
fn one(file: &str, path: &str, key: &Key) -> String {
    let of = match file {
        "advisory" => "an advisory",
        file => file,
    };
    let needed = if key.needed { ", needed" } else { "" };
    let what = what(key.shape);
    let mut page = format!("{path} of {of}: {what}{needed}\n\n{}\n", key.says);
    if let Some(form) = key.shape.form() {
        page.push('\n');
        rows(&mut page, form);
        tables(&mut page, path, form);
    }
    page
}

/// Every table below a form with its keys.
fn tables(page: &mut String, above: &str, form: &Form) {
    if above.is_empty() {
        page.push('\n');
        rows(page, form);
    }
    for key in form.keys {
        let Some(inner) = key.shape.form() else {
            continue;
        };
        let path = below(above, key.name);
        let head = match key.shape {
            Shape::Tables(_) => format!("[[{path}]]"),
            Shape::Named(_) => format!("[{path}.NAME]"),
            _ => format!("[{path}]"),
        };
        page.push_str(&format!("\n{head}  {}\n", key.says));
        rows(page, inner);
        tables(page, &path, inner);
    }
}

/// A line for each key.
fn rows(page: &mut String, form: &Form) {
    let widest = form.keys.iter().map(|key| key.name.len()).max();
    let widest = widest.unwrap_or(0);
    for Key {
        name,
        says,
        needed,
        shape,
    } in form.keys
    {
        let needed = if *needed { "needed" } else { "" };
        let what = what(*shape);
        page.push_str(&format!(
            "    {name:widest$}  {needed:6}  {says} ({what})\n"
        ));
    }
    if !form.choice.is_empty() {
        let sets = form.choice.iter().map(|set| set.join(" and "));
        let sets: Vec<String> = sets.collect();
        page.push_str(&format!("    Write either {}.\n", sets.join(", or ")));
    }
}

fn what(shape: Shape) -> String {
    match shape {
        Shape::Text(text) => word(text),
        Shape::Texts(text) => format!("a list: {}", word(text)),
        Shape::Band => "two numbers, the lower one first".to_owned(),
        Shape::Digit => "1 to 9".to_owned(),
        Shape::Days => "a number of days".to_owned(),
        Shape::Time => "a date with time and offset".to_owned(),
        Shape::Times => "a list of dates with time and offset".to_owned(),
        Shape::Date => "a day".to_owned(),
        Shape::Dates => "a list of days".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Table(_) => "a table".to_owned(),
        Shape::Tables(_) => "any number of tables".to_owned(),
        Shape::Named(_) => "any number of tables, each with a name".to_owned(),
        Shape::Data => "a table with any keys".to_owned(),
    }
}

fn word(text: Text) -> String {
    match text {
        Text::Prose => "Markdown".to_owned(),
        Text::Line => "one line".to_owned(),
        Text::Title => "one line of at most 120 characters".to_owned(),
        Text::Like(pattern) => format!("text like {pattern}"),
        Text::OneOf(words) => words.join(", "),
        Text::Id => "the id of an advisory".to_owned(),
        Text::Severity => "the id of a severity class".to_owned(),
        Text::Package => "the key of a package".to_owned(),
        Text::Target => "a time, such as 48 h or 5 bd".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_page_that_says_what_it_is() {
        for (file, form) in FILES {
            let mut all = Vec::new();
            paths(form, "", &mut all);
            let whole = pages(file).collect::<String>();
            for path in all {
                let key = find(form, &super::path(&path)).expect("a key");
                assert!(pages(&path).any(|page| page.contains(key.says)), "{path}");
                assert!(whole.contains(key.says), "{path}");
            }
        }
    }

    #[test]
    fn a_key_may_be_written_as_a_table_or_with_its_place() {
        for written in ["policy.contact", "[[policy.contact]]", "policy.contact[0]"] {
            assert!(pages(written).eq(pages("policy.contact")), "{written}");
        }
        let pages_of = |written: &str| pages(written).collect::<String>();
        let updates = pages_of("advisory.timeline.updates");
        assert!(!updates.is_empty());
        assert_eq!(updates, pages_of("timeline.updates"));
        assert_eq!(pages_of("caveat.toml.policy"), pages_of("policy"));
        assert_eq!(pages("policy.nothing").count(), 0);
        assert_eq!(nearest("policy.contcat").as_deref(), Some("policy.contact"));
    }
}
