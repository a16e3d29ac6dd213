//! Owns the proof that a whole policy without a fault is let be, and that each slip in it is seen.
//! Must never leave a table of the policy out.

use super::{ADVISORY, PATH, PROJECT, input, judged};

/// Every table of the policy, as it should be; goes after the good project.
const WHOLE: &str = r#"
[policy.document]
version = "2"
updated = 2026-11-01
next-review = 2027-05-01
[[policy.support]]
versions = ">= 2.0.0a0"
status = "full"
[[policy.support]]
versions = ">= 1.0.0a0, < 2.0.0a0"
status = "security"
until = 2027-06-30
[[policy.support]]
versions = "< 1.0.0a0"
status = "end-of-life"
[[policy.contact]]
name = "GitHub, privately"
url = "https://github.com/pytorch/pytorch/security/advisories/new"
[policy.report]
wanted = ["Steps to reproduce the issue"]
subject = "[SECURITY]"
template = """
Subject: [SECURITY] What it is
Severity: [High/Low]
"""
never = ["public GitHub issues"]
issues = "https://github.com/pytorch/pytorch/issues"
[policy.calendar]
time-zone = "Europe/Berlin"
holidays = [2026-12-25, 2026-12-26]
[policy.clock]
acknowledge = "48 h"
assess = "5 bd"
update = "14 d"
public = ["reported", "fixed", "disclosed"]
legal = ["eu-cra-14"]
[policy.disclosure]
longest = "90 d"
exploited = "7 d"
avoid = ["friday", "saturday", "sunday"]
terms = "We agree on a day with the reporter."
[policy.release]
bump = "minor"
notes = true
[[policy.packager]]
name = "Debian"
url = "mailto:team@security.debian.org"
key = "0123456789ABCDEF0123456789ABCDEF01234567"
lead = "7 d"
[[policy.channel]]
name = "GitHub"
url = "https://github.com/pytorch/pytorch/security/advisories"
[policy.credit]
places = ["advisory", "release-notes", "thanks", "annual-report"]
[policy.safe-harbour]
version = "1"
date = 2026-11-01
text = "We take no legal step against research that keeps to this policy."
[policy.bounty]
state = "none"
[[policy.key]]
fingerprint = "ABCDEF0123456789ABCDEF0123456789ABCDEF01"
url = "https://pytorch.org/key.asc"
expires = 2027-11-01
[policy.scope]
inside = ["Reading a checkpoint"]
outside = ["Denial of service by large input"]
[[policy.claim]]
says = "Dependencies are scanned each day."
evidence = "https://github.com/pytorch/pytorch/actions"
date = 2026-11-01
[[policy.guidance]]
title = "Loading checkpoints"
text = """
Load what you trust.

* From your own disk.
* From people you know
"""
"#;

fn whole() -> String {
    let list = "style = \"project\"\n";
    let archive = format!("{list}archive = \"https://test-advisories.dev/announce/\"\n");
    let high = "cvss = [7.0, 10.0]\n";
    let promises =
        format!("{high}fix = \"30 d\"\ncve = true\nnotify = [\"announce\", \"GitHub\"]\n");
    let low = "cvss = [0.1, 6.9]\n";
    let none = format!("{low}cve = false\n");
    let from = PROJECT.replacen("[policy]\n", "[policy]\nbulletin = \"quarter\"\n", 1);
    let text = from
        .replacen(list, &archive, 1)
        .replacen(high, &promises, 1);
    text.replacen(low, &none, 1) + WHOLE
}

fn said(from: &str, to: &str) -> String {
    let text = whole();
    assert!(text.contains(from), "nothing to edit: {from}");
    judged(input(&text.replacen(from, to, 1), &[(PATH, ADVISORY)])).1
}

#[test]
fn a_whole_policy_without_a_fault_is_let_be() {
    assert_eq!(said("", ""), "");
}

