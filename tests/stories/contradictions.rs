//! Owns the story of a policy that contradicts itself: each contradiction is an error that shows both places.
//! Must never test one rule in depth: rules have tests of their own.

use snapbox::{assert_data_eq, str};

use crate::repository::{PROJECT, Repository, advisory, place};

/// What was found in the policies of real projects, in one.
const POLICY: &str = r#"
[[policy.support]]
versions = ">= 0.1.0a0, < 0.2.0"
status = "full"
[[policy.support]]
versions = "< 0.1.0a2"
status = "end-of-life"
[[policy.contact]]
name = "Announcements, too"
url = "mailto:announce@story.example.org"
[policy.clock]
assess = "5 bd"
[policy.disclosure]
longest = "20 d"
exploited = "7 d"
"#;

fn repository() -> Repository {
    let high = "cvss = [7.0, 10.0]\n";
    let low = "cvss = [0.1, 6.9]\n";
    let project = PROJECT
        .replacen(high, &format!("{high}fix = \"30 d\"\n"), 1)
        .replacen(low, &format!("{low}fix = \"48 h\"\n"), 1);
    Repository::empty()
        .file("caveat.toml", &(project + POLICY))
        .file(&place(1), &advisory(1))
}

#[test]
fn a_contradiction_shows_both_of_its_places() {
    let said = repository().caveat("check").exits(1);
    let start = said.err.find("error[policy-support-overlap]").unwrap();
    let shown = &said.err[start..];
    let one = &shown[..shown.find("\n\n").unwrap()];
    assert_data_eq!(
        one,
        str![[r#"
error[policy-support-overlap]: some versions are in this row and in another
  --> caveat.toml:49:12
   |
46 | versions = ">= 0.1.0a0, < 0.2.0"
   |            --------------------- 0.1.0a0 up to, but not including, 0.2.0
...
49 | versions = "< 0.1.0a2"
   |            ^^^^^^^^^^^ all versions before 0.1.0a2
   |
   = help: let one end where the other begins: `< X` and `>= X`
"#]]
    );
}

#[test]
fn every_contradiction_of_a_policy_is_said_in_one_run() {
    let said = repository().caveat("check --format short").exits(1);
    for code in [
        "policy-clock-order",
        "policy-disclosure-short",
        "policy-fix-order",
        "policy-intake-public",
        "policy-support-overlap",
    ] {
        assert!(
            said.err.contains(&format!("error[{code}]")),
            "{code}: {}",
            said.err
        );
    }
}
