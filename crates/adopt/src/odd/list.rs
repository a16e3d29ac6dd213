//! Owns the list of oddities, by subject; docs/adopting.md has the same.

use caveat_diag::Level;

use super::{Case, Finds, Oddity};
use super::{claims, clocks, contacts, dates, disclosure, law, names, support, text};

const fn warning(
    code: &'static str,
    says: &'static str,
    look: fn(&Case<'_>, &mut Finds<'_>),
) -> Oddity {
    Oddity {
        code,
        says,
        level: Level::Warning,
        look,
    }
}

const fn note(
    code: &'static str,
    says: &'static str,
    look: fn(&Case<'_>, &mut Finds<'_>),
) -> Oddity {
    Oddity {
        code,
        says,
        level: Level::Note,
        look,
    }
}

/// All that are looked for, by subject. `adopt-encoding` is told before there is a text.
pub static ODDITIES: &[Oddity] = &[
    warning(
        "adopt-support-overlap",
        "two rows of the support table hold the same version",
        support::overlap,
    ),
    warning(
        "adopt-support-gap",
        "the support table says nothing of some versions",
        support::gap,
    ),
    warning(
        "adopt-support-unreleased",
        "a version is called supported, or not, that does not exist",
        support::unreleased,
    ),
    warning(
        "adopt-status-symbol",
        "a symbol alone says whether a version is supported",
        support::symbol,
    ),
    warning(
        "adopt-support-unread",
        "a row of the support table names no versions, or no status",
        support::unread,
    ),
    warning(
        "adopt-support-several",
        "several support tables stand in one text, and no row names its package",
        support::several,
    ),
    warning(
        "adopt-severity-undefined",
        "a severity class is named, and not what it means",
        law::undefined,
    ),
    warning(
        "adopt-fix-before-assessment",
        "a fix, or an assessment, is due before the step before it",
        clocks::order,
    ),
    warning(
        "adopt-schedule-conflict",
        "a promised time and the schedule of the same text disagree",
        clocks::schedule,
    ),
    warning(
        "adopt-time-range",
        "a promised time has two ends",
        clocks::range,
    ),
    warning(
        "adopt-calendar-missing",
        "business days are promised, and no time zone or holidays say which",
        clocks::calendar,
    ),
    warning(
        "adopt-no-interval",
        "something is promised regularly, and not how often",
        clocks::interval,
    ),
    warning(
        "adopt-placeholder",
        "a contact or key is a placeholder, planned or doubtful",
        contacts::placeholder,
    ),
    warning(
        "adopt-list-is-intake",
        "confidential reports and a mailing list share an address",
        contacts::list_is_intake,
    ),
    warning(
        "adopt-missing-referent",
        "something is promised that the text does not name",
        contacts::referent,
    ),
    warning(
        "adopt-free-mail",
        "the contact is a mailbox at a provider for everybody",
        names::free_mail,
    ),
    warning(
        "adopt-single-route",
        "fewer than two ways to report work today",
        contacts::single_route,
    ),
    warning(
        "adopt-foreign-domain",
        "a contact or link belongs to another name than the repository",
        names::foreign,
    ),
    warning(
        "adopt-bare-address",
        "a mail address is no link",
        names::bare,
    ),
    warning(
        "adopt-date-incomplete",
        "a date has no day",
        dates::incomplete,
    ),
    warning(
        "adopt-review-overdue",
        "the promised review of the text is overdue",
        dates::overdue,
    ),
    warning(
        "adopt-version-of-product",
        "the version of the text is a version of the product",
        dates::product,
    ),
    warning(
        "adopt-disclosure-open",
        "disclosure has no latest time",
        disclosure::open,
    ),
    warning(
        "adopt-exploited-unfixed",
        "flaws are told after the fix only: nothing is said of exploited ones without",
        disclosure::exploited,
    ),
    warning(
        "adopt-disclosure-words",
        "responsible and coordinated disclosure are mixed",
        disclosure::words,
    ),
    warning(
        "adopt-cve-rule",
        "who gets a CVE id is said for some classes only",
        law::cve,
    ),
    warning(
        "adopt-safe-harbour-undated",
        "the safe harbour has no version and date",
        law::undated,
    ),
    warning(
        "adopt-safe-harbour-statute",
        "the safe harbour names the law of one country",
        law::statute,
    ),
    warning(
        "adopt-claim-absolute",
        "a claim leaves no room for an exception, and shows no evidence",
        claims::absolute,
    ),
    warning(
        "adopt-claim-evidence",
        "an audit, scan or certificate is claimed without evidence",
        claims::evidence,
    ),
    warning(
        "adopt-language",
        "the text is not English, and only what needs no words is read",
        text::language,
    ),
    warning(
        "adopt-mojibake",
        "a line was read in the wrong encoding",
        text::mojibake,
    ),
    warning(
        "adopt-broken-sentence",
        "a sentence is broken by an empty line",
        text::broken,
    ),
    warning(
        "adopt-final-newline",
        "the file does not end with a line feed",
        text::newline,
    ),
    warning(
        "adopt-too-long",
        "a line, or the whole text, is too long to be read",
        text::long,
    ),
    note(
        "adopt-kept-as-guidance",
        "a section was not understood, and is kept as guidance",
        text::kept,
    ),
    note(
        "adopt-not-understood",
        "nothing was made of these lines",
        text::unread,
    ),
    note(
        "adopt-partly-read",
        "of these lines, some words are in no value",
        text::partly,
    ),
];
