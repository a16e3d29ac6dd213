//! Owns the stories of reviewers: what a branch would change for readers, before it is merged.
//! Must never depend on what a page looks like.

use std::fs;

use crate::repository::{NOW, PROJECT, Repository, advisory, place};

const SECOND: &str = "\n[[revision]]\nat = 2026-11-20T01:00:00Z\nnote = \"Second.\"\n";

/// One advisory revised, a second one new, a third one embargoed and a draft.
fn branch() -> Repository {
    let revised = advisory(1)
        .replace("< 2.0.1", "< 2.0.2")
        .replace("Flaw", "`Flaw` @all")
        + SECOND
        + "changed = [{ field = \"affected[torch].versions\", from = \">= 1.0.0, < 2.0.1\", to = \">= 1.0.0, < 2.0.2\" }]\n";
    let hidden = advisory(3)
        .replace("Flaw", "Hidden")
        .replace("2026-11-19T23:00:00Z", "2026-12-20T00:00:00Z")
        + "\n[embargo]\nuntil = 2026-12-20T00:00:00Z\n";
    Repository::good()
        .file(&place(1), &revised)
        .file(&place(2), &advisory(2))
        .file(&place(3), &hidden)
        .commit(NOW + 7200)
}

#[test]
fn a_branch_is_told_by_fields_verdicts_mails_and_files() {
    let repository = branch();
    let said = repository.caveat("diff HEAD~1").exits(0).out;
    for line in [
        "x_STORY-2026-0001  changed  `Flaw` @all number 1\n",
        "  affected[torch].versions: >= 1.0.0, < 2.0.1 -> >= 1.0.0, < 2.0.2\n",
        "  scanners: PyPI/torch: 2.0.1 up to, but not including, 2.0.2 become affected, for example 2.0.1\n",
        "  mail due: update to announce\n",
        "x_STORY-2026-0002  new  Flaw number 2\n",
        "  mail due: announce to announce\n",
    ] {
        assert!(said.contains(line), "no {line} in\n{said}");
    }
    assert!(!said.contains("0003") && !said.contains("Hidden"), "{said}");
}

#[test]
fn what_the_policy_keeps_private_is_told_to_no_reviewer() {
    let clock = "[policy.clock]\nacknowledge = \"2 d\"\npublic = [\"fixed\"]\n[[policy.contact]]";
    let project = PROJECT.replace("[[policy.contact]]", clock);
    let times = "[timeline]\nreported = 2026-11-07T03:04:05Z\nacknowledged = 2026-11-12T00:00:00Z\n[late-reason]\nacknowledge = \"It was a holiday.\"\n[[revision]]";
    let written = advisory(1).replace("[[revision]]", times);
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &written)
        .commit(NOW);
    let revised = written
        .replace("2026-11-07T", "2026-11-06T")
        .replace("It was a holiday.", "Nobody was there.")
        .replace("Code runs.", "Any code runs.")
        + SECOND
        + "changed = [{ field = \"impact\", from = \"Code runs.\", to = \"Any code runs.\" }]\n";
    let repository = repository.file(&place(1), &revised).commit(NOW + 7200);
    let said = repository.caveat("diff HEAD~1").exits(0).out;
    assert!(said.contains("  impact: "), "{said}");
    for private in ["2026-11-0", "timeline", "late-reason", "holiday", "Nobody"] {
        assert!(!said.contains(private), "{private} in\n{said}");
    }
}

#[test]
fn what_the_gate_would_refuse_is_told_before_it_is_merged() {
    let lower = advisory(1).replace("\"high\"", "\"low\"") + SECOND;
    let repository = Repository::good()
        .file(&place(1), &lower)
        .commit(NOW + 7200);
    let said = repository.caveat("diff HEAD~1").exits(1).out;
    assert!(said.contains("  severity: high -> low\n"), "{said}");
    assert!(
        said.contains("refused[gate-severity]: x_STORY-2026-0001"),
        "{said}"
    );
}

#[test]
fn a_comment_holds_no_markup_of_an_advisory() {
    let said = branch()
        .caveat("diff HEAD~1 --format markdown")
        .exits(0)
        .out;
    assert!(said.starts_with("### What readers would see, compared with `HEAD~1`\n"));
    assert!(
        said.contains("**`x_STORY-2026-0001`** changed: `` `Flaw` @all number 1 ``\n"),
        "{said}"
    );
    assert!(said.contains("<details><summary>"), "{said}");
}

#[test]
fn a_published_tree_is_a_base_too() {
    let repository = Repository::good();
    repository.caveat("publish --to public").exits(0);
    let same = repository.caveat("diff public").exits(0);
    assert!(
        same.out.starts_with("no advisory changes\n"),
        "{}",
        same.out
    );
    assert!(
        !same.out.contains("changed,") && !same.out.contains("added"),
        "{}",
        same.out
    );
    let withdrawn = advisory(1)
        + SECOND
        + "\n[withdrawn]\nat = 2026-11-20T01:00:00Z\nreason = \"not-a-vulnerability\"\nnote = \"No.\"\n";
    let repository = repository.file(&place(1), &withdrawn).commit(NOW + 7200);
    let said = repository.caveat("diff public --format json").exits(0).out;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let one = &said["advisories"][0];
    assert_eq!(
        (&one["kind"], &one["mail"]["kind"]),
        (&"withdrawn".into(), &"withdrawal".into())
    );
    assert_eq!(one["verdicts"][0]["affected"], false);
    let fields: Vec<&str> = one["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["field"].as_str().unwrap())
        .collect();
    assert!(fields.contains(&"withdrawn"), "{fields:?}");
}

#[test]
fn a_base_that_is_none_is_a_sentence() {
    let repository = Repository::good();
    repository.caveat("diff nothing").exits(2).says("nothing");
    fs::write(repository.path(&place(1)), "nonsense").unwrap();
    let repository = repository
        .commit(NOW + 60)
        .file(&place(1), &advisory(1))
        .commit(NOW + 120);
    repository
        .caveat("diff HEAD~1")
        .exits(2)
        .says("`HEAD~1` has faults");
}
