//! Owns the stories of release notes: six forms and who is named, and the repository that all stories of notes use.
//! Must never compare a form but word for word.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

/// What the notes of one release have to say, all of it.
pub(crate) fn full() -> String {
    let lists = "aliases = [\"CVE-2026-31337\"]\naffected-if = \"Only if `load` is called on files of strangers.\"\n\
        workaround = \"Call `load(safe=True)`.\"\nimpact";
    let credit = |name: &str, consent: &str| {
        format!(
            "\n[[credit]]\nname = \"{name}\"\nrole = \"finder\"\nconsent = [{consent}]\nagreed = 2026-10-02\n"
        )
    };
    advisory(1).replacen("impact", lists, 1)
        + &credit("Ada Example", "\"release-notes\"")
        + &credit("Quokka Secret", "\"advisory\"")
}

fn low() -> String {
    let text = advisory(2).replace("\"high\"", "\"low\"");
    text.replace(">= 1.0.0, < 2.0.2", "< 2.0.1")
}

pub(crate) fn noted() -> Repository {
    Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &full())
        .file(&place(2), &low())
        .file(&place(3), &advisory(3))
        .commit(NOW)
}

pub(crate) const CHANGELOG: &str = "\
# Changelog

All that matters.

## [Unreleased]

## [2.0.1] - 2026-11-19

### Fixed

- A thing.

## [2.0.0] - 2026-01-01

- The first.

[2.0.1]: https://example.org/2.0.1
[2.0.0]: https://example.org/2.0.0
";

pub(crate) fn into(text: &[u8]) -> Repository {
    noted().bytes("CHANGELOG.md", text)
}

pub(crate) fn kept(repository: &Repository) -> String {
    String::from_utf8(fs::read(repository.path("CHANGELOG.md")).unwrap()).unwrap()
}

pub(crate) const WRITE: &str = "notes torch 2.0.1 --into CHANGELOG.md";

