//! Owns the stories of who may not sign, and what they are told to do.
//! Must never leave anything written behind a refusal.

use std::fs;
use std::path::Path;

use crate::hands::{UNKEYED, other, private, refused};
use crate::repository::{KEY, NOW, Outcome, Repository, run};
use crate::trusted::{PUBLISH, git, trusted};

#[test]
fn nobody_signs_for_a_pull_request() {
    let repository = trusted();
    for (name, value) in [
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_EVENT_NAME", "pull_request_target"),
        ("GITHUB_EVENT_NAME", "pull_request_review"),
        ("GITHUB_HEAD_REF", "patch-1"),
        ("CI_MERGE_REQUEST_IID", "7"),
        ("CI_EXTERNAL_PULL_REQUEST_IID", "7"),
        ("CI_PIPELINE_EVENT", "pull_request"),
        ("DRONE_BUILD_EVENT", "pull_request"),
        ("TRAVIS_EVENT_TYPE", "pull_request"),
        ("BUILD_REASON", "PullRequest"),
        ("BITBUCKET_PR_ID", "7"),
        ("CHANGE_ID", "7"),
        ("CIRRUS_PR", "7"),
        ("APPVEYOR_PULL_REQUEST_NUMBER", "7"),
        ("SEMAPHORE_GIT_PR_NUMBER", "7"),
        ("CIRCLE_PR_NUMBER", "7"),
        ("PULL_NUMBER", "7"),
        ("BUILDKITE_PULL_REQUEST", "7"),
        ("SYSTEM_PULLREQUEST_PULLREQUESTID", "7"),
    ] {
        let says = [
            "this is a run for a pull request",
            name,
            "publish when the branch itself runs",
        ];
        refused(&repository, PUBLISH, &[(name, value)], &says);
    }
    let mut command = repository.command();
    command.envs([
        ("GITHUB_EVENT_NAME", "push"),
        ("BUILDKITE_PULL_REQUEST", "false"),
        ("CI_PIPELINE_EVENT", "cron"),
    ]);
    run(command.args(PUBLISH.split(' '))).exits(0);
}

#[test]
fn only_what_is_committed_and_newest_is_signed() {
    let repository = trusted().file("advisories/README.md", "a note\n");
    refused(
        &repository,
        PUBLISH,
        &[],
        &["1 file is not committed", "commit or stash"],
    );
    let text = fs::read_to_string(repository.path("keys/keyring.toml")).unwrap();
    let repository = repository
        .file(
            "keys/keyring.toml",
            &(text + "[publish]\nbranch = \"main\"\n"),
        )
        .commit(NOW + 60);
    git(
        &repository.root(),
        &["checkout", "--quiet", "-B", "elsewhere"],
    );
    git(
        &repository.root(),
        &["branch", "--quiet", "--force", "main", "HEAD~1"],
    );
    let says = [
        "only the newest commit of the branch `main` may be published",
        "merge it",
    ];
    refused(&repository, PUBLISH, &[], &says);
    git(&repository.root(), &["branch", "--quiet", "-D", "main"]);
    refused(
        &repository,
        PUBLISH,
        &[],
        &["this clone has no branch `main`", "git fetch origin main"],
    );
    // What was not pushed is not the newest, either.
    git(&repository.root(), &["branch", "--quiet", "main"]);
    git(
        &repository.root(),
        &["update-ref", "refs/remotes/origin/main", "HEAD~1"],
    );
    refused(&repository, PUBLISH, &[], &["only the newest commit"]);
    git(
        &repository.root(),
        &["update-ref", "refs/remotes/origin/main", "HEAD"],
    );
    repository.caveat(PUBLISH).exits(0);
}

#[test]
fn a_key_that_may_not_sign_is_refused_with_what_to_do() {
    let repository = trusted();
    private(&repository, "../other", &other(), 0o600);
    refused(
        &repository,
        UNKEYED,
        &[],
        &[
            "the role publish needs 1 of its keys, and 0 can sign",
            "--signer",
        ],
    );
    // Even beside one that may: somebody took the wrong secret.
    for arguments in [
        "publish --to public --key ../other",
        "publish --to public --key ../key --key ../other",
    ] {
        let says = [
            "../other: the key SHA256:",
            "is not in keys/keyring.toml",
            "bring the right key",
        ];
        refused(&repository, arguments, &[], &says);
    }
    private(&repository, "../key", KEY, 0o640);
    refused(
        &repository,
        PUBLISH,
        &[],
        &["can be read by others", "chmod 600"],
    );
    private(&repository, "inside", KEY, 0o600);
    refused(
        &repository,
        "publish --to public --key inside",
        &[],
        &["lies in the repository", "move it elsewhere"],
    );
}

#[test]
fn a_key_out_of_its_time_is_refused_with_what_to_do() {
    let text = fs::read_to_string(trusted().path("keys/keyring.toml")).unwrap();
    for (table, says) in [
        (
            "[key.publish-2026]\nuntil = 2026-01-01T00:00:00Z\n",
            ["may not sign since 2026-01-01", "caveat keys rotate"],
        ),
        (
            "[key.publish-2026]\nfrom = 2999-01-01T00:00:00Z\n",
            ["may not sign before 2999-01-01", "wait until then"],
        ),
    ] {
        let repository = trusted()
            .file("keys/keyring.toml", &format!("{text}{table}"))
            .commit(NOW + 60);
        refused(&repository, PUBLISH, &[], &says);
    }
    let revoked = "[revoked.old]\nat = 2026-01-01T00:00:00Z\nreason = \"stolen\"\n";
    let repository = trusted();
    let key = private(&repository, "../other", &other(), 0o600);
    let public = public_of(&key);
    let repository = repository
        .file("keys/keyring.toml", &format!("{text}{revoked}"))
        .file("keys/old.pub", &public)
        .commit(NOW + 60);
    let says = [
        "`old` was revoked on 2026-01-01",
        "stolen",
        "nothing makes this one good again",
    ];
    refused(
        &repository,
        "publish --to public --key ../other",
        &[],
        &says,
    );
}

/// The public half, as the program itself says it of a tree that it signs.
fn public_of(key: &Path) -> String {
    let repository = Repository::good();
    let arguments = ["build", "--out", "public", "--key", key.to_str().unwrap()];
    run(repository.command().args(arguments)).exits(0);
    fs::read_to_string(repository.path("public/keys/feed.pub")).unwrap()
}

#[test]
fn a_key_where_its_path_should_be_is_never_repeated() {
    let repository = trusted();
    let body = KEY.lines().nth(1).unwrap();
    let never = |outcome: Outcome, says: &str| {
        let said = outcome.exits(2);
        assert!(said.err.contains(says), "{}", said.err);
        let all = said.out + &said.err;
        assert!(!all.contains(body) && !all.contains("BEGIN"), "{all}");
    };
    for name in ["CAVEAT_KEY_FILE", "CAVEAT_KEY_FRESHNESS_FILE"] {
        for value in [KEY, body] {
            let mut command = repository.command();
            command.env(name, value).args(["publish", "--to", "public"]);
            never(run(&mut command), &format!("{name} holds a private key"));
        }
    }
    for arguments in [
        vec![
            "publish".to_owned(),
            "--to".to_owned(),
            "p".to_owned(),
            "--key".to_owned(),
            KEY.to_owned(),
        ],
        vec!["verify".to_owned(), ".".to_owned(), format!("--key={KEY}")],
        vec!["keys".to_owned(), "show".to_owned(), body.to_owned()],
    ] {
        let mut command = repository.command();
        never(run(command.args(arguments)), "make a new key");
    }
}
