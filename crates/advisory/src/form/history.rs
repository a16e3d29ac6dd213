//! Owns the form of what an advisory says of its past and its publication.
//! Must never know how a key is read.

use super::{Form, LINE, Shape, Text, form, needed, optional};
use crate::{RelationType, WithdrawalReason};

pub(super) static REVISION: Form = form(&[
    needed(
        "at",
        Shape::Time,
        "When readers could first see it; later than the revision before.",
    ),
    needed("note", LINE, "What changed and why, one line."),
    optional(
        "editorial",
        Shape::Flag,
        "Nobody need act: no mail, and readers of feeds are not woken.",
    ),
    optional(
        "changed",
        Shape::Tables(&CHANGE),
        "Which fields changed, for readers. `caveat revise` writes it.",
    ),
    optional(
        "narrows",
        LINE,
        "Why fewer people are told to act than before: fewer versions, a lower severity, a package or alias less.",
    ),
    optional(
        "fix-reverted",
        LINE,
        "Why a version that was called fixed is not: its fix was taken back, or never was in it.",
    ),
    optional(
        "reinstates",
        LINE,
        "Why a withdrawn advisory stands again. `caveat reinstate` writes it.",
    ),
]);

static CHANGE: Form = form(&[
    needed(
        "field",
        LINE,
        "The field as it is written: `severity`, `affected[torsh].versions`.",
    ),
    optional("from", LINE, "What it said, where that is short."),
    optional("to", LINE, "What it says, where that is short."),
]);

pub(super) static RELATION: Form = form(&[
    needed(
        "type",
        Shape::Text(Text::OneOf(RelationType::WORDS)),
        "What this advisory has to do with the older one.",
    ),
    needed(
        "id",
        Shape::Text(Text::Id),
        "The older advisory of this feed.",
    ),
]);

pub(super) static WITHDRAWN: Form = form(&[
    needed(
        "at",
        Shape::Time,
        "Since when; the last revision has the same time.",
    ),
    needed(
        "reason",
        Shape::Text(Text::OneOf(WithdrawalReason::WORDS)),
        "Why it should not have been.",
    ),
    optional(
        "replaced-by",
        Shape::Texts(Text::Id),
        "The advisories of this feed to read instead.",
    ),
    optional("note", LINE, "One sentence for readers."),
]);

pub(super) static EMBARGO: Form = form(&[
    needed(
        "until",
        Shape::Time,
        "The first moment at which it may be published.",
    ),
    optional(
        "agreed-with",
        Shape::Texts(Text::Line),
        "With whom that was agreed.",
    ),
    optional(
        "ended-early",
        LINE,
        "Why it is published before the agreed time, one sentence.",
    ),
]);
