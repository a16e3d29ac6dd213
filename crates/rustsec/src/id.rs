//! Owns which ids RustSec's readers can stand: those that begin like ids of databases they know must be such ids.
//! Must never give two files one id.

use std::borrow::Cow;

/// What they know: prefix, year, one number, and nothing more.
const KNOWN: [&str; 3] = ["RUSTSEC-", "CVE-", "TALOS-"];

/// Can they read it?
pub(crate) fn is_readable(id: &str) -> bool {
    let Some(rest) = KNOWN.iter().find_map(|known| id.strip_prefix(known)) else {
        return !id.is_empty();
    };
    let Some((year, number)) = rest.split_once('-') else {
        return false;
    };
    let year = year.parse().is_ok_and(|year: u32| is_year(year));
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    year && digits && number.parse::<u32>().is_ok()
}

/// They know no other year.
fn is_year(year: u32) -> bool {
    (2000..=2100).contains(&year)
}

/// The id of the file about a crate: the advisory's own for the first crate, with the crate's name for the others, since a
/// database holds each id once. What they could not read becomes an id that they do not know.
pub(crate) fn of_crate<'a>(id: &'a str, name: &str, first: bool) -> Cow<'a, str> {
    let own: Cow<'a, str> = if first {
        id.into()
    } else {
        format!("{id}.{name}").into()
    };
    if is_readable(&own) {
        own
    } else {
        format!("x_{own}").into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_their_readers_die_of_are_known() {
        for id in [
            "CVE-2026-12345",
            "RUSTSEC-2026-0001",
            "TALOS-2017-0468",
            "GHSA-2345-6789-cfgh",
            "x_TEST-1-1",
            "CVE-2100-1",
        ] {
            assert!(is_readable(id), "{id}");
        }
        for id in [
            "CVE-1999-0001",
            "CVE-2026-99999999999",
            "CVE-2026",
            "CVE-2026-1-2",
            "RUSTSEC-2026-0001.b",
            "TALOS-x-1",
            "CVE-2026-+1",
            "",
        ] {
            assert!(!is_readable(id), "{id}");
        }
    }

    #[test]
    fn each_crate_of_an_advisory_has_an_id_of_its_own() {
        assert_eq!(of_crate("x_T-2026-0001", "a", true), "x_T-2026-0001");
        assert_eq!(of_crate("x_T-2026-0001", "b", false), "x_T-2026-0001.b");
        assert_eq!(
            of_crate("RUSTSEC-2026-0001", "a", true),
            "RUSTSEC-2026-0001"
        );
        assert_eq!(
            of_crate("RUSTSEC-2026-0001", "b", false),
            "x_RUSTSEC-2026-0001.b"
        );
    }
}
