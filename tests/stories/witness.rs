//! Owns the stories of git as a witness who does not forget: what was committed is held against what was seen before.
//! Must never need a network: clones are in the room.

use std::fs;

use git2::Repository as Git;

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place, run};

fn check(repository: &Repository) -> Outcome {
    repository.caveat("check --as-of 2026-11-22T00:00:00Z")
}

fn text(repository: &Repository) -> String {
    fs::read_to_string(repository.path(&place(1))).unwrap()
}

fn edited(repository: Repository, from: &str, to: &str) -> Repository {
    let text = text(&repository);
    assert!(text.contains(from), "{text}");
    repository.file(&place(1), &text.replacen(from, to, 1))
}

fn revise(repository: &Repository, rest: &[&str]) -> Outcome {
    let mut command = repository.command();
    command.args(["revise", "x_STORY-2026-0001"]).args(rest);
    run(&mut command)
}

/// From here on nothing is pushed.
fn stop_pushing(repository: &Repository) {
    let git = Git::open(repository.root()).unwrap();
    let head = git.head().unwrap().peel_to_commit().unwrap().id();
    git.reference("refs/remotes/origin/main", head, true, "pushed")
        .unwrap();
}

#[test]
fn a_rewritten_revision_is_an_error_until_it_is_put_back() {
    let repository = edited(Repository::good(), "T23:00:00Z", "T22:00:00Z").commit(NOW + 60);
    check(&repository)
        .exits(1)
        .says("the revision of 2026-11-19T23:00:00Z is gone from its place");
    repository
        .caveat("build --out ../public --as-of now")
        .exits(1);
    let repository = edited(repository, "T22:00:00Z", "T23:00:00Z").commit(NOW + 120);
    check(&repository).exits(0).says("nothing to say");
}

#[test]
fn a_published_list_of_changes_is_not_rewritten_but_values_may_go() {
    let repository = edited(Repository::good(), "Code runs.", "Any code runs.");
    revise(
        &repository,
        &["-m", "Any code.", "--at", "2026-11-20T12:00:00Z"],
    )
    .exits(0);
    let repository = repository.commit(NOW + 86_400);
    let values = ", from = \"Code runs.\", to = \"Any code runs.\"";
    let repository = edited(repository, values, "").commit(NOW + 86_460);
    check(&repository).exits(0);
    let repository =
        edited(repository, "field = \"impact\"", "field = \"title\"").commit(NOW + 86_520);
    check(&repository)
        .exits(1)
        .says("`changed` of the revision of 2026-11-20T12:00:00Z is not what it was");
}

#[test]
fn a_time_that_the_policy_keeps_private_is_told_by_no_revision() {
    let clock = "[policy.clock]\nacknowledge = \"2 d\"\npublic = [\"fixed\"]\n[[policy.contact]]";
    let project = PROJECT.replace("[[policy.contact]]", clock);
    let timeline = "[timeline]\nreported = 2026-11-07T03:04:05Z\n[[revision]]";
    let written = advisory(1).replace("[[revision]]", timeline);
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &written)
        .commit(NOW);
    let repository = edited(repository, "2026-11-07T", "2026-11-06T");
    check(&repository).exits(0);
    let repository = edited(repository, "Code runs.", "Any code runs.");
    revise(
        &repository,
        &["-m", "Any code.", "--at", "2026-11-20T12:00:00Z"],
    )
    .exits(0);
    assert!(!text(&repository).contains("timeline.reported"));
    let repository = repository.commit(NOW + 86_400);
    repository
        .caveat("build --out ../public --as-of now")
        .exits(0);
    for (path, bytes) in repository.tree("../public") {
        // The page of the rule has an example.
        if path.starts_with("rules/") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        for private in ["2026-11-06", "2026-11-07", "timeline.reported"] {
            assert!(!text.contains(private), "{private} in {path}");
        }
    }
    let row = "{ field = \"timeline.reported\" }, { field = \"impact\"";
    let repository = edited(repository, "{ field = \"impact\"", row);
    check(&repository)
        .exits(1)
        .says("error[revision-private]: the policy keeps `timeline.reported` from readers");
}

#[test]
fn two_revisions_on_a_branch_each_list_their_own() {
    let repository = Repository::good();
    stop_pushing(&repository);
    let repository = edited(repository, "Code runs.", "Any code runs.");
    revise(
        &repository,
        &["-m", "Any code.", "--at", "2026-11-20T12:00:00Z"],
    )
    .exits(0);
    let repository = repository.commit(NOW + 86_400);
    let repository = edited(repository, "Flaw number 1", "Flaw of loading");
    let said = revise(
        &repository,
        &["-m", "A better title.", "--at", "2026-11-20T13:00:00Z"],
    );
    assert!(!said.exits(0).err.contains("git does not have"));
    let written = text(&repository);
    assert!(
        written.ends_with("changed = [{ field = \"title\", from = \"Flaw number 1\", to = \"Flaw of loading\" }]\n"),
        "{written}"
    );
    check(&repository).exits(0).says("nothing to say");
    let repository = edited(repository, "writes past", "writes beyond");
    check(&repository)
        .exits(0)
        .says("does not name: description");
    revise(&repository, &["--amend"])
        .exits(0)
        .says("lists 2 changed fields");
    check(&repository).exits(0).says("nothing to say");
    let repository = repository.commit(NOW + 90_000);
    stop_pushing(&repository);
    check(&repository).exits(0).says("nothing to say");
}

