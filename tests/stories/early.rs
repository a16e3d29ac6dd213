//! Owns the stories of an embargo that ends before its time.
//! Must never depend on the day on which they are told.

use caveat_advisory::Timestamp;

use crate::consent::holds;
use crate::embargo::{embargoed, secretive};
use crate::repository::{NOW, Repository, advisory, place};

/// The clock that the binary reads, too.
#[expect(
    clippy::disallowed_methods,
    reason = "an embargo ends by the clock of whoever ends it"
)]
fn now() -> i64 {
    Timestamp::now().as_second()
}

fn hours(from_now: i64) -> String {
    let at = Timestamp::from_second(now() + from_now * 3600).unwrap();
    at.to_string()
}

/// Embargoed for ten days from now on.
fn coming() -> String {
    let text = embargoed().replace("2026-12-02T23:00:00Z", &hours(240));
    // In another year than that of the id, a report tells why.
    text.replace("2026-12-01T00:00:00Z", &hours(240))
        + "[timeline]\nreported = 2026-11-01T00:00:00Z\n"
}

#[test]
fn an_embargo_is_ended_in_one_command_without_a_fix() {
    let (now, at) = (now(), hours(-1));
    let text = coming().replace("aliases = [\"CVE-2026-7777777777\"]\n", "");
    let open = text.replace(">= 1.0.0, < 2.0.2", ">= 1.0.0");
    let early = |text: &str| {
        let repository = Repository::good().file(&place(2), text).commit(NOW);
        let mut command = repository.command();
        let early = [
            "publish-early",
            "x_STORY-2026-0002",
            "-m",
            "It was sold at the market.",
        ];
        command.args(early).args(["--at", &at]);
        (crate::repository::run(&mut command), repository)
    };
    let (said, repository) = early(&open);
    said.exits(2).says("`workaround`, or say in `no-fix`");
    assert_eq!(
        std::fs::read_to_string(repository.path(&place(2))).unwrap(),
        open
    );

    let helped = open.replace(
        "impact =",
        "workaround = \"Keep the loader away from foreign files.\"\nimpact =",
    );
    let (said, repository) = early(&helped);
    said.exits(0).says(&format!("ended at {at}"));
    let written = std::fs::read_to_string(repository.path(&place(2))).unwrap();
    for line in [
        "cve = \"pending\"\n",
        &format!("until = {at}\n"),
        "ended-early = \"It was sold at the market.\"\n",
        &format!("at = {at}\n"),
    ] {
        assert!(written.contains(line), "{line} is not in\n{written}");
    }
    let repository = repository.commit(now);
    repository.caveat("build --out public").exits(0);
    assert!(holds(&repository, "public", "Zanzibar").is_some());
    let page = "public/advisories/x_STORY-2026-0002/index.html";
    let page = std::fs::read_to_string(repository.path(page)).unwrap();
    assert!(
        page.contains("before the agreed time: It was sold at the market."),
        "{page}"
    );
    let (said, _) = early(&advisory(2));
    said.exits(2).says("not embargoed");
}

#[test]
fn an_embargo_ends_now_and_what_was_planned_for_later_is_named() {
    let early = |text: &str, at: &str| {
        let repository = Repository::good().file(&place(2), text).commit(NOW);
        let mut command = repository.command();
        command.args(["publish-early", "x_STORY-2026-0002", "-m", "It was sold."]);
        let said = crate::repository::run(command.args(["--at", at]));
        let kept = std::fs::read_to_string(repository.path(&place(2))).unwrap();
        assert_eq!(kept, text);
        said
    };
    for at in [hours(-25), hours(1)] {
        early(&coming(), &at).exits(2).says("is not now");
    }
    let planned = format!(
        "{}fixed = {}\n[[revision]]\nat = {}\nnote = \"Names the fix.\"\n",
        coming(),
        hours(90),
        hours(300)
    );
    let line = |word: &str| {
        1 + planned
            .lines()
            .position(|line| line.starts_with(word))
            .unwrap()
    };
    let last = planned.lines().count() - 1;
    early(&planned, &hours(-1))
        .exits(2)
        .says(&format!(
            "line {} says `timeline.fixed` is",
            line("fixed =")
        ))
        .says(&format!("line {last} says `revision[1].at` is"));
}

#[test]
fn a_draft_needs_its_id_before_its_embargo_ends() {
    let repository = secretive();
    let mut command = repository.command();
    command.args(["publish-early", "pelican-cellar-key", "-m", "It was sold."]);
    crate::repository::run(&mut command)
        .exits(2)
        .says("caveat assign advisories/drafts/pelican-cellar-key.toml");
}
