//! Owns the stories of what may not be told yet: the canary in the build, encrypted drafts.
//! Must never pass because a word was hidden by an encoding.

use crate::consent::holds;
use crate::repository::{NOW, Repository, advisory, place};

const TITLE: &str = "Zanzibar Bürste lets anybody in";
const LINE: &str = "A quokka that climbs the fence of the loader is let into the cache directory.";

pub(crate) fn embargoed() -> String {
    let text = advisory(2)
        .replace("Flaw number 2", TITLE)
        .replace("description = \"", &format!("description = \"{LINE} "))
        .replace("2026-11-19T23", "2026-12-02T23")
        .replace(
            "severity =",
            "aliases = [\"CVE-2026-7777777777\"]\nseverity =",
        );
    text + "[embargo]\nuntil = 2026-12-01T00:00:00Z\n"
}

pub(crate) fn secretive() -> Repository {
    let draft = advisory(3)
        .replace("Flaw number 3", "Pelicans steal the key of the cellar")
        .replacen("id = ", "# ", 1);
    Repository::good()
        .file(&place(2), &embargoed())
        .file("advisories/drafts/pelican-cellar-key.toml", &draft)
        .commit(NOW)
}

#[test]
fn no_byte_of_any_output_holds_a_word_of_what_is_embargoed() {
    let repository = secretive();
    repository.caveat("build --out public").exits(0);
    for word in [
        "Zanzibar",
        "Bürste",
        "quokka",
        "7777777777",
        "STORY-2026-0002",
        "pelican",
        "cellar",
    ] {
        assert_eq!(holds(&repository, "public", word), None, "{word}");
    }
    repository
        .caveat("build --out later --as-of 2026-12-03T00:00:00Z")
        .exits(0);
    for word in [
        "Zanzibar",
        "Bürste",
        "quokka",
        "7777777777",
        "STORY-2026-0002",
    ] {
        assert!(holds(&repository, "later", word).is_some(), "{word}");
    }
}

#[test]
fn what_a_build_would_refuse_to_tell_is_told_by_check() {
    let repository = secretive();
    repository.caveat("check").exits(0);
    let leaking = repository.file("site-templates/404.html", "<p>CVE-2026-7777777777</p>");
    leaking
        .caveat("check")
        .exits(2)
        .says("`404.html` would give away");
}

#[test]
fn a_template_that_gives_something_away_stops_the_build() {
    let leaks = [
        ("<p>cve-2026-7777777777</p>", "a name of its flaw"),
        ("<p>x_STORY-2026-0002</p>", "a name of its flaw"),
        ("<p><b>Zanzibar</b> B&uuml;rste, BU\u{308}RSTE</p>", ""),
        (
            "<p><b>Zanzibar</b> Bu\u{308}rste lets anybody&#x20;in</p>",
            "its title",
        ),
        (
            "A quokka that <i>climbs</i> the\n fence of the loader is let into the cache directory.",
            "a line of its text",
        ),
        ("<!-- pelican-cellar-key.toml -->", "the name of that file"),
        ("Pelicans steal the key of the cellar", "its title"),
    ];
    for (leak, what) in leaks {
        let page = format!("{{% extends \"base.html\" %}}{{% block main %}}{leak}{{% endblock %}}");
        let repository = secretive()
            .file("site-templates/404.html", &page)
            .commit(NOW);
        let said = repository.caveat("build --out public");
        if what.is_empty() {
            said.exits(0);
            continue;
        }
        let said = said.exits(2).says("`404.html` would give away").says(what);
        assert!(!said.err.contains("Zanzibar"), "{}", said.err);
        assert!(!repository.path("public").exists());
    }
}

#[test]
fn the_policy_may_not_name_what_is_embargoed() {
    let project = crate::repository::PROJECT;
    let project = project.replace(
        "definition = \"Soon.\"",
        "definition = \"Like CVE-2026-7777777777.\"",
    );
    let repository = secretive().file("caveat.toml", &project).commit(NOW);
    let said = repository.caveat("build --out public").exits(2);
    said.says("would give away a name of its flaw");
    assert!(!repository.path("public").exists());
}

#[test]
fn a_name_of_a_flaw_in_other_spelling_or_a_link_is_a_fault() {
    for name in [
        "cve-2026-7777777777",
        "CVE 2026 7777777777",
        "CVE-2026-7777777777_",
        "CVE\u{2011}2026\u{2011}7777777777",
        "https://nvd.nist.gov/vuln/detail/cve-2026-7777777777",
    ] {
        let published = advisory(1).replace("The loader", &format!("See {name}. The loader"));
        let repository = secretive().file(&place(1), &published).commit(NOW);
        let said = repository.caveat("build --out public").exits(1);
        said.says("error[hidden-advisory]");
    }
}

