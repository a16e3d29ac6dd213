//! Owns what is odd about addresses and links themselves: whose they are, and whether they are links.

use std::collections::BTreeSet;
use std::ops::Range;

use caveat_diag::quoted;
use caveat_doubt::host::is_free_mail;

use super::{Case, Finds};
use crate::read::{is_reserved, own};
use crate::words;

/// The mail contacts, with their hosts in small letters.
fn hosts<'c>(case: &Case<'c>) -> impl Iterator<Item = (String, &'c Range<usize>)> + use<'c> {
    let urls = case
        .facts
        .routes
        .iter()
        .filter_map(|route| Some((route.url.as_ref()?, &route.at)));
    urls.filter_map(|(url, at)| {
        let (_, host) = url.value.strip_prefix("mailto:")?.rsplit_once('@')?;
        Some((host.to_ascii_lowercase(), at))
    })
}

pub(super) fn free_mail(case: &Case<'_>, finds: &mut Finds<'_>) {
    for (host, at) in hosts(case).filter(|(host, _)| is_free_mail(host)) {
        let found = finds.at(
            at,
            format!(
                "{} has one owner: nobody else reads this mailbox",
                quoted(&host)
            ),
        );
        finds.push(
            found.help("use an address that several people read, at a domain of the project"),
        );
    }
}

/// The domain of a contact, and the links of a forge, belong to the project.
pub(super) fn foreign(case: &Case<'_>, finds: &mut Finds<'_>) {
    let Some(repository) = &case.facts.repository else {
        return;
    };
    let mut pieces = repository
        .value
        .trim_start_matches("https://")
        .split('/')
        .skip(1);
    let (owner, name) = (letters(pieces.next()), letters(pieces.next()));
    let mut told = BTreeSet::new();
    for (host, at) in hosts(case) {
        let label = letters(main_label(&host));
        let ours = label == owner || label == name || (name.len() >= 4 && label.contains(&name));
        if ours || is_free_mail(&host) || is_reserved(&host) || !told.insert(host.clone()) {
            continue;
        }
        let message = format!(
            "{} is named after neither the owner nor the repository `{}`",
            quoted(&host),
            repository.value
        );
        let found = finds.at(at, message);
        finds.push(found.help("make sure that the domain is yours and will stay so"));
    }
    for part in case.page.parts.iter().filter(|part| part.is_prose()) {
        let raw = case.page.raw(part);
        let other = words::links(raw).into_iter().find(|at| {
            own(&raw[at.clone()]).is_some_and(|url| !url.eq_ignore_ascii_case(&repository.value))
        });
        if let Some(at) = other.filter(|_| !finds.is_full()) {
            let message = format!(
                "this leads to another repository than `{}`",
                repository.value
            );
            let found = finds.at(&(part.at.start + at.start..part.at.start + at.end), message);
            finds.push(found.help("link to the project's own pages"));
        }
    }
}

fn letters(text: Option<&str>) -> String {
    text.unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase()
}

/// `acme` of `mail.acme.co.uk`.
fn main_label(host: &str) -> Option<&str> {
    let labels: Vec<&str> = host.split('.').collect();
    let second = labels.len().checked_sub(2)?;
    let country = labels[second].len() <= 3 && labels[second + 1].len() == 2 && second > 0;
    labels.get(second - usize::from(country)).copied()
}

pub(super) fn bare(case: &Case<'_>, finds: &mut Finds<'_>) {
    for part in case.page.parts.iter().filter(|part| part.is_prose()) {
        let raw = case.page.raw(part);
        for at in words::addresses(raw) {
            let (before, behind) = (&raw[..at.start], &raw[at.end..]);
            let linked = before.ends_with('<')
                || before.ends_with("mailto:")
                || behind.starts_with("](")
                || behind.starts_with("][")
                || is_anchor(before);
            if !linked && !finds.is_full() {
                let place = part.at.start + at.start..part.at.start + at.end;
                let found = finds.at(&place, "this address is no link");
                finds.push(found.help(format!(
                    "write `<{}>`, without backticks or brackets",
                    &raw[at]
                )));
            }
        }
    }
}

/// `<a href="mailto:a@b.org">` stands open before it.
fn is_anchor(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    let open = lower.rfind("<a ");
    open.is_some_and(|at| lower[at..].contains("mailto:") && !lower[at..].contains("</a"))
}

#[cfg(test)]
mod tests {
    use crate::tests::lines;

    const TWO: &str = "## Contact\n\n- <security@acme.org>\n- <urgent@acme.org>\n";

    #[test]
    fn a_mailbox_for_everybody_has_one_reader() {
        let code = "adopt-free-mail";
        assert_eq!(lines(code, "Report to <me@proton.me>.\n"), [1]);
        assert!(lines(code, TWO).is_empty());
    }

    #[test]
    fn names_of_others_are_told() {
        let code = "adopt-foreign-domain";
        let issues = "\nOther bugs: https://github.com/acme/rocket/issues\n";
        assert!(lines(code, &format!("{TWO}{issues}")).is_empty());
        let other = TWO.replace("acme.org", "coyote.org");
        assert_eq!(lines(code, &format!("{other}{issues}")), [3]);
        let second = "\nAdvisories: https://github.com/coyote/rocket/security/advisories\n";
        assert_eq!(lines(code, &format!("{TWO}{issues}{second}")), [8]);
    }

    #[test]
    fn an_address_without_a_link_is_told() {
        let code = "adopt-bare-address";
        assert_eq!(
            lines(code, "Report to a@acme.org or `b@acme.org`.\n"),
            [1, 1]
        );
        assert!(lines(code, "Report to <a@acme.org> or [us](mailto:b@acme.org).\n").is_empty());
        assert!(lines(code, "Report to [a@acme.org][us].\n").is_empty());
        let html = "Report to <a href=\"mailto:a@acme.org\">a@acme.org</a>.\n";
        assert!(lines(code, html).is_empty());
    }
}