#[test]
fn what_is_mended_before_the_push_surprises_nobody_after_it() {
    let repository = Repository::good();
    stop_pushing(&repository);
    let mended = advisory(2).replace("Code runs.", "Any code runs.");
    let repository = repository
        .file(&place(2), &advisory(2))
        .commit(NOW + 60)
        .file(&place(2), &mended)
        .commit(NOW + 120);
    check(&repository)
        .exits(0)
        .says("once it is pushed, no revision tells readers of a change: impact")
        .says("squash the commits that are not pushed yet");
    stop_pushing(&repository);
    check(&repository).exits(1).says("error[revision-unsaid]");
}

#[test]
fn a_partial_clone_says_what_it_could_not_check() {
    let repository = edited(Repository::good(), "\"high\"", "\"low\"");
    let git = Git::open(repository.root()).unwrap();
    let repository = repository.commit(NOW + 60);
    let old = git
        .revparse_single(&format!("HEAD~1:{}", place(1)))
        .unwrap()
        .id()
        .to_string();
    // What `git clone --filter=blob:none` leaves.
    fs::remove_file(
        git.path()
            .join(format!("objects/{}/{}", &old[..2], &old[2..])),
    )
    .unwrap();
    check(&repository)
        .exits(0)
        .says("note[history-shallow]: not checked: what 1 advisory said before")
        .says("git fetch --refetch --no-filter");
    revise(&repository, &["-m", "Rated lower."])
        .exits(2)
        .says("this clone does not have what");
}

#[test]
fn a_build_believes_no_tree_that_is_not_what_its_name_says() {
    let repository = edited(Repository::good(), "loader", "reader").commit(NOW + 60);
    let repository = edited(repository, "reader", "loader").commit(NOW + 120);
    let git = Git::open(repository.root()).unwrap();
    let repository = repository
        .file("caveat.toml", &format!("{PROJECT}\n"))
        .commit(NOW + 180);
    let object = |rev: &str| {
        let id = git.revparse_single(rev).unwrap().id().to_string();
        git.path()
            .join(format!("objects/{}/{}", &id[..2], &id[2..]))
    };
    let (old, new) = (
        object("HEAD~2:advisories/2026"),
        object("HEAD:advisories/2026"),
    );
    fs::remove_file(&old).unwrap();
    fs::copy(new, old).unwrap();
    repository
        .caveat("build --out ../public --as-of now")
        .exits(2)
        .says("hash");
}

fn commits() -> [String; 3] {
    ["aa", "bb", "cc"].map(|digits| digits.repeat(20))
}

fn lock() -> String {
    let [flaw, fix, pick] = commits();
    let body = format!(
        "[[package]]\necosystem = \"npm\"\nname = \"torch\"\nrepository = \"https://git.example.org/torch\"
introduced-by = [\"{flaw}\"]\nfixed-by = [\"{fix}\"]
event = [
  {{ commit = \"{flaw}\", effect = \"starts\", how = \"given\" }},
  {{ commit = \"{fix}\", effect = \"ends\", how = \"given\" }},
  {{ commit = \"{pick}\", effect = \"ends\", how = \"picked\", of = \"{fix}\" }},
]\n"
    );
    let digest = caveat_artifact::sha256(body.as_bytes());
    format!("format = 1\ndigest = \"{digest}\"\n{body}")
}

#[test]
fn a_lock_that_is_added_later_is_told_by_a_revision() {
    let project = PROJECT.replace("\"PyPI\"", "\"npm\"").replace(
        "title = \"PyTorch\"",
        "title = \"PyTorch\"\nrepository = \"https://git.example.org/torch\"",
    );
    let [flaw, fix, _] = commits();
    let commits = format!("introduced-by = [\"{flaw}\"]\nfixed-by = [\"{fix}\"]\n\n[[reference]]");
    let written = advisory(1).replacen("\n[[reference]]", &commits, 1);
    let repository = Repository::empty()
        .file("caveat.toml", &project)
        .file(&place(1), &written)
        .commit(NOW);
    check(&repository).exits(0);
    let repository = repository.file(&place(1).replace(".toml", ".lock"), &lock());
    check(&repository)
        .exits(1)
        .says("no revision tells readers of a change: affected[torch].commits");
    let repository = repository.commit(NOW + 60);
    check(&repository)
        .exits(1)
        .says("no revision tells readers of a change: affected[torch].commits");
    revise(
        &repository,
        &["-m", "Picked to 1.x, too.", "--at", "2026-11-20T12:00:00Z"],
    )
    .exits(0);
    let written = text(&repository);
    assert!(
        written.contains("changed = [{ field = \"affected[torch].commits\" }]"),
        "{written}"
    );
    let repository = repository.commit(NOW + 86_400);
    check(&repository).exits(0).says("nothing to say");
    repository
        .caveat("build --out ../public --as-of now")
        .exits(0);
}
