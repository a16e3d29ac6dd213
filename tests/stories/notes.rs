//! Owns the stories of release notes: six forms, a changelog that is kept, and what is never told.
//! Must never compare a changelog but byte for byte.

use std::fs;

use snapbox::{assert_data_eq, str};

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

/// What the notes of one release have to say, all of it.
fn full() -> String {
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

fn repository() -> Repository {
    Repository::empty()
        .file("caveat.toml", PROJECT)
        .file(&place(1), &full())
        .file(&place(2), &low())
        .file(&place(3), &advisory(3))
        .commit(NOW)
}

const CHANGELOG: &str = "\
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

fn into(text: &[u8]) -> Repository {
    repository().bytes("CHANGELOG.md", text)
}

fn kept(repository: &Repository) -> String {
    String::from_utf8(fs::read(repository.path("CHANGELOG.md")).unwrap()).unwrap()
}

const WRITE: &str = "notes torch 2.0.1 --into CHANGELOG.md";

#[test]
fn a_release_reads_as_a_section_of_a_changelog() {
    let said = repository().caveat("notes torch 2.0.1").exits(0);
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
    let said = repository()
        .caveat("notes torch 2.0.1 --as github")
        .exits(0);
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
    let said = repository()
        .caveat("notes PyPI/torch 2.0.1 --as text")
        .exits(0);
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
    let said = repository()
        .caveat("notes torch 2.0.1 --as towncrier")
        .exits(0);
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
    let repository = repository();
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
        let said = repository().caveat(&format!("notes torch 2.0.1 --as {form}"));
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
    let repository = repository();
    repository.caveat("build --out public").exits(0);
    let site = fs::read_to_string(repository.path("public/notes/torch/2.0.1.md")).unwrap();
    assert_eq!(repository.caveat("notes torch 2.0.1").exits(0).out, site);
}

#[test]
fn notes_go_below_the_heading_of_their_version() {
    let repository = into(CHANGELOG.as_bytes());
    repository.caveat(WRITE).exits(0).says("wrote CHANGELOG.md");
    assert_data_eq!(
        kept(&repository),
        str![[r#"
# Changelog

All that matters.

## [Unreleased]

## [2.0.1] - 2026-11-19

### Fixed

- A thing.

 <!-- caveat notes torch 2.0.1 sha256:6c7d0cb90c20397d4b47c778368a49a90dc98b25cad95bf21509e84a0b913d75 -->

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

 <!-- /caveat notes -->

## [2.0.0] - 2026-01-01

- The first.

[2.0.1]: https://example.org/2.0.1
[2.0.0]: https://example.org/2.0.0

"#]]
    );
    repository
        .caveat(WRITE)
        .exits(0)
        .says("CHANGELOG.md is up to date");
    repository.caveat(&format!("{WRITE} --check")).exits(0);
}

#[test]
fn every_byte_outside_of_the_markers_stays() {
    let bare = CHANGELOG.trim_end();
    let last = "# Changelog\n\n## 2.0.1";
    for text in [
        CHANGELOG.to_owned(),
        CHANGELOG.replace('\n', "\r\n"),
        format!("\u{feff}{CHANGELOG}"),
        bare.to_owned(),
        last.to_owned(),
        format!("\u{feff}{}", last.replace('\n', "\r\n")),
        "## v2.0.1 (2026-11-19)\n\n* a  \n\n\n\n## v2.0.0\n".to_owned(),
        "Version 2.0.1\n-------------\n\n\tcode\n".to_owned(),
    ] {
        let repository = into(text.as_bytes());
        repository.caveat(WRITE).exits(0);
        let after = kept(&repository);
        let from = after
            .find(" <!-- caveat notes torch 2.0.1 sha256:")
            .unwrap();
        let end = "<!-- /caveat notes -->";
        let to = after.find(end).unwrap() + end.len();
        let line = if text.contains('\r') { "\r\n" } else { "\n" };
        let before = after[..from].strip_suffix(&line.repeat(2)).unwrap();
        assert_eq!(format!("{before}{}", &after[to..]), text);
        assert_eq!(after.contains("\r\n"), text.contains('\r'));
        assert!(!after.replace("\r\n", "").contains('\r'));
        repository.caveat(WRITE).exits(0).says("is up to date");
        assert_eq!(kept(&repository), after);
        // Git may change line ends; that is no edit.
        let turned = after.replace("\r\n", "\n");
        let repository = repository.file("CHANGELOG.md", &turned);
        repository.caveat(WRITE).exits(0).says("is up to date");
    }
}

#[test]
fn a_section_of_the_authors_is_not_begun_a_second_time() {
    let own = CHANGELOG.replace(
        "- A thing.\n",
        "- A thing.\n\n### Security\n\n- Our own.\n\n### Removed\n\n- B\n",
    );
    let repository = into(own.as_bytes());
    repository
        .caveat("notes torch --into CHANGELOG.md")
        .exits(0);
    let text = kept(&repository);
    assert_eq!(text.matches("### Security").count(), 1, "{text}");
    let place = |word: &str| text.find(word).unwrap();
    assert!(place("- Our own.") < place("**high**") && place("**high**") < place("### Removed"));
    repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(0);
}

#[test]
fn what_somebody_changed_between_the_markers_is_kept() {
    let repository = into(CHANGELOG.as_bytes());
    repository.caveat(WRITE).exits(0);
    let edited = kept(&repository).replace("Code runs.", "Code might run.");
    let repository = repository.file("CHANGELOG.md", &edited);
    let place = "CHANGELOG.md:13: the notes of torch 2.0.1 were changed by hand since they were written; say --force";
    for command in [WRITE, "notes torch --into CHANGELOG.md"] {
        repository.caveat(command).exits(2).says(place);
        assert_eq!(kept(&repository), edited);
    }
    let check = repository.caveat(&format!("{WRITE} --check")).exits(1);
    check
        .says("CHANGELOG.md:18: not what the feed says")
        .says("-   Code might run.\n+   Code runs.");
    let check = repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1);
    check.says("CHANGELOG.md:13: the notes of torch 2.0.1 were changed by hand");
    repository.caveat(&format!("{WRITE} --force")).exits(0);
    repository.caveat(&format!("{WRITE} --check")).exits(0);
}

#[test]
fn a_changed_advisory_is_drift_until_it_is_written_again() {
    let repository = into(CHANGELOG.as_bytes());
    repository.caveat(WRITE).exits(0);
    let repository = repository.file(
        &place(1),
        &full().replace("Code runs.", "Code runs as root."),
    );
    for command in [WRITE, "notes torch --into CHANGELOG.md"] {
        repository.caveat(&format!("{command} --check")).exits(1);
    }
    repository.caveat(WRITE).exits(0).says("wrote");
    assert!(kept(&repository).contains("Code runs as root."));
    // A withdrawn advisory is no fix any more, and its notes leave nothing behind.
    let gone = |number| fs::remove_file(repository.path(&place(number))).unwrap();
    gone(1);
    gone(2);
    repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1)
        .says("these are notes of torch 2.0.1, which fixes no published advisory");
    repository
        .caveat("notes torch --into CHANGELOG.md")
        .exits(0);
    assert_eq!(kept(&repository), CHANGELOG);
}

#[test]
fn a_changelog_is_complete_both_ways() {
    let by_hand = CHANGELOG.replace(
        "- A thing.",
        "- Fixed x\\_STORY-2026-0001 and x_STORY-2026-0002.",
    );
    into(by_hand.as_bytes())
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(0);
    let by_hand = CHANGELOG
        .replace(
            "- A thing.",
            "- Fixed CVE-2026-31337, x_STORY-2026-0003, CVE-1999-0001.",
        )
        .replace("- The first.", "- x_STORY-2026-0009 and CVE-2026-31337.");
    let said = into(by_hand.as_bytes())
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1);
    assert_data_eq!(
        said.err,
        str![[r#"
CHANGELOG.md:7: torch 2.0.1 fixes x_STORY-2026-0002, which is not named below this heading
CHANGELOG.md:11: x_STORY-2026-0003 is fixed in 2.0.3, and this is below the heading of 2.0.1
CHANGELOG.md:15: CVE-2026-31337 is fixed in 2.0.1, and this is below the heading of 2.0.0
CHANGELOG.md:15: x_STORY-2026-0009 is no published advisory of this feed
`caveat notes torch --into CHANGELOG.md` writes what can be written

"#]]
    );
}

#[test]
fn what_is_embargoed_is_never_told() {
    let embargo = "\n[embargo]\nuntil = 2027-01-01T00:00:00Z\nagreed-with = [\"the finder\"]\n";
    let early = advisory(4)
        .replace("2.0.4", "2.0.1")
        .replace("Flaw number 4", "Zanzibar")
        + embargo;
    let early = early.replace("2026-11-19T23:00:00Z", "2027-01-01T00:00:00Z");
    let named = CHANGELOG.replace("- A thing.", "- x_STORY-2026-0004");
    let repository = into(named.as_bytes()).file(&place(4), &early);
    repository
        .caveat("notes torch --into CHANGELOG.md")
        .exits(0);
    let said = repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(1);
    let said =
        said.says("CHANGELOG.md:11: x_STORY-2026-0004 is no published advisory of this feed");
    assert!(!said.err.contains("Zanzibar") && !kept(&repository).contains("Zanzibar"));
    let before = kept(&repository);
    let ahead = repository
        .caveat(&format!("{WRITE} --as-of 2027-02-01T00:00:00Z"))
        .exits(2);
    ahead.says("x_STORY-2026-0004 is embargoed until 2027-01-01");
    assert_eq!(kept(&repository), before);
    let shown = repository
        .caveat("notes torch 2.0.1 --as-of 2027-02-01T00:00:00Z")
        .exits(0);
    shown.says("x_STORY-2026-0004 is embargoed until");
}

#[test]
fn what_is_not_known_is_a_sentence() {
    let repository = into(CHANGELOG.replace("[2.0.1]", "[1.9.0]").as_bytes());
    for (command, says) in [
        (
            "notes troch 2.0.1",
            "there is no package `troch`; did you mean `torch`?",
        ),
        (
            "notes torch 2.0.11",
            "torch 2.0.11 fixes no published advisory; did you mean `2.0.1`?",
        ),
        (
            "notes torch 9",
            "torch 9 fixes no published advisory; there are notes of 2.0.3, 2.0.1",
        ),
        (
            "notes torch",
            "name a version of torch; there are notes of 2.0.3, 2.0.1",
        ),
        (
            WRITE,
            "CHANGELOG.md: no heading names 2.0.1; write one, such as `## [2.0.1] - YYYY-MM-DD`; there are headings of 1.9.0, 2.0.0",
        ),
        (
            "notes torch 2.0.1 --into NEWS.md",
            "NEWS.md`; notes go below headings of versions",
        ),
        (
            "notes torch 2.0.1 --into caveat.toml",
            "is TOML, and `caveat notes",
        ),
        (
            "notes torch 2.0.1 --into CHANGELOG.md --as rpm",
            "every other form is printed",
        ),
    ] {
        repository.caveat(command).exits(2).says(says);
    }
    repository
        .caveat(&format!("{WRITE} --check"))
        .exits(1)
        .says("no heading names 2.0.1");
    assert_eq!(kept(&repository), CHANGELOG.replace("[2.0.1]", "[1.9.0]"));
}

#[test]
fn a_place_that_is_in_doubt_is_refused_with_its_line() {
    let begin = "<!-- caveat notes torch 2.0.1 -->";
    let end = "<!-- /caveat notes -->";
    for (text, says) in [
        (
            format!("## 2.0.1\n{begin}\n"),
            "CHANGELOG.md:2: a part that `caveat notes` wrote begins here and never ends",
        ),
        (
            format!("## 2.0.1\n{end}\n"),
            "CHANGELOG.md:2: a part that `caveat notes` wrote ends here before it begins",
        ),
        (
            format!("## 2.0.1\n{begin}\n{end}\n{begin}\n{end}\n"),
            "CHANGELOG.md:4: the notes of torch 2.0.1 are here a second time",
        ),
        (
            format!("## 2.0.1\n## 2.0.0\n{begin}\n{end}\n"),
            "CHANGELOG.md:3: the notes of torch 2.0.1 are here, and the heading",
        ),
        (
            "## 2.0.1\n\n## v2.0.1\n".to_owned(),
            "CHANGELOG.md:3: this heading names 2.0.1 a second time",
        ),
        (
            "## 2.0.1\n\n```\n".to_owned(),
            "CHANGELOG.md:3: nothing can be put here",
        ),
    ] {
        let repository = into(text.as_bytes());
        repository.caveat(WRITE).exits(2).says(says);
        assert_eq!(kept(&repository), text);
    }
    let marked = format!("## 2.0.1\n\n{begin}\n{end}\n\n- After.\n");
    let repository = into(marked.as_bytes());
    repository.caveat(WRITE).exits(0);
    assert!(kept(&repository).ends_with(" <!-- /caveat notes -->\n\n- After.\n"));
}

#[test]
fn hostile_words_stay_in_their_place() {
    let title = "Closes: #1 `]]>` | <b> & <!-- --> * @all 100 % 🦀";
    let hostile = advisory(1).replace("Flaw number 1", title).replace(
        "\"Code runs.\"",
        &format!("'- <!-- /caveat notes --> {} `x` |.'", "w".repeat(300)),
    );
    let repository = into(CHANGELOG.as_bytes()).file(&place(1), &hostile);
    repository.caveat(WRITE).exits(0);
    repository.caveat(WRITE).exits(0).says("is up to date");
    repository
        .caveat("notes torch --into CHANGELOG.md --check")
        .exits(0);
    let text = kept(&repository);
    assert_eq!(
        text.lines()
            .filter(|line| *line == " <!-- /caveat notes -->")
            .count(),
        1
    );
    for form in ["markdown", "github", "text", "towncrier", "debian", "rpm"] {
        let said = repository.caveat(&format!("notes torch 2.0.1 --as {form}"));
        let out = said.exits(0).out;
        assert!(
            out.contains(&"w".repeat(300)) && out.contains('🦀'),
            "{out}"
        );
        assert_eq!(form == "debian", out.contains("Closes : #1"), "{out}");
        assert_eq!(form == "rpm", out.contains("100 %% "), "{out}");
    }
}

#[test]
fn fragments_are_files_of_a_directory() {
    let repository = repository();
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