/// What is written instead of what, and what is said of it.
const SLIPS: &[(&str, &str, &str)] = &[
    (
        "updated = 2026-11-01",
        "updated = 2026-11-22",
        "policy-review-dates",
    ),
    (
        "next-review = 2027",
        "next-review = 2026",
        "policy-review-dates policy-review-overdue",
    ),
    ("\">= 2.0.0a0\"", "\">= 2.0.0\"", "policy-support-gap"),
    ("\">= 2.0.0a0\"", "\">= 1.9\"", "policy-support-overlap"),
    (
        "until = 2027",
        "until = 2025",
        "policy-support-expired policy-support-gap",
    ),
    (
        "until = 2027-06-30",
        "from = 2027-01-01\nuntil = 2026-12-01",
        "policy-support-dates policy-support-gap",
    ),
    (
        "subject = \"[SECURITY]\"",
        "subject = \"TODO\"",
        "project-placeholder",
    ),
    (
        "[High/Low]",
        "[High/Medium/Low]",
        "policy-template-severity",
    ),
    (
        "[policy.calendar]\ntime-zone = \"Europe/Berlin\"\nholidays = [2026-12-25, 2026-12-26]\n",
        "",
        "policy-calendar",
    ),
    (
        "[2026-12-25, 2026-12-26]",
        "[2025-12-25]",
        "policy-holidays",
    ),
    (
        "acknowledge = \"48 h\"",
        "acknowledge = \"2 w\"",
        "policy-clock-order",
    ),
    (
        "assess = \"5 bd\"",
        "assess = \"5 bd after fixed\"",
        "policy-clock-start",
    ),
    (
        "fix = \"30 d\"",
        "fix = \"91 d\"",
        "policy-disclosure-short",
    ),
    (
        "longest = \"90 d\"\n",
        "",
        "policy-disclosure-missing policy-harbour-open",
    ),
    ("exploited = \"7 d\"\n", "", "policy-exploited-missing"),
    ("with the reporter.", "responsibly.", "policy-wording"),
    ("lead = \"7 d\"", "lead = \"3 w\"", "policy-packager-lead"),
    (
        "key = \"0123456789ABCDEF0123456789ABCDEF01234567\"\n",
        "",
        "policy-packager-key",
    ),
    (
        "key = \"0123456789ABCDEF",
        "key = \"",
        "policy-key-fingerprint",
    ),
    (
        "name = \"GitHub\"\nurl",
        "name = \"GitHb\"\nurl",
        "policy-notify",
    ),
    (
        "name = \"GitHub\"\nurl",
        "name = \"GitHub\"\nstate = \"planned\"\nurl",
        "policy-notify",
    ),
    (
        "https://github.com/pytorch/pytorch/issues",
        "https://github.com/x/pytorch/issues",
        "policy-link-owner",
    ),
    (
        "\"advisory\", \"release-notes\",",
        "\"release-notes\",",
        "credit-place",
    ),
    (
        "date = 2026-11-01\ntext",
        "date = 2026-12-01\ntext",
        "policy-harbour-date",
    ),
    ("state = \"none\"", "state = \"live\"", "policy-bounty"),
    ("expires = 2027", "expires = 2026", "policy-key-expires"),
    (
        "evidence = \"https://github.com/pytorch/pytorch/actions\"\n",
        "",
        "policy-claim-evidence",
    ),
    (
        "Dependencies are scanned each day.\"\nevidence = \"https://github.com/pytorch/pytorch/actions\"\n",
        "All is safe.\"\n",
        "policy-claim-absolute",
    ),
    ("cve = false\n", "", "policy-cve-open"),
    (
        "archive = \"https://test-advisories.dev/announce/\"\n",
        "",
        "policy-list-archive",
    ),
    (
        "to = \"announce@",
        "to = \"security@",
        "policy-intake-public",
    ),
    (
        "from = \"Test <a@",
        "from = \"Test <security@",
        "policy-intake-sender",
    ),
    (
        "Load what you trust.",
        "Load what you JosÃ© trust.",
        "project-mojibake",
    ),
    (
        "Load what you trust.",
        "Load what you trust\n\nalone.",
        "project-paragraph",
    ),
    (
        "Load what you trust.",
        "Load what\u{202e} you trust.",
        "project-text",
    ),
    ("bump = \"minor\"", "bump = \"patch\"", "fix-bump"),
];

#[test]
fn every_slip_in_a_whole_policy_has_its_rule_alone() {
    for (from, to, code) in SLIPS {
        let said = said(from, to);
        let lines = said
            .lines()
            .filter_map(|line| Some(line.split_once('[')?.1.split_once(']')?.0));
        let mut codes: Vec<&str> = lines.collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.join(" "), *code, "{from} -> {to}:\n{said}");
    }
}
