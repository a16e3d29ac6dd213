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
        .says("there is no rule `rnage`; did you mean `range`?");
}
