//! Owns the proof that templates say what they say in any language, and that a broken one is told with its place.
//! Must never hold a sentence of the site.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use caveat_advisory::Site;
use caveat_texts::{BUILT_IN as CATALOGUES, Catalogue, Texts};
use minijinja::{Value, context};

use super::built_in::{BUILT_IN, SCRIPT, STYLE, speaks};
use super::*;

/// Templates whose words are in the catalogue.
fn converted() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let aside = |name: &str| !speaks(name) || [SCRIPT, STYLE].contains(&name);
    BUILT_IN.iter().filter(move |(name, _)| !aside(name))
}

/// A text without what stands between two marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut parts = text.split(open);
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| part.split_once(close).map_or("", |(_, rest)| rest));
    first + &rest.collect::<Vec<_>>().join(" ")
}

/// What a template says by itself: its text, and what attributes say to people.
fn own_words(template: &str) -> Vec<String> {
    let bare = without(template, "{#", "#}");
    let bare = without(&without(&bare, "{%", "%}"), "{{", "}}");
    let spoken = [
        "aria-label=\"",
        "alt=\"",
        "title=\"",
        "placeholder=\"",
        "label=\"",
    ];
    let said = spoken.iter().flat_map(|name| {
        let values = bare.split(name).skip(1);
        values.map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
    });
    let mut words: Vec<String> = said.collect();
    // Names that no language translates say so; code is code.
    let text = without(
        &without(&bare, "translate=\"no\">", "</"),
        "<code>",
        "</code>",
    );
    words.push(without(&text, "<", ">"));
    words.retain(|words| words.contains(char::is_alphabetic));
    words
}

#[test]
fn a_converted_template_has_no_words_of_its_own() {
    for (name, text) in converted() {
        assert_eq!(
            own_words(text),
            Vec::<String>::new(),
            "{name}: put them into texts/en.toml"
        );
    }
}

#[test]
fn words_of_a_template_are_found_wherever_they_hide() {
    for (template, found) in [
        ("<p>Hello</p>", true),
        ("<p title=\"Hello\">{{ t(\"a.b\") }}</p>", true),
        ("<p>{% if a %}or{% endif %}</p>", true),
        (
            "<p class=\"soft\">{{ t(\"a.b\") }}, {# Why #}<code>code</code> <b translate=\"no\">X</b> – 7</p>",
            false,
        ),
    ] {
        assert_eq!(!own_words(template).is_empty(), found, "{template}");
    }
}

/// Every `t("key", name=…)` of a template: the key, and the names.
fn asked(template: &str) -> Vec<(String, Vec<String>)> {
    let template = without(template, "{#", "#}");
    let calls = template
        .split("t(\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"'));
    let read = |(key, rest): (&str, &str)| {
        let (mut depth, mut names, mut word) = (1, Vec::new(), String::new());
        for sign in rest.chars() {
            match sign {
                '(' => depth += 1,
                ')' => depth -= 1,
                '=' if depth == 1 => names.push(word.trim().to_owned()),
                _ => {}
            }
            if depth == 0 {
                break;
            }
            word.push(sign);
            if !(sign.is_alphanumeric() || sign == '_') {
                word.clear();
            }
        }
        (key.to_owned(), names)
    };
    calls.map(read).collect()
}

#[test]
fn every_text_that_a_template_asks_for_is_there_with_the_same_places() {
    for (name, text) in BUILT_IN
        .iter()
        .filter(|(name, _)| ![SCRIPT, STYLE].contains(name))
    {
        for (key, names) in asked(text) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let pieces = Texts::english().pieces(&key, &names, Some(1));
            assert!(pieces.is_ok(), "{name}: {}", pieces.expect_err("a fault"));
        }
    }
}

/// The sources of a crate.
fn sources(folder: &Path, into: &mut String) {
    for entry in std::fs::read_dir(folder).expect("sources") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            sources(&path, into);
        } else if !path.ends_with("tests.rs") {
            *into += &std::fs::read_to_string(path).expect("text");
        }
    }
}

/// Sections whose keys are the words of closed lists.
const CLOSED_LISTS: &[&str] = &[
    "dispute",
    "event",
    "inverse",
    "kept",
    "law",
    "month",
    "promise",
    "rating",
    "reference",
    "relation",
    "role",
    "standing",
    "start",
    "withdrawal",
];

#[test]
fn every_text_of_the_catalogue_is_said_somewhere() {
    let mut all: String = BUILT_IN.iter().map(|(_, text)| *text).collect();
    for name in ["render", "words", "mail"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../{name}/src"));
        sources(&folder, &mut all);
    }
    let (_, english) = CATALOGUES
        .iter()
        .find(|(tag, _)| *tag == "en")
        .expect("English");
    let made = |key: &&String| {
        let (section, _) = key.split_once('.').expect("a section");
        CLOSED_LISTS.contains(&section)
    };
    let texts = Catalogue::read("en", english).0.texts;
    let keys: BTreeSet<&String> = texts.keys().filter(|key| !made(key)).collect();
    let idle: Vec<_> = keys
        .into_iter()
        .filter(|key| !all.contains(&format!("\"{key}\"")))
        .collect();
    assert_eq!(idle, Vec::<&String>::new());
}

