//! Owns what an address or link is for, where the words around it say that no report belongs there.
//! Must never make a contact: it only says what is none.

use super::Reading;
use crate::page::{Part, Spot};
use crate::words;

/// Headings below which addresses are of other things, or of other people.
const ELSEWHERE: [&str; 14] = [
    "hall of fame",
    "recognition",
    "thanks",
    "credits",
    "acknowledgments",
    "acknowledgements",
    "bulletin",
    "newsletter",
    "announcement",
    "sales",
    "billing",
    "press",
    "history",
    "changelog",
];

/// What is done there instead of taking reports.
const OTHER: [&str; 20] = [
    "billing",
    "invoice",
    "sales",
    "newsletter",
    "bulletin",
    "press ",
    "marketing",
    "media inquir",
    "careers",
    "jobs",
    "feature request",
    "commercial",
    "partnership",
    "licensing",
    "thanks to",
    "discovered by",
    "found by",
    "credited to",
    "credit goes to",
    "maintained by",
];

/// Words that say that something was, and is no more.
const PAST: [&str; 10] = [
    "used to",
    "formerly",
    "former ",
    "previously",
    "past reports",
    "in the past",
    "no longer",
    "were sent",
    "was sent",
    "went to",
];

/// Words behind an address that close it.
const CLOSED: [&str; 12] = [
    "closed",
    "no longer",
    "not monitored",
    "unmonitored",
    "not in use",
    "not read",
    "is dead",
    "bounce",
    "was shut",
    "was retired",
    "not for security",
    "does not accept",
];

/// Mailboxes whose name says that they take something else.
const BOXES: [&str; 7] = [
    "sales",
    "billing",
    "news",
    "newsletter",
    "marketing",
    "press",
    "jobs",
];

/// An address or link with the words around it, in small letters.
pub(super) struct Around<'w> {
    pub(super) before: &'w str,
    pub(super) behind: &'w str,
    pub(super) value: &'w str,
}

/// Does the text send no report there?
pub(super) fn is_barred(reading: &Reading<'_>, at: Spot, part: &Part, around: &Around<'_>) -> bool {
    let label = part.label.as_deref().unwrap_or_default().to_lowercase();
    let clause = format!("{label}: {}", around.before);
    let secure = words::has(&clause, &["secur", "vulnerab"]);
    let mailbox = around.value.split('@').next().unwrap_or_default();
    let other = words::has(&clause, &OTHER) || BOXES.contains(&mailbox);
    refuses(around.before)
        || words::has(&clause, &PAST)
        || is_finder(&clause)
        || (other && !secure)
        || words::has(around.behind, &CLOSED)
        || is_closed_behind(reading, at)
        || reading.page.right_under(part, &ELSEWHERE)
}

/// `Reported by Jane <jane@b.org>`, but not `reported by mail to jane@b.org`.
fn is_finder(clause: &str) -> bool {
    let Some((_, by)) = clause.rsplit_once("reported by") else {
        return false;
    };
    let ways = [
        "mail", "e-mail", "writ", "send", "contact", "messag", "using", "open", "fill", "the ",
    ];
    !words::has(by, &ways)
}

/// `This address is closed.` in the next sentence.
fn is_closed_behind(reading: &Reading<'_>, at: Spot) -> bool {
    let next = reading.whole(at).pieces.get(at.piece + 1);
    let next = next
        .map(|piece| piece.text.to_lowercase())
        .unwrap_or_default();
    let same = ["this ", "that ", "it ", "the address", "the mailbox"];
    same.iter().any(|word| next.starts_with(word)) && words::has(&next, &CLOSED)
}

/// What may be forbidden beside an address without closing it: telling everybody, or waiting.
const OPEN: [&str; 27] = [
    "open",
    "file",
    "create",
    "disclos",
    "public",
    "issue",
    "tracker",
    "forum",
    "chat",
    "social",
    "pull request",
    "discuss",
    "hear",
    "get ",
    "receive",
    "repl",
    "respon",
    "hesitate",
    "wait",
    "be afraid",
    "able",
    "sure",
    "have",
    "want",
    "wish",
    "exploit",
    "share",
];

