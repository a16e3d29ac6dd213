//! Owns the tests of how a text names a person.
//! Must never hold a real name.

use caveat_advisory::CreditRole;
use proptest::prelude::*;

use super::*;

fn credit(name: &str, url: &str) -> Credit {
    Credit {
        name: Some(name.to_owned()),
        role: CreditRole::Finder,
        url: (!url.is_empty()).then(|| url.to_owned()),
        consent: Vec::new(),
        agreed: None,
        evidence: None,
    }
}

fn found<'t>(name: &str, url: &str, text: &'t str) -> Option<&'t str> {
    let credit = credit(name, url);
    let place = Traces::of(&credit, &["https://github.com/acme/tool"])?.find(text, text)?;
    Some(&text[place])
}

#[test]
fn a_whole_name_is_found_in_every_spelling() {
    for text in [
        "by Zoë Finder.",
        "ZOE FINDER",
        "Zoe\u{308}\n Finder",
        "**Zoë** _Finder_",
        "[Zoë Finder](x)",
        "zoë-finder",
    ] {
        assert!(found("Zoë Finder", "", text).is_some(), "{text}");
    }
    assert_eq!(
        found("Zoë Finder", "", "see **Zoë** Finder!"),
        Some("Zoë** Finder")
    );
}

#[test]
fn parts_of_words_initials_and_words_of_the_language_name_nobody() {
    for (name, text) in [
        ("Finder", "Finders keep it"),
        ("AF", "AF"),
        ("A. Finder", "Use what a finder proposed."),
        (
            "Ann Young",
            "Young objects are collected. Young, too. The young die.",
        ),
        ("Acme Research", "Our Research says so."),
        ("Ann Li", "Li is found"),
        ("Ann Page", "- Page faults"),
    ] {
        assert_eq!(found(name, "", text), None, "{name} in {text}");
    }
    assert_eq!(found("Finder", "", "by Finder."), Some("Finder"));
}

#[test]
fn a_family_name_a_handle_and_a_page_name_somebody_too() {
    assert_eq!(found("Ann Young", "", "as Young proposed"), Some("Young"));
    assert_eq!(found("Ann Young", "", "Young's patch"), Some("Young"));
    let url = "https://github.com/AnnY/";
    for text in [
        "thanks @anny!",
        "[a](https://github.com/anny/poc)",
        "GitHub.com/AnnY",
    ] {
        assert!(found("Ann Young", url, text).is_some(), "{text}");
    }
    assert_eq!(found("Ann Young", url, "@anny-b github.com/annyb"), None);
    assert_eq!(
        found(
            "Ann Young",
            "https://github.com/acme",
            "https://github.com/acme/tool"
        ),
        None
    );
}

#[test]
fn a_name_of_short_parts_or_of_one_word_is_whole_and_found() {
    for (name, text) in [
        ("Xi Chen", "by xi-chen"),
        ("Jo Quokkason", "JO QUOKKASON"),
        ("Z. Quokkason", "by Z Quokkason, by z quokkason"),
        ("Z. Quokkason", "https://x.org/z-quokkason"),
        ("Yu Li", "a finder, Yu Li."),
        ("李小龙", "感谢李小龙的报告"),
        ("李 小龙", "感谢李小龙的报告"),
        ("Quokkason", "by Quokkason"),
        ("Zoë Quokkason", "https://x.org/Zo%C3%AB%20Quokkason"),
        ("Zoë Quokkason", "https://x.org/zoe+quokkason?zoe_quokkason"),
        ("Zoë Quokkason", "see zoe.quokkason"),
    ] {
        let credit = credit(name, "");
        let traces = Traces::of(&credit, &[]).expect("a person");
        assert!(traces.is_whole(), "{name}");
        assert!(traces.named(text).is_some(), "{name} in {text}");
    }
    for (name, whole) in [
        ("Bob", false),
        ("loader", false),
        ("zq-999", true),
        ("A. B.", false),
    ] {
        let credit = credit(name, "");
        let traces = Traces::of(&credit, &[]);
        assert_eq!(traces.is_some_and(|one| one.is_whole()), whole, "{name}");
    }
    assert_eq!(found("Do So", "", "do so"), None);
    assert_eq!(
        found("Zoë Quokkason", "", "as quokkason proposed"),
        Some("quokkason")
    );
}

proptest! {
    #[test]
    fn any_text_is_searched_without_a_slip(text in "\\PC{0,30}(Zoë|Finder|\u{308}|ß|İ|ﬁ){0,4}\\PC{0,9}") {
        let place = found("Zoë Finder", "https://x.org/zoe", &text);
        prop_assert!(place.is_none_or(|place| !place.is_empty()));
    }
}
