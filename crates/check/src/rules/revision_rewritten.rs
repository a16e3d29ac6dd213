//! Owns the rule `revision-rewritten`: a revision that readers saw stays as it was.

use caveat_diag::Level;

use crate::candidate::Candidate;
use crate::rule::{Finder, Rule, Run};
use crate::witness::Rewritten;

pub(super) static RULE: Rule = Rule {
    code: "revision-rewritten",
    says: "a revision that readers saw stays as it was",
    why: "The first revision is `published`, which people quote in contracts and reports, and the list is the only record \
        of what was said when. Four other databases publish dates that a rename or a rebase has moved. The sentences of a \
        revision may be mended, and old and new values taken out: a person's name may be in them.",
    example: r#"# was advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-19T12:00:00Z, note = "First published." }]
"#,
    instead: r#"# was advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
# advisories/2026/x_T-2026-0001.toml
revision = [{ at = 2026-11-18T12:00:00Z, note = "First published." }]
"#,
    level: Level::Error,
    firm: true,
    run: Run::Advisory(judge),
};

fn judge(finder: &mut Finder<'_>, candidate: &Candidate) {
    let document = &candidate.document;
    let witness = &candidate.witness;
    if let Some(old) = &witness.public.rewritten {
        let found = finder.at(document, &field(old), message(old));
        let note = format!("commit {} has it, and readers saw that", old.commit.short());
        finder.push(found.note(note).help(help(old)));
    }
    if let Some(old) = &witness.ahead.rewritten {
        let found = finder.ahead(document, &field(old), message(old));
        let note = format!(
            "commit {} has it, and is not pushed yet",
            old.commit.short()
        );
        let found = found.note(note).help(help(old));
        finder.push(found.help("or squash the commits that are not pushed yet: nobody saw them"));
    }
}

fn field(old: &Rewritten) -> String {
    let place = format!("revision[{}]", old.place);
    match old.key {
        Some(key) => format!("{place}.{key}"),
        None => format!("{place}.at"),
    }
}

fn message(old: &Rewritten) -> String {
    let at = old.at;
    match old.key {
        Some(key) => format!("`{key}` of the revision of {at} is not what it was"),
        None => format!("the revision of {at} is gone from its place, or has another time"),
    }
}

fn help(old: &Rewritten) -> &'static str {
    match old.key {
        Some("changed") => {
            "put the fields back as they were; a value may be left out, and what is new goes into a later revision"
        }
        _ => "put it back as it was; what is new goes after it",
    }
}
