//! Owns the form of the policy's tables about the way into the open, and of what holds at all times.
//! Must never know how a key is read.

use super::policy::{TARGET, state};
use super::{Form, LINE, LINK, LINK_OR_MAIL, Shape, Text, form, needed, optional};
use crate::{BountyState, Bump, Consent, Weekday};

pub(super) static DISCLOSURE: Form = form(&[
    optional(
        "longest",
        TARGET,
        "The longest that a flaw is kept private, counted from the report.",
    ),
    optional(
        "exploited",
        TARGET,
        "Until when a flaw is published that is exploited and has no fix, counted from when that was known.",
    ),
    optional(
        "avoid",
        Shape::Texts(Text::OneOf(Weekday::WORDS)),
        "Days of the week on which nothing is published if it can wait.",
    ),
    optional("terms", Shape::Text(Text::Prose), "The terms, Markdown."),
]);

pub(super) static RELEASE: Form = form(&[
    optional(
        "bump",
        Shape::Text(Text::OneOf(Bump::WORDS)),
        "Which part of the version a fix changes at most.",
    ),
    optional(
        "notes",
        Shape::Flag,
        "Release notes name every advisory that the release fixes.",
    ),
]);

pub(super) static PACKAGER: Form = form(&[
    needed("name", LINE, "Who hears of a flaw early."),
    needed("url", LINK_OR_MAIL, "`mailto:` or `https:`"),
    optional(
        "key",
        FINGERPRINT,
        "Fingerprint of the OpenPGP key that mail to them is encrypted to.",
    ),
    optional(
        "subject",
        LINE,
        "What the subject of mail to them begins with, such as `[vs]`.",
    ),
    needed("lead", TARGET, "How long before publication they hear."),
    optional(
        "may-deploy",
        Shape::Flag,
        "Whether they may ship the fix before publication; no where absent.",
    ),
    optional("terms", LINE, "Other terms."),
]);

const FINGERPRINT: Shape = Shape::Text(Text::Like("^[0-9A-F]{40}([0-9A-F]{24})?$"));

pub(super) static CHANNEL: Form = form(&[
    needed(
        "name",
        LINE,
        "What people call it, and what `notify` names.",
    ),
    optional("url", LINK, "Where it is."),
    state(),
]);

pub(super) static CREDIT: Form = form(&[optional(
    "places",
    Shape::Texts(Text::OneOf(Consent::WORDS)),
    "Where names may appear, with permission.",
)]);

pub(super) static SAFE_HARBOUR: Form = form(&[
    needed("version", LINE, "Of this text."),
    needed("date", Shape::Date, "Since when it holds."),
    needed("text", Shape::Text(Text::Prose), "Word for word, Markdown."),
]);

pub(super) static BOUNTY: Form = form(&[
    needed(
        "state",
        Shape::Text(Text::OneOf(BountyState::WORDS)),
        "What there is.",
    ),
    optional("url", LINK, "Where its terms are."),
]);

pub(super) static KEY: Form = form(&[
    needed("fingerprint", FINGERPRINT, "Capital letters, no spaces."),
    needed("url", LINK, "Where the public key is."),
    optional("expires", Shape::Date, "The last day of its use."),
]);

pub(super) static SCOPE: Form = form(&[
    optional("inside", Shape::Texts(Text::Line), "What counts as a flaw."),
    optional("outside", Shape::Texts(Text::Line), "What does not."),
]);

pub(super) static CLAIM: Form = form(&[
    needed("says", LINE, "One sentence."),
    optional("evidence", LINK, "Where that can be seen."),
    optional("date", Shape::Date, "When it was last found true."),
]);

pub(super) static GUIDANCE: Form = form(&[
    needed("title", LINE, "One line."),
    needed("text", Shape::Text(Text::Prose), "Markdown."),
]);
