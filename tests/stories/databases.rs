//! Owns the stories of other databases' forms: RustSec files and the database of Go modules, where crates and modules are named.
//! Must never judge what a scanner makes of them: `tests/interop` asks the real ones.

use std::fs;

use crate::embargo::secretive;
use crate::publish::{PUBLISH, SECOND, published};
use crate::repository::{NOW, Repository, advisory, place};

const ROWS: &str = r#"
[[affected]]
ecosystem = "crates.io"
name = "torch-sys"
versions = ["< 1.2.0"]

[[affected]]
ecosystem = "crates.io"
name = "torch-core"
versions = [">= 1.0.0"]

[[affected]]
ecosystem = "Go"
name = "example.org/torch"
versions = ["< 1.3.0"]

[[reference]]"#;
const FIRST: &str = "public/rustsec/crates/torch-sys/x_STORY-2026-0002.md";
const FURTHER: &str = "public/rustsec/crates/torch-core/x_STORY-2026-0002.torch-core.md";
const RECORD: &str = "public/go/ID/x_STORY-2026-0002.json";

fn of_code() -> String {
    advisory(2).replacen("\n[[reference]]", ROWS, 1)
}

fn read(repository: &Repository, path: &str) -> String {
    fs::read_to_string(repository.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn trees_are_there_only_where_a_crate_or_a_module_is_named() {
    let repository = Repository::good();
    repository.caveat("build --out public").exits(0);
    assert!(!repository.path("public/rustsec").exists());
    assert!(!repository.path("public/go").exists());
    for (form, says) in [("rustsec", "names no crate"), ("go", "names no Go module")] {
        let shown = repository.caveat(&format!("show x_STORY-2026-0001 --as {form}"));
        assert!(shown.exits(0).says(says).out.is_empty());
    }

    let repository = repository.file(&place(2), &of_code()).commit(NOW + 1);
    repository.caveat("build --out other").exits(0);
    let page = read(&repository, "other/advisories/x_STORY-2026-0002/index.html");
    for path in [FIRST, FURTHER, RECORD] {
        let path = path.replace("public/", "");
        assert!(repository.path(&format!("other/{path}")).exists(), "{path}");
        assert!(page.contains(&path.replace('/', "&#x2f;")), "{path}");
    }
    let guide = read(&repository, "other/llms.txt");
    assert!(guide.contains("/rustsec/all.zip") && guide.contains("govulncheck -db="));
}

#[test]
fn a_form_is_shown_as_a_build_writes_it() {
    let repository = Repository::good()
        .file(&place(2), &of_code())
        .commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    let files = read(&repository, FURTHER) + &read(&repository, FIRST);
    let shown = repository
        .caveat("show x_STORY-2026-0002 --as rustsec")
        .exits(0);
    assert_eq!(shown.out, files);
    let shown = repository.caveat("show x_STORY-2026-0002 --as go").exits(0);
    assert_eq!(shown.out, read(&repository, RECORD));
}

#[test]
fn a_crate_or_a_module_that_is_dropped_leads_on_by_itself() {
    let repository = published().file(&place(2), &of_code()).commit(NOW + 60);
    repository.caveat(PUBLISH).exits(0);
    let gone = ROWS.split("[[affected]]").nth(2).unwrap();
    let rows = format!("\n[[affected]]{gone}[[reference]]");
    let changed = "changed = [\n  { field = \"affected[crates.io/torch-sys]\", from = \"< 1.2.0\" },\n  \
         { field = \"affected[Go/example.org/torch]\", from = \"< 1.3.0\" },\n]\nnarrows = \"Neither reads files.\"\n";
    let dropped = advisory(2).replacen("\n[[reference]]", &rows, 1) + SECOND + changed;
    let repository = repository.file(&place(2), &dropped).commit(NOW + 7200);
    repository.caveat(PUBLISH).exits(0).says("redirected");
    // It is the first crate now.
    let first = FURTHER.replace(".torch-core.md", ".md");
    assert!(read(&repository, &first).contains("id = \"x_STORY-2026-0002\"\n"));
    let redirects = read(&repository, "public/_redirects");
    for (from, to) in [
        (FIRST, "advisories/x_STORY-2026-0002/"),
        (FURTHER, "advisories/x_STORY-2026-0002/"),
        (RECORD, "osv/x_STORY-2026-0002.json"),
        (
            "public/go/index/modules.json.gz",
            "advisories/x_STORY-2026-0002/",
        ),
    ] {
        let line = format!("/{} /{to} 301\n", from.replace("public/", ""));
        assert!(redirects.contains(&line), "{line}{redirects}");
    }
    assert!(!redirects.contains("rustsec/all.zip"), "{redirects}");
}

#[test]
fn no_file_for_a_scanner_holds_a_word_of_what_is_embargoed() {
    let repository = secretive();
    let text = read(&repository, &place(2)).replacen("\n[[reference]]", ROWS, 1);
    let repository = repository.file(&place(2), &text);
    let repository = repository.file(&place(4), &advisory(4).replacen("\n[[reference]]", ROWS, 1));
    let repository = repository.commit(NOW + 1);
    repository.caveat("build --out public").exits(0);
    for tree in ["public/rustsec", "public/go"] {
        let files = repository.tree(tree);
        assert!(files.len() > 2, "{tree}");
        for (path, bytes) in files {
            let text = format!("{path} {}", String::from_utf8_lossy(&bytes)).to_lowercase();
            for word in ["zanzibar", "7777777777", "story-2026-0002", "pelican"] {
                assert!(!text.contains(word), "{path}: {word}");
            }
        }
    }
}
