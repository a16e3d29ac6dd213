//! Owns the stories of promised times: what maintainers are told of them, and what readers see.
//! Must never depend on how a page looks, only on what it says.

use snapbox::{assert_data_eq, str};

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const PROMISES: &str = r#"
[policy.calendar]
time-zone = "Europe/Berlin"
[policy.clock]
acknowledge = "48 h"
assess = "2 bd"
"#;

/// A project that promises an answer in two days and an assessment in two business days.
fn promising(more: &str) -> String {
    PROJECT.replace("[policy]\n", "[policy]\nbulletin = \"month\"\n") + PROMISES + more
}

/// An advisory with this timeline.
fn dated(number: u32, timeline: &str) -> String {
    advisory(number).replace(
        "[[revision]]",
        &format!("[timeline]\n{timeline}\n\n[[revision]]"),
    )
}

/// Friday afternoon to Tuesday evening.
const LATE: &str = "reported = 2026-11-06T16:00:00Z\nacknowledged = 2026-11-09T08:00:00Z\nassessed = 2026-11-10T22:59:59Z";

fn repository(project: &str, text: &str) -> Repository {
    Repository::empty()
        .file("caveat.toml", project)
        .file(&place(1), text)
        .commit(NOW)
}

fn page(repository: &Repository) -> String {
    repository.caveat("build --out public").exits(0);
    let path = "public/advisories/x_STORY-2026-0001/index.html";
    std::fs::read_to_string(repository.path(path)).unwrap()
}

#[test]
fn a_missed_promise_needs_a_reason_and_names_both_places() {
    let repository = repository(&promising(""), &dated(1, LATE));
    let said = repository.caveat("check").exits(1);
    let said =
        said.says("error[late-reason-missing]: this came 16 hours late, and nobody says why");
    let found = said.err.split("error[late-reason-missing]").nth(1).unwrap();
    for expected in [
        "it was due at 2026-11-08T16:00:00Z",
        "acknowledge = \"48 h\"",
        "------ promised here",
        "help: add one sentence: `[late-reason]` with `acknowledge = \"...\"`",
    ] {
        assert!(found.contains(expected), "no {expected} in {found}");
    }
}

#[test]
fn readers_see_what_was_promised_and_what_became_of_it() {
    let late = LATE.to_owned() + "\n\n[late-reason]\nacknowledge = \"It was the weekend.\"";
    let page = page(&repository(&promising(""), &dated(1, &late)));
    for expected in [
        "Promised times",
        "within 48 hours of the report",
        "2026-11-08 16:00",
        "Missed</span> by 16 hours",
        "It was the weekend.",
        // Two business days from Friday end with Tuesday in Berlin.
        "2026-11-10 22:59",
        "Met</span>",
    ] {
        let spaced = page.replace("</span> Missed", "Missed");
        assert!(spaced.contains(expected), "no {expected} in {page}");
    }
    assert!(!page.contains("not legal advice"), "{page}");
}

#[test]
fn what_the_policy_keeps_private_is_on_no_page_and_in_no_mail() {
    let public = promising("public = [\"reported\", \"fixed\"]\n");
    let told = "reported = 2026-11-06T16:00:00Z\nacknowledged = 2026-11-07T03:04:05Z\nassessed = 2026-11-08T03:04:05Z";
    let repository = repository(&public, &dated(1, told));
    repository.caveat("build --out public").exits(0);
    for (path, bytes) in repository.tree("public") {
        let text = String::from_utf8_lossy(&bytes);
        for private in ["2026-11-07", "2026-11-08", "Report acknowledged"] {
            assert!(!text.contains(private), "{private} in {path}");
        }
    }
    let report = repository
        .caveat("report --year 2026 --format json")
        .exits(0);
    assert!(report.out.contains("\"promises\": []"), "{}", report.out);
}

#[test]
fn a_project_without_clocks_has_no_table() {
    let page = page(&repository(PROJECT, &dated(1, LATE)));
    assert!(!page.contains("Promised times"), "{page}");
}