#[test]
fn a_draft_that_says_what_the_site_says_by_itself_gives_nothing_away() {
    let said = "Upgrade PyTorch to 2.0.1, or to a later version of the same branch. Use `sha256sum`, `schema_version`, \
        `database_specific` and `allowed_signers`. The loader trusts";
    let credit =
        "[[credit]]\nname = \"Events\"\nrole = \"finder\"\nevidence = \"2026-11-19T10:00:00Z\"\n";
    let link = |url| format!("[[reference]]\ntype = \"report\"\nurl = \"{url}\"\n");
    let links = link("https://story.example.org/advisories/x_STORY-2026-0001/")
        + &link("https://cwe.mitre.org/data/definitions/125.html");
    let draft = advisory(3)
        .replace("Flaw number 3", "Upgrade PyTorch to 2.0.1")
        .replace("The loader trusts", said)
        .replacen("id = ", "# ", 1);
    let repository = Repository::good()
        .file("advisories/drafts/a.toml", &(draft + credit + &links))
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
}

#[test]
fn everything_that_is_given_away_is_told_at_once_with_its_field() {
    let page = "{% extends \"base.html\" %}{% block main %}cve_2026_7777777777, Pelicans steal the key of the cellar{% endblock %}";
    let repository = secretive()
        .file("site-templates/404.html", page)
        .commit(NOW);
    let said = repository.caveat("build --out public").exits(2);
    let said = said.says("see `aliases[0]` in `advisories/2026/x_STORY-2026-0002.toml`");
    let said = said.says("see `title` in `advisories/drafts/pelican-cellar-key.toml`");
    said.says("reword");
}

#[test]
fn what_others_say_too_gives_nothing_away() {
    let published = advisory(4).replace("The loader", &format!("{LINE} The loader"));
    let repository = secretive().file(&place(4), &published).commit(NOW);
    repository.caveat("build --out public").exits(0);
}

#[test]
fn the_prose_of_another_advisory_may_not_name_it() {
    let published = advisory(1).replace("The loader", "See x_STORY-2026-0002. The loader");
    let repository = secretive().file(&place(1), &published).commit(NOW);
    repository
        .caveat("build --out public")
        .exits(1)
        .says("error[hidden-advisory]");
    assert!(!repository.path("public").exists());
}

/// A stand-in for the real program, which `tests/interop` asks.
fn with_age(
    repository: &Repository,
    script: &str,
    arguments: &[&str],
) -> crate::repository::Outcome {
    use std::os::unix::fs::PermissionsExt as _;
    let bin = repository.path("../bin");
    std::fs::create_dir_all(&bin).unwrap();
    let program = bin.join("age");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = repository.command();
    let path = format!("{}:/usr/bin:/bin", bin.display());
    command.env("PATH", path).arg("check").args(arguments);
    crate::repository::run(&mut command)
}

const SEALED: &str = "advisories/drafts/pelican-cellar-key.toml.age";

#[test]
fn an_encrypted_draft_is_a_note_without_its_key_and_a_draft_with_it() {
    let draft = advisory(3).replacen("id = ", "# ", 1);
    let repository = Repository::good()
        .file(SEALED, "sealed")
        .file("../key", "AGE-SECRET-KEY-1")
        .file(
            "../plain",
            &draft.replace("severity = \"high\"", "severity = \"hihg\""),
        )
        .commit(NOW);
    repository
        .caveat("check")
        .exits(0)
        .says("encrypted, not checked");
    let script = "test $# = 4 && test \"$1 $2\" = '--decrypt --identity' && cat ../plain";
    let said = with_age(&repository, script, &["--identity", "../key"]);
    said.exits(1).says("pelican-cellar-key.toml.age:3");
    // A fix would be plain text on the disk.
    let said = with_age(&repository, script, &["--identity", "../key", "--fix"]);
    said.exits(1).says("[severity-class]");
    assert_eq!(
        std::fs::read_to_string(repository.path(SEALED)).unwrap(),
        "sealed"
    );
    repository.caveat("build --out public").exits(0);
    assert_eq!(holds(&repository, "public", "pelican"), None);
}

#[test]
fn a_key_that_does_not_fit_and_a_program_that_is_not_there_are_told() {
    let repository = Repository::good()
        .file(SEALED, "sealed")
        .file("../key", "AGE-SECRET-KEY-1");
    let said = with_age(
        &repository,
        "echo 'age: error: no identity matched' >&2; exit 1",
        &["--identity", "../key"],
    );
    said.exits(2)
        .says("was not opened: age: error: no identity matched");
    let said = with_age(
        &repository,
        "yes 'title = \"x\"'",
        &["--identity", "../key"],
    );
    said.exits(1).says("[file-too-large]");
    with_age(&repository, "", &["--identity", "../nothing"])
        .exits(2)
        .says("cannot read");
    let mut command = repository.command();
    command
        .env("PATH", "/nowhere")
        .env("CAVEAT_IDENTITY", "../key")
        .arg("check");
    crate::repository::run(&mut command)
        .exits(2)
        .says("opened by `age` or `rage`");
}
