//! Owns the proof that the program's catalogues are whole, and that a faulty one says so.
//! Must never hold a sentence of the site.

use crate::{BUILT_IN, Catalogue, ENGLISH, Misuse, Piece, Texts};

fn english() -> Catalogue {
    let (_, source) = BUILT_IN
        .iter()
        .find(|(tag, _)| *tag == ENGLISH)
        .expect("English");
    Catalogue::read(ENGLISH, source).0
}

#[test]
fn every_language_has_exactly_the_texts_and_places_of_english() {
    for (tag, source) in BUILT_IN {
        let (catalogue, faults) = Catalogue::read(tag, source);
        assert_eq!(faults, [], "{tag}");
        assert_eq!(catalogue.against(&english()), [], "{tag}");
        assert_eq!(catalogue.missing(&english()), Vec::<&str>::new(), "{tag}");
        for (key, text) in &catalogue.texts {
            let original = &english().texts[key];
            assert_eq!(text.counts(), original.counts(), "{tag}: {key}");
        }
    }
}

#[test]
fn no_text_holds_markup_or_a_stray_space() {
    for (tag, source) in BUILT_IN {
        let texts = Catalogue::read(tag, source).0.texts;
        let forms = texts
            .iter()
            .flat_map(|(key, text)| text.forms.values().map(move |form| (key, form)));
        for (key, form) in forms {
            let whole: String = form
                .iter()
                .map(|piece| match piece {
                    Piece::Words(words) => words.as_str(),
                    Piece::Place(_) => "x",
                })
                .collect();
            let bad = whole.contains(['<', '>', '&', '`', '\n']) || whole.contains("  ");
            assert!(!bad && whole.trim() == whole, "{tag}: {key}: {whole}");
        }
    }
}

/// What is said of a German catalogue.
fn said(source: &str) -> Vec<String> {
    let (catalogue, faults) = Catalogue::read("de", source);
    let misfits = catalogue.against(&english());
    faults
        .into_iter()
        .chain(misfits)
        .map(|fault| {
            assert!(source.get(fault.range.clone()).is_some(), "{fault:?}");
            format!("{}; {}", fault.message, fault.help.unwrap_or_default())
        })
        .collect()
}

#[test]
fn a_catalogue_that_does_not_fit_says_what_and_where() {
    let table = [
        (
            "[search]\ntittle = \"Suche\"",
            "no page says `search.tittle`; did you mean `search.title`?",
        ),
        (
            "[card]\nfixed = \"behoben\"",
            "`card.fixed` leaves out `{versions}`; ",
        ),
        (
            "[card]\nfixed = \"in {versions} {now}\"",
            "nothing is put into `{now}` of `card.fixed`; the text has `{versions}`",
        ),
        (
            "[card]\nno-fix = { one = \"a\", other = \"b\" }",
            "`card.no-fix` does not count anything; write one text",
        ),
        (
            "[search]\nfound = { other = \"b {count}\" }",
            "`search.found` lacks the form one; numbers of this language ask for one, other",
        ),
        (
            "[search]\nfound = { one = \"a\", many = \"m\", more = \"b\" }",
            "`more` is no form of a text; forms are one, other",
        ),
        (
            "[card]\nno-fix = \"a } b\"",
            "a brace stands alone; places are written `{name}`; ",
        ),
        ("[card]\nno-fix = \"\"", "a text is empty; "),
        ("[card]\nno-fix = 1", "`card.no-fix` is no text; "),
        (
            "no-fix = \"a\"",
            "`no-fix` is no section; write `[section]` above the texts",
        ),
    ];
    for (source, expected) in table {
        assert_eq!(said(source), [expected], "{source}");
    }
    assert_eq!(said("[card\nno-fix = 1").len(), 1, "a fault of syntax");
}

#[test]
fn a_text_is_said_with_exactly_what_it_has_places_for() {
    let english = Texts::english();
    let say = |key: &str, values: &[(&str, crate::Value<'_>)]| english.try_say(key, values);
    assert_eq!(
        say("range.only", &[("version", "1.0".into())]).as_deref(),
        Ok("only 1.0")
    );
    assert_eq!(
        say("search.found", &[("count", 1.into())]).as_deref(),
        Ok("1 advisory.")
    );
    assert_eq!(
        say("pager.newest-of", &[("count", 1.into())]).as_deref(),
        Ok("The newest of 1")
    );
    let key = |key: &str| key.to_owned();
    assert_eq!(say("no.such", &[]), Err(Misuse::Key(key("no.such"))));
    assert_eq!(
        say("range.only", &[]),
        Err(Misuse::Missing(key("range.only"), key("version")))
    );
    let idle = say("range.all", &[("version", "1".into())]);
    assert_eq!(idle, Err(Misuse::Idle(key("range.all"), key("version"))));
    let wordy = say("search.found", &[("count", "1".into())]);
    assert_eq!(wordy, Err(Misuse::NoCount(key("search.found"))));
}

#[test]
fn a_repository_replaces_single_texts_and_adds_languages() {
    let (own, faults) = Catalogue::read(
        "pl",
        "[nav]\nsearch = \"Szukaj\"\n[search]\nfound = { one = \"{count} wynik\", few = \"{count} wyniki\", many = \"{count} wyników\", other = \"{count} wyniku\" }",
    );
    assert_eq!(faults, []);
    let polish = Texts::new("pl", Some(&own)).expect("a language");
    assert_eq!(polish.word("nav.search"), "Szukaj");
    assert_eq!(
        polish.word("nav.policy"),
        "Policy",
        "what is missing is English"
    );
    assert_eq!(
        polish.say("search.found", &[("count", 3.into())]),
        "3 wyniki"
    );
    assert_eq!(own.missing(&english()).len(), english().texts.len() - 2);
    let german = Texts::new(
        "de",
        Some(&Catalogue::read("de", "[nav]\nsearch = \"Finden\"").0),
    )
    .expect("German");
    assert_eq!(
        (
            german.word("nav.search").as_str(),
            german.word("nav.thanks").as_str()
        ),
        ("Finden", "Dank")
    );
    assert!(Texts::new("fr", None).is_none() && Texts::new("../de", Some(&own)).is_none());
}
