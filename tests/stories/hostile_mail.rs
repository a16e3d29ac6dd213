//! Owns the story of texts that are made to break mails: each reads the same in every kind of them.
//! Must never be satisfied by a text that is only in one of two forms.

use crate::mail::PACKAGERS;
use crate::occasions::{parsed, project, text};
use crate::repository::{NOW, Repository, advisory, place, run};

/// Texts that have broken mails: markup, ends of CDATA, code, tables, other directions, pictures, words without an end, lines
/// that servers, boxes and signatures take for something else.
const HOSTILE: [&str; 12] = [
    "a <b> & ]]> `c` d | e",
    "&lt;script&gt; \\\\ \\\" 'f'",
    "שלום עולם, and back",
    "🦀 é ñ 日本語の説明",
    "From here on it is worse",
    ".leading dot",
    "- dash first",
    "-- ",
    "=?utf-8?q?not_encoded?= =3D",
    "%s %00 {{ x }} {% y %}",
    "WORD",
    "Content-Type: text/html",
];

/// An advisory whose every text is hostile, each on lines of code, of prose and in a table.
fn hostile_advisory(number: u32) -> String {
    let word = "w".repeat(300);
    let lines: Vec<String> = HOSTILE
        .iter()
        .map(|line| line.replace("WORD", &word))
        .collect();
    let code = lines.join("\\n");
    let prose = lines.join("\\n\\n");
    let title = "Crafted `<x>` & ]]> | 🦀 =?utf-8?q?a?= input writes files";
    advisory(number)
        .replace(&format!("title = \"Flaw number {number}\""), &format!("title = \"{title}\""))
        .replace("description = \"", &format!("workaround = \"{prose}\"\ndescription = \"```\\n{code}\\n```\\n\\n{prose}\\n\\n| <h> | & |\\n|---|---|\\n| `a` | ]]> |\\n\\n"))
        .replace("First published.", "First <published> & ]]> 🦀.")
}

/// Every text, without what marks code in prose; spaces apart, for lines are broken there.
fn survives(text: &str) {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (flat, word) = (words(text), "w".repeat(300));
    // Prose is Markdown: escapes, entities and lists are read.
    let prose = text.rsplit("WORKAROUNDS").find(|part| part.len() > 300);
    let prose = words(prose.unwrap());
    for (nth, line) in HOSTILE.iter().enumerate() {
        let line = line.replace("WORD", &word);
        let line = line.replace("\\\\", "\\").replace("\\\"", "\"");
        assert!(flat.contains(line.trim()), "{line:?} is not in\n{text}");
        let read = [1, 6].contains(&nth) || prose.contains(line.trim());
        assert!(read, "{line:?} is not in\n{prose}");
    }
    for line in text.lines() {
        let odd = ["From ", "-", "."]
            .iter()
            .any(|start| line.starts_with(start));
        assert!(!odd && !line.ends_with(' '), "{line:?}");
        let wide = line.chars().count() > 78 && line.trim().contains(' ');
        assert!(!wide || line.starts_with("    "), "{line:?}");
    }
    assert!(flat.contains("* <h>: `a` &: ]]>"), "{text}");
}

#[test]
fn hostile_texts_survive_every_kind_of_mail() {
    let off = |code: &str| format!("[[rule]]\ncode = \"{code}\"\nlevel = \"off\"\n");
    let rules = [
        "text-html",
        "title-markdown",
        "text-mention",
        "text-exploit",
    ];
    let project: String = project().replacen("[[rule]]", &format!("{PACKAGERS}[[rule]]"), 1)
        + &rules.map(off).concat();
    let relation = "[[relation]]\ntype = \"regression-of\"\nid = \"x_STORY-2026-0001\"\n";
    let embargo = "[[credit]]\nname = \"A <b> & 🦀\"\nrole = \"finder\"\nconsent = [\"advisory\"]\n[embargo]\nuntil = 2026-12-01T14:00:00Z\n";
    let again = "[[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Now <worse> & ]]> 🦀.\"\nchanged = [{ field = \"severity\", from = \"low\", to = \"high\" }]\n";
    let gone = "[withdrawn]\nat = 2026-11-19T23:30:00Z\nreason = \"not-a-vulnerability\"\nnote = \"It was <nothing> & ]]> 🦀.\"\n";
    let number =
        |number: u32| hostile_advisory(number).replace(&format!("< 2.0.{number}"), "< 2.0.1");
    let secret = hostile_advisory(5).replace("2026-11-19T23:00", "2026-12-01T14:00") + embargo;
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &number(1))
        .file(
            &place(2),
            &(number(2).replace("< 2.0.1", "< 2.0.2") + relation),
        )
        .file(&place(3), &(number(3) + again))
        .file(&place(4), &(number(4) + again + gone))
        .file(&place(5), &secret)
        .commit(NOW);
    repository
        .caveat("check --as-of 2026-11-20T00:00:00Z")
        .exits(0);
    for (id, kind, to) in [
        ("x_STORY-2026-0001", "announce", "announce"),
        ("x_STORY-2026-0001", "announce", "oss-security"),
        ("x_STORY-2026-0002", "regression", "announce"),
        ("x_STORY-2026-0003", "update", "oss-security"),
        ("x_STORY-2026-0004", "withdrawal", "announce"),
        ("torch/2.0.1", "release", "announce"),
        ("x_STORY-2026-0005", "pre-disclosure", "Debian"),
        ("x_STORY-2026-0005", "reporter", "A <b> & 🦀"),
    ] {
        let mut command = repository.command();
        let at = ["--as-of", "2026-11-20T00:00:00Z"];
        command
            .args(["mail", id, "--kind", kind, "--to", to])
            .args(at);
        let said = run(&mut command).exits(0);
        assert!(
            said.out.is_ascii() && !said.out.contains("base64"),
            "{kind}"
        );
        assert!(said.out.lines().all(|line| line.len() <= 998), "{kind}");
        let mail = parsed(&said);
        survives(&text(&mail));
        if !["release", "pre-disclosure", "reporter"].contains(&kind) {
            let subject = mail.subject().unwrap();
            let title = "Crafted <x> & ]]> | 🦀 =?utf-8?q?a?= input writes files";
            assert!(subject.contains(title), "{subject}");
        }
    }
}
