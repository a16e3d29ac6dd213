//! Owns the form of an advisory: every key once, in the order of advisories/README.md.
//! Must never know how a key is read.

use super::history::{EMBARGO, RELATION, REVISION, WITHDRAWN};
use super::standing::{FIX_NOTE, STATUS};
use super::{Form, Key, LINE, LINK, LINK_OR_MAIL, Shape, Text, form, needed, optional};
use crate::{Consent, CreditRole, CveState, Event, ReferenceType};

/// An advisory file.
pub static ADVISORY: Form = form(&[
    optional(
        "id",
        Shape::Text(Text::Id),
        "The feed's prefix, year, number; the file has the same name. Absent in a draft: `caveat assign` gives it.",
    ),
    needed(
        "title",
        Shape::Text(Text::Title),
        "One line of plain text, at most 120 characters; backticks mark code.",
    ),
    needed(
        "severity",
        Shape::Text(Text::Severity),
        "A severity class of the policy in caveat.toml.",
    ),
    optional(
        "severity-reason",
        LINE,
        "Why class and CVSS score disagree, one line.",
    ),
    optional(
        "cvss",
        Shape::Texts(Text::Like("^(CVSS:(3[.][01]|4[.]0)/|AV:).+$")),
        "CVSS vectors of any version.",
    ),
    optional(
        "cwe",
        Shape::Texts(Text::Like("^CWE-[1-9][0-9]*$")),
        "Weaknesses of the CWE list.",
    ),
    optional(
        "aliases",
        Shape::Texts(FOREIGN),
        "Other names of the same flaw: CVE, GHSA and so on.",
    ),
    optional(
        "cve",
        Shape::Text(Text::OneOf(CveState::WORDS)),
        "Why there is no CVE id although the policy promises one for this severity.",
    ),
    optional(
        "related",
        Shape::Texts(FOREIGN),
        "Names of different flaws that are worth reading about.",
    ),
    optional(
        "upstream",
        Shape::Texts(FOREIGN),
        "Names of flaws in what the package is made of, packs or copies: it has them, and they are told here.",
    ),
    needed("impact", LINE, "One sentence: what an attacker gains."),
    needed(
        "description",
        Shape::Text(Text::Prose),
        "Markdown: what goes wrong, and where.",
    ),
    optional(
        "affected-if",
        Shape::Text(Text::Prose),
        "Markdown: which configuration, feature or platform is affected; a command to find out.",
    ),
    optional(
        "workaround",
        Shape::Text(Text::Prose),
        "Markdown: what helps those who cannot upgrade.",
    ),
    optional(
        "affected",
        Shape::Tables(&AFFECTED),
        "A package and the versions of it that have the flaw. Every advisory has at least one.",
    ),
    optional(
        "status",
        Shape::Tables(&STATUS),
        "What is known of versions or packages that are not affected, or that nobody looked at.",
    ),
    optional("reference", Shape::Tables(&REFERENCE), "A link."),
    optional(
        "relation",
        Shape::Tables(&RELATION),
        "What it has to do with an older advisory of this feed; that one's page says so too.",
    ),
    optional("credit", Shape::Tables(&CREDIT), "Somebody to thank."),
    optional("timeline", Shape::Table(&TIMELINE), "What happened when."),
    optional(
        "late-reason",
        Shape::Table(&LATE_REASON),
        "Why a promised time was missed, one sentence for each.",
    ),
    optional(
        "revision",
        Shape::Tables(&REVISION),
        "A published state: the first is when it was published, the last when it was modified. `caveat revise` adds one.",
    ),
    optional(
        "withdrawn",
        Shape::Table(&WITHDRAWN),
        "Only for an advisory that should not have been. `caveat withdraw` writes it.",
    ),
    optional(
        "embargo",
        Shape::Table(&EMBARGO),
        "Nothing of this file leaves the repository before `until`.",
    ),
    optional(
        "extra",
        Shape::Data,
        "Public data that has no other key; comes out in `database_specific` of the record.",
    ),
]);

const FOREIGN: Text = Text::Like("^[A-Za-z][A-Za-z0-9._]*-[A-Za-z0-9._-]+$");
pub(super) const RANGES: Shape = Shape::Texts(Text::Like("^ *(>=|<=|<|=) *[^ ]"));
const COMMITS: Shape = Shape::Texts(Text::Like("^([0-9a-f]{40}|[0-9a-f]{64})$"));

