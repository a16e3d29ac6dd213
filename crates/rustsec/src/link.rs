//! Owns which addresses RustSec's readers can stand.
//! Must never change where an address leads.

/// The address as it may stand in a file: `cargo-audit` refuses a whole database for a host that it cannot read, and
/// `cargo-deny` ends a list at the first bracket and a text at the first quote.
pub(crate) fn plain(url: &str) -> Option<String> {
    let rest = url
        .strip_prefix("https://")
        .or(url.strip_prefix("http://"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
    let odd = |c: char| !c.is_ascii_graphic() || "\"\\`".contains(c);
    if !is_host(host) || port.parse::<u16>().is_err() || path.contains(odd) {
        return None;
    }
    let scheme = &url[..url.len() - rest.len()];
    let path = path.replace('[', "%5B").replace(']', "%5D");
    Some(format!("{scheme}{authority}{path}"))
}

/// Names of plain letters and digits. What only looks like a number or a word of another script may be none.
fn is_host(host: &str) -> bool {
    let label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && label.bytes().all(plain) && !label.to_lowercase().starts_with("xn--")
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.split('.').all(label) && last.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn only_addresses_that_every_reader_can_stand_are_kept() {
        for (url, kept) in [
            (
                "https://a.example/b?c=d#e",
                Some("https://a.example/b?c=d#e"),
            ),
            (
                "https://a.example/?b[]=1",
                Some("https://a.example/?b%5B%5D=1"),
            ),
            ("http://a.example:8080/", Some("http://a.example:8080/")),
            ("https://a.example", Some("https://a.example")),
            ("https://[::1]/", None),
            ("https://1.2.3.999/", None),
            ("https://xn--a.example/", None),
            ("https://é.example/", None),
            ("https://a.example:99999/", None),
            ("https://a.example/\"", None),
            ("https://a.example/`", None),
            ("https://a.example/\\", None),
            ("mailto:a@a.example", None),
            ("https:///a", None),
        ] {
            assert_eq!(plain(url).as_deref(), kept, "{url}");
        }
    }
}
