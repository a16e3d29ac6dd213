//! Owns the form of the policy: every key of `[policy]` once, and the tables about reports, in the order of docs/caveat-toml.md.
//! Must never know how a key is read.

use super::open::{
    BOUNTY, CHANNEL, CLAIM, CREDIT, DISCLOSURE, GUIDANCE, KEY, PACKAGER, RELEASE, SAFE_HARBOUR,
    SCOPE,
};
use super::{Form, Key, LINE, LINK, LINK_OR_MAIL, Shape, Text, form, needed, optional};
use crate::{Event, LegalSheet, Period, State, SupportStatus};

pub(super) static POLICY: Form = form(&[
    optional(
        "maturity",
        LINE,
        "How finished the software is, one sentence for a banner.",
    ),
    optional(
        "support-default",
        Shape::Text(Text::OneOf(SupportStatus::WORDS)),
        "What holds for versions that no row of `support` names.",
    ),
    optional(
        "bulletin",
        Shape::Text(Text::OneOf(Period::WORDS)),
        "How often a bulletin sums up, \"none\" included.",
    ),
    optional(
        "document",
        Shape::Table(&DOCUMENT),
        "Which text this is, and when it is looked at again.",
    ),
    optional(
        "severity",
        Shape::Tables(&SEVERITY),
        "A severity class, highest first.",
    ),
    optional(
        "support",
        Shape::Tables(&SUPPORT),
        "Versions that are treated alike.",
    ),
    optional(
        "contact",
        Shape::Tables(&CONTACT),
        "Where to report a flaw, in order of preference.",
    ),
    optional(
        "report",
        Shape::Table(&REPORT),
        "What a report should hold.",
    ),
    optional("calendar", Shape::Table(&CALENDAR), "Which days count."),
    optional(
        "clock",
        Shape::Table(&CLOCK),
        "How fast answers come, whatever the severity.",
    ),
    optional(
        "disclosure",
        Shape::Table(&DISCLOSURE),
        "When flaws become public.",
    ),
    optional("release", Shape::Table(&RELEASE), "How fixes are released."),
    optional(
        "packager",
        Shape::Tables(&PACKAGER),
        "Somebody who hears of a flaw before the public.",
    ),
    optional(
        "channel",
        Shape::Tables(&CHANNEL),
        "A place where advisories appear besides this site and its lists.",
    ),
    optional("credit", Shape::Table(&CREDIT), "How finders are thanked."),
    optional(
        "safe-harbour",
        Shape::Table(&SAFE_HARBOUR),
        "What researchers need not fear.",
    ),
    optional("bounty", Shape::Table(&BOUNTY), "Whether finders are paid."),
    optional(
        "key",
        Shape::Tables(&KEY),
        "An OpenPGP key for confidential reports.",
    ),
    optional("scope", Shape::Table(&SCOPE), "What counts as a flaw."),
    optional(
        "claim",
        Shape::Tables(&CLAIM),
        "What is said of the project's own security.",
    ),
    optional(
        "guidance",
        Shape::Tables(&GUIDANCE),
        "Advice for users that is no advisory.",
    ),
]);

pub(super) const TARGET: Shape = Shape::Text(Text::Target);
const EVENTS: Shape = Shape::Texts(Text::OneOf(Event::WORDS));

pub(super) const fn state() -> Key {
    optional(
        "state",
        Shape::Text(Text::OneOf(State::WORDS)),
        "Whether it exists yet; `live` where absent.",
    )
}

static DOCUMENT: Form = form(&[
    needed("version", LINE, "Of this text, not of a product."),
    needed("updated", Shape::Date, "When the text was last changed."),
    needed(
        "next-review",
        Shape::Date,
        "When it is looked at again; `security.txt` expires then at the latest.",
    ),
]);

static SEVERITY: Form = form(&[
    needed("id", LINE, "What advisories write."),
    optional("label", LINE, "What people read."),
    needed("definition", LINE, "What it means."),
    optional(
        "cvss",
        Shape::Band,
        "The lowest and the highest CVSS score of the class.",
    ),
    optional(
        "fix",
        TARGET,
        "Until when a fix is released, counted from the report.",
    ),
    optional(
        "review",
        TARGET,
        "Until when the incident is looked back upon, counted from the fix.",
    ),
    optional(
        "cve",
        Shape::Flag,
        "Whether every flaw of the class gets a CVE id.",
    ),
    optional(
        "notify",
        Shape::Texts(Text::Line),
        "Who is told: names of mail lists and of channels.",
    ),
]);

static SUPPORT: Form = form(&[
    optional(
        "package",
        Shape::Text(Text::Package),
        "The key of a `[[package]]`; may be left out where there is one package.",
    ),
    needed("versions", LINE, "A range: `>= 1.0.0, < 1.1.0`."),
    optional("label", LINE, "What people call them: `1.0.x`."),
    needed(
        "status",
        Shape::Text(Text::OneOf(SupportStatus::WORDS)),
        "What they get.",
    ),
    optional("from", Shape::Date, "The first day."),
    optional("until", Shape::Date, "The last day."),
]);

static CONTACT: Form = form(&[
    needed("name", LINE, "Who answers."),
    optional(
        "url",
        LINK_OR_MAIL,
        "`mailto:` or `https:`; only what is planned may lack one.",
    ),
    state(),
    optional("urgent", Shape::Flag, "For what cannot wait."),
]);

static REPORT: Form = form(&[
    optional("wanted", Shape::Texts(Text::Line), "What to include."),
    optional("subject", LINE, "What the subject of a mail begins with."),
    optional("template", Shape::Text(Text::Prose), "A text to fill in."),
    optional(
        "never",
        Shape::Texts(Text::Line),
        "Where flaws must not be reported: `public GitHub issues`.",
    ),
    optional("issues", LINK, "Where all other faults go."),
]);

static CALENDAR: Form = form(&[
    needed(
        "time-zone",
        LINE,
        "Where midnight is: an IANA name such as `Europe/Berlin`.",
    ),
    optional(
        "holidays",
        Shape::Dates,
        "Days on which nobody works, besides Saturday and Sunday.",
    ),
]);

static CLOCK: Form = form(&[
    optional("acknowledge", TARGET, "Until the first answer to a report."),
    optional("assess", TARGET, "Until the first assessment."),
    optional(
        "update",
        TARGET,
        "The longest silence towards the reporter.",
    ),
    optional(
        "public",
        EVENTS,
        "Which events of the timeline readers see; all where absent.",
    ),
    optional(
        "legal",
        Shape::Texts(Text::OneOf(LegalSheet::WORDS)),
        "Deadlines of laws to show beside. A reminder, not legal advice.",
    ),
]);