#[test]
fn the_law_is_shown_beside_what_is_exploited_and_called_no_advice() {
    let legal = promising("legal = [\"eu-cra-14\"]\n");
    let told = "exploited = 2026-11-01T10:00:00Z\nauthority-warned = 2026-11-02T09:00:00Z";
    let page = page(&repository(&legal, &dated(1, told)));
    for expected in [
        "EU Cyber Resilience Act, Article 14",
        "this is not legal advice",
        "2026-11-02 10:00",
        "2026-11-04 10:00",
    ] {
        assert!(page.contains(expected), "no {expected} in {page}");
    }
}

#[test]
fn a_promise_that_runs_out_warns_and_keeps_nothing_from_being_published() {
    let draft = dated(2, "reported = 2026-11-06T16:00:00Z").replacen("id = ", "# ", 1);
    let draft = draft.split("[[revision]]").next().unwrap().to_owned();
    let repository = repository(&promising(""), &advisory(1))
        .file("advisories/drafts/a.toml", &draft)
        .commit(NOW);
    repository
        .caveat("check --as-of 2026-11-20T00:00:00Z")
        .exits(0)
        .says("warning[promise-overdue]: overdue by 11 days: first answer");
    repository.caveat("build --out public").exits(0);
}

#[test]
fn a_time_zone_is_looked_up_in_the_program_and_a_slip_is_noticed() {
    let slip = promising("").replace("Europe/Berlin", "Europe/Berlni");
    repository(&slip, &advisory(1))
        .caveat("check")
        .exits(1)
        .says("there is no time zone `Europe/Berlni`")
        .says("did you mean `Europe/Berlin`?");
}

