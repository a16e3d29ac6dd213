//! Owns the stories of a site in German: every page of advisories, packages and releases says its own words in it.
//! Must never look at what an advisory says, which is marked as English.

use std::fs;

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const SITE: &str = r#"
[site]
language = "de"
[[announcement]]
at = 2026-12-01T14:00:00Z
severity = "high"
[[disputed]]
id = "CVE-2026-54321"
state = "disputed"
reason = "Nur ein Traum."
url = "https://example.org/traum"
[[redirect]]
from = "alt/"
to = "disputed/"
"#;

const CLOCK: &str = "[policy]\n[policy.calendar]\ntime-zone = \"UTC\"\n[policy.clock]\nacknowledge = \"5 bd\"\nlegal = [\"eu-cra-14\"]\n[policy.disclosure]\nlongest = \"90 d\"\n";

const SAID: &str = r#"features = ["jit", "trace"]
functions = ["load"]

[[affected.fix]]
version = "2.0.1"
upgrade-to = "2.0.2"
availability = "Only for customers with the contract."

[[status]]
package = "torch"
versions = ["< 1.0.0"]
state = "not-analysed"
reason = "Out of support since 2020."

[[reference]]"#;

const TOLD: &str = r#"[late-reason]
acknowledge = "The team was on the road."
disclose = "The fix was not there."

[timeline]
reported = 2026-06-01T00:00:00Z
acknowledged = 2026-07-01T00:00:00Z
exploited = 2026-11-19T00:00:00Z

[[credit]]
name = "Ada Finder"
role = "finder"
consent = ["advisory"]

[[revision]]"#;

const WITHDRAWN: &str = r#"note = "First published."

[[revision]]
at = 2026-11-19T23:30:00Z
note = "It is the same as another."

[withdrawn]
at = 2026-11-19T23:30:00Z
reason = "duplicate"
replaced-by = ["x_STORY-2026-0001"]
note = "It is the same as another."
"#;

fn german() -> Repository {
    let listed = "title = \"PyTorch\"\nreleases = [\"0.9.0\", \"1.0.0\", \"2.0.0\", \"2.0.2\"]";
    let project = PROJECT
        .replace("title = \"PyTorch\"", listed)
        .replace("Story Advisories", "Fackel")
        .replace("CC-BY-4.0", "CC0-1.0")
        .replace("Soon.", "Bald.")
        .replace("Later.", "Irgendwann.")
        .replacen("[policy]\n", CLOCK, 1);
    let rich = advisory(1)
        .replace(
            "title",
            "workaround = \"Switch it off.\"\ncwe = [\"CWE-79\"]\ntitle",
        )
        .replace("[[reference]]", SAID)
        .replace("[[revision]]", TOLD);
    let gone = advisory(2).replace("note = \"First published.\"\n", WITHDRAWN);
    let repository = Repository::empty()
        .file("caveat.toml", &format!("{project}{SITE}"))
        .file(&place(1), &rich)
        .file(&place(2), &gone)
        .file(&place(3), &advisory(3));
    let repository = repository.commit(NOW);
    repository.caveat("build --out public").exits(0);
    repository
}

/// Where pages of the converted templates are.
const PAGES: [&str; 11] = [
    "index.html",
    "advisories/",
    "alt/",
    "announced/",
    "disputed/",
    "packages/",
    "releases/",
    "severity/",
    "weaknesses/",
    "withdrawn/",
    "years/",
];

/// Words of English that German has not.
const ENGLISH: [&str; 37] = [
    "a",
    "advisories",
    "advisory",
    "affected",
    "all",
    "and",
    "by",
    "days",
    "first",
    "fixed",
    "fixes",
    "for",
    "from",
    "how",
    "is",
    "later",
    "new",
    "newer",
    "no",
    "not",
    "of",
    "older",
    "or",
    "package",
    "packages",
    "published",
    "release",
    "releases",
    "severity",
    "table",
    "that",
    "the",
    "this",
    "to",
    "upgrade",
    "versions",
    "withdrawn",
];

/// A page without the elements that begin with one of these.
fn without(page: &str, starts: &str) -> String {
    let mut left = String::new();
    let mut rest = page;
    while let Some(at) = rest.find(starts) {
        let open = rest[..at].rfind('<').filter(|_| !starts.starts_with('<'));
        let open = open.unwrap_or(at);
        let name: String = rest[open + 1..]
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        left.push_str(&rest[..open]);
        let end = format!("</{name}>");
        rest = rest[at..].split_once(&end).map_or("", |(_, behind)| behind);
    }
    left + rest
}

/// What a page says in its own words, also to those who do not see it.
fn words(page: &str) -> Vec<String> {
    let mut page = without(page, " lang=\"en\"");
    for start in ["<head>", "<code", "<script", "<footer"] {
        page = without(&page, start);
    }
    let labels = page.split("aria-label=\"").skip(1);
    let labels = labels.filter_map(|rest| rest.split('"').next());
    let mut said: Vec<&str> = labels.collect();
    let text = page.split('<').filter_map(|part| part.split_once('>'));
    said.extend(text.map(|(_, text)| text));
    let words = said
        .iter()
        .flat_map(|text| text.split(|sign: char| !sign.is_alphanumeric()));
    words
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn every_page_of_a_german_site_says_its_own_words_in_german() {
    let repository = german();
    let tree = repository.tree("public");
    for start in PAGES {
        let pages = tree
            .iter()
            .filter(|(path, _)| path.starts_with(start) && path.ends_with("index.html"));
        let mut count = 0;
        for (path, bytes) in pages {
            let page = String::from_utf8(bytes.clone()).unwrap();
            assert!(page.contains("<html lang=\"de\""), "{path}");
            let found = words(&page);
            let left: Vec<_> = found
                .iter()
                .filter(|word| ENGLISH.contains(&word.as_str()))
                .collect();
            assert_eq!(left, Vec::<&String>::new(), "{path}: {found:?}");
            count += 1;
        }
        assert!(count > 0, "{start}");
    }
}

#[test]
fn what_stands_beside_german_pages_stays_english() {
    let repository = german();
    let read = |path: &str| fs::read_to_string(repository.path(&format!("public/{path}"))).unwrap();
    let release = "releases/PyPI/torch/2.0.0/";
    let page = read(&format!("{release}index.html"));
    assert!(
        page.contains("Betroffen laut 2 Sicherheitshinweisen."),
        "{page}"
    );
    for file in ["index.txt", "index.json"] {
        let told = read(&format!("{release}{file}"));
        assert!(told.contains("Affected by 2 advisories."), "{told}");
    }
    let text = read("packages/PyPI/torch/index.txt");
    assert!(text.contains("Affected: 1.0.0 up to, but not"), "{text}");
    let mail = read("advisories/x_STORY-2026-0001/index.txt");
    let mail = mail.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        mail.contains("2.0.1 was never released; 2.0.2 is next."),
        "{mail}"
    );
    let page = read("advisories/x_STORY-2026-0001/index.html");
    let own = "<span lang=\"en\">2.0.1: Only for customers with the contract.</span>";
    assert!(
        page.contains(own) && page.contains("höchstens 5 Arbeitstage nach der Meldung"),
        "{page}"
    );
}
