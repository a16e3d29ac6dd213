//! Owns the stories of people who ask whether what they run is affected.
//! Must never take silence for an answer: each verdict is the first word of its line.

use snapbox::{assert_data_eq, str};

use crate::repository::{PROJECT, Repository, advisory, place};

/// Three advisories for torch, the last one withdrawn, and one for packages whose names hold signs.
fn room() -> Repository {
    let withdrawn = advisory(3).replace(
        "[[revision]]",
        "[withdrawn]\nat = 2026-11-19T23:30:00Z\nreason = \"not-a-vulnerability\"\n\n[[revision]]",
    );
    let second = "\n[[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Withdrawn.\"\n";
    let named = |ecosystem: &str, name: &str| {
        format!(
            "[[affected]]\necosystem = \"{ecosystem}\"\nname = \"{name}\"\nversions = [\"< 1.5.0\"]\n"
        )
    };
    let others = [
        named("npm", "@gradio/client"),
        named("Go", "example.org/a/b/v2"),
        named("Maven", "org.a:b"),
        named("Debian:12", "curl"),
    ];
    let other = advisory(4).replace("[[revision]]", &(others.concat() + "\n[[revision]]"));
    let other = other.replace(
        "[[affected]]\npackage = \"torch\"\nversions = [\">= 1.0.0, < 2.0.4\"]\n",
        "",
    );
    Repository::empty()
        .file("caveat.toml", &(PROJECT.to_owned() + "[[package]]\nkey = \"quiet\"\necosystem = \"PyPI\"\nname = \"quiet\"\ntitle = \"Quiet\"\n"))
        .file(&place(1), &advisory(1))
        .file(&place(2), &advisory(2).replace(">= 1.0.0, < 2.0.2", ">= 1.4, < 3.0"))
        .file(&place(3), &(withdrawn + second))
        .file(&place(4), &other)
}