/// Does what stands before an address forbid to write there?
pub(super) fn refuses(before: &str) -> bool {
    let signs = [
        "do not",
        "don't",
        "don’t",
        "never",
        "must not",
        "should not",
        "not to ",
        "cannot",
    ];
    let last = signs.iter().filter_map(|sign| {
        let at = before.rfind(sign)?;
        Some((at, at + sign.len()))
    });
    let instead = words::has(tail(before), &["instead of", "rather than"]);
    let Some((start, end)) = last.max_by_key(|(at, _)| *at) else {
        return instead;
    };
    let forbidden = &before[end..];
    let conditional = before[..start].contains("if ");
    let breaks = [
        ", ", "; ", ": ", " but ", " and ", " instead", " – ", " — ", ". ", " please ", "\n",
    ];
    let broken = breaks.iter().filter_map(|sign| forbidden.find(sign)).min();
    let object = &forbidden[..broken.unwrap_or(forbidden.len())];
    let harmless = words::has(object, &OPEN) || conditional;
    let over = broken.is_some()
        || object.contains("hesitate")
        || (conditional && words::has(object, &["hear", "repl", "respon"]));
    instead || !(harmless && over)
}

/// What follows the last comma.
fn tail(before: &str) -> &str {
    before.rsplit([',', ';']).next().unwrap_or_default()
}

/// Words of a link or a sentence about where advisories are told.
pub(super) fn is_channel(link: &str, lower: &str) -> bool {
    let link = link.to_lowercase();
    let paths = [
        "bulletin",
        "/advisories",
        "/blog",
        "/news",
        "/releases",
        "/announce",
        "hall-of-fame",
        "changelog",
        "/feed",
    ];
    let form = link.contains("/advisories/new");
    let told = [
        "posted",
        "published",
        "announced",
        "appear",
        "are listed",
        "are told",
    ];
    let tells = words::has(lower, &["advisor", "bulletin"]) && words::has(lower, &told);
    !form && (words::has(&link, &paths) || tells)
}

#[cfg(test)]
mod tests {
    use crate::tests::facts;

    fn urls(text: &str) -> Vec<String> {
        let routes = facts(text).routes.into_iter();
        routes.filter_map(|route| Some(route.url?.value)).collect()
    }

    #[test]
    fn an_address_that_the_text_forbids_or_closes_or_uses_otherwise_is_no_contact() {
        for text in [
            "Do not send reports to support@acme.org.\n",
            "Do not, under any circumstances, send reports to support@acme.org.\n",
            "Never write to hello@acme.org with security problems.\n",
            "Past reports were sent to old-security@acme.org; this address is closed.\n",
            "Security reports go to old@acme.org. This address is closed.\n",
            "For billing contact billing@acme.org.\n",
            "## Contact\n\nSales: sales@acme.org\n",
            "## Bulletins\n\nOur monthly newsletter goes to news@acme.org.\n",
            "## Hall of fame\n\nReported by Jane <jane@gmail.com>\n",
            "# Security\n\nReported by Jane <jane@gmail.com>\n",
            "Instead of writing to support@acme.org, open the form.\n",
            "~~Report vulnerabilities to old@acme.org.~~\n",
        ] {
            assert_eq!(urls(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn an_address_beside_something_forbidden_is_a_contact() {
        for text in [
            "Do not open a public issue, write to security@acme.org.\n",
            "Please do not report flaws publicly but mail security@acme.org.\n",
            "Do not hesitate to report flaws to security@acme.org.\n",
            "If you do not hear from us, report to security@acme.org.\n",
            "Vulnerabilities can be reported by mail to security@acme.org.\n",
            "Do not report to help@acme.org; report to security@acme.org.\n",
        ] {
            assert_eq!(urls(text), ["mailto:security@acme.org"], "{text}");
        }
    }

    #[test]
    fn a_page_of_bulletins_is_a_channel_and_no_contact() {
        let text = "## Reporting\n\nWe do coordinated vulnerability disclosure. Advisories are posted on \
                    <a href=\"https://globex.com/security/bulletins\">our site</a>.\n";
        assert_eq!(urls(text), [""; 0]);
        let channels = facts(text).channels;
        let url = channels[0].url.as_ref().map(|url| url.value.as_str());
        assert_eq!(url, Some("https://globex.com/security/bulletins"));
    }
}
