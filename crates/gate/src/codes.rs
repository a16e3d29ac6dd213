//! Owns what each finding of the gate is about: why it matters, and what to do.
//! Must never have a code that the gate does not use, or lack one that it does.

/// One kind of finding.
#[derive(Debug)]
pub struct Code {
    /// As it stands in brackets.
    pub code: &'static str,
    /// What happens, as a sentence without capital and stop.
    pub says: &'static str,
    /// Who is harmed.
    pub why: &'static str,
    /// What to do.
    pub instead: &'static str,
}

const fn code(
    code: &'static str,
    says: &'static str,
    why: &'static str,
    instead: &'static str,
) -> Code {
    Code {
        code,
        says,
        why,
        instead,
    }
}

const NARROWS: &str = "Give the newest revision a reason: `narrows = \"Versions before 1.4 never had the parser.\"`. Readers see it.";

/// Every finding, by code.
pub static CODES: [Code; 16] = [
    code(
        "gate-alias",
        "another name of the flaw would be gone",
        "Scanners join what several databases say by these names. Without it, one flaw is told twice, or somebody's exception no longer fits.",
        NARROWS,
    ),
    code(
        "gate-backdated",
        "a record would have changed earlier than it has",
        "Readers who have the newer one keep it: by its time, the new one is old.",
        "Add a revision of a later time.",
    ),
    code(
        "gate-editorial",
        "readers act on what changes, and nobody would be told",
        "An editorial revision sends no mail and moves nothing in feeds: who runs a version that has become affected would not hear of it. That a change is only editorial is its author's word; what differs in the record is not.",
        "Leave `editorial` out of a revision that is not out yet, or add one without it.",
    ),
    code(
        "gate-fix-lowered",
        "the first version with the fix would be an earlier one",
        "Whoever runs a version between the two is told to act today, and would be told tomorrow that all is well.",
        NARROWS,
    ),
    code(
        "gate-history",
        "a revision that readers know would be gone",
        "The history of an advisory is what readers can hold its authors to.",
        "Revisions are only added. Write the old one again, with its time; its note may be mended.",
    ),
    code(
        "gate-id-lost",
        "a published advisory would be gone",
        "Links break, scanners that keep a copy never learn why, and the silence looks like a fix.",
        "Bring its file back. Where it should not have been, withdraw it: it stays, with the reason.",
    ),
    code(
        "gate-issued",
        "the new publication would be older than the one that is out",
        "Going back in time takes back what readers were told since.",
        "Publish a later commit, or name a later time with `--as-of`.",
    ),
    code(
        "gate-late",
        "a record comes later than the time it states",
        "Who reads only what changed since they last looked passes over it. It is a warning: a commit may wait for review.",
        "Give the last revision a time after the last publication.",
    ),
    code(
        "gate-modified",
        "a record changes, and no revision says so",
        "Readers who compare times do not read it again, and nobody is told what changed.",
        "Add a revision: `caveat revise ID -m NOTE`. Where a new version of caveat or a change of caveat.toml wrote the same otherwise, `caveat revise --regenerated --against DIR -m NOTE` adds an editorial one to exactly those records: no mail, and no move in feeds.",
    ),
    code(
        "gate-narrowed",
        "fewer versions or commits would be affected, or only those who use certain functions",
        "Whoever runs one of them is told to act today, and would be told tomorrow that all is well. Ranges typed by hand are the commonest fault of advisories.",
        NARROWS,
    ),
    code(
        "gate-package",
        "a package would no longer be affected",
        "Its users would be told nothing any more.",
        NARROWS,
    ),
    code(
        "gate-path",
        "an address that was published would be gone",
        "Links to it are in tickets, mails and other databases.",
        "Lead it on: `[[redirect]]` in caveat.toml, with `from` and `to`.",
    ),
    code(
        "gate-published",
        "a record would have been published at another time",
        "When something was first said is a fact, and others count from it.",
        "Write the old time of the first revision again.",
    ),
    code(
        "gate-redirect",
        "an address would lead to where nothing is",
        "A link that leads to nothing is as good as gone.",
        "Name a page that is there in `to` of the `[[redirect]]`.",
    ),
    code(
        "gate-reinstated",
        "a withdrawn advisory would stand again",
        "Readers were told to forget it. They must learn why that was wrong.",
        "Give the newest revision a reason: `reinstates = \"It can be reached after all.\"`.",
    ),
    code(
        "gate-severity",
        "its severity or a CVSS score would be lower",
        "Many act above a threshold only: below it, nobody tells them.",
        NARROWS,
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::CODES;

    #[test]
    fn every_code_has_a_page_and_every_page_a_code() {
        let sources = [
            include_str!("lib.rs"),
            include_str!("history.rs"),
            include_str!("reach.rs"),
            include_str!("paths.rs"),
            include_str!("quiet.rs"),
        ]
        .concat();
        let used: BTreeSet<&str> = sources
            .split("\"gate-")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let pages: Vec<&str> = CODES.iter().map(|page| page.code).collect();
        assert!(pages.is_sorted());
        let pages: BTreeSet<&str> = pages
            .iter()
            .filter_map(|code| code.strip_prefix("gate-"))
            .collect();
        assert_eq!(used, pages);
    }
}
