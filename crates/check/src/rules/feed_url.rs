//! Owns the rule `feed-url`: the address of the feed is https, and is safe wherever it stands.

use caveat_diag::Level;

use crate::rule::{Finder, Rule, Run};

pub(super) static RULE: Rule = Rule {
    code: "feed-url",
    says: "the address of the feed is https, and is safe wherever it stands",
    why: "The address is in every record, page and signature, for ever. Readers paste it into commands as the name of the \
        signer, so it holds nothing that a shell or a pattern would read.",
    example: r#"# caveat.toml
[feed]
url = "http://advisories.example.org/"
"#,
    instead: r#"# caveat.toml
[feed]
url = "https://advisories.example.org"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let url = &document.data().feed.url;
    if is_site(url) {
        return;
    }
    let mut found = finder.at(document, "feed.url", "this is no address of a site");
    let right = url.trim_end_matches('/');
    if is_site(right) {
        found = crate::mend::value(found, document, "feed.url", (url, right));
    }
    finder.push(found.help("write `https://host` or `https://host/path`: small letters in the host; letters, digits, `.`, `_`, `~` and `-` in the path; no slash at the end"));
}

/// An address that can stand in a shell command, a signer's name and a path: it is all three.
pub(super) fn is_site(url: &str) -> bool {
    let Some(rest) = url
        .strip_prefix("https://")
        .filter(|rest| rest.len() <= 200)
    else {
        return false;
    };
    let mut parts = rest.split('/');
    let (host, port) = parts
        .next()
        .map_or(("", None), |host| match host.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (host, None),
        });
    let label = |label: &str| {
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty()
            && label.bytes().all(good)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let segment = |part: &str| {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b"._~-".contains(&byte);
        !part.is_empty()
            && part.bytes().all(good)
            && !part.starts_with('.')
            && !part.starts_with('-')
    };
    let port = port.is_none_or(|port| {
        port.parse::<u16>()
            .is_ok_and(|number| number.to_string() == port)
    });
    host.contains('.') && host.split('.').all(label) && port && parts.all(segment)
}

#[cfg(test)]
mod tests {
    use super::is_site;

    #[test]
    fn an_address_is_safe_in_a_command_and_as_a_name() {
        for good in [
            "https://a.example",
            "https://a-b.example.org:8443/x/y_z",
            "https://a.b/~c",
        ] {
            assert!(is_site(good), "{good}");
        }
        for bad in [
            "http://a.b",
            "https://a",
            "https://a.b/",
            "https://a.b/$(id)",
            "https://a.b;c",
            "https://a.b,c.d",
            "https://!a.b",
            "https://*.b.c",
            "https://a.b:x",
            "https://a.b:99999",
            "https://a.b:080",
            "https://a.b/../x",
            "https://A.b",
            "https://a.b?c",
            "https://a.b#c",
            "https://u@a.b",
            "https://-a.b",
            "https://a..b",
            "https://ä.b",
        ] {
            assert!(!is_site(bad), "{bad}");
        }
        assert!(!is_site(&format!("https://a.b/{}", "x".repeat(300))));
    }
}
