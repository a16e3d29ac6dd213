//! Owns the rule `link-internal`: no link leads into somebody's own network.

use std::net::Ipv4Addr;
use std::ops::Range;

use caveat_diag::Level;

use crate::address::{host, web};
use crate::markdown::links as marked;
use crate::prose::{Kind, Prose};
use crate::rule::{Finder, Rule, Run};
use crate::text::links;

pub(super) static RULE: Rule = Rule {
    code: "link-internal",
    says: "no link leads into somebody's own network",
    why: "Nobody outside can follow such a link. It tells them names of machines and projects inside, and \
        takes readers who have a machine of that name to it.",
    example: r#"[[reference]]
type = "report"
url = "https://tracker.acme.internal/SEC-1"
"#,
    instead: r#"[[reference]]
type = "report"
url = "https://example.org/issues/1"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Prose(judge),
};

/// Ends of names that no public host has.
const OWN: [&str; 8] = [
    ".corp",
    ".home.arpa",
    ".internal",
    ".intranet",
    ".lan",
    ".local",
    ".localdomain",
    ".localhost",
];
/// Names that advisories have to speak of: they are the same everywhere.
const KNOWN: [&str; 4] = [
    "metadata.google.internal",
    ".docker.internal",
    ".cluster.local",
    ".svc.local",
];

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let document = &prose.candidate.document;
    for (field, url) in links(prose.candidate) {
        // A host without a dot is no link at all, which another rule says.
        if let Some(host) = host(url).filter(|host| host.contains('.') && is_own(host)) {
            let found = finder.at(document, &field, message(host));
            finder.push(found.help("leave the link out, or link to a public copy"));
        }
    }
    for piece in prose.sentences() {
        for place in written(&piece.open, piece.kind) {
            let host = host(&piece.open[place.clone()]).unwrap_or_default();
            let found = prose.at(finder, piece, place.clone(), message(host));
            finder
                .push(found.help(
                    "leave the link out; put backticks around an address that is an example",
                ));
        }
    }
}

fn message(host: &str) -> String {
    format!("`{host}` is a host that only its own network knows")
}

/// Links, and addresses with names that somebody chose. A bare `http://127.0.0.1` tells what an attack does.
fn written(text: &str, kind: Kind) -> Vec<Range<usize>> {
    let own = |place: &Range<usize>| host(&text[place.clone()]).is_some_and(is_own);
    let mut found = Vec::new();
    if kind == Kind::Markdown {
        let all = marked(text).into_iter().map(|link| link.address);
        found.extend(all.filter(own));
    }
    for place in web(text).into_iter().filter(own) {
        let url = &text[place.clone()];
        let (name, path) = (host(url).unwrap_or_default(), url.splitn(4, '/').nth(3));
        let chosen = OWN[..5].iter().any(|end| name.ends_with(end));
        if chosen && path.is_some_and(|path| !path.is_empty()) && !found.contains(&place) {
            found.push(place);
        }
    }
    found
}

fn is_own(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return address.is_private()
            || address.is_loopback()
            || address.is_link_local()
            || address.is_unspecified();
    }
    let six = host.contains(':')
        && (host == "::1" || ["fc", "fd", "fe80"].iter().any(|net| host.starts_with(net)));
    let ends = |ends: &[&str]| ends.iter().any(|end| host.ends_with(end));
    six || host == "localhost" || (ends(&OWN) && !ends(&KNOWN))
}

#[cfg(test)]
mod tests {
    use super::is_own;
    use crate::tests::breaks;

    #[test]
    fn public_hosts_are_told_from_those_of_a_network() {
        for public in [
            "example.org",
            "8.8.8.8",
            "172.32.0.1",
            "internal.example.org",
            "local.org",
            "metadata.google.internal",
            "x.svc.cluster.local",
            "2001:db8::1",
        ] {
            assert!(!is_own(public), "{public}");
        }
        for own in [
            "localhost",
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "jira.corp",
            "nas.LAN.",
            "::1",
            "fd00::1",
        ] {
            assert!(is_own(own), "{own}");
        }
    }

    #[test]
    fn text_may_tell_of_an_attack_on_a_network() {
        let text = |text: &str| format!("description = '''{text}'''");
        for good in [
            "Requests reach http://127.0.0.1:9200/ and http://169.254.169.254/latest.",
            "Run `curl https://wiki.acme.corp/x`.",
            "Hosts such as http://db.internal are reached.",
        ] {
            assert!(!breaks("link-internal", &text(good)), "{good}");
        }
        for bad in [
            "See [the report](https://10.0.0.8/report).",
            "See https://jira.acme.corp/browse/SEC-1.",
            "See <https://wiki.acme.internal/x>.",
        ] {
            assert!(breaks("link-internal", &text(bad)), "{bad}");
        }
    }
}
