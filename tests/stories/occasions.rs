//! Owns the stories of every reason to write a mail.
//! Must never send a mail.

use std::fs;

use mail_parser::{Message, MessageParser};

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place};

/// A list of other people's, and one that nobody reads yet.
const LISTS: &str = r#"[[mail.list]]
name = "oss-security"
to = "oss-security@lists.story.example.org"
style = "oss-security"
reply-to = "discuss@story.example.org"
[[mail.list]]
name = "future"
to = "future@story.example.org"
style = "project"
state = "planned"

[policy]
"#;

pub(crate) fn project() -> String {
    PROJECT.replacen("[policy]\n", LISTS, 1)
}

/// Two advisories that version 2.0.1 fixes, the second more of the first.
fn two(second: &str) -> Repository {
    let text = advisory(2).replace("< 2.0.2", "< 2.0.1");
    Repository::empty()
        .file("caveat.toml", &project())
        .file(&place(1), &advisory(1))
        .file(&place(2), &format!("{text}{second}"))
        .commit(NOW)
}

pub(crate) fn parsed(outcome: &Outcome) -> Message<'_> {
    let parser = MessageParser::default();
    parser.parse(outcome.out.as_bytes()).unwrap()
}

pub(crate) fn text(message: &Message<'_>) -> String {
    message.body_text(0).unwrap().replace("\r\n", "\n")
}

#[test]
fn a_planned_list_gets_no_mail_and_its_addresses_lead_on() {
    let repository = two("");
    repository.caveat("build --out ../site").exits(0);
    let mails = |id: &str| {
        let files = repository.tree(&format!("../site/mail/{id}"));
        files.into_iter().map(|(path, _)| path).collect::<Vec<_>>()
    };
    assert_eq!(
        mails("x_STORY-2026-0001"),
        [
            "r1.announce.eml",
            "r1.announce.txt",
            "r1.oss-security.eml",
            "r1.oss-security.txt"
        ]
    );
    assert_eq!(
        mails("release"),
        ["torch/2.0.1.announce.eml", "torch/2.0.1.announce.txt"]
    );
    for page in ["packages/PyPI/torch", "releases/PyPI/torch/2.0.1"] {
        let text =
            fs::read_to_string(repository.path(&format!("../site/{page}/index.html"))).unwrap();
        let text = text.replace("&#x2f;", "/");
        assert!(
            text.contains("mail/release/torch/2.0.1.announce.txt\""),
            "{text}"
        );
        assert!(!text.contains("future"), "{text}");
    }
    let leads = fs::read_to_string(repository.path("../site/_redirects")).unwrap();
    for from in [
        "mail/x_STORY-2026-0001/r1.future.eml",
        "mail/release/torch/2.0.1.future.txt",
    ] {
        let line = format!("/{from} /advisories/x_STORY-2026-0001/ 301");
        assert!(leads.contains(&line), "{leads}");
    }
    repository
        .caveat("mail x_STORY-2026-0001 --to future")
        .exits(2)
        .says("no live mail list `future`");
}

#[test]
fn answers_go_where_the_list_says() {
    let said = two("").caveat("mail x_STORY-2026-0001 --to oss-security");
    let said = said.exits(0);
    let mail = parsed(&said);
    let to = mail.reply_to().unwrap().first().unwrap();
    assert_eq!(to.address(), Some("discuss@story.example.org"));
    assert_eq!(
        mail.subject(),
        Some("x_STORY-2026-0001: PyTorch >= 1.0.0, < 2.0.1: Flaw number 1")
    );
    let text = text(&mail);
    for part in [
        "NOT AFFECTED\n\nPyTorch (PyPI torch)\n  * all versions before 1.0.0\n  * 2.0.1 and all later versions",
        "EXPLOITATION\n\nThis advisory records no exploitation.",
        "https://story.example.org/SHA256SUMS.sig",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(text.find("IMPACT") < text.find("WHAT TO DO"), "{text}");
}

#[test]
fn a_release_that_fixes_several_flaws_is_one_mail() {
    let repository = two("");
    let release = || repository.caveat("mail torch/2.0.1 --kind release --to announce");
    let said = release().exits(0);
    let mail = parsed(&said);
    assert_eq!(
        mail.subject(),
        Some("[PyTorch security] 2.0.1 fixes 2 issues (highest: high)")
    );
    let body = text(&mail);
    assert!(
        body.contains(
            "ISSUES\n\nx_STORY-2026-0001  high  Flaw number 1\nx_STORY-2026-0002  high  Flaw number 2"
        ),
        "{body}"
    );
    repository
        .caveat("mail torch/2.0.2 --kind release")
        .exits(2)
        .says("did you mean `torch/2.0.1`?");
    // Whatever is told later is another mail of the same thread.
    let first = mail.message_id().unwrap().to_owned();
    let text = fs::read_to_string(repository.path(&place(2))).unwrap();
    let revised = text.replace("Code runs.", "Code runs at once.")
        + "[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"Worse than thought.\"\nchanged = [{ field = \"impact\" }]\n";
    fs::write(repository.path(&place(2)), revised).unwrap();
    let said = repository
        .caveat("mail torch/2.0.1 --kind release --to announce")
        .exits(0);
    let mail = parsed(&said);
    assert!(mail.subject().unwrap().ends_with(" (revision 2)"));
    assert_eq!(mail.in_reply_to().as_text(), Some(first.as_str()));
    assert_ne!(mail.message_id(), Some(first.as_str()));
}

#[test]
fn whoever_upgraded_in_vain_is_told_which_versions_are_affected_again() {
    let relation = "[[relation]]\ntype = \"incomplete-fix-of\"\nid = \"x_STORY-2026-0001\"\n";
    let again = advisory(2) + relation;
    let repository = two("").file(&place(2), &again).commit(NOW);
    for kind in ["regression", "announce"] {
        let said = repository.caveat(&format!(
            "mail x_STORY-2026-0002 --kind {kind} --to announce"
        ));
        let said = said.exits(0);
        let mail = parsed(&said);
        assert_eq!(
            mail.subject(),
            Some(
                "[PyTorch security] x_STORY-2026-0002: incomplete fix of x_STORY-2026-0001: Flaw number 2 (high)"
            )
        );
        let text = text(&mail);
        assert!(
            text.contains("PyTorch 2.0.1, which fixed x_STORY-2026-0001, is affected by this"),
            "{text}"
        );
    }
    let shown = repository
        .caveat("show x_STORY-2026-0002 --as mail")
        .exits(0);
    assert!(
        shown.out.contains("PyTorch 2.0.1, which fixed"),
        "{}",
        shown.out
    );
    repository
        .caveat("mail x_STORY-2026-0001 --kind regression")
        .exits(2)
        .says("of the kind `announce`");
}
