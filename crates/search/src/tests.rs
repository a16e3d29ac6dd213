//! Owns the proof that whatever an advisory is called, it is found by it, through the files alone.
//! Must never look into the index by another way than the page.

use proptest::prelude::*;

use super::*;
use crate::reader::Reader;

fn torch() -> Product {
    Product {
        ecosystem: "PyPI".to_owned(),
        name: "torch".to_owned(),
        title: "PyTorch".to_owned(),
    }
}

fn advisory(number: usize) -> Document {
    Document {
        id: format!("x_S-2026-{number:04}"),
        aliases: vec![format!("CVE-2026-{}", 10_000 + number)],
        title: format!("torch::load of a Bürste n{number} reads any file"),
        impact: "A quokka runs code.".to_owned(),
        published: format!("2026-01-01T00:00:{:02}Z", number % 60),
        packages: vec![torch()],
        versions: vec!["2.0.1".to_owned(), "1!3.0+cu118".to_owned()],
        weaknesses: vec![(502, "Deserialization of Untrusted Data".to_owned())],
        ..Document::default()
    }
}

fn index(documents: Vec<Document>) -> Index {
    let package = Package {
        product: torch(),
        path: "PyPI/torch/".to_owned(),
        releases: vec!["2.0.1".to_owned()],
    };
    Index::new(documents, &[package], &["High".to_owned()])
}

#[test]
fn an_advisory_is_found_by_all_that_it_is_called() {
    let index = index(vec![advisory(1), advisory(2)]);
    let reader = Reader::new(&index);
    for query in [
        "x_S-2026-0001",
        "s-2026-0001",
        "CVE-2026-10001",
        "cve-2026-10001 torch",
        "torch::load burste n1",
        "bürste n1",
    ] {
        assert_eq!(reader.find(query), ["x_S-2026-0001"], "{query}");
    }
    for query in [
        "torch 2.0.1",
        "pytorch",
        "PyPI",
        "CWE-502",
        "untrusted deserialization",
        "quok",
        "torch.load",
        "1!3.0+cu118",
        "cve-2026-1000",
    ] {
        let both = ["x_S-2026-0002", "x_S-2026-0001"];
        assert_eq!(reader.find(query), both, "{query}");
    }
    for query in ["", "…", "quok runs", "torch 2.0", "zanzibar", "__proto__"] {
        let found = reader.find(query).len();
        // A version is open at its end where it is typed last.
        assert_eq!(found, if query == "torch 2.0" { 2 } else { 0 }, "{query}");
    }
}

#[test]
fn a_package_is_found_by_each_of_its_names_and_has_its_releases() {
    let index = index(vec![advisory(1)]);
    let reader = Reader::new(&index);
    for name in ["Torch", "pytorch"] {
        let found = reader.packages(name);
        assert_eq!(found.len(), 1, "{name}");
        let wanted = serde_json::json!(["PyPI", "torch", "PyTorch", "PyPI/torch/", ["2.0.1"]]);
        assert_eq!(found[0], wanted);
    }
    assert!(reader.packages("torc").is_empty());
}

#[test]
fn the_order_of_advisories_does_not_matter_and_full_files_do_not_change() {
    let some: Vec<Document> = (0..50).map(advisory).collect();
    let turned = some.iter().rev().cloned().collect();
    assert_eq!(index(some), index(turned));
    let later = |count: usize| {
        let advisory = |number: usize| Document {
            published: format!("2026-01-01T{number:09}"),
            ..advisory(number)
        };
        index((0..count).map(advisory).collect())
    };
    let (before, after) = (later(600), later(601));
    let documents = |index: &Index| {
        let paths = index.files.keys().filter(|path| path.starts_with('d'));
        paths.cloned().collect::<Vec<_>>()
    };
    let after = documents(&after);
    let kept = documents(&before)
        .into_iter()
        .filter(|one| after.contains(one));
    assert_eq!(kept.count(), 2);
}

#[test]
fn a_word_of_too_many_keeps_the_newest_and_hides_no_other_from_a_rarer_word() {
    let advisory = |number: usize| Document {
        published: format!("2026-01-01T{number:09}"),
        id: format!("S-{number}"),
        title: if number.is_multiple_of(1000) {
            "Rare thing".to_owned()
        } else {
            "Common thing".to_owned()
        },
        ..Document::default()
    };
    let index = index((0..COMMON + 2500).map(advisory).collect());
    let reader = Reader::new(&index);
    assert_eq!(reader.find("thing ").len(), COMMON);
    assert_eq!(reader.find("thing rare").len(), 8);
    assert_eq!(reader.find("rare thing").len(), 8);
    let lengths = index.files.values().map(String::len);
    assert!(
        lengths
            .chain([index.head.len()])
            .all(|length| length < 100_000)
    );
}

#[test]
fn nothing_is_an_index_too() {
    let index = Index::new(Vec::new(), &[], &[]);
    assert!(index.files.is_empty());
    assert!(Reader::new(&index).find("torch").is_empty());
}

proptest! {
    #[test]
    fn every_token_of_every_advisory_finds_it(
        titles in proptest::collection::vec("\\PC{0,40}", 1..8),
        names in proptest::collection::vec("[a-zA-Z0-9@/:._-]{1,30}|\\PC{1,9}", 1..8),
    ) {
        let texts = titles.iter().zip(names.iter().cycle());
        let documents: Vec<Document> = texts.enumerate().map(|(at, (title, name))| Document {
            id: format!("S-{at}"),
            title: title.clone(),
            packages: vec![Product { name: name.clone(), ..torch() }],
            versions: vec![name.clone()],
            ..Document::default()
        }).collect();
        let index = index(documents.clone());
        let reader = Reader::new(&index);
        for document in &documents {
            for token in document.tokens() {
                let wanted = [token.clone(), format!("{token} pypi"), format!("pypi {token}")];
                for query in wanted {
                    prop_assert!(reader.find(&query).contains(&document.id), "{:?}", query);
                }
            }
            for query in [&document.title, &document.packages[0].name] {
                let nothing = crate::token::chunks(query).is_empty();
                prop_assert!(nothing || reader.find(query).contains(&document.id), "{:?}", query);
            }
        }
    }
}
