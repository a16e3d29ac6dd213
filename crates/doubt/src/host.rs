//! Owns what the name of a host gives away: nobody is there, or anybody gets a mailbox there.
//! Must never say whose a host is.

/// RFC 2606 and RFC 6761. `internal` is for private use, and a private feed may use it.
const RESERVED: [&str; 7] = [
    "example.com",
    "example.net",
    "example.org",
    "example",
    "invalid",
    "localhost",
    "test",
];

/// Where anybody gets a mailbox; a dot at the end stands for any country. A provider whose customers mostly bring a domain of
/// their own is listed all the same: an address at the provider's own name is one person's.
const FREE: [&str; 28] = [
    "126.com",
    "163.com",
    "aol.com",
    "fastmail.com",
    "gmail.com",
    "gmx.",
    "googlemail.com",
    "hey.com",
    "hotmail.",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "outlook.",
    "pm.me",
    "posteo.",
    "proton.me",
    "protonmail.",
    "qq.com",
    "tuta.",
    "tutanota.",
    "web.de",
    "yahoo.",
    "yandex.",
];

/// Is it a name for examples, or one below?
pub fn is_reserved(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let below = |name: &&str| {
        let rest = host.strip_suffix(*name);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    RESERVED.iter().any(below)
}

/// Does anybody get a mailbox there?
pub fn is_free_mail(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    FREE.iter().any(|free| match host.strip_prefix(free) {
        Some(rest) if free.ends_with('.') => rest.split('.').all(|label| label.len() <= 3),
        rest => rest == Some(""),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_reserved_names_and_what_is_below_them_are_for_examples() {
        for host in ["example.org", "a.example.COM", "b.test", "localhost"] {
            assert!(is_reserved(host), "{host}");
        }
        for host in [
            "notexample.org",
            "example.org.uk",
            "advisories.internal",
            "contest",
        ] {
            assert!(!is_reserved(host), "{host}");
        }
    }

    #[test]
    fn providers_are_told_from_projects() {
        for free in ["proton.me", "gmx.net", "Yahoo.co.uk", "outlook.com"] {
            assert!(is_free_mail(free), "{free}");
        }
        for own in ["notproton.me", "live-project.org", "gmx.project.org", ""] {
            assert!(!is_free_mail(own), "{own}");
        }
    }
}