#[test]
fn a_release_reads_as_a_section_of_a_changelog() {
    let said = noted().caveat("notes torch 2.0.1").exits(0);
    assert_data_eq!(
        said.out,
        str![[r#"
### Security

- **high**: Flaw number 1 ([x_STORY-2026-0001](https://story.example.org/advisories/x_STORY-2026-0001/), CVE-2026-31337)
  Code runs.
  Affected: PyTorch 1.0.0 up to, but not including, 2.0.1.
  Upgrade from 1.0.0, or any version since, to 2.0.1.
  Not every installation is affected: see [the advisory](https://story.example.org/advisories/x_STORY-2026-0001/).
  A [workaround](https://story.example.org/advisories/x_STORY-2026-0001/#workarounds) is known.
  Thanks to Ada Example.
- **low**: Flaw number 2 ([x_STORY-2026-0002](https://story.example.org/advisories/x_STORY-2026-0002/))
  Code runs.
  Affected: PyTorch all versions before 2.0.1.
  Upgrade from any earlier version to 2.0.1.

"#]]
    );
}

#[test]
fn a_release_reads_as_one_on_github() {
    let said = noted().caveat("notes torch 2.0.1 --as github").exits(0);
    assert_data_eq!(
        said.out,
        str![[r#"
## Security

PyTorch 2.0.1 fixes 2 vulnerabilities.

### high: Flaw number 1

Code runs.

- **Advisory**: [x_STORY-2026-0001](https://story.example.org/advisories/x_STORY-2026-0001/), CVE-2026-31337
- **Affected versions**: PyTorch 1.0.0 up to, but not including, 2.0.1
- **What to do**: Upgrade from 1.0.0, or any version since, to 2.0.1.
- **Am I affected?**: not every installation is; see [the advisory](https://story.example.org/advisories/x_STORY-2026-0001/)
- **Workaround**: [known](https://story.example.org/advisories/x_STORY-2026-0001/#workarounds)

Thanks to Ada Example.

### low: Flaw number 2

Code runs.

- **Advisory**: [x_STORY-2026-0002](https://story.example.org/advisories/x_STORY-2026-0002/)
- **Affected versions**: PyTorch all versions before 2.0.1
- **What to do**: Upgrade from any earlier version to 2.0.1.

"#]]
    );
}

#[test]
fn a_release_reads_as_text() {
    let said = noted().caveat("notes PyPI/torch 2.0.1 --as text").exits(0);
    assert_data_eq!(
        said.out,
        str![[r#"
SECURITY

PyTorch 2.0.1 fixes 2 vulnerabilities.

* high: Flaw number 1
  x_STORY-2026-0001, CVE-2026-31337
  Code runs.
  Affected: PyTorch 1.0.0 up to, but not including, 2.0.1.
  Upgrade from 1.0.0, or any version since, to 2.0.1.
  Not every installation is affected.
  A workaround is known.
  Thanks to Ada Example.
  https://story.example.org/advisories/x_STORY-2026-0001/

* low: Flaw number 2
  x_STORY-2026-0002
  Code runs.
  Affected: PyTorch all versions before 2.0.1.
  Upgrade from any earlier version to 2.0.1.
  https://story.example.org/advisories/x_STORY-2026-0002/

"#]]
    );
}

#[test]
fn a_release_reads_as_fragments() {
    let said = noted().caveat("notes torch 2.0.1 --as towncrier").exits(0);
    assert_data_eq!(
        said.out,
        str![[r#"
==> +x_STORY-2026-0001.security.md <==
**high**: Flaw number 1 ([x_STORY-2026-0001](https://story.example.org/advisories/x_STORY-2026-0001/), CVE-2026-31337)
Code runs.
Affected: PyTorch 1.0.0 up to, but not including, 2.0.1.
Upgrade from 1.0.0, or any version since, to 2.0.1.
Not every installation is affected: see [the advisory](https://story.example.org/advisories/x_STORY-2026-0001/).
A [workaround](https://story.example.org/advisories/x_STORY-2026-0001/#workarounds) is known.
Thanks to Ada Example.

==> +x_STORY-2026-0002.security.md <==
**low**: Flaw number 2 ([x_STORY-2026-0002](https://story.example.org/advisories/x_STORY-2026-0002/))
Code runs.
Affected: PyTorch all versions before 2.0.1.
Upgrade from any earlier version to 2.0.1.

"#]]
    );
}

#[test]
fn packagers_get_lines_for_their_changelogs() {
    let repository = noted();
    let debian = repository.caveat("notes torch 2.0.1 --as debian").exits(0);
    assert_data_eq!(
        debian.out,
        str![[r#"
  * Security fix, high: Flaw number 1 (x_STORY-2026-0001, CVE-2026-31337).
    Code runs. Affected: PyTorch 1.0.0 up to, but not including, 2.0.1. Upgrade
    from 1.0.0, or any version since, to 2.0.1. Not every installation is
    affected. A workaround is known. Thanks to Ada Example.
    https://story.example.org/advisories/x_STORY-2026-0001/
  * Security fix, low: Flaw number 2 (x_STORY-2026-0002).
    Code runs. Affected: PyTorch all versions before 2.0.1. Upgrade from any
    earlier version to 2.0.1.
    https://story.example.org/advisories/x_STORY-2026-0002/

"#]]
    );
    let rpm = repository.caveat("notes torch 2.0.1 --as rpm").exits(0);
    assert_data_eq!(
        rpm.out,
        str![[r#"
- Security fix, high: Flaw number 1 (x_STORY-2026-0001, CVE-2026-31337).
  Code runs. Affected: PyTorch 1.0.0 up to, but not including, 2.0.1. Upgrade
  from 1.0.0, or any version since, to 2.0.1. Not every installation is
  affected. A workaround is known. Thanks to Ada Example.
  https://story.example.org/advisories/x_STORY-2026-0001/
- Security fix, low: Flaw number 2 (x_STORY-2026-0002).
  Code runs. Affected: PyTorch all versions before 2.0.1. Upgrade from any
  earlier version to 2.0.1.
  https://story.example.org/advisories/x_STORY-2026-0002/

"#]]
    );
}

#[test]
fn every_form_names_who_agreed_and_nobody_else() {
    for form in ["markdown", "github", "text", "towncrier", "debian", "rpm"] {
        let said = noted().caveat(&format!("notes torch 2.0.1 --as {form}"));
        let out = said
            .exits(0)
            .out
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            out.contains("Ada Example") && !out.contains("Quokka"),
            "{out}"
        );
        assert!(
            out.contains("CVE-2026-31337") && out.contains("Upgrade from 1.0.0"),
            "{out}"
        );
    }
}

#[test]
fn the_site_has_the_same_words_as_the_command() {
    let repository = noted();
    repository.caveat("build --out public").exits(0);
    let site = fs::read_to_string(repository.path("public/notes/torch/2.0.1.md")).unwrap();
    assert_eq!(repository.caveat("notes torch 2.0.1").exits(0).out, site);
}

#[test]
fn fragments_are_files_of_a_directory() {
    let repository = noted();
    let write = "notes torch 2.0.1 --as towncrier --into changelog.d";
    repository
        .caveat(&format!("{write} --check"))
        .exits(1)
        .says("it does not exist");
    repository
        .caveat(write)
        .exits(0)
        .says("wrote changelog.d/+x_STORY-2026-0001.security.md");
    repository.caveat(&format!("{write} --check")).exits(0);
    repository.caveat(write).exits(0).says("is up to date");
    let place = "changelog.d/+x_STORY-2026-0002.security.md";
    let repository = repository.file(place, "mine\n");
    repository
        .caveat(write)
        .exits(2)
        .says("is there and says something else");
    assert_eq!(
        fs::read_to_string(repository.path(place)).unwrap(),
        "mine\n"
    );
    repository.caveat(&format!("{write} --force")).exits(0);
    repository.caveat(&format!("{write} --check")).exits(0);
}
