//! Owns fixture repositories whose tags are what matters: annotated, moved, of several packages.
//! Must never need a program, or the git configuration of this machine.

use caveat_derive::{Facts, Verdict};
use caveat_versions::Interval;
use git2::{ObjectType, Signature};

use super::fixture::{Fixture, branched, facts};

#[test]
fn annotated_tags_are_peeled_and_tags_of_files_are_left_alone() {
    let mut code = Fixture::new();
    let [a, _, fix] = branched(&mut code);
    let who = Signature::now("A", "a@example.org").expect("a name");
    let object = code.git.find_object(fix, None).expect("there");
    let inner = code
        .git
        .tag("v3.0.0", &object, &who, "Release", false)
        .expect("a tag");
    let object = code
        .git
        .find_object(inner, Some(ObjectType::Tag))
        .expect("there");
    code.git
        .tag("v3.0.1", &object, &who, "A tag of a tag", false)
        .expect("a tag");
    let tree = code
        .git
        .find_commit(a)
        .and_then(|commit| commit.tree())
        .expect("a tree");
    code.git
        .tag("v9.0.0", tree.as_object(), &who, "Files", false)
        .expect("a tag");
    let tags = code.derive(&[], &[fix]).tags;
    let fixed = tags.iter().filter(|tag| tag.verdict == Verdict::Fixed);
    let fixed: Vec<&str> = fixed.map(|tag| tag.name.as_str()).collect();
    assert_eq!(fixed, ["v2.0.1", "v3.0.0", "v3.0.1"]);
    assert_eq!(tags.len(), 5);
}

#[test]
fn a_tag_that_moves_is_judged_where_it_is() {
    let mut code = Fixture::new();
    let [_, old, fix] = branched(&mut code);
    code.tag("v2.0.1", old);
    assert_eq!(code.ranges(&[], &[fix]), [">= 0"]);
    assert_eq!(code.derive(&[], &[fix]).unreleased.len(), 1);
    code.tag("v2.0.1", fix);
    assert_eq!(code.ranges(&[], &[fix]), ["< 2.0.1"]);
}

#[test]
fn packages_of_one_repository_are_judged_by_their_own_tags_and_pre_releases() {
    let mut code = Fixture::new();
    let a = code.commit("main", &[], "a", "a\n");
    let flaw = code.commit("main", &[a], "b", "flaw\n");
    let fix = code.commit("main", &[flaw], "Fix", "fixed\n");
    for (name, at) in [
        ("one-v1.0.0", a),
        ("one-v2.0.0-rc.1", flaw),
        ("one-v2.0.0", fix),
        ("two-v1.0.0", flaw),
        ("two-v1.0.1", fix),
    ] {
        code.tag(name, at);
    }
    let of = |name: &str| {
        let names = vec![name.to_owned()];
        let facts = Facts {
            names,
            shared: true,
            ..facts(&[flaw], &[fix])
        };
        let derived = code.try_derive(&facts).expect("derived");
        let ranges = derived.ranges.iter();
        ranges.map(Interval::expression).collect::<Vec<_>>()
    };
    assert_eq!(of("one"), [">= 2.0.0-rc.1, < 2.0.0"]);
    assert_eq!(of("two"), [">= 1.0.0, < 1.0.1"]);
}