#[test]
fn a_bulletin_tells_of_updates_and_withdrawals_each_once() {
    let revision = |at: &str, note: &str| format!("[[revision]]\nat = {at}\nnote = \"{note}\"\n");
    let early = |number: u32| advisory(number).replace("2026-11-19T23", "2026-08-03T10");
    let updated = early(1)
        + &revision("2026-08-05T10:00:00Z", "Named the file.")
        + &revision("2026-10-05T10:00:00Z", "Added a workaround.");
    let gone = early(2)
        + &revision("2026-10-06T10:00:00Z", "Withdrawn.")
        + "[withdrawn]\nat = 2026-10-06T10:00:00Z\nreason = \"not-reproducible\"\n";
    let repository = repository(&promising(""), &updated)
        .file(&place(2), &gone)
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    let text = |month: &str| {
        let path = format!("public/bulletins/2026-{month}/bulletin.txt");
        std::fs::read_to_string(repository.path(&path)).unwrap()
    };
    assert!(text("08").contains("Advisories published: 2, updated: 0, withdrawn: 0."));
    assert!(!text("08").contains("Named the file."), "{}", text("08"));
    assert_data_eq!(
        text("10"),
        str![[r#"
Story Advisories: security bulletin, October 2026

Advisories published: 0, updated: 1, withdrawn: 1.

UPDATED

* x_STORY-2026-0001: Flaw number 1 (high)
  Added a workaround.
  https://story.example.org/advisories/x_STORY-2026-0001/

WITHDRAWN

* x_STORY-2026-0002: Flaw number 2 (high)
  Not reproducible.
  https://story.example.org/advisories/x_STORY-2026-0002/

THIS BULLETIN

https://story.example.org/bulletins/2026-10/

"#]]
    );
}

#[test]
fn bulletins_tell_of_each_period_that_is_over_even_of_none() {
    let second = advisory(2).replace("2026-11-19T23", "2026-08-03T10");
    let repository = repository(&promising(""), &advisory(1))
        .file(&place(2), &second)
        .commit(NOW);
    repository.caveat("build --out public").exits(0);
    let paths = repository.tree("public/bulletins").into_iter();
    let texts: Vec<(String, Vec<u8>)> = paths
        .filter(|(path, _)| path.ends_with("/bulletin.txt"))
        .collect();
    let names: Vec<&str> = texts.iter().map(|(path, _)| path.as_str()).collect();
    // November is not over.
    let months = ["2026-08", "2026-09", "2026-10"].map(|month| format!("{month}/bulletin.txt"));
    assert_eq!(names, months);
    let text = |nth: usize| String::from_utf8(texts[nth].1.clone()).unwrap();
    assert!(text(0).contains("* x_STORY-2026-0002"), "{}", text(0));
    let none = "No advisory was published, updated or withdrawn in this period.";
    assert!(text(1).contains(none), "{}", text(1));
    repository
        .caveat("build --out later --as-of 2026-12-01T00:00:00Z")
        .exits(0);
    assert!(
        repository
            .path("later/bulletins/2026-11/index.html")
            .exists()
    );
    let plain = Repository::good();
    plain.caveat("build --out public").exits(0);
    assert!(!plain.path("public/bulletins").exists());
}

#[test]
fn a_bulletin_is_a_message_too_and_all_of_a_list_are_one_thread() {
    let lists = "[[mail.list]]\nname = \"soon\"\nto = \"soon@story.example.org\"\nstyle = \"project\"\nstate = \"planned\"\n\
        [[mail.list]]\nname = \"oss\"\nto = \"oss@lists.example.org\"\nstyle = \"oss-security\"\n";
    let project = promising("").replace("\n[policy]\n", &format!("\n{lists}[policy]\n"));
    let first = advisory(1).replace("2026-11-19T23", "2026-08-03T10");
    let repository = repository(&project, &first);
    repository.caveat("build --out public").exits(0);
    let mails = repository.tree("public/bulletins").into_iter();
    let mails: Vec<(String, String)> = mails
        .filter(|(path, _)| path.contains(".eml"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect();
    let paths: Vec<&str> = mails.iter().map(|(path, _)| path.as_str()).collect();
    let months = ["2026-08", "2026-09", "2026-10"];
    assert_eq!(
        paths,
        months.map(|month| format!("{month}/bulletin.announce.eml"))
    );
    let read = |nth: usize| {
        let bytes = mails[nth].1.as_bytes();
        mail_parser::MessageParser::default().parse(bytes).unwrap()
    };
    let id = |month: &str| format!("bulletin.{month}.announce@story.example.org");
    for (nth, month) in months.into_iter().enumerate() {
        let mail = read(nth);
        assert_eq!(mail.message_id(), Some(id(month).as_str()));
        assert_eq!(mail.in_reply_to().as_text().is_some(), nth > 0);
    }
    let last = read(2);
    assert_eq!(last.in_reply_to().as_text(), Some(id("2026-09").as_str()));
    let thread = last.references().as_text_list().unwrap();
    assert_eq!(thread, [id("2026-08"), id("2026-09")]);
    assert_eq!(last.date().unwrap().to_rfc3339(), "2026-11-01T00:00:00Z");
    assert_eq!(
        last.subject(),
        Some("Story Advisories: security bulletin, October 2026")
    );
    let text = std::fs::read_to_string(repository.path("public/bulletins/2026-10/bulletin.txt"));
    assert_eq!(
        last.body_text(0).unwrap().replace("\r\n", "\n"),
        text.unwrap()
    );
    let printed = repository.caveat("mail 2026-10 --kind bulletin --as-of 2026-11-20T00:00:00Z");
    assert_eq!(printed.exits(0).out, mails[2].1.replace("\r\n", "\n"));
}

#[test]
fn a_bulletin_that_there_is_not_is_a_sentence() {
    let first = advisory(1).replace("2026-11-19T23", "2026-08-03T10");
    let promised = repository(&promising(""), &first);
    let mail = "--kind bulletin --as-of 2026-11-20T00:00:00Z";
    for (period, reason) in [
        ("2026-11", "did you mean `2026-10`?"),
        ("x", "the last one is `2026-10`"),
    ] {
        let said = promised.caveat(&format!("mail {period} {mail}"));
        said.exits(2)
            .says(&format!("there is no bulletin `{period}`; {reason}"));
    }
    let silent = Repository::good();
    let said = silent.caveat(&format!("mail 2026-10 {mail}"));
    said.exits(2).says("caveat.toml promises none");
}
