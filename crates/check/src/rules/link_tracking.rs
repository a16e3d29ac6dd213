//! Owns the rule `link-tracking`: a link does not report who follows it, and says where it leads.

use caveat_diag::Level;

use crate::address::{host, web};
use crate::prose::Prose;
use crate::rule::{Finder, Rule, Run};
use crate::text::links;

pub(super) static RULE: Rule = Rule {
    code: "link-tracking",
    says: "a link does not report who follows it, and says where it leads",
    why: "Tracking parameters tell others who reads about which flaw. Shortened links hide where they lead, \
        report every reader too, and may lead elsewhere tomorrow.",
    example: r#"[[reference]]
type = "article"
url = "https://example.org/story?utm_source=feed"
"#,
    instead: r#"[[reference]]
type = "article"
url = "https://example.org/story"
"#,
    level: Level::Warning,
    firm: false,
    run: Run::Prose(judge),
};

const PARAMETERS: [&str; 8] = [
    "dclid", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "yclid",
];
const SHORTENERS: [&str; 12] = [
    "bit.ly",
    "buff.ly",
    "cutt.ly",
    "goo.gl",
    "is.gd",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "shorturl.at",
    "t.co",
    "tinyurl.com",
];

fn judge(finder: &mut Finder<'_>, prose: &Prose<'_>) {
    let document = &prose.candidate.document;
    for (field, url) in links(prose.candidate) {
        if let Some((message, help)) = fault(url) {
            let found = finder.at(document, &field, message);
            finder.push(found.help(help));
        }
    }
    for piece in prose.sentences() {
        for place in web(&piece.open) {
            if let Some((message, help)) = fault(&piece.open[place.clone()]) {
                let found = prose.at(finder, piece, place, message);
                finder.push(found.help(help));
            }
        }
    }
}

fn fault(url: &str) -> Option<(String, &'static str)> {
    let host = host(url)?.to_ascii_lowercase();
    if SHORTENERS.contains(&host.as_str()) {
        let message = format!("`{host}` hides where this link leads");
        return Some((message, "open it, and write the address it leads to"));
    }
    let (_, query) = url.split('#').next()?.split_once('?')?;
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    let mut tracking = names.filter(|name| name.starts_with("utm_") || PARAMETERS.contains(name));
    let name = tracking.next()?;
    let message = format!("the parameter `{name}` reports who follows this link");
    Some((
        message,
        "leave the parameter out: the link works without it",
    ))
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn parameters_that_pages_need_are_left_alone() {
        for good in [
            "https://a.b/?id=1&page=2",
            "https://a.b/utm_source",
            "https://a.b/#?utm_source=x",
            "https://bit.ly.example.org/x",
            "https://youtu.be/x",
        ] {
            assert_eq!(fault(good), None, "{good}");
        }
        for bad in [
            "https://a.b/?id=1&utm_medium=x",
            "https://a.b?gclid=1#c",
            "https://bit.ly/x",
        ] {
            assert!(fault(bad).is_some(), "{bad}");
        }
    }
}
