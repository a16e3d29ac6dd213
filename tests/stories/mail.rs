//! Owns the stories of those who tell others: mail of what is public, and letters to packagers of what is not yet.
//! Must never send a mail.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use git2::{Repository as Git, Signature, Time};

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place, run};

pub(crate) const PACKAGERS: &str = r#"
[[policy.packager]]
name = "Debian"
url = "mailto:team@debian.example.org"
key = "0123456789ABCDEF0123456789ABCDEF01234567"
lead = "7 d"
terms = "Share with packagers of the same system only."
[[policy.packager]]
name = "Harbour Linux"
url = "https://harbour.example.org/report"
lead = "3 bd"
may-deploy = true
"#;

pub(crate) fn embargoed() -> Repository {
    let project = PROJECT.replacen("[[rule]]", &format!("{PACKAGERS}[[rule]]"), 1);
    let text = advisory(2)
        .replace("Flaw number 2", "Zanzibar lets anybody in")
        .replace("2026-11-19T23", "2026-12-01T14")
        .replace(
            "versions =",
            "fixed-by = [\"0123456789abcdef0123456789abcdef01234567\"]\nversions =",
        );
    let text = text
        + "[[credit]]\nname = \"Zoë Quokkasdottir\"\nrole = \"finder\"\nconsent = [\"advisory\"]\n"
        + "[embargo]\nuntil = 2026-12-01T14:00:00Z\n";
    Repository::good()
        .file("caveat.toml", &project)
        .file(&place(2), &text)
        .commit(NOW)
}

pub(crate) fn told(repository: &Repository, more: &str) -> Outcome {
    repository.caveat(&format!(
        "mail x_STORY-2026-0002 --kind pre-disclosure --as-of 2026-11-21T00:00:00Z {more}"
    ))
}