static AFFECTED: Form = Form {
    keys: &[
        optional(
            "package",
            Shape::Text(Text::Package),
            "The key of a `[[package]]` of caveat.toml; instead of `ecosystem` and `name`.",
        ),
        optional(
            "ecosystem",
            LINE,
            "An OSV ecosystem such as `PyPI`; together with `name`, instead of `package`.",
        ),
        optional(
            "name",
            LINE,
            "The package's canonical name in its ecosystem.",
        ),
        optional(
            "versions",
            RANGES,
            "One range for each branch: `>= 0.1.0, < 0.1.3`.",
        ),
        optional(
            "introduced-by",
            COMMITS,
            "Full hashes of the commits that brought the flaw.",
        ),
        optional(
            "fixed-by",
            COMMITS,
            "Full hashes of the commits that removed it.",
        ),
        optional(
            "functions",
            Shape::Texts(Text::Line),
            "Functions through which it is reached.",
        ),
        optional(
            "features",
            Shape::Texts(Text::Line),
            "Features or modules that must be in use.",
        ),
        optional(
            "no-fix",
            LINE,
            "Why supported versions get no fix, one sentence.",
        ),
        optional(
            "fix-unreleased",
            Shape::Flag,
            "The fix is made, and no release has it yet.",
        ),
        optional(
            "fix",
            Shape::Tables(&FIX_NOTE),
            "What is to be known of one fixed version.",
        ),
        optional(
            "differs-from-git",
            LINE,
            "Why `versions` differs from what the history of the code says, one sentence.",
        ),
        optional(
            "extra",
            Shape::Data,
            "Public data about this package; comes out in `database_specific` of its row.",
        ),
        optional(
            "ecosystem-extra",
            Shape::Data,
            "The same in the words of the ecosystem: `ecosystem_specific`. Programs may act on it.",
        ),
    ],
    choice: &[&["package"], &["ecosystem", "name"]],
};

static REFERENCE: Form = form(&[
    needed(
        "type",
        Shape::Text(Text::OneOf(ReferenceType::WORDS)),
        "What is behind the link.",
    ),
    needed("url", LINK, "An https address."),
]);

static CREDIT: Form = form(&[
    optional(
        "name",
        LINE,
        "Left out to thank somebody who is not to be named.",
    ),
    needed(
        "role",
        Shape::Text(Text::OneOf(CreditRole::WORDS)),
        "What they did.",
    ),
    optional("url", LINK_OR_MAIL, "A page or address of theirs."),
    optional(
        "consent",
        Shape::Texts(Text::OneOf(Consent::WORDS)),
        "Where the name may appear; absent is nowhere.",
    ),
    optional(
        "agreed",
        Shape::Date,
        "The day on which the person agreed; never published.",
    ),
    optional(
        "evidence",
        LINE,
        "Where the agreement can be seen; never published.",
    ),
]);

static TIMELINE: Form = form(&[
    event(Event::Discovered, "Somebody found it."),
    event(Event::Reported, "The maintainers were told."),
    event(Event::Acknowledged, "They answered."),
    event(Event::Assessed, "They understood it."),
    event(Event::Fixed, "The first release with the fix."),
    event(Event::Disclosed, "The first public word, anywhere."),
    event(
        Event::Exploited,
        "The maintainers learnt that it is exploited.",
    ),
    event(
        Event::AuthorityWarned,
        "The authorities had an early warning.",
    ),
    event(Event::AuthorityNotified, "They had the notification."),
    event(Event::AuthorityReported, "They had the final report."),
    event(Event::Reviewed, "The maintainers looked back on it."),
    optional(
        "updates",
        Shape::Times,
        "When the reporter was told how it goes.",
    ),
]);

static LATE_REASON: Form = form(&[
    optional("acknowledge", LINE, "Why the first answer was late."),
    optional("assess", LINE, "Why the assessment was late."),
    optional(
        "update",
        LINE,
        "Why the reporter heard nothing for so long.",
    ),
    optional("fix", LINE, "Why the fix was late."),
    optional("review", LINE, "Why the incident was reviewed late."),
    optional("disclose", LINE, "Why publication was late."),
]);

const fn event(event: Event, says: &'static str) -> Key {
    optional(event.as_str(), Shape::Time, says)
}
