//! Owns the form of `caveat.toml`: every key once, in the order of docs/caveat-toml.md.
//! Must never know how a key is read.

use super::policy::POLICY;
use super::site::SITE;
use super::{Form, LINE, LINK, LINK_OR_MAIL, Shape, Text, form, needed, optional};
use crate::{DisputeState, MailStyle, PublisherCategory, RuleLevel, State, Widen};

/// `caveat.toml`.
pub static PROJECT: Form = form(&[
    needed(
        "feed",
        Shape::Table(&FEED),
        "What is published, and under which name.",
    ),
    optional(
        "package",
        Shape::Tables(&PACKAGE),
        "A package that advisories may name by key.",
    ),
    optional(
        "mail",
        Shape::Table(&MAIL),
        "How the feed announces by mail.",
    ),
    optional(
        "csaf",
        Shape::Table(&CSAF),
        "Who publishes the feed; with it advisories are published as CSAF, too.",
    ),
    optional(
        "cve",
        Shape::Table(&CVE),
        "Who assigns CVE ids for the feed; with it CVE records are published, too.",
    ),
    optional(
        "vex",
        Shape::Table(&VEX),
        "Who speaks; with it advisories are published as OpenVEX, too.",
    ),
    needed(
        "policy",
        Shape::Table(&POLICY),
        "What the projects promise.",
    ),
    optional(
        "announcement",
        Shape::Tables(&ANNOUNCEMENT),
        "That a release with fixes comes; readers learn nothing else.",
    ),
    optional(
        "disputed",
        Shape::Tables(&DISPUTED),
        "A name that somebody else gave to what is no flaw of these packages.",
    ),
    optional(
        "site",
        Shape::Table(&SITE),
        "How the site looks and speaks.",
    ),
    optional(
        "redirect",
        Shape::Tables(&REDIRECT),
        "An address that was published and is no more, and what to read instead.",
    ),
    optional(
        "rule",
        Shape::Tables(&RULE),
        "How strict one rule is for this project.",
    ),
]);

static ANNOUNCEMENT: Form = form(&[
    needed("at", Shape::Time, "When the release is."),
    needed(
        "severity",
        Shape::Text(Text::Severity),
        "The highest severity of what it fixes.",
    ),
]);

static DISPUTED: Form = form(&[
    needed(
        "id",
        Shape::Text(Text::Like("^[A-Za-z][A-Za-z0-9._]*-[A-Za-z0-9._-]+$")),
        "The name: a CVE id or another one.",
    ),
    needed(
        "state",
        Shape::Text(Text::OneOf(DisputeState::WORDS)),
        "What became of it.",
    ),
    needed("reason", LINE, "Why it is no flaw, one sentence."),
    optional("url", LINK, "More about it."),
]);

static FEED: Form = form(&[
    needed("name", LINE, "Name for people."),
    needed(
        "url",
        LINK,
        "https address of the site's root, no slash at the end.",
    ),
    needed(
        "id-prefix",
        Shape::Text(Text::Like("^[A-Za-z][A-Za-z0-9_-]*$")),
        "What ids begin with: `x_NAME`, or a prefix registered with OSV.",
    ),
    optional(
        "id-digits",
        Shape::Digit,
        "How many digits the number of an id has at least; 4 if absent.",
    ),
    needed("license", LINE, "SPDX expression for the texts."),
    optional(
        "corrections",
        LINK_OR_MAIL,
        "Where readers suggest a correction.",
    ),
    optional(
        "widen",
        Shape::Text(Text::OneOf(Widen::WORDS)),
        "What becomes of versions that turn out to be affected after publication: a revision, or an advisory of their own.",
    ),
]);

static MAIL: Form = form(&[
    needed("from", LINE, "`Name <address>`"),
    optional("list", Shape::Tables(&LIST), "A list that is written to."),
]);

