//! Owns the form of what an advisory says of single fixes, and of versions that are not affected.
//! Must never know how a key is read.

use super::advisory::RANGES;
use super::{Form, LINE, Shape, Text, form, needed, optional};
use crate::{Justification, StatusKind};

pub(super) static FIX_NOTE: Form = form(&[
    needed("version", LINE, "The version, as `versions` names it."),
    optional(
        "availability",
        LINE,
        "Who can get it, where that is not everybody, one sentence.",
    ),
    optional(
        "upgrade-to",
        LINE,
        "The next version that was released: this one never was.",
    ),
]);

pub(super) static STATUS: Form = Form {
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
            "One range for each branch; all where absent.",
        ),
        needed(
            "state",
            Shape::Text(Text::OneOf(StatusKind::WORDS)),
            "What is known of them.",
        ),
        optional(
            "justification",
            Shape::Text(Text::OneOf(Justification::WORDS)),
            "Which of the reasons that VEX has words for; only for what is not affected.",
        ),
        optional(
            "reason",
            LINE,
            "Why, or how that is known, one sentence; needed for what is not affected.",
        ),
    ],
    choice: &[&["package"], &["ecosystem", "name"]],
};
