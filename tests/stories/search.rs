//! Owns the stories of search: what its files hold, what they never hold, and what may load a script.
//! Must never run the page's script: `tests/interop` does.

use crate::consent::holds;
use crate::embargo::secretive;
use crate::publish::{PUBLISH, published};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

#[test]
fn the_index_has_every_name_of_an_advisory_and_marks_what_is_withdrawn() {
    let known = advisory(1).replace("severity =", "aliases = [\"CVE-2026-10001\"]\nseverity =");
    let gone = advisory(2)
        + "[withdrawn]\nat = 2026-11-19T23:30:00Z\nreason = \"not-a-vulnerability\"\nnote = \"It was none.\"\n\
           [[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Withdrawn.\"\n";
    let repository = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &known)
        .file(&place(2), &gone)
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    let files = repository.tree("public/search");
    let all: String = files
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes))
        .collect();
    for line in [
        r#"["cve-2026-10001",[0]]"#,
        r#"["story-2026-0002",[1]]"#,
        r#"["2.0.1",[0]]"#,
        r#"["pytorch",[0,1]]"#,
        r#"["@torch",[["PyPI","torch","PyTorch","PyPI/torch/",["1.0.0","2.0.1","2.0.2"]]]]"#,
        r#"["x_STORY-2026-0001","Flaw number 1",0,"2026-11-19",[["PyTorch","PyPI"]],0,["CVE-2026-10001"],0]"#,
        r#"["x_STORY-2026-0002","Flaw number 2",0,"2026-11-19",[["PyTorch","PyPI"]],0,[],1]"#,
    ] {
        assert!(all.contains(line), "{line}");
    }
}

#[test]
fn no_file_of_the_index_holds_a_word_of_what_is_embargoed() {
    let repository = secretive();
    repository.caveat("build --out public").exits(0);
    let later = "build --out later --as-of 2026-12-03T00:00:00Z";
    repository.caveat(later).exits(0);
    // Words of the title and ids; the index has them without marks.
    for word in ["zanzibar", "burste", "7777777777", "story-2026-0002"] {
        assert_eq!(holds(&repository, "public/search", word), None, "{word}");
        assert!(holds(&repository, "later/search", word).is_some(), "{word}");
    }
    // And of drafts.
    for word in ["pelican", "cellar"] {
        assert_eq!(holds(&repository, "later/search", word), None, "{word}");
    }
}

#[test]
fn a_script_that_gives_something_away_stops_the_build() {
    let leaking = secretive()
        .file("site-templates/search.js", "// See CVE-2026-7777777777.\n")
        .commit(NOW);
    let said = leaking.caveat("build --out public").exits(2);
    said.says("`search/search.js` would give away");
}

#[test]
fn nobody_is_found_by_name_whatever_they_agreed_to() {
    for consent in ["", "'advisory', 'release-notes', 'thanks', 'annual-report'"] {
        let credit = format!(
            "[[credit]]\nname = \"Zoë Quokkasdottir\"\nrole = \"finder\"\nurl = \"https://zanzibar.example.org/zoe\"\n\
             consent = [{consent}]\nagreed = 2026-10-02\n"
        );
        let repository = Repository::empty()
            .file("caveat.toml", PROJECT)
            .file(&place(1), &(advisory(1) + &credit))
            .commit(NOW);
        repository.caveat("build --out public").exits(0);
        for word in ["quokka", "zoe", "zoë", "zanzibar"] {
            assert_eq!(holds(&repository, "public/search", word), None, "{word}");
        }
    }
}

#[test]
fn an_index_that_has_grown_passes_the_gate() {
    let repository = published();
    let before = repository.tree("public/search/words");
    let repository = repository.file(&place(2), &advisory(2)).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    assert_ne!(repository.tree("public/search/words"), before);
}

/// Hosts send the last policy that fits an address, or all of them, and then each of them holds.
#[test]
fn only_the_page_that_searches_may_run_a_script_on_every_host() {
    let repository = Repository::good();
    repository.caveat("build --out public").exits(0);
    let headers = std::fs::read_to_string(repository.path("public/_headers")).unwrap();
    let mut rules: Vec<(&str, bool)> = Vec::new();
    let mut pattern = "";
    for line in headers.lines() {
        if line.starts_with('/') {
            pattern = line;
        } else if line.contains("Content-Security-Policy") {
            rules.push((pattern, line.contains("script-src")));
        }
    }
    let pages = repository.tree("public").into_iter();
    let pages = pages.filter(|(path, _)| path.rsplit('.').next() == Some("html"));
    for (path, bytes) in pages {
        let text = String::from_utf8_lossy(&bytes);
        let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(&path));
        let fits = |pattern: &str| match pattern.strip_suffix('*') {
            Some(start) => address.starts_with(start),
            None => address == pattern,
        };
        let sent = rules.iter().filter(|(pattern, _)| fits(pattern));
        let sent: Vec<bool> = sent.map(|(_, scripts)| *scripts).collect();
        if path == "search/index.html" {
            assert_eq!(sent, [true]);
            assert!(text.contains("script-src"));
        } else {
            assert_eq!(sent, [true, false], "{path}");
            assert!(!text.contains("script-src"), "{path}");
            assert!(!text.contains("<script src"), "{path}");
        }
    }
}