#[test]
fn each_advisory_has_a_line_and_the_last_one_sums_up() {
    let room = room();
    let said = room.caveat("affected PyPI/torch@1.2").exits(1);
    assert_data_eq!(
        said.out,
        str![[r#"
yes x_STORY-2026-0001: Flaw number 1; in `>= 1.0.0, < 2.0.1`; fixed in 2.0.1
no x_STORY-2026-0002: Flaw number 2; 1.2 is in no affected range
withdrawn x_STORY-2026-0003: Flaw number 3; withdrawn: not a vulnerability
yes PyPI/torch@1.2: affected by 1 advisory; 3.0 is the first later version that none affects

"#]]
    );
    let said = room.caveat("affected pkg:pypi/Torch@3.0").exits(0);
    assert!(
        said.out.ends_with(
            "\nno PyPI/torch@3.0: 2 advisories of this package, none for this version\n"
        ),
        "{}",
        said.out
    );
}

#[test]
fn nobody_is_sent_to_a_version_that_was_never_released() {
    let fix = "\n[[affected.fix]]\nversion = \"2.0.1\"\nupgrade-to = \"2.1.0\"\n\n[[reference]]";
    let room = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &advisory(1).replace("\n[[reference]]", fix));
    let said = room.caveat("affected PyPI/torch@1.2").exits(1);
    assert_data_eq!(
        said.out,
        str![[r#"
yes x_STORY-2026-0001: Flaw number 1; in `>= 1.0.0, < 2.0.1`; fixed in 2.1.0
yes PyPI/torch@1.2: affected by 1 advisory; 2.1.0 is the first later version that none affects

"#]]
    );
    // What was released in its place has a flaw of its own.
    let second = advisory(2).replace(">= 1.0.0, < 2.0.2", ">= 2.1, < 2.2");
    let said = room.file(&place(2), &second);
    let said = said.caveat("affected PyPI/torch@1.2").exits(1);
    assert!(
        said.out.contains("; 2.2 is the first later"),
        "{}",
        said.out
    );
}

#[test]
fn signs_of_a_name_are_part_of_it() {
    let room = room();
    for package in [
        "npm/@gradio/client@1.4.0",
        "pkg:npm/%40gradio/client@1.4.0",
        "Go/example.org/a/b/v2@v1.4.0",
        "Maven/org.a:b@1.4",
        "pkg:maven/org.a/b@1.5.0-rc1?type=jar",
        "Debian:12/curl@1.4-1",
        "pkg:deb/debian/curl@1.4-1?distro=debian-12",
    ] {
        let said = room.caveat(&format!("affected {package}")).exits(1);
        assert!(
            said.out.starts_with("yes x_STORY-2026-0004: "),
            "{package}: {}",
            said.out
        );
    }
}

#[test]
fn what_nobody_knows_is_unknown() {
    let room = room();
    for (package, reason) in [
        ("PyPI/torch@banana", "`banana` is no PEP 440 version"),
        (
            "PyPI/torhc@1.0",
            "neither an advisory nor caveat.toml names this package",
        ),
        (
            "opam/x@1",
            "neither an advisory nor caveat.toml names this package",
        ),
        ("Debian/curl@1.4-1", "it speaks of Debian:12 only"),
        (
            "Debian:13/curl@1.4-1",
            "neither an advisory nor caveat.toml names this package",
        ),
    ] {
        let said = room.caveat(&format!("affected {package}")).exits(2);
        assert!(said.out.contains(reason), "{package}: {}", said.out);
        assert!(
            said.out.lines().all(|line| !line.starts_with("no")),
            "{}",
            said.out
        );
    }
    let said = room.caveat("affected PyPI/quiet@1.0").exits(0);
    assert!(
        said.out.starts_with("no PyPI/quiet@1.0: 0 advisories"),
        "{}",
        said.out
    );
}

#[test]
fn a_question_that_cannot_be_read_is_a_sentence() {
    let room = room();
    for (package, sentence) in [
        ("torch", "there is no `@VERSION` at its end"),
        ("pypi/torch@1", "did you mean `PyPI`?"),
        ("Alpine/curl@1", "for example `Alpine:v3.22`"),
        (
            "pkg:acme/x@1",
            "no ecosystem of OSV has package URLs of this type",
        ),
    ] {
        let said = room
            .caveat(&format!("affected {package}"))
            .exits(2)
            .says(sentence);
        assert!(said.out.is_empty(), "{}", said.out);
    }
    let faulty = room.file(&place(1), "title = 1");
    faulty
        .caveat("affected PyPI/torch@1")
        .exits(2)
        .says("nothing can be told");
}

#[test]
fn programs_read_the_same_as_one_object() {
    let said = room()
        .caveat("affected PyPI/torch@1.2 --format json")
        .exits(1);
    for piece in [
        "\"verdict\": \"yes\",\n  \"version\": \"1.2\"\n}\n",
        "\"upgrade\": \"3.0\"",
        "\"range\": \">= 1.0.0, < 2.0.1\"",
        "\"verdict\": \"withdrawn\"",
    ] {
        assert!(said.out.contains(piece), "{}", said.out);
    }
}

#[test]
fn a_package_that_stands_in_a_status_alone_is_answered_by_it() {
    let status = |name: &str, rest: &str| {
        format!("[[status]]\necosystem = \"npm\"\nname = \"{name}\"\n{rest}\n\n")
    };
    let said = [
        status(
            "free",
            "state = \"not-affected\"\nreason = \"It reads no files.\"",
        ),
        status("old", "versions = [\"< 2.0.0\"]\nstate = \"not-analysed\""),
    ];
    let first = advisory(1).replace("[[revision]]", &(said.concat() + "[[revision]]"));
    let room = Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &first);
    for (asked, code, line) in [
        (
            "free@1.0.0",
            0,
            "no x_STORY-2026-0001: Flaw number 1; not affected: It reads no files.",
        ),
        (
            "old@1.0.0",
            2,
            "unknown x_STORY-2026-0001: Flaw number 1; nobody looked at 1.0.0",
        ),
        (
            "old@3.0.0",
            2,
            "unknown x_STORY-2026-0001: Flaw number 1; it says nothing of 3.0.0",
        ),
    ] {
        let said = room.caveat(&format!("affected npm/{asked}")).exits(code);
        assert!(said.out.contains(line), "{asked}: {}", said.out);
    }
}
