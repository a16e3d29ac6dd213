//! Owns the stories of people who want to know more about a rule.
//! Must never repeat the pages: each is proven by its own example.

use snapbox::{assert_data_eq, str};

use crate::repository::Repository;

#[test]
fn a_rule_is_explained_with_an_example_and_what_to_write_instead() {
    let said = Repository::empty().caveat("explain range-overlap").exits(0);
    assert_data_eq!(
        said.out,
        str![[r#"
error[range-overlap]: The branches of a package do not overlap or touch.

Where branches overlap, consumers disagree: one takes the first fix, another the
last, a third both. Branches that only touch are one branch.

This breaks it:

    [[affected]]
    package = "torch"
    versions = ["< 1.4.0", ">= 1.2.0, < 2.0.1"]

This is as it should be:

    [[affected]]
    package = "torch"
    versions = ["< 1.4.0", ">= 2.0.0, < 2.0.1"]

It protects the readers of a feed: no project can relax it.

"#]]
    );
}

#[test]
fn without_a_rule_all_are_listed_in_one_line_each() {
    let said = Repository::empty().caveat("explain").exits(0);
    assert!(
        said.out.lines().all(|line| line.ends_with('.')),
        "{}",
        said.out
    );
    assert!(said.out.contains("\ncvss "), "{}", said.out);
}

#[test]
fn a_code_may_be_copied_with_its_brackets_and_a_slip_is_noticed() {
    let room = Repository::empty();
    let plain = room.caveat("explain cwe").exits(0).out;
    assert_eq!(room.caveat("explain error[cwe]:").exits(0).out, plain);
    room.caveat("explain rnage")
        .exits(2)
        .says("there is no rule, oddity or key `rnage`; did you mean `range`?");
}

#[test]
fn an_oddity_of_a_security_policy_has_its_page() {
    let room = Repository::empty();
    let said = room.caveat("explain warning[adopt-time-range]").exits(0);
    assert_data_eq!(
        said.out,
        str![[r#"
adopt-time-range: A promised time has two ends.

A time with two ends promises its later end only, and is read as its earlier
one.

Promise the later end: `fix = "48 h"` for `24-48 hours`.

`caveat init --from` reports it; no build depends on it.

"#]]
    );
    let list = room.caveat("explain").exits(0).out;
    assert!(list.contains("\nadopt-encoding "), "{list}");
    let shell = room.caveat("completions bash").exits(0).out;
    assert!(shell.contains("adopt-encoding") && shell.contains("range-overlap"));
}

#[test]
fn a_key_is_explained_without_any_documentation_at_hand() {
    let room = Repository::empty();
    let contact = room.caveat("explain [[policy.contact]]").exits(0).out;
    assert!(
        contact.contains("urgent") && contact.contains("live, planned"),
        "{contact}"
    );
    let both = room.caveat("explain policy").exits(0).out;
    assert!(
        both.contains("error[policy]") && both.contains("[policy.clock]"),
        "{both}"
    );
    let file = room.caveat("explain caveat.toml").exits(0).out;
    assert!(
        file.contains("[feed]") && file.contains("[[policy.contact]]"),
        "{file}"
    );
    room.caveat("explain policy.contcat")
        .exits(2)
        .says("did you mean `policy.contact`?");
}