#[test]
fn packagers_hear_of_a_flaw_with_the_terms_and_nothing_in_the_headers() {
    let repository = embargoed();
    let said = told(&repository, "--to Debian").exits(0);
    let said = said.says("encrypt this to 0123456789ABCDEF0123456789ABCDEF01234567");
    let mail = mail_parser::MessageParser::default()
        .parse(said.out.as_bytes())
        .unwrap();
    let text = mail.body_text(0).unwrap();
    for part in [
        "EMBARGOED UNTIL 2026-12-01T14:00:00Z (UTC)",
        "You may not ship the fix",
        "at least 7 days before publication",
        "Share with packagers of the same system only.",
        "0123456789ABCDEF",
        "Zanzibar lets anybody in",
        "0123456789abcdef0123456789abcdef01234567",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(!said.out.contains("Quokkasdottir"));
    let (headers, _) = said.out.split_once("\n\n").unwrap();
    for word in ["Zanzibar", "2026-0002", "PyTorch", "torch"] {
        assert!(!headers.contains(word), "{headers}");
    }
    assert!(headers.contains("team@debian.example.org"), "{headers}");
    let other = told(&repository, "--to Harbour").exits(2);
    other.says("did you mean `Harbour Linux`?");
}

#[test]
fn a_letter_reads_from_its_terms_to_what_it_takes_to_act() {
    let said = told(&embargoed(), "--to Debian").exits(0).out;
    let mail = mail_parser::MessageParser::default()
        .parse(said.as_bytes())
        .unwrap();
    let text = mail.body_text(0).unwrap().replace("\r\n", "\n");
    snapbox::assert_data_eq!(
        text,
        snapbox::str![[r#"
EMBARGOED UNTIL 2026-12-01T14:00:00Z (UTC)

* This is for Debian alone. Nothing of it may become known before
  2026-12-01T14:00:00Z (UTC).
* You may not ship the fix, or anything that shows it, before that time.
* You hear of it at least 7 days before publication.
* Share with packagers of the same system only.
* It was encrypted to the key 0123456789ABCDEF0123456789ABCDEF01234567.
  Keep it encrypted, and answer encrypted.

HOW WE TALK

* If the date changes, or the flaw becomes known before it, you get
  another letter from Story <advisories@story.example.org>: the last one
  holds.
* Questions and leaks: Team
  security@story.example.org
* The public text will be at
  https://story.example.org/advisories/x_STORY-2026-0002/
* It will be sent to
  announce@story.example.org

x_STORY-2026-0002: Zanzibar lets anybody in

Severity:      high
Public:        2026-12-01T14:00:00Z

WHAT TO DO

* Upgrade PyTorch to 2.0.2 or later.

AFFECTED VERSIONS

PyTorch (PyPI torch)
  * 1.0.0 up to, but not including, 2.0.2

IMPACT

Code runs.

DESCRIPTION

The loader trusts the length that a file states, and writes past its
buffer.

COMMITS

* Fixed by (PyTorch)
  0123456789abcdef0123456789abcdef01234567

"#]]
    );
}

#[test]
fn letters_are_written_where_nobody_publishes_or_commits_them() {
    let repository = embargoed();
    told(&repository, "").exits(2).says("2 messages");
    told(&repository, "--out outbox")
        .exits(2)
        .says("git does not ignore");
    repository.caveat("build --out ../site").exits(0);
    told(&repository, "--out ../site/outbox")
        .exits(2)
        .says("part of a built site");
    told(&repository, "--out ../outbox").exits(0).says("wrote");
    let repository = repository.file(".gitignore", "outbox/\n");
    told(&repository, "--out outbox/deep").exits(0);
    for directory in ["../outbox", "outbox/deep"] {
        let mode = |path: &str| {
            fs::metadata(repository.path(path))
                .unwrap()
                .permissions()
                .mode()
        };
        assert_eq!(mode(directory) & 0o777, 0o700);
        for name in ["Debian", "Harbour-Linux"] {
            let letter = format!("{directory}/x_STORY-2026-0002.{name}.eml");
            assert_eq!(mode(&letter) & 0o777, 0o600);
        }
    }
}

#[test]
fn nobody_is_told_early_what_is_public_or_too_late() {
    let repository = embargoed();
    let mail = "mail x_STORY-2026-0002 --kind pre-disclosure --out ../outbox --as-of";
    for (as_of, reason) in [
        (
            "2026-11-24T14:00:01Z",
            "Debian is to hear 7 days before publication, so by 2026-11-24T14:00:00Z",
        ),
        ("2026-12-03T00:00:00Z", "is public"),
    ] {
        repository
            .caveat(&format!("{mail} {as_of}"))
            .exits(2)
            .says(reason);
    }
    let friday = "mail x_STORY-2026-0002 --kind pre-disclosure --as-of 2026-11-27T00:00:00Z";
    let mut command = repository.command();
    command
        .args(friday.split(' '))
        .args(["--to", "Harbour Linux"]);
    // Thursday, Friday and Monday lie whole before Tuesday: the last moment is when Wednesday ends.
    run(&mut command).exits(2).says("by 2026-11-25T23:59:59Z");
    repository
        .caveat("mail x_STORY-2026-0001 --kind pre-disclosure")
        .exits(2)
        .says("is public");
    assert!(!repository.path("../outbox").exists());
    let open = repository.file(
        "advisories/drafts/a.toml",
        &advisory(3).replacen("id = ", "# ", 1),
    );
    open.caveat("mail a --kind pre-disclosure")
        .exits(2)
        .says("has no embargo that ends");
}

#[test]
fn a_fix_in_a_public_tag_is_no_secret() {
    let repository = embargoed();
    let clone = repository.path("../clone");
    let git = Git::init(&clone).unwrap();
    let who = Signature::new("A", "a@example.org", &Time::new(NOW, 0)).unwrap();
    let tree = git
        .find_tree(git.index().unwrap().write_tree().unwrap())
        .unwrap();
    let fix = git
        .commit(Some("HEAD"), &who, &who, "fix", &tree, &[])
        .unwrap();
    let path = repository.path(&place(2));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        path,
        text.replace("0123456789abcdef0123456789abcdef01234567", &fix.to_string()),
    )
    .unwrap();
    told(&repository, "--to Debian")
        .exits(0)
        .says("nobody looked whether a public tag");
    told(&repository, "--to Debian --repository ../clone").exits(0);
    let fixed = git.find_commit(fix).unwrap();
    let later = git
        .commit(Some("HEAD"), &who, &who, "later", &tree, &[&fixed])
        .unwrap();
    git.tag_lightweight("v2.0.2", &git.find_object(later, None).unwrap(), false)
        .unwrap();
    told(&repository, "--to Debian --repository ../clone")
        .exits(2)
        .says("the fix is in the tag `v2.0.2`");
}

#[test]
fn the_mail_of_a_public_advisory_is_that_of_a_build() {
    let repository = Repository::good();
    repository.caveat("build --out ../site").exits(0);
    let built =
        fs::read_to_string(repository.path("../site/mail/x_STORY-2026-0001/r1.announce.eml"))
            .unwrap();
    let said = repository
        .caveat("mail x_STORY-2026-0001 --kind announce --to announce")
        .exits(0);
    assert_eq!(said.out, built.replace("\r\n", "\n"));
    repository
        .caveat("mail x_STORY-2026-0001 --kind withdrawal")
        .exits(2)
        .says("of the kind `announce`");
    repository
        .caveat("mail x_STORY-2026-0001 --to anounce")
        .exits(2)
        .says("did you mean `announce`?");
    let mut command: Command = repository.command();
    command.args(["mail", "x_STORY-2026-0009"]);
    run(&mut command).exits(2).says("is no published advisory");
}
