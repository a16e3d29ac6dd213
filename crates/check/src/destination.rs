//! Owns what a link leads to, as far as its address alone tells: an advisory, a commit, a change, a branch.
//! Must never guess: an address of another shape leads to nothing that is known here.

use std::ops::Range;

/// What is behind an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination<'a> {
    /// The page of an advisory in a database, by its id.
    Advisory(&'a str),
    /// A commit, by its hash as written.
    Commit(&'a str),
    /// A pull or merge request.
    Change,
    /// A file as it is now at the head of a branch.
    Head {
        /// The branch.
        branch: &'a str,
        /// Path of the file.
        file: &'a str,
        /// It names lines of that file.
        lines: bool,
    },
}

/// Branches that grow. Any other name may be a tag, which stays.
const BRANCHES: [&str; 7] = [
    "HEAD", "main", "master", "trunk", "develop", "devel", "nightly",
];

/// What this https address leads to.
pub(crate) fn destination(url: &str) -> Option<Destination<'_>> {
    let rest = url.strip_prefix("https://")?;
    let (host, rest) = rest.split_once('/')?;
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let (path, tail) = rest.split_at(end);
    let path = path.trim_end_matches('/');
    advisory(host, path, tail)
        .map(Destination::Advisory)
        .or_else(|| forge(host, path, tail))
}

/// The bytes of `part` in `whole`, of which it is a slice.
pub(crate) fn place(whole: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    start..start + part.len()
}

fn advisory<'a>(host: &str, path: &'a str, tail: &'a str) -> Option<&'a str> {
    let parameter = |name: &str| {
        let query = tail.strip_prefix('?')?.split('#').next()?;
        query
            .split('&')
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    };
    let id = match host {
        "nvd.nist.gov" => path.strip_prefix("vuln/detail/"),
        "cve.org" | "www.cve.org" if path == "CVERecord" => parameter("id"),
        "cve.mitre.org" if path == "cgi-bin/cvename.cgi" => parameter("name"),
        "rustsec.org" => path.strip_prefix("advisories/")?.strip_suffix(".html"),
        "osv.dev" => path.strip_prefix("vulnerability/"),
        "pkg.go.dev" => path.strip_prefix("vuln/"),
        "github.com" => github_advisory(path),
        _ => None,
    }?;
    is_id(id).then_some(id)
}

fn github_advisory(path: &str) -> Option<&str> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["advisories", id] | [_, _, "security", "advisories", id] => Some(id),
        ["pypa", "advisory-database", .., file] => file.strip_suffix(".yaml"),
        _ => None,
    }
}

/// `PREFIX-ENTRY` with a digit in it: `new` and other pages at the same place are none.
fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let prefix = text.split_once('-').map_or("", |(prefix, _)| prefix);
    !prefix.is_empty() && text.bytes().all(plain) && text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Forges write `OWNER/NAME/commit/HASH`, GitLab with `-/` before the verb.
fn forge<'a>(host: &str, path: &'a str, tail: &str) -> Option<Destination<'a>> {
    if host == "raw.githubusercontent.com" {
        let mut parts = path.splitn(3, '/');
        let rest = parts.nth(2)?;
        return head(rest.strip_prefix("refs/heads/").unwrap_or(rest), tail);
    }
    let github = host == "github.com";
    let gitlab = host == "gitlab.com" || host.starts_with("gitlab.");
    let codeberg = host == "codeberg.org";
    if !(github || gitlab || codeberg) {
        return None;
    }
    let after = |verb: &str| path.split_once(verb).map(|(_, rest)| rest);
    if let Some(hash) = after("/commit/").filter(|_| after("/pull/").is_none()) {
        return Some(Destination::Commit(hash.split(['/', '.']).next()?));
    }
    let change = |verb: &&str| {
        after(verb).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if ["/pull/", "/pulls/", "/merge_requests/"].iter().any(change) {
        // What somebody said about it has an anchor of its own, and is no change.
        return (!tail.contains('#')).then_some(Destination::Change);
    }
    let verbs: &[&str] = if codeberg {
        &["/src/branch/", "/raw/branch/"]
    } else {
        &["/blob/", "/raw/"]
    };
    head(verbs.iter().find_map(|verb| after(verb))?, tail)
}

