//! Owns the form of `keys/keyring.toml`: every key once, in the order of docs/keys.md.
//! Must never know how a key is read.

use super::{Form, LINE, Shape, Text, form, needed, optional};

const NAMES: Shape = Shape::Texts(Text::Like("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"));
const BRANCH: Shape = Shape::Text(Text::Like("^[A-Za-z0-9][A-Za-z0-9._/-]*$"));

/// `keys/keyring.toml`.
pub static KEYRING: Form = form(&[
    needed("role", Shape::Table(&ROLES), "Who may sign what."),
    optional(
        "key",
        Shape::Named(&PERIOD),
        "When a key may sign; always where absent.",
    ),
    optional(
        "revoked",
        Shape::Named(&REVOKED),
        "A key that is trusted for nothing new. Its file stays: what it signed is compared with.",
    ),
    optional(
        "state",
        Shape::Table(&STATE),
        "Where the publisher keeps what it signed last.",
    ),
    optional("publish", Shape::Table(&PUBLISH), "What may be published."),
]);

static ROLES: Form = form(&[
    optional(
        "root",
        Shape::Table(&ROLE),
        "People, offline: they sign which keys all roles have.",
    ),
    needed(
        "publish",
        Shape::Table(&ROLE),
        "Signs what is published: lists, records, metadata.",
    ),
    optional(
        "freshness",
        Shape::Table(&ROLE),
        "Signs every day that nothing newer is out, and nothing else.",
    ),
    optional(
        "ssh-ca",
        Shape::Table(&ROLE),
        "Signs certificates for the keys that publish.",
    ),
    optional("openpgp", Shape::Table(&ROLE), "Signs CSAF documents."),
]);

static ROLE: Form = form(&[
    needed("keys", NAMES, "Names of files in `keys/`, without `.pub`."),
    optional(
        "threshold",
        Shape::Digit,
        "How many of them have to sign; 1 where absent.",
    ),
    optional(
        "days",
        Shape::Days,
        "How long what they sign is good; 365 for root, 180 for publish, 7 for freshness where absent.",
    ),
]);

static PERIOD: Form = form(&[
    optional("from", Shape::Time, "It may sign from then on."),
    optional("until", Shape::Time, "It may sign until then."),
]);

static REVOKED: Form = form(&[
    needed("at", Shape::Time, "Since when nobody should trust it."),
    needed("reason", LINE, "Why, in a few words that readers see."),
]);

static STATE: Form = form(&[
    optional("branch", BRANCH, "`publish-state` where absent."),
    optional(
        "remote",
        LINE,
        "Where it is pushed to; this repository alone where absent.",
    ),
]);

static PUBLISH: Form = form(&[optional(
    "branch",
    BRANCH,
    "Only its newest commit may be published; any where absent.",
)]);
