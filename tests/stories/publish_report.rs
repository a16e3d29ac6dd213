//! Owns the stories of a publication: who is promised to hear of what is new, what was made for them, and what is left to do.
//! Must never find anything of what is withheld.

use serde_json::Value;

use crate::embargo::embargoed;
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

/// Of `high` the list, the forge, a planned page and the site itself are told.
fn project() -> String {
    let class = "cvss = [7.0, 10.0]\nnotify = [\"announce\", \"Forge\", \"Site\"]\n";
    let channels = "[policy.release]\nnotes = true\n\
        [[policy.channel]]\nname = \"Forge\"\nurl = \"https://github.com/story/torch/security/advisories\"\n\
        [[policy.channel]]\nname = \"Site\"\nurl = \"https://story.example.org/advisories\"\n";
    PROJECT.replace("cvss = [7.0, 10.0]\n", class) + channels
}

fn repository() -> Repository {
    Repository::empty()
        .file("caveat.toml", &project())
        .file(&place(1), &advisory(1))
        .commit(NOW)
}

fn told(repository: &Repository, more: &str) -> Value {
    let said = repository.caveat(&format!("build --format json {more}"));
    serde_json::from_str(&said.exits(0).out).unwrap()
}

fn changes(report: &Value) -> Vec<(String, String)> {
    let advisories = report["advisories"].as_array().unwrap().iter();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let pairs = advisories.map(|one| (word(&one["id"]), word(&one["change"])));
    pairs.collect()
}

fn pair(number: u32, change: &str) -> (String, String) {
    (format!("x_STORY-2026-{number:04}"), change.to_owned())
}

#[test]
fn a_build_says_what_each_promised_channel_has_and_what_is_left_to_do() {
    let said = repository().caveat("build --out public").exits(0);
    let (_, told) = said.err.split_once("x_STORY-2026-0001 (new").unwrap();
    snapbox::assert_data_eq!(
        told,
        snapbox::str![[r#"
, high) is to be told:
  to do: announce: send it to announce@story.example.org: caveat mail x_STORY-2026-0001 --to announce (mail/x_STORY-2026-0001/r1.announce.eml)
  to do: Forge: post https://story.example.org/advisories/x_STORY-2026-0001/ at https://github.com/story/torch/security/advisories
  there: Site: this build is it
  to do: release notes: publish notes/torch/2.0.1.md with the release

"#]]
    );
    assert_eq!(said.out, "");
    // Nobody is promised anything there.
    let plain = Repository::good().caveat("build --out public").exits(0);
    assert!(!plain.err.contains("is to be told"), "{}", plain.err);
}

#[test]
fn what_is_said_is_made() {
    let repository = repository();
    let report = told(&repository, "--out public");
    let one = &report["advisories"][0];
    let made = |value: &Value| value.as_array().unwrap().clone();
    let mut paths = made(&one["made"]);
    for channel in made(&one["channels"]) {
        paths.extend(made(&channel["made"]));
    }
    assert_eq!(paths.len(), 5, "{one}");
    for path in paths {
        let path = repository.path("public").join(path.as_str().unwrap());
        assert!(path.is_file(), "{}", path.display());
    }
    let mail = repository.caveat("mail x_STORY-2026-0001 --to announce");
    mail.exits(0);
}

#[test]
fn only_what_readers_did_not_see_before_is_told() {
    let repository = repository();
    let report = told(&repository, "--out public");
    assert_eq!(report["compared"], false);
    assert_eq!(changes(&report), [pair(1, "new")]);
    let nothing = repository.caveat("build --out public").exits(0);
    assert!(!nothing.err.contains("is to be told"), "{}", nothing.err);
    let updated =
        advisory(1) + "[[revision]]\nat = 2026-11-19T23:30:00Z\nnote = \"Named the file.\"\n";
    let repository = repository
        .file(&place(1), &updated)
        .file(&place(2), &advisory(2))
        .commit(NOW + 60);
    let news = [pair(1, "updated"), pair(2, "new")];
    assert_eq!(
        changes(&told(&repository, "--out other --before public")),
        news
    );
    assert_eq!(changes(&told(&repository, "--out public")), news);
    let gone = updated
        + "[[revision]]\nat = 2026-11-20T00:02:00Z\nnote = \"Withdrawn.\"\n\
           [withdrawn]\nat = 2026-11-20T00:02:00Z\nreason = \"not-reproducible\"\n";
    // Of a corrected sentence nobody is told.
    let reworded = advisory(2).replace("Code runs.", "Foreign code runs.")
        + "[[revision]]\nat = 2026-11-20T00:01:30Z\nnote = \"Mend the wording.\"\neditorial = true\nchanged = [{ field = \"impact\" }]\n";
    let repository = repository
        .file(&place(1), &gone)
        .file(&place(2), &reworded)
        .commit(NOW + 180);
    let report = told(&repository, "--out public");
    assert_eq!(changes(&report), [pair(1, "withdrawn")]);
    assert_eq!(report["compared"], true);
}

#[test]
fn a_place_that_has_it_already_is_not_to_do() {
    let alias = advisory(1).replace(
        "severity = ",
        "aliases = [\"GHSA-2f84-9xq5-cvjm\"]\nseverity = ",
    );
    let repository = Repository::empty()
        .file("caveat.toml", &project())
        .file(&place(1), &alias)
        .commit(NOW);
    let report = told(&repository, "--out public");
    let forge = &report["advisories"][0]["channels"][1];
    assert_eq!(forge["state"], "there", "{forge}");
    let what = forge["what"].as_str().unwrap();
    assert!(what.contains("GHSA-2f84-9xq5-cvjm"), "{what}");
}

#[test]
fn what_is_promised_and_cannot_be_is_skipped_with_the_reason() {
    let off = "[[rule]]\ncode = \"policy-notify\"\nlevel = \"off\"\n";
    let planned = "[[policy.channel]]\nname = \"Blog\"\nstate = \"planned\"\n";
    let project = project().replace("\"Site\"]", "\"Blog\", \"Nobody\"]") + planned + off;
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &advisory(1))
        .commit(NOW);
    let report = told(&repository, "--out public");
    let channels = &report["advisories"][0]["channels"];
    for (nth, why) in [(2, "only planned"), (3, "no list or channel")] {
        assert_eq!(channels[nth]["state"], "skipped");
        let what = channels[nth]["what"].as_str().unwrap();
        assert!(what.contains(why), "{what}");
    }
}

#[test]
fn nothing_withheld_is_told() {
    let repository = Repository::empty()
        .file("caveat.toml", &project())
        .file(&place(1), &advisory(1))
        .file(&place(2), &embargoed())
        .commit(NOW);
    let said = repository
        .caveat("build --out public --format json")
        .exits(0);
    let human = repository.caveat("build --out other").exits(0);
    // Before, maintainers are told of faults of any file.
    let (_, text) = human.err.split_once("built 1 advisory").unwrap();
    assert!(text.contains("is to be told"), "{text}");
    for word in ["0002", "Zanzibar", "7777777777"] {
        for told in [said.out.as_str(), text] {
            assert!(!told.contains(word), "{word} in {told}");
        }
    }
}

#[test]
fn a_tree_that_is_none_is_a_sentence() {
    let repository = repository();
    repository
        .caveat("build --out public --before nowhere")
        .exits(2)
        .says("`nowhere` is no published feed");
    assert!(!repository.path("public").exists());
    repository
        .file("old/SHA256SUMS", "nonsense\n")
        .caveat("build --out public --before old")
        .exits(2)
        .says("does not verify");
}