fn head<'a>(rest: &'a str, tail: &str) -> Option<Destination<'a>> {
    let (branch, file) = rest.split_once('/')?;
    let lines = tail.split_once('#').is_some_and(|(_, anchor)| {
        let number = anchor.strip_prefix('L');
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    });
    BRANCHES.contains(&branch).then_some(Destination::Head {
        branch,
        file,
        lines,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_advisories_are_known_by_their_address() {
        for (url, id) in [
            (
                "https://nvd.nist.gov/vuln/detail/CVE-2026-12345",
                "CVE-2026-12345",
            ),
            (
                "https://www.cve.org/CVERecord?id=CVE-2026-12345",
                "CVE-2026-12345",
            ),
            (
                "https://cve.mitre.org/cgi-bin/cvename.cgi?name=CVE-2026-12345#x",
                "CVE-2026-12345",
            ),
            (
                "https://github.com/advisories/GHSA-2f84-9xq5-cvjm",
                "GHSA-2f84-9xq5-cvjm",
            ),
            (
                "https://github.com/o/r/security/advisories/GHSA-2f84-9xq5-cvjm",
                "GHSA-2f84-9xq5-cvjm",
            ),
            (
                "https://rustsec.org/advisories/RUSTSEC-2026-0001.html",
                "RUSTSEC-2026-0001",
            ),
            (
                "https://osv.dev/vulnerability/PYSEC-2021-108",
                "PYSEC-2021-108",
            ),
            (
                "https://github.com/pypa/advisory-database/blob/main/vulns/a/PYSEC-2021-108.yaml",
                "PYSEC-2021-108",
            ),
        ] {
            assert_eq!(destination(url), Some(Destination::Advisory(id)), "{url}");
        }
    }

    #[test]
    fn other_pages_of_the_same_sites_are_no_advisories() {
        for url in [
            "https://nvd.nist.gov/vuln/search",
            "https://github.com/o/r/security/advisories/new",
            "https://github.com/o/r/security/advisories",
            "https://rustsec.org/advisories/",
            "https://example.org/CVE-2026-12345",
        ] {
            assert_eq!(destination(url), None, "{url}");
        }
    }

    #[test]
    fn commits_and_changes_are_told_apart() {
        use Destination::{Change, Commit};
        for (url, expected) in [
            (
                "https://github.com/o/r/commit/0123abc",
                Some(Commit("0123abc")),
            ),
            (
                "https://github.com/o/r/commit/0123abc.patch",
                Some(Commit("0123abc")),
            ),
            (
                "https://gitlab.com/g/s/r/-/commit/0123abc?x=y",
                Some(Commit("0123abc")),
            ),
            (
                "https://github.com/o/r/pull/3/commits/0123abc",
                Some(Change),
            ),
            ("https://github.com/o/r/pull/3/files?w=1", Some(Change)),
            ("https://gitlab.com/g/r/-/merge_requests/3", Some(Change)),
        ] {
            assert_eq!(destination(url), expected, "{url}");
        }
    }

    #[test]
    fn the_head_of_a_branch_is_told_from_a_tag() {
        let line = Destination::Head {
            branch: "main",
            file: "src/a.c",
            lines: true,
        };
        for (url, expected) in [
            (
                "https://github.com/o/r/blob/main/src/a.c#L10-L12",
                Some(line.clone()),
            ),
            (
                "https://raw.githubusercontent.com/o/r/refs/heads/main/src/a.c#L1",
                Some(line),
            ),
            ("https://github.com/o/r/blob/v1.2/src/a.c#L10", None),
            ("https://github.com/o/r/pull/3#issuecomment-1", None),
            ("https://github.com/o/r/commits/main", None),
            ("https://github.com/o/r/pulls", None),
            ("https://example.org/commit/0123abc", None),
            ("https://github.com/o/main", None),
        ] {
            assert_eq!(destination(url), expected, "{url}");
        }
    }
}
