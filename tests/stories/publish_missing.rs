//! Owns the stories of what is missing where something is out: roots, the tree itself, and what a build would leave of it.
//! Must never look at what a page says.

use std::fs;

use crate::publish_trust::more;
use crate::repository::{NOW, Repository};
use crate::trusted::{PUBLISH, fresh, git, out, pinned, seq, trusted};

const HERE: &str = "build --out public";

fn without(repository: Repository, paths: &[&str]) -> Repository {
    let mut arguments = vec!["rm", "--quiet", "-r"];
    arguments.extend(paths);
    git(&repository.root(), &arguments);
    repository.commit(NOW + 4000)
}

#[test]
fn what_roots_vouch_for_is_not_replaced_without_roots() {
    let repository = out();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let repository = without(repository, &["keys/root"]);
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("the branch `publish-state` says that edition 1 is out")
        .says("bring keys/keyring.toml and keys/root back");
    repository
        .caveat("publish --to public --dry-run")
        .exits(2)
        .says("has tuf/");
    let repository = without(repository, &["keys/keyring.toml"]);
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("`./public` has tuf/");
    fresh(&tree, &pinned, None);
}

#[test]
fn with_editions_out_nothing_is_published_that_is_compared_with_nothing() {
    let repository = more(out(), 2);
    let elsewhere = "publish --to elsewhere --key ../key";
    repository
        .caveat(elsewhere)
        .exits(2)
        .says("edition 1 is out")
        .says("name a copy of what is out with --against");
    assert!(!repository.path("elsewhere").exists());
    assert_eq!(seq(&repository), 1);
    repository
        .caveat(&format!("{elsewhere} --against public"))
        .exits(0)
        .says("signed as number 2");
    fs::remove_dir_all(repository.path("elsewhere")).unwrap();
    fs::remove_dir_all(repository.path("public")).unwrap();
    repository.caveat(PUBLISH).exits(2).says("--anew");
    repository
        .caveat(&format!("{PUBLISH} --anew"))
        .exits(0)
        .says("compared with nothing")
        .says("signed as number 3");
    repository.caveat(PUBLISH).exits(0);
}

#[test]
fn a_build_never_takes_the_place_of_an_edition() {
    let repository = out();
    let (tree, pinned) = (repository.path("public"), pinned(&repository));
    let refused = || {
        repository
            .caveat(HERE)
            .exits(2)
            .says("`caveat publish --to` replaces it")
    };
    refused();
    fresh(&tree, &pinned, None);
    fs::remove_dir_all(tree.join("tuf")).unwrap();
    refused();
}

#[test]
fn what_a_key_of_this_machine_signed_says_how_to_go_on() {
    let repository = trusted();
    repository.caveat(HERE).exits(0);
    repository
        .caveat(PUBLISH)
        .exits(2)
        .says("empty the directory")
        .says("--against");
}
