//! Owns the stories of imports that are made to harm: each ends with a diagnostic, in bounded memory, and nothing is written.
//! Must never take a diagnostic for enough: the tree must be as it was.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::repository::{PROJECT, Repository};

const GOOD: &str = r#"{"id": "X-1", "summary": "A flaw", "affected": [{"package": {"ecosystem": "npm", "name": "demo"}, "versions": ["1.0.0"]}]}"#;

fn project() -> Repository {
    Repository::empty().file("caveat.toml", PROJECT)
}

/// The file is refused with this code, and nothing else happens.
fn refused(name: &str, bytes: &[u8], code: &str) {
    let form = if Path::new(name).extension() == Some("md".as_ref()) {
        "julia"
    } else {
        "osv"
    };
    let repository = project().bytes(&format!("in/{name}"), bytes);
    let outcome = repository.caveat(&format!("import {form} in")).exits(1);
    let outcome = outcome.says(&format!("error[{code}]"));
    assert!(
        outcome.err.contains("wrote 0 advisories"),
        "{}",
        outcome.err
    );
    assert!(!repository.path("advisories").exists());
}

#[test]
fn garbage_and_other_encodings_are_refused() {
    let utf16: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(
        "a.json",
        &[b"\xff\xfe".to_vec(), utf16].concat(),
        "not-utf8",
    );
    refused("a.json", b"{\"id\": \"caf\xe9\"}", "not-utf8");
    refused("a.json", &[0; 4096], "syntax");
    refused("a.json", b"\x7fELF\x02\x01", "syntax");
    refused("a.json", b"", "syntax");
    refused("a.yaml", b"\t: [", "syntax");
    refused("a.md", b"```toml\nid = \0\n```\n", "syntax");
    refused("a.json", br#"{"id": "X-1", "summary": "a\u0000b"}"#, "nul");
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    let repository = project().file("in/a.json", "[");
    // Only its length is on the disk.
    let file = fs::File::options()
        .write(true)
        .open(repository.path("in/a.json"))
        .unwrap();
    file.set_len(100 << 20).unwrap();
    repository
        .caveat("import osv in")
        .exits(1)
        .says("error[file-too-large]");
    assert!(!repository.path("advisories").exists());
}

#[test]
fn files_that_grow_when_they_are_read_are_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    refused("a.yaml", bomb.as_bytes(), "syntax");
    refused("a.json", "[".repeat(1 << 20).as_bytes(), "syntax");
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    refused("a.json", deep.as_bytes(), "syntax");
    refused("a.yaml", deep.as_bytes(), "syntax");
    refused(
        "a.md",
        format!("```toml\na = {deep}\n```\n").as_bytes(),
        "syntax",
    );
    let wide = format!("[{}0]", "0,".repeat(1 << 20));
    refused("a.json", wide.as_bytes(), "syntax");
}

#[test]
fn an_archive_is_never_unpacked() {
    let repository = project().bytes("all.zip", b"PK\x03\x04\x14\0\0\0");
    repository
        .caveat("import osv all.zip")
        .exits(1)
        .says("error[archive]: this is an archive: unpack it, and name the directory");
    assert!(!repository.path("advisories").exists());
}

#[test]
fn equal_keys_are_no_choice() {
    let twice = GOOD.replace("\"X-1\",", "\"X-1\", \"id\": \"X-2\",");
    refused("a.json", twice.as_bytes(), "key-twice");
    refused("a.yaml", b"id: X-1\nid: X-2\n", "key-twice");
    refused("a.md", b"```toml\nid = 'A'\nid = 'B'\n```\n", "syntax");
}

#[test]
fn no_id_leads_out_of_the_directory() {
    for id in [
        "../../x",
        "/etc/passwd",
        "..",
        "x_STORY-2024-../../../x",
        "a/../b",
        "C:\\\\x",
        "~/x",
        "-rf",
        "",
    ] {
        let repository = project().file("in/a.json", &GOOD.replace("X-1", id));
        let outcome = repository.caveat("import osv in --unrated low");
        assert!(outcome.code == 0, "{id}: {}", outcome.err);
        for (path, _) in repository.tree("advisories/drafts") {
            assert!(
                !path.contains(['/', '\\'])
                    && Path::new(&path).extension() == Some("toml".as_ref()),
                "{id}: {path}"
            );
        }
        let beside = fs::read_dir(repository.path("..")).unwrap().count();
        assert_eq!(beside, 1, "{id}: only the repository is there");
    }
}

#[test]
fn links_lead_nowhere() {
    let repository = project()
        .file("../outside/b.json", GOOD)
        .file("in/c.txt", "");
    symlink("../../outside/b.json", repository.path("in/b.json")).unwrap();
    symlink("../../outside", repository.path("in/d")).unwrap();
    symlink(".", repository.path("in/loop")).unwrap();
    repository
        .caveat("import osv in")
        .exits(0)
        .says("read 0 files, wrote 0 advisories");
    // Nor is anything written through one.
    fs::create_dir_all(repository.path("advisories/drafts")).unwrap();
    let target = repository.path("advisories/drafts/X-1.toml");
    symlink("../../../outside/b.json", &target).unwrap();
    let repository = repository.file("real/a.json", GOOD);
    repository
        .caveat("import osv real --unrated low")
        .exits(1)
        .says("error[file-exists]");
    repository
        .caveat("import osv real --unrated low --force")
        .exits(0);
    let outside = fs::read_to_string(repository.path("../outside/b.json")).unwrap();
    assert_eq!(outside, GOOD, "the link was replaced, not what it leads to");
    assert!(fs::symlink_metadata(target).unwrap().is_file());
}

#[test]
fn numbers_that_no_program_holds_are_kept_as_text() {
    let text = GOOD.replace(
        "\"summary\"",
        &format!("\"n\": {}, \"e\": 1e99999, \"summary\"", "9".repeat(400)),
    );
    let repository = project().file("in/a.json", &text);
    repository
        .caveat("import osv in --unrated low")
        .exits(0)
        .says("warning[respelled]: `n`: a number that does not fit is kept as text");
    let draft = fs::read_to_string(repository.path("advisories/drafts/X-1.toml")).unwrap();
    assert!(draft.contains("e = \"1e99999\""), "{draft}");
    repository.caveat("check").exits(0);
}
