//! Owns the rule `feed`: the feed has a name, an https address, a good prefix, a licence, and working contacts.

use caveat_diag::{Level, quoted};

use super::hidden_characters::is_hidden;
use crate::rule::{Finder, Rule, Run};
use crate::text::{link_fault, project_texts};

pub(super) static RULE: Rule = Rule {
    code: "feed",
    says: "the feed has a name, an https address, a good prefix, a licence, and working contacts",
    why: "The address and the prefix are in every record, page and signature, for ever. Prefixes belong to \
        databases that registered them with OSV; `x_` is for everybody else.",
    example: r#"# caveat.toml
[feed]
url = "http://advisories.example.org/"
id-prefix = "ACME"
"#,
    instead: r#"# caveat.toml
[feed]
url = "https://advisories.example.org"
"#,
    level: Level::Error,
    firm: true,
    run: Run::Feed(judge),
};

/// Names and labels become parts of subject lines.
const LONGEST: usize = 120;
/// What a severity class means takes a few sentences.
const LONGEST_DEFINITION: usize = 500;

/// Prefixes registered with OSV (schema 1.9.0); anybody may use `x_NAME`.
const REGISTERED: &[&str] = &[
    "ASB-A",
    "PUB-A",
    "ALPINE",
    "ALSA",
    "ALBA",
    "ALEA",
    "AZL",
    "BELL",
    "BIT",
    "BREW",
    "CGA",
    "CLEANSTART",
    "CLSA",
    "CURL",
    "CVE",
    "DEBIAN",
    "DHI",
    "DRUPAL",
    "DSA",
    "DLA",
    "ELA",
    "DTSA",
    "ECHO",
    "EEF",
    "FreeBSD",
    "GHSA",
    "GO",
    "GSD",
    "HSEC",
    "JLSEC",
    "KUBE",
    "LBSEC",
    "LSN",
    "MAL",
    "MINI",
    "MGASA",
    "OESA",
    "OSEC",
    "OSV",
    "openSUSE-SU",
    "PHSA",
    "PSF",
    "PYSEC",
    "RHBA",
    "RHEA",
    "RHSA",
    "RLSA",
    "RXSA",
    "RSEC",
    "ROOT",
    "RUSTSEC",
    "SUSE-SU",
    "SUSE-RU",
    "SUSE-FU",
    "SUSE-OU",
    "UBUNTU",
    "USN",
    "V8",
    "VCPKG",
];

fn judge(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let feed = &document.data().feed;
    for (field, text) in project_texts(document.data()) {
        if text.trim().is_empty()
            || text.contains(['\n', '\t'])
            || text.contains(is_hidden)
            || text.chars().count() > longest(&field)
        {
            let found = finder.at(
                document,
                &field,
                format!("`{field}` is not one line of plain text"),
            );
            finder.push(
                found.help(
                    "it becomes part of pages and mails: write visible characters on one line, at most 120",
                ),
            );
        }
    }
    if !is_site(&feed.url) {
        let mut found = finder.at(document, "feed.url", "this is no address of a site");
        let right = feed.url.trim_end_matches('/');
        if is_site(right) {
            found = crate::mend::value(found, document, "feed.url", (&feed.url, right));
        }
        finder.push(
            found.help("write `https://host` or `https://host/path`: small letters in the host; letters, digits, `.`, `_`, `~` and `-` in the path; no slash at the end"),
        );
    }
    if !is_prefix(&feed.id_prefix) {
        let found = finder.at(
            document,
            "feed.id-prefix",
            format!("`{}` is no prefix for ids", feed.id_prefix),
        );
        finder.push(
            found.help(
                "use `x_NAME` with letters and digits, or a prefix that is registered with OSV",
            ),
        );
    }
    if !is_license(&feed.license) {
        let found = finder.at(
            document,
            "feed.license",
            format!("{} is no licence", quoted(&feed.license)),
        );
        finder.push(found.help("write an SPDX expression, for example `CC-BY-4.0`"));
    }
    links(finder);
}

fn links(finder: &mut Finder<'_>) {
    let document = finder.facts.project;
    let project = document.data();
    let mut links: Vec<(String, &String)> = Vec::new();
    links.extend(
        project
            .feed
            .corrections
            .iter()
            .map(|url| ("feed.corrections".to_owned(), url)),
    );
    let contacts = project.policy.contacts.iter().enumerate();
    links.extend(contacts.map(|(at, contact)| (format!("policy.contact[{at}].url"), &contact.url)));
    for (field, url) in links {
        if let Some(fault) = link_fault(url, true) {
            finder.push(
                finder
                    .at(document, &field, format!("`{url}` {fault}"))
                    .help("write `mailto:name@host` or an https link"),
            );
        }
    }
}

/// An address that can stand in a shell command, a signer's name and a path: it is all three.
fn is_site(url: &str) -> bool {
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

/// The shape of an SPDX expression (SPDX 3.0, annex B): ids joined by operators. Which ids exist is not checked.
fn is_license(text: &str) -> bool {
    let text = text.replace(['(', ')'], " ");
    let mut id_expected = true;
    for word in text.split_ascii_whitespace() {
        let operator = matches!(word, "AND" | "OR" | "WITH");
        let id = |byte: u8| byte.is_ascii_alphanumeric() || b".-+:".contains(&byte);
        if operator == id_expected || !word.bytes().all(id) {
            return false;
        }
        id_expected = !id_expected;
    }
    !id_expected
}

fn longest(field: &str) -> usize {
    if field.ends_with(".definition") {
        LONGEST_DEFINITION
    } else {
        LONGEST
    }
}

fn is_prefix(prefix: &str) -> bool {
    let own = prefix.strip_prefix("x_").is_some_and(|name| {
        !name.is_empty()
            && name.len() <= 32
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    own || REGISTERED.contains(&prefix)
}

#[cfg(test)]
mod tests {
    use super::{is_license, is_site};

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

    #[test]
    fn a_licence_has_the_shape_of_an_expression() {
        for good in [
            "CC-BY-4.0",
            "MIT OR Apache-2.0",
            "(MIT OR Apache-2.0) AND CC0-1.0",
            "LicenseRef-own",
        ] {
            assert!(is_license(good), "{good}");
        }
        for bad in [
            "",
            "not a licence!",
            "free to use",
            "CC-BY-4.0<script>",
            "MIT OR",
            "OR MIT",
        ] {
            assert!(!is_license(bad), "{bad}");
        }
    }
}