static LIST: Form = form(&[
    needed(
        "name",
        Shape::Text(Text::Like("^[a-z0-9-]+$")),
        "Name of the channel; part of file names.",
    ),
    needed(
        "to",
        Shape::Text(Text::Like("^[^@ ]+@[^@ ]+$")),
        "Address of the list.",
    ),
    needed(
        "style",
        Shape::Text(Text::OneOf(MailStyle::WORDS)),
        "Whose manners to keep.",
    ),
    optional(
        "reply-to",
        Shape::Text(Text::Like("^[^@ ]+@[^@ ]+$")),
        "Where answers go; to the sender where absent.",
    ),
    optional("audience", LINE, "Who reads it."),
    optional("archive", LINK, "Where everybody can read what was sent."),
    optional(
        "state",
        Shape::Text(Text::OneOf(State::WORDS)),
        "Whether it exists yet; `live` where absent.",
    ),
]);

static CSAF: Form = form(&[
    needed(
        "category",
        Shape::Text(Text::OneOf(PublisherCategory::WORDS)),
        "What the publisher is to the software.",
    ),
    optional(
        "name",
        LINE,
        "Name of the publisher; the feed's where absent.",
    ),
    optional(
        "namespace",
        LINK,
        "Address that is the publisher's own; the feed's where absent.",
    ),
    optional(
        "mirror",
        Shape::Flag,
        "May those who collect CSAF documents hand out copies? No where absent.",
    ),
]);

static CVE: Form = form(&[
    needed(
        "assigner-org-id",
        Shape::Text(Text::Like(
            "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-4[0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$",
        )),
        "The UUID of the CNA.",
    ),
    needed(
        "assigner-short-name",
        Shape::Text(Text::Like("^[^ ]{2,32}$")),
        "The short name of the CNA.",
    ),
    optional(
        "vendor",
        LINE,
        "Who makes the software; whoever owns its repository where absent.",
    ),
    optional(
        "not-ours",
        Shape::Texts(Text::Like("^CVE-[0-9]{4}-[0-9]{4,}$")),
        "CVE ids of aliases that another CNA assigned.",
    ),
]);

static VEX: Form = form(&[
    needed(
        "author",
        LINE,
        "Who speaks: a name, or an address that is one.",
    ),
    needed(
        "role",
        LINE,
        "What they are to the software, in a few words.",
    ),
]);

static PACKAGE: Form = form(&[
    optional(
        "key",
        Shape::Text(Text::Like("^[A-Za-z0-9][A-Za-z0-9._-]*$")),
        "What advisories write; the name where absent.",
    ),
    needed("ecosystem", LINE, "An OSV ecosystem such as `PyPI`."),
    needed("name", LINE, "The canonical name in the ecosystem."),
    optional("title", LINE, "What people read; the name where absent."),
    optional("repository", LINK, "Where its source is."),
    optional(
        "purl",
        Shape::Text(Text::Like("^pkg:")),
        "Written only to be checked: it must be the canonical one.",
    ),
    optional(
        "tags",
        Shape::Texts(Text::Like("^[^ ]*[{]version[}][^ ]*$")),
        "How tags of the repository name its versions; recognised where absent and clear.",
    ),
    optional(
        "releases",
        Shape::Texts(Text::Line),
        "Every released version; `check` then finds rows of the support table without one.",
    ),
    optional(
        "feature",
        Shape::Tables(&FEATURE),
        "Something that can be used or not; advisories may then name no other.",
    ),
]);

static FEATURE: Form = form(&[
    needed("name", LINE, "As its configuration names it."),
    optional("since", LINE, "The first release that has it."),
    optional("removed", LINE, "The first release that has it no more."),
]);

static REDIRECT: Form = form(&[
    needed(
        "from",
        LINE,
        "Path below the site's root; a slash at its end stands for the page there.",
    ),
    needed(
        "to",
        LINE,
        "Such a path, of something that is there, or an https address.",
    ),
]);

static RULE: Form = form(&[
    needed("code", LINE, "The rule, as `caveat explain` lists it."),
    optional(
        "level",
        Shape::Text(Text::OneOf(RuleLevel::WORDS)),
        "Its level here; the rule's own where absent.",
    ),
    optional(
        "published-since",
        Shape::Time,
        "Advisories that were first published before are let be.",
    ),
]);