/// A page of a template that stands for the one of missing pages.
fn rendered(template: &str, language: Option<&str>, context: Value) -> Result<String, String> {
    let own = BTreeMap::from([("404.html".to_owned(), template.as_bytes().to_vec())]);
    let templates = Templates::new(&own).map_err(|error| error.to_string())?;
    let site = Site {
        language: language.map(str::to_owned),
        ..Site::default()
    };
    let page = SiteTemplates::new(&templates, &site).page("404.html", context);
    page.map_err(|error| error.to_string())
}

#[test]
fn what_is_put_into_a_text_is_escaped_unless_the_template_made_it() {
    let hostile = context! { name => "<b>&\"{title}" };
    let said = rendered(
        "{{ t(\"range.only\", version=name) }}",
        None,
        hostile.clone(),
    );
    assert_eq!(said.as_deref(), Ok("only &lt;b&gt;&amp;&quot;{title}"));
    let mixed =
        "{% set made %}<i>{{ name }}</i>{% endset %}{{ t(\"range.between\", from=made, to=name) }}";
    let said = rendered(mixed, None, hostile).expect("a page");
    assert!(
        said.starts_with("<i>&lt;b&gt;&amp;&quot;{title}</i> up to"),
        "{said}"
    );
    assert!(
        said.ends_with("including, &lt;b&gt;&amp;&quot;{title}"),
        "{said}"
    );
}

#[test]
fn a_page_speaks_the_language_of_the_site() {
    let page =
        "{{ t(\"search.found\", count=count) }}|{{ english }}|{{ forms(\"search.found\")|safe }}";
    let german = rendered(page, Some("de"), context! { count => 1 }).expect("a page");
    assert_eq!(
        german,
        "1 Sicherheitshinweis.| lang=\"en\"|{\"one\":\"{count} Sicherheitshinweis.\",\"other\":\"{count} Sicherheitshinweise, die neuesten zuerst.\"}"
    );
    let english = rendered(page, None, context! { count => 2 }).expect("a page");
    assert!(
        english.starts_with("2 advisories, newest first.||{"),
        "{english}"
    );
}

#[test]
fn a_broken_template_is_told_with_file_line_column_and_the_line_itself() {
    let place = "site-templates/404.html:2:7: ";
    for (template, said) in [
        ("<p>\n<b>{{ nonsense }}</b>", "undefined value"),
        (
            "<p>\n<b>{{ t(\"no.such\") }}</b>",
            "no text is called `no.such`",
        ),
        (
            "<p>\n<b>{{ t(\"card.fixed\") }}</b>",
            "the text `card.fixed` needs `versions`",
        ),
        (
            "<p>\n<b>{{ t(\"nav.feed\", name=1) }}</b>",
            "the text `nav.feed` has no place for `name`",
        ),
        (
            "<p>\n<b>{{ t(\"search.found\", count=\"x\") }}</b>",
            "the text `search.found` needs a number as `count`",
        ),
        (
            "<p>\n<b>{{ t(\"card.fixed\", versions=none) }}</b>",
            "was given nothing as `versions`",
        ),
    ] {
        let fault = rendered(template, None, context! {}).expect_err("a fault");
        assert!(fault.starts_with(place) && fault.contains(said), "{fault}");
        let line = template.lines().nth(1).expect("two lines");
        assert!(
            fault.contains(&format!("\n  |\n2 | {line}\n  |       ^")),
            "{fault}"
        );
    }
}

#[test]
fn a_template_that_is_none_is_told_with_its_place_and_so_is_a_fault_of_another_file() {
    let fault = rendered("<p>\n{% if %}", None, context! {}).expect_err("a fault");
    assert!(
        fault.starts_with("site-templates/404.html:2") && fault.contains("2 | {% if %}"),
        "{fault}"
    );
    let inner = "{% extends \"base.html\" %}";
    let fault = rendered(inner, None, context! {}).expect_err("a fault");
    assert!(fault.starts_with("site-templates/base.html:3:"), "{fault}");
}

#[test]
fn a_file_that_replaces_nothing_is_refused() {
    for name in ["other.html", "texts.toml", "css/style.css"] {
        let own = BTreeMap::from([(name.to_owned(), Vec::new())]);
        let fault = Templates::new(&own).err().expect("a fault").to_string();
        assert!(fault.contains("overrides nothing"), "{fault}");
    }
}
