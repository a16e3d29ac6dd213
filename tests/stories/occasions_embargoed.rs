//! Owns the stories of mails around an embargo: ahead of it, to those who keep it, and once it is over.
//! Must never send a mail.

use std::fs;

use crate::mail::{embargoed, told};
use crate::occasions::{parsed, text};
use crate::repository::place;

#[test]
fn an_embargo_that_broke_is_told_to_all_and_to_those_who_kept_it() {
    let repository = embargoed();
    let early = repository
        .caveat("publish-early x_STORY-2026-0002 -m Leaked.")
        .code;
    assert_eq!(early, 0);
    let said = repository.caveat("mail x_STORY-2026-0002 --to announce");
    let said = said.exits(0);
    let mail = parsed(&said);
    assert!(mail.subject().unwrap().ends_with(" (published early)"));
    let text = text(&mail);
    for part in [
        "PUBLISHED EARLY",
        "Leaked.",
        "Fixed versions are named below.",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let over = "mail x_STORY-2026-0002 --kind embargo-over --to Debian";
    let said = repository.caveat(over).exits(0);
    let mail = parsed(&said);
    let to = mail.to().unwrap().first().unwrap();
    assert_eq!(to.address(), Some("team@debian.example.org"));
    assert!(self::text(&mail).starts_with("THE EMBARGO IS OVER\n"));
}

#[test]
fn what_is_told_ahead_is_a_day_and_a_severity_and_nothing_else() {
    let repository = embargoed();
    let ahead = "mail x_STORY-2026-0002 --kind pre-announcement --as-of 2026-11-21T00:00:00Z";
    let said = repository.caveat(ahead).exits(0);
    let mail = parsed(&said);
    assert_eq!(
        mail.subject(),
        Some("[PyTorch security] release on 2026-12-01 fixes issues up to high")
    );
    snapbox::assert_data_eq!(
        text(&mail),
        snapbox::str![[r#"
A release that fixes security issues is planned.

When:          2026-12-01 14:00 UTC (+00:00)
Release:       PyTorch 2.0.2
Severity:      up to high

Please plan to upgrade then. Nothing more is told before; all details
will be at
https://story.example.org/

"#]]
    );
    for secret in [
        "Zanzibar",
        "0002",
        "Quokka",
        "0123456789abcdef",
        "1.0.0",
        "loader",
    ] {
        assert!(!said.out.contains(secret), "{secret}: {}", said.out);
    }
    repository.caveat("build --out ../site").exits(0);
    assert!(!repository.path("../site/mail/x_STORY-2026-0002").exists());
}

#[test]
fn a_reporter_reads_the_day_and_the_very_words_of_the_credit() {
    let repository = embargoed();
    let mut command = repository.command();
    let more = "mail x_STORY-2026-0002 --kind reporter --as-of 2026-11-21T00:00:00Z --address zoe@example.org --to";
    command.args(more.split(' ')).arg("Zoë Quokkasdottir");
    let said = crate::repository::run(&mut command).exits(0);
    let said = said.says("encrypt this");
    let (head, _) = said.out.split_once("\n\n").unwrap();
    for secret in ["Zanzibar", "0002", "orch"] {
        assert!(!head.contains(secret), "{head}");
    }
    let text = text(&parsed(&said));
    for part in [
        "2026-12-01T14:00:00Z\n(UTC), and ask you",
        "    Zoë Quokkasdottir (finder)",
        "Where: advisory.",
        "Zanzibar lets anybody in",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    let at = "--kind reporter --as-of 2026-11-21T00:00:00Z";
    repository
        .caveat(&format!("mail x_STORY-2026-0002 {at} --to Zoe"))
        .exits(2)
        .says("there is no `[[credit]]` `Zoe`");
    let path = repository.path(&place(2));
    let uncredited = fs::read_to_string(&path).unwrap();
    let (before, rest) = uncredited.split_once("[[credit]]").unwrap();
    let (_, after) = rest.split_once("[embargo]").unwrap();
    fs::write(&path, format!("{before}[embargo]{after}")).unwrap();
    repository
        .caveat(&format!("mail x_STORY-2026-0002 {at}"))
        .exits(2)
        .says("has no `[[credit]]`");
    repository
        .caveat("mail x_STORY-2026-0002 --address a@example.org")
        .exits(2)
        .says("`--kind reporter` alone");
}

#[test]
fn patches_go_with_a_letter_byte_for_byte_and_are_named_with_their_hash() {
    let repository = embargoed();
    fs::write(
        repository.path("../fix.patch"),
        "--- a\n+++ b\n-\u{e9}\t \n+x\r\n",
    )
    .unwrap();
    let said = told(&repository, "--to Debian --patch ../fix.patch").exits(0);
    let mail = parsed(&said);
    let file = mail.attachments().next().unwrap();
    assert_eq!(mail.attachment_count(), 1);
    let text = text(&mail);
    let hash = "5734224312e8f87f046ad1e2210b35d70d058a5c7baf34968a555c0be731f824";
    let named = format!(
        "* fix.patch
  {hash}
"
    );
    assert!(
        text.contains(&named),
        "{named} is not in
{text}"
    );
    assert!(
        file.contents()
            .starts_with(b"--- a\n+++ b\n-\xc3\xa9\t \n+x\r\n")
    );
    told(&repository, "--to Debian --patch ../none.patch")
        .exits(2)
        .says("cannot read");
}

#[test]
fn a_packager_may_ask_for_a_mark_in_the_subject_and_no_word_more_is_told() {
    let repository = embargoed();
    let project = fs::read_to_string(repository.path("caveat.toml")).unwrap();
    let project = project.replacen("lead = \"7 d\"", "subject = \"[vs]\"\nlead = \"7 d\"", 1);
    let repository = repository.file("caveat.toml", &project);
    let said = told(&repository, "--to Debian").exits(0);
    assert_eq!(
        parsed(&said).subject(),
        Some("[vs] Embargoed security notice of Story Advisories")
    );
}
